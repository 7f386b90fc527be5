"""Special requirements: sections under a heading, and clauses that instruct, as written."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from domain.mail.extract import foreign_words as foreign
from domain.mail.extract import wish_words as wish
from domain.mail.extract.clauses import Sentence, clauses, sentences
from domain.mail.extract.labels import Labelled
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.values import Line
from domain.mail.plain import narrow
from domain.mail.traditional import folded

_NO_WISHES = re.compile(
    r"(?:没有?|无|冇|唔)(?:什么|啥|任何|其[他它]|别的)?(?:的)?(?:特殊|特别|其[他它]|额外"
    r"|别的)?(?:的|之)?"
    r"(?:技术|质量)?(?:要求|需求|嘱咐)"
    r"|(?:特殊|特别|其[他它]|别的)要求?[:是]?(?:没有|无|没)(?![\u4e00-\u9fff]{3})"
    r"|别的没要求|其[他它]没了|没别的要求"
    r"|\bno (?:special|particular|other|extra|further|specific"
    r"|additional)s?(?: \w+)? ?(?:require|request|wish|need|instruction)"
    r"|\bnothing (?:special|out of the ordinary|beyond the (?:usual|standard)|particular"
    r"|fancy|extra|unusual|else special)|\bno special"
    r"|without special"
    r"|\bspecial requirements?:? (?:none|nil|no|n/?a)\b",
    re.I,
)
_EMPTY = re.compile(r"(?:无|没有|暂无|none|n/?a|no|nil|-+|/)[。.]?", re.I)
_AS_USUAL = re.compile(
    r"(?:常规|普通|标准|正常).{0,6}(?:即可|就行|就可以)|standard packing|照老样子|老样子"
    r"|(?:跟|和|同|照).{1,10}一样|as usual$|as always$",
    re.I,
)
_HEADING = re.compile(
    r"^(?P<name>(?!.{0,12}[没无])(?!.{0,8}(?:交[货期付]|到货|时间|日期|工期|付款|发票|开票"
    r"|价|payment"
    r"|delivery (?:date|time|terms)|price|invoice|quality dep))"
    r"(?:[\u4e00-\u9fff及、和与/]{0,10}(?:要求|注意事项|须知|备注|附注|说明|技术条件)|质量"
    r"|质检|包装(?:方式|运输)?|材质|颜色|油漆|涂装|表面处理|检验|试验|验收(?:标准)?"
    r"|随[机货](?:资料|文件)|资料|标识|唛头|其[他它]|注"
    r"|(?:(?:special|technical|quality|packing|packaging|marking|shipping|delivery|other"
    r"|additional|general|our|further|important|specific|order)[ /&-]*(?:and |& )?){0,3}"
    r"(?:requirements?|requests?|instructions?|notes?|remarks?|specifications?|conditions?"
    r"|comments?|wishes)(?: \(?\w+\)?)?"
    r"|obs(?:ervations?|ervações|ervacoes)?|n\.?b|please note|pack(?:ing|aging)|marking"
    r"|documents?(?: required)?|documentation|certificates?|testing|tests?|inspection"
    r"|finish|paint(?:ing)?|colou?rs?|materials?|quality|other"
    r"|(?:besondere )?anforderungen|bemerkung(?:en)?|hinweise?|verpackung|notas?|uwagi|備考))"
    r"(?:\([^)]{0,20}\))?\.?\s*(?P<mark>:?)\s*",
    re.I,
)
_LABEL = re.compile(r"^[^\s:,;]{1,14}(?: [^\s:,;]{1,14}){0,3}:")
_LEAD = re.compile(
    r"^(?:(?:please|pls|kindly) (?:note|ensure|make sure|be aware)(?: that)?,?\s+"
    r"|(?:please )?note that\s+|(?:and|but|also|plus|so|though|then)\s+|(?:one|another) (?:more "
    r"|last )?thing:?,?\s+|p\.?s\.?:?\s+"
    r"|(?:另外|还有|并且|以及|此外|还有就是|就是|以上|所以|说)[,，:：]?\s*)+",
    re.I,
)
_TAIL = re.compile(r"[,，]?\s*(?:please|pls|thanks|谢谢|thank you)$", re.I)
_REASON = re.compile(
    r"^(?:because|as|since|so|otherwise|or else|which|who|where|last|for|if|we|i|he|she"
    r"|they|you|thanks|因为|否则|不然|上次|这|那|我|你|您|客户|领导|以便|方便|学生)"
    r"(?![a-z])",
    re.I,
)
_NOTICE = re.compile(r"电话|通知|联系|收货|call|notify|inform|phone", re.I)
_CALL = re.compile(
    r"切记|务必|注意|请注意|必须的|千万.{0,4}|important|do ?n.?t forget|please note", re.I
)
"""A clause that stresses the sentence around it."""
_APART = re.compile(r"分[开别]|各自|separate|apart", re.I)
_ROW = re.compile(r"\t.*\t|\S(?: {2,}|\u3000)\S.*(?: {2,}|\u3000)\S|\.{4,}|\s\|\s")
_NAME = re.compile(r"[A-Z][a-z]+(?:(?: |-| & )[A-Z][a-z]+){1,4}")
"""A line of names alone, as in a signature."""
KEPT = 2
"""From this weight on a clause is a wish; at minus this weight it is about something else."""


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
    lines: tuple[Line, ...] = (),
    noted: int = 0,
) -> Wishes:
    """What the customer wants beside things and dates, in the order and words of the mail.

    Under a heading all is kept but days, places and money; elsewhere only
    clauses that instruct. The rows of `lines` are no wishes, whatever their names say. The last
    `noted` characters are the remains of tables, where only a heading makes a wish.
    """
    none = no_wishes(text)
    things = {squeezed(name) for line in lines for name in (line.item, line.model) if name}
    found = list(_found(text, things, len(text) - noted))
    so_far = squeezed("".join(found))
    for one in labels:
        if one.key != "requirements" or not one.value:
            continue
        none = none or bool(_EMPTY.fullmatch(narrow(one.value)))
        parts = (_under_heading(part, things) for part in re.split(r"[;；。\n]", one.value))
        found += [part for part in parts if part and squeezed(part) not in so_far]
    said = dict.fromkeys(one for one in found if not (none and _AS_USUAL.search(one)))
    return Wishes(tuple(said), none, "text")


def no_wishes(text: str) -> bool:
    """True if the text says that nothing special is required."""
    return bool(_NO_WISHES.search(folded(text)))


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


def squeezed(words: str) -> str:
    """The letters and digits of a name, so that a row is known by it."""
    return re.sub(r"[\W_]", "", narrow(words).lower())


def _found(text: str, things: Set[str], written: int) -> Iterator[str]:
    section, whole = False, False
    for sentence in sentences(text):
        plain = folded(sentence.words)
        head = _HEADING.match(plain)
        opens = bool(
            head and (head["mark"] == ":" or (sentence.begins_line and head.end() == len(plain)))
        )
        if opens and head:
            section, whole = True, head.end() >= len(plain)
            rest = sentence.words[head.end() :]
            value = _under_heading(rest, things) if rest else None
        elif section and _goes_on(sentence, plain, whole=whole):
            value = _under_heading(sentence.words, things)
        else:
            section = False
            value = _instruction(sentence.words, things, noted=sentence.start >= written)
        if value:
            yield value


def _goes_on(sentence: Sentence, plain: str, *, whole: bool) -> bool:
    """True where a section that was opened by a heading still runs."""
    if not sentence.begins_line:
        return True
    if _LABEL.match(plain):
        return sentence.marked and not sentence.after_gap and not foreign.DATED.search(plain)
    return (whole or sentence.marked) and not (sentence.after_gap and not sentence.marked)


def _under_heading(words: str, things: Set[str]) -> str | None:
    """What a section says, without the clauses about days, places, money; None for "none"."""
    plain = folded(words).strip()
    if not plain or _NO_WISHES.search(plain) or _EMPTY.fullmatch(plain):
        return None
    kept = [clause for clause in clauses(words) if weight(clause, things) > -KEPT]
    return _trimmed("，".join(kept)) if _has_chinese(words) else _trimmed(", ".join(kept))


def _instruction(words: str, things: Set[str], *, noted: bool) -> str | None:
    """The clauses of a sentence that instruct, with what only goes on from them.

    What is noted beside a table may be a torn row: there one word of the trade is too little.
    """
    if _ROW.search(words) or _NAME.fullmatch(words):
        return None
    parts = clauses(words)
    called = 2 * any(_CALL.fullmatch(folded(part).strip(". ")) for part in parts)
    weights = [weight(part, things) + called for part in parts]
    said: list[str] = []
    if (
        noted
        and sum(heavy for heavy in weights if heavy >= KEPT) < 2 * KEPT
        and not any(wish.HANDED.search(folded(part)) for part in parts)
    ):
        return None
    for clause, heavy in zip(parts, weights, strict=True):
        goes_on = said and heavy >= 0 and not _REASON.match(folded(clause))
        if heavy >= KEPT or goes_on:
            said.append(clause)
    return _trimmed(("，" if _has_chinese(words) else ", ").join(said))


def _trimmed(words: str) -> str | None:
    clean = _TAIL.sub("", _LEAD.sub("", words.strip(" ,，、.;；"))).strip(" ,，、.")
    opened = len(re.findall(r"[(（]", clean)) - len(re.findall(r"[)）]", clean))
    clean = clean.strip("()（） ") if opened else clean
    return clean if len(clean) > 1 else None


def _has_chinese(words: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", words))


_FOR = (wish.PAPERS, wish.PACKED, wish.MADE, wish.NORMS, wish.TESTED, wish.HANDED, wish.ADDED)
_AGAINST = (foreign.MONEY, foreign.LETTER, foreign.PAST, foreign.ASKED)


def weight(clause: str, things: Set[str] = frozenset()) -> int:
    """How much a clause is an instruction: from 2 on it is one, from -2 down something else."""
    plain = folded(clause).strip()
    if _NO_WISHES.search(plain) or foreign.NAMES_A_FIRM.search(plain) or _names_only(plain, things):
        return -4
    groups = sum(bool(pattern.search(plain)) for pattern in _FOR)
    total = (groups + 1 if groups else 0) + (2 if wish.OBLIGED.search(plain) else 0)
    total += min(2, sum(bool(pattern.search(plain)) for pattern in wish.HINTS))
    total -= 3 * bool(foreign.TOLD.search(plain))
    bare = re.sub(r"\([^)]*\)", "", plain)
    total -= 3 * plain.endswith(":")
    total -= 3 * sum(bool(pattern.search(bare)) for pattern in _AGAINST)
    total += 3 * bool(_APART.search(bare) and foreign.MONEY.search(bare))
    total -= 6 * bool(foreign.NEEDLESS.search(plain))
    handed = bool(wish.HANDED.search(plain))
    if not (handed and _NOTICE.search(plain)):
        total -= 3 * sum(bool(pattern.search(bare)) for pattern in (foreign.DATED, foreign.PEOPLE))
        total -= 3 * (not handed and bool(foreign.PLACED.search(bare)))
    if foreign.FIRM.search(plain) and len(plain) < 30 and not wish.OBLIGED.search(plain):
        total -= 3
    if not (
        wish.PAPERS.search(plain)
        or re.search(
            r"^随"
            r"|\bto be\b|配齐?[一两二三四五六七八九十\d]",
            plain,
        )
    ) and _is_line(plain):
        total -= 4
    return total


def _is_line(plain: str) -> bool:
    """True for a clause that counts or measures out a thing, as an order line does."""
    sized = foreign.SIZED.search(plain) and not (
        wish.OBLIGED.search(plain) or wish.PACKED.search(plain)
    )
    if sized or foreign.COUNTED.search(plain):
        return True
    return bool(re.search(r"[\d一两二三四五六七八九十]", plain) and sentence_lines(plain))


def _names_only(plain: str, things: Set[str]) -> bool:
    """True for a clause that is the name of an ordered thing and little else."""
    bare = squeezed(plain)
    return any(
        len(thing) > 1 and thing in bare and len(bare) < 1.6 * len(thing) + 2 for thing in things
    )
