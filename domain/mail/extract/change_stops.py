"""What is not to be made, or not yet, or in parts: holds, cancelled lines, orders and works."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.change_marks import Role
from domain.mail.extract.change_sentences import Sentence, thing_in
from domain.mail.extract.change_things import leading_count, named_of, usable, written_thing
from domain.mail.extract.change_values import Sort, Value
from domain.mail.extract.ordered import REFERENCE, Ordered, OrderedLine
from domain.mail.extract.stop_words import (
    AFTER_VERB,
    ASKING,
    CANCEL_LINE,
    CANCEL_ORDER,
    CANCEL_ORDER_EN,
    CAUSE,
    HOLD_EN,
    HOLD_ZH,
    KEPT_OPEN,
    LEAVE_OUT,
    NO_OBJECT,
    NOT_CANCELLED,
    NOT_NOW,
    OF_ALL,
    OURS_EN,
    OURS_ZH,
    SPLIT,
    SPLIT_ALLOWED,
    TAKEN_OUT,
)

_UNMARKED = (Role.NONE, Role.HINT)


def cancels_the_order(sentence: Sentence) -> bool:
    """True where the whole order is called off, also politely; a threat calls off nothing."""
    for pattern in (CANCEL_ORDER, CANCEL_ORDER_EN):
        for hit in pattern.finditer(sentence.plain):
            if not NOT_CANCELLED.search(sentence.plain[: hit.start()]):
                return True
    return False


def stops_in(
    sentence: Sentence,
    values: tuple[Value, ...],
    ordered: Ordered,
    row: OrderedLine | None,
    *,
    known: bool,
) -> Iterator[ChangeItem]:
    """Cancelled lines and works, holds and split deliveries of one sentence."""
    cancelled = _cancelled(sentence, ordered, row, known=known)
    ours = None if cancelled else _ours(sentence)
    if ours is not None:
        yield ours
    if cancelled is not None:
        yield cancelled
    held = _held(sentence, ordered, row, known=known)
    if held is not None:
        yield held
    split = _split(sentence, values, ordered, row) if known else None
    if split is not None:
        yield split


def _cancelled(
    sentence: Sentence, ordered: Ordered, row: OrderedLine | None, *, known: bool
) -> ChangeItem | None:
    plain, written = sentence.plain, sentence.written
    hit = CANCEL_LINE.search(plain)
    if hit is None:
        hit = LEAVE_OUT.search(plain)
        in_order = REFERENCE.search(plain) or ordered.named(plain) or row
        if hit is None or not (known and in_order):
            return None
    if NOT_NOW.search(plain[: hit.start()]) or NOT_CANCELLED.search(plain[: hit.start()]):
        return None
    if re.match(r"\s*(?:the |this |our )?(?:order|订单|合同)\b", plain[hit.end() :], re.I):
        return None
    begin, _ = sentence.part_at(hit.start())
    after = AFTER_VERB.match(plain[hit.end() :])
    verb_first = re.match(
        r"取消|删|.掉|剔除|cancel|no longer|str|cross|don|do|rem|del|drop|tak|lea|sk|om",
        hit[0],
        re.I,
    )
    words = written[begin : hit.start()]
    if after and verb_first and not NO_OBJECT.match(after["thing"]):
        words = written[hit.end() :][slice(*after.span("thing"))]
    elif usable(thing_in(words)) is None:
        words = written[: hit.start()]
    before, noun = leading_count(words)
    bracket = re.search(r"\(\s*(?:pos|line|item)[^)]*\)", written[: hit.start()], re.I)
    if bracket and not (after and verb_first and words != written[begin : hit.start()]):
        noun = written[: bracket.end()]
    item = _with_position(noun) or named_of(_last_part(noun), sentence, ordered, row)
    return ChangeItem(ChangeKind.CANCEL_LINE, item, before)


def _with_position(noun: str) -> str | None:
    """A noun that carries its position in brackets keeps it: "painting (pos. 3)"."""
    hit = re.fullmatch(
        r"\s*(?:the )?([\w -]{3,40} \((?:pos|line|item)[^)]*\))\s*(?:we|i)?\s*", noun, re.I
    )
    return hit[1] if hit else None


def _last_part(words: str) -> str:
    """The last words between commas that name something."""
    parts = re.split(r"[,\uff0c、:]|\s(?=我|他|you\b)", words)
    return next((part for part in reversed(parts) if usable(thing_in(part))), words)


def _held(
    sentence: Sentence, ordered: Ordered, row: OrderedLine | None, *, known: bool
) -> ChangeItem | None:
    """What is to wait; an item of None is the whole order."""
    plain, written = sentence.plain, sentence.written
    for hit in HOLD_ZH.finditer(plain):
        begin, end = sentence.part_at(hit.start())
        if CAUSE.search(plain[begin:end]) and not ASKING.search(plain[begin:end]):
            continue
        words = written[begin : hit.start()] or _last_part(written[:begin])
        item = named_of(words, sentence, ordered, row)
        return ChangeItem(ChangeKind.HOLD, item)
    english = HOLD_EN.search(plain)
    if english is None or KEPT_OPEN.search(english[0]) or NOT_NOW.search(plain[: english.start()]):
        return None
    named = {name: text for name, text in english.groupdict().items() if text and name != "until"}
    if english["until"] and english["until"].lower() != "yet" and not known:
        return None
    words = next(iter(named.values()), "")
    if (
        re.fullmatch(
            r"(?:the |this |that )?(?:it|this|that|them|same|one|order|for now|)\W*", words, re.I
        )
        or not words
    ):
        words = written[: english.start()] if english["kept"] is not None else ""
        words = re.sub(r"\b(?:I|we)\b.*$", "", words)
    return ChangeItem(
        ChangeKind.HOLD, _positioned(words) or named_of(words, sentence, ordered, row)
    )


def _positioned(words: str) -> str | None:
    hit = re.search(r"^\s*(?:the )?([\w -]{3,50} \((?:pos|line|item)[^)]*\))", words, re.I)
    return hit[1] if hit else None


def _split(
    sentence: Sentence,
    values: tuple[Value, ...],
    ordered: Ordered,
    row: OrderedLine | None,
) -> ChangeItem | None:
    """A delivery in parts; the parts are told as written."""
    counts = [value for value in values if value.sort is Sort.COUNT]
    parts = [value for value in values if value.sort in (Sort.COUNT, Sort.DAY)]
    days = {value.text for value in parts if value.sort is Sort.DAY and value.role in _UNMARKED}
    hit = SPLIT.search(sentence.plain)
    staged = sum(one.counted for one in counts) > 1 and len(days) > 1
    if not (hit or staged) or SPLIT_ALLOWED.search(sentence.plain):
        return None
    line = ordered.referred(sentence.plain) or ordered.named(sentence.plain) or row
    item = line.name if line else _of_parts(counts, ordered) or _parted(sentence)
    if item is None and counts:
        item = written_thing(sentence, counts[0].start, counts[0].end)
    start = min(
        one.start() if isinstance(one, re.Match) else one.start for one in (hit, *parts) if one
    )
    return ChangeItem(ChangeKind.SPLIT_DELIVERY, item, None, sentence.written[start:].strip(" ,."))


def _parted(sentence: Sentence) -> str | None:
    """The noun of "4 of the 10 filters", "4台主机请分两批"."""
    hit = OF_ALL.search(sentence.plain)
    if hit is None:
        return None
    group = "thing" if hit["thing"] else "thing_zh"
    return thing_in(sentence.written[hit.start(group) : hit.end(group)])


def _of_parts(counts: list[Value], ordered: Ordered) -> str | None:
    """The line whose quantity is the sum of the parts, or is named beside them."""
    numbers = [Decimal(one.text) for one in counts]
    lines = (ordered.with_quantity(number) for number in (sum(numbers, Decimal(0)), *numbers))
    return next((line.name for line in lines if line), None)


def _ours(sentence: Sentence) -> ChangeItem | None:
    """Works that the customer takes over."""
    hit = OURS_ZH.search(sentence.plain) or OURS_EN.search(sentence.plain)
    if hit is None or not TAKEN_OUT.search(sentence.plain):
        return None
    return ChangeItem(ChangeKind.SCOPE, sentence.written[hit.start("thing") : hit.end("thing")])
