"""What a customer wants changed of an order: quantity, date, model, place, lines, terms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.mail.extract.change_demands import (
    added,
    added_in,
    adds,
    demand_in,
    fewer_in,
    fitted_in,
    terms_in,
)
from domain.mail.extract.change_evidence import MOVED, NO_DUE, informed, shifted_day, wished_day
from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.change_places import place_change
from domain.mail.extract.change_sentences import Sentence, sentences_in
from domain.mail.extract.change_stops import cancels_the_order, stops_in
from domain.mail.extract.change_things import line_meant, thing_of_swap, written_thing
from domain.mail.extract.change_values import (
    Sort,
    Swap,
    Value,
    decimal_text,
    swaps_in,
    values_in,
)
from domain.mail.extract.dates import Workday, workday_of_week
from domain.mail.extract.ordered import NOTHING, Ordered, OrderedLine
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

__all__ = ["ChangeItem", "ChangeKind", "Known", "changes_in"]

_BELOW = re.compile(
    r"(?:到)?(?:以下|下列|下面)的?(?:地址|地点)[^\n。;]{0,30}\n\s*"
    r"|\bthe (?:following|below) address\b[^\n.;]{0,30}\n\s*",
    re.I,
)
_STAYS = re.compile(
    r"不变|不动|照旧|维持|仍[是为按旧]|没有?变"
    r"|\bunchanged|\bstays?\b|\bremains?\b(?! (?:\d|by|on|one|two))|\bnot chang|\bsame (?:date"
    r"|place|day)\b|\bis fine\b|\bkeeps\b",
    re.I,
)
_OTHERS_WISH = re.compile(
    r"\b(?:he|she|they|colleague|[A-Z][a-z]+) (?:has |have )?(?:asked|told|wrote|requested)\b"
    r"|(?:他|她|同事|他们)(?:们)?(?:之前|上次|昨天|周.)?(?:跟你们?|让你们?|要求)"
)
_NEW_ORDER = re.compile(
    r"新(?:的)?订?单(?!价)|另(?:外)?[下开]一?[张个份]|\b(?:new|separate|another) (?:order|PO)\b",
    re.I,
)
_RECEIVED = re.compile(
    r"收到的|到货的|实收|发来|送来|发过来"
    r"|\b(?:received|delivered|arrived|you (?:have )?(?:sent|shipped"
    r"|supplied))\b",
    re.I,
)
_TYPE_WORD = re.compile(r"(?:型号|\btype|\bmodel)(?:[是为:,]|\s|\bis\b)*$", re.I)


@dataclass(frozen=True)
class Known:
    """What is known of the order beside the text: our mail, what is answered there, new lines."""

    ordered: Ordered = NOTHING
    answered: Mapping[str, str] = field(default_factory=dict)
    """The row of our mail below which a line of the text stands, by that line."""
    lines: tuple[Line, ...] = ()
    """Lines of tables in the mail."""
    proposed: bool = False
    """True for an answer to our confirmation: what differs from its list is asked to change."""
    exists: bool = False
    """True for a mail about an order that we have."""


@dataclass(frozen=True)
class _Frame:
    base: datetime
    workday: Workday
    known: Known


UNKNOWN = Known()


def changes_in(
    text: str,
    base: datetime,
    workday: Workday = workday_of_week,
    known: Known = UNKNOWN,
) -> tuple[ChangeItem, ...]:
    """The changes that the text asks for; what cannot be read as one is left to a person."""
    frame = _Frame(base, workday, known)
    text = _day_first(text)
    sentences = list(sentences_in(_BELOW.sub(" ", narrow(text)) if _BELOW.search(text) else text))
    if any(map(cancels_the_order, sentences)):
        return (ChangeItem(ChangeKind.CANCEL_ORDER),)
    found: list[ChangeItem] = []
    for n, sentence in enumerate(sentences):
        near = (sentences[n - 1] if n else None, *sentences[n + 1 : n + 2], None)
        found.extend(one for one in _of(sentence, near, frame) if one not in found)
    if found:
        extra = (fitted_in(sentence) for sentence in sentences)
        found.extend(one for one in extra if one is not None and one not in found)
    return tuple(_sifted(found))


def _day_first(text: str) -> str:
    """Dates like 04/05/2026 year first, where another one of the text shows which is the day."""
    if not re.search(r"(?<!\d)(?:1[3-9]|2\d|3[01])/\d\d/20\d\d(?!\d)", text):
        return text
    return re.sub(r"(?<!\d)(\d\d)/(0\d|1[0-2])/(20\d\d)(?!\d)", r"\3-\2-\1", text)


def _sifted(found: list[ChangeItem]) -> Iterator[ChangeItem]:
    """Without what says less than another item: a day of a split, a hold of no one thing."""
    kinds = {one.what for one in found}
    for one in found:
        others = [other for other in found if other is not one]
        awaited = one.what is ChangeKind.MODEL and any(
            other.what is ChangeKind.HOLD and other.item == one.item for other in others
        )
        vague = one.what is ChangeKind.HOLD and one.item is None and others
        staged = one.what is ChangeKind.DUE_DATE and ChangeKind.SPLIT_DELIVERY in kinds
        again = one.what in (
            ChangeKind.HOLD,
            ChangeKind.DUE_DATE,
            ChangeKind.SPLIT_DELIVERY,
        ) and any(
            other.what is one.what and _same(other, one) for other in found[: found.index(one)]
        )
        if not (vague or awaited or (staged and one.before is None) or again):
            yield one


def _same(one: ChangeItem, other: ChangeItem) -> bool:
    """True for two that say the same; one delivery is parted once, in however many sentences."""
    parted = one.what is ChangeKind.SPLIT_DELIVERY
    return one.item == other.item and (parted or one.after == other.after)


def _of(
    sentence: Sentence, near: tuple[Sentence | None, ...], frame: _Frame
) -> Iterator[ChangeItem]:
    known = frame.known
    if _OTHERS_WISH.search(sentence.plain) or _NEW_ORDER.search(sentence.plain):
        return
    row = _row(sentence, known)
    values = values_in(sentence, frame.base, frame.workday)
    about = known.exists
    stops = tuple(stops_in(sentence, values, known.ordered, row, known=about))
    split = any(one.what is ChangeKind.SPLIT_DELIVERY for one in stops)
    if known.proposed and not split:
        line = line_meant(sentence, known.ordered, row) or known.ordered.only
        values = informed(sentence, values, known.ordered, line)
    terms = terms_in(sentence, known.ordered) if about else None
    if terms is not None:
        yield terms
        return
    swaps = [swap for swap in _swaps(sentence, values, frame) if not (split and _is_staged(swap))]
    if about and not (swaps or split):
        shifted = shifted_day(sentence, known.ordered)
        swaps = [*wished_day(sentence, values)] or ([shifted] if shifted else [])
    typed = tuple(_typed(sentence, values, swaps, frame, row))
    for swap in swaps:
        if not (typed and swap.after.sort is Sort.PROPERTY):
            yield _item(sentence, swap, frame, row)
    yield from typed
    counted = any(swap.after.sort is Sort.COUNT for swap in swaps)
    if not counted:
        yield from (one for one in stops if one.what is ChangeKind.CANCEL_LINE)
    yield from (one for one in stops if one.what is not ChangeKind.CANCEL_LINE)
    place = place_change(sentence, near[0], near[1] if len(near) > 1 else None, known=about)
    if place is not None and place.after != known.ordered.place:
        yield place
    if about and (demand := demand_in(sentence, known.ordered)) is not None:
        yield demand
    less = fewer_in(sentence, known.ordered) if about and not counted else None
    if less is not None:
        yield less
    if about and adds(sentence, known.ordered) and not any(swap.before for swap in swaps):
        yield from map(added, known.lines) if known.lines else added_in(sentence, known.ordered)


def _row(sentence: Sentence, known: Known) -> OrderedLine | None:
    """The line of our mail below which the sentence was written."""
    for line, quoted in known.answered.items():
        if sentence.written in line:
            return next((one for one in known.ordered.lines if one.row == quoted.strip()), None)
    return None


def _is_staged(swap: Swap) -> bool:
    return swap.after.sort is Sort.DAY or (swap.after.sort is Sort.COUNT and swap.before is None)


def _swaps(sentence: Sentence, values: tuple[Value, ...], frame: _Frame) -> Iterator[Swap]:
    """New values that are asked for; not those of parts that stay, nor what was delivered."""
    asked = re.search(r"改|换|变更|\bchang|\binstead\b", sentence.plain, re.I)
    delivered = _RECEIVED.search(sentence.plain) and not asked
    for swap in swaps_in(values, known=frame.known.exists):
        begin, end = sentence.part_at(swap.after.start)
        part = sentence.plain[begin:end]
        if _STAYS.search(part) and swap.before is None:
            continue
        if swap.after.sort is Sort.DAY:
            moved = frame.known.exists or MOVED.search(sentence.plain)
            if moved and not (NO_DUE.search(part) and swap.before is None):
                yield swap
        elif not delivered:
            yield swap


def _item(
    sentence: Sentence,
    swap: Swap,
    frame: _Frame,
    row: OrderedLine | None,
) -> ChangeItem:
    ordered = frame.known.ordered
    before = swap.before.text if swap.before else None
    after = swap.after.text
    if swap.after.sort is Sort.DAY:
        due = before or (ordered.due.isoformat() if ordered.due else None)
        return ChangeItem(ChangeKind.DUE_DATE, None, due, after)
    if swap.after.sort is Sort.TYPE:
        line = row or ordered.of_series(after)
        item = line.name if line else thing_of_swap(sentence, swap, ordered, row)
        listed = line or next((one for one in ordered.lines if one.name == item), None)
        return ChangeItem(
            ChangeKind.MODEL, item, before or (listed.model if listed else None), after
        )
    item = thing_of_swap(sentence, swap, ordered, row)
    if swap.after.sort is Sort.PROPERTY:
        thing = written_thing(sentence, swap.start, swap.end)
        return ChangeItem(ChangeKind.SPECIAL_REQUIREMENT, thing or item, before, after)
    listed = next((one for one in ordered.lines if one.name == item), None)
    if before is None and listed is not None and listed.quantity is not None:
        before = decimal_text(listed.quantity)
    return ChangeItem(ChangeKind.QUANTITY, item, before, after)


def _typed(
    sentence: Sentence,
    values: tuple[Value, ...],
    swaps: list[Swap],
    frame: _Frame,
    row: OrderedLine | None,
) -> Iterator[ChangeItem]:
    """The type that is named beside a changed property: "800 mm instead (type BC-800)"."""
    changed = swaps or re.search(r"改|换|\bnow\b|\bchang", sentence.plain, re.I)
    if not changed or any(swap.after.sort is Sort.TYPE for swap in swaps):
        return
    for value in values:
        named = value.sort is Sort.TYPE and _TYPE_WORD.search(sentence.plain[: value.start])
        if named:
            yield _item(sentence, Swap(_other_type(value, values), value), frame, row)


def _other_type(value: Value, values: tuple[Value, ...]) -> Value | None:
    """A type of the same letters in front of the new one."""
    same = (
        one
        for one in values
        if one.sort is Sort.TYPE and one.start < value.start and one.text[:2] == value.text[:2]
    )
    return next(same, None)
