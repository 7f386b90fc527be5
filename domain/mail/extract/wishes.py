"""Special requirements: the clauses of a mail that ask for more than things and dates, as written.

Which clauses do is weighed by what labelled mails have taught (`learned/wishes.tsv`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Line
from domain.mail.extract.wish_rules import NO_WISHES, is_row, squeezed
from domain.mail.extract.wish_signs import NAMES, Clause, clauses_of, signs_of
from domain.mail.plain import narrow
from domain.mail.traditional import folded
from domain.mail.weights import learned

_EMPTY = re.compile(r"(?:无|没有|暂无|none|n/?a|no|nil|-+|/)[。.]?", re.I)
_AS_USUAL = re.compile(
    r"(?:常规|普通|标准|正常).{0,6}(?:即可|就行|就可以)|standard packing|照老样子|老样子"
    r"|(?:跟|和|同|照).{1,10}一样|as usual$|as always$",
    re.I,
)
_LEAD = re.compile(
    r"^(?:(?:please|pls|kindly) (?:note|ensure|make sure|be aware)(?: that)?,?\s+"
    r"|(?:please )?note that\s+|(?:and|but|also|plus|so|though|then)\s+|(?:one|another) (?:more "
    r"|last )?thing:?,?\s+|p\.?s\.?:?\s+"
    r"|(?:另外|还有|并且|以及|此外|还有就是|就是|以上|所以|说)[,，:：]?\s*)+",
    re.I,
)
_TAIL = re.compile(r"[,，]?\s*(?:please|pls|thanks|谢谢|thank you)$", re.I)
_NEEDLESS = re.compile(r"无[需须]|不必|\bno need\b|\bneed not\b", re.I)
KEPT = 0.35
"""From this chance on a clause is a wish: one too many is struck out sooner than one is missed."""


@dataclass(frozen=True)
class Wishes:
    """Special requirements as written; `none` if the mail says that there are none."""

    values: tuple[str, ...]
    none: bool
    source: str


def wishes_in(
    text: str,
    labels: tuple[Labelled, ...],
    *,
    kind: str = "new_order",
    lines: tuple[Line, ...] = (),
    noted: int = 0,
) -> Wishes:
    """What the customer wants beside things and dates, in the order and words of the mail.

    The rows of `lines` are no wishes, whatever their names say. The last `noted` characters are
    the remains of tables.
    """
    none = no_wishes(text)
    found = list(_found(text, kind, lines, noted))
    whole = squeezed(text)
    for one in labels:
        if one.key != "requirements" or not one.value:
            continue
        none = none or bool(_EMPTY.fullmatch(narrow(one.value)))
        parts = (part.strip() for part in re.split(r"[;；。\n]", one.value))
        found += [part for part in parts if len(part) > 1 and squeezed(part) not in whole]
    said = dict.fromkeys(one for one in found if not (none and _AS_USUAL.search(one)))
    return Wishes(tuple(said), none, "text")


def no_wishes(text: str) -> bool:
    """True if the text says that nothing special is required."""
    return bool(NO_WISHES.search(folded(text)))


def pointed_at(text: str, remarks: tuple[str, ...]) -> tuple[str, ...]:
    """The remarks of a table's rows where the mail says that they are its requirements."""
    return tuple(dict.fromkeys(remarks)) if _POINTS.search(narrow(text)) else ()


_POINTS = re.compile(
    r"(?:要求|备注).{0,8}(?:见|是|在|以|按|参|为准|重要|务必|请)|[见看].{0,6}备注"
    r"|(?:see|in|per|follow|observe|note|mind) (?:the )?(?:remarks?|notes|comments|last column)"
    r"|(?:remarks?|notes|comments|last column)\b.{0,24}\b(?:important|apply|valid|observe"
    r"|follow|see|binding|mandatory)",
    re.I,
)


def _found(text: str, kind: str, lines: tuple[Line, ...], noted: int) -> Iterator[str]:
    said = clauses_of(text, noted)
    weights = learned("wishes")
    group: list[Clause] = []
    for one, signs in zip(said, signs_of(said, kind, lines), strict=True):
        chance = 0.0 if _is_none(one) or NAMES in signs else weights.shares(signs)["yes"]
        follows = group and group[-1].sentence is one.sentence and group[-1].place + 1 == one.place
        if group and (chance < KEPT or not follows):
            yield from _joined(group)
            group = []
        if chance >= KEPT:
            group.append(one)
    yield from _joined(group)


def _is_none(one: Clause) -> bool:
    """True for what cannot be a wish: a row of a table, "none", or what need not be done."""
    in_row = not one.headed and is_row(one.sentence.words)
    empty = _EMPTY.fullmatch(narrow(one.words)) or NO_WISHES.search(one.plain)
    return in_row or bool(empty or _NEEDLESS.search(one.plain))


def _joined(group: Sequence[Clause]) -> Iterator[str]:
    """Neighbouring clauses of a sentence as they are written, without what leads in and out."""
    if not group:
        return
    first = group[0]
    start = 0 if first.headed == "label" and first.place == 0 else first.start
    words = first.sentence.words[start : group[-1].start + len(group[-1].words)]
    clean = _TAIL.sub("", _LEAD.sub("", words.strip(" ,，、.;；:："))).strip(" ,，、.")
    opened = len(re.findall(r"[(（]", clean)) - len(re.findall(r"[)）]", clean))
    clean = clean.strip("()（） ") if opened else clean
    if len(clean) > 1 and not NO_WISHES.search(folded(clean)):
        yield clean
