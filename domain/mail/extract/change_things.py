"""Which thing of the order a sentence means."""

import re
from decimal import Decimal

from domain.mail.extract.change_sentences import Sentence, thing_in
from domain.mail.extract.change_values import Swap
from domain.mail.extract.numerals import number_of
from domain.mail.extract.ordered import REFERENCE, Ordered, OrderedLine
from domain.mail.traditional import folded

_NO_THING = re.compile(
    r"^(?:clients?|customers?|our client|we|they|he|she|i|you|boss|owner|head office|client"
    r"|end user"
    r"|it|this|this one|that|them|these|those|same|the same|one|all|everything|the rest|order"
    r"|the order"
    r"|这个|那个|它|数量.{0,4}|.{0,4}改[下了一]?下?|型号|交期|交货期|交货日期|日期|时间|订单|单子|合同|价格|其[他余它].*|全部|整单|地址|发货"
    r"|到货|两处.*|下)$"
    r"|^(?:could|can|may|would|will|if|when|that|so|hopefully|good|thank)\b"
    r"|^(?:date|quantity|delivery|quantities|price|address|\W*)$",
    re.I,
)
_BEHIND_EN = re.compile(
    r"^\s*(?:of (?:the |our |those )?)?(?P<thing>(?!instead|rather|in place|not\b|and\b|from\b"
    r"|to\b)[A-Za-z][\w -]{2,40}?)\s*"
    r"(?=[,.;:()]|$| not\b| instead| rather| in place| please| by | on | for | from | to )",
)
_BEHIND_ZH = re.compile(r"^\s*的?(?P<thing>[\u4e00-\u9fff]{2,10}?)(?=[,。;请改换,]|$|\d)")
_VERB_OBJECT = re.compile(
    r"\b(?:bump|chang\w+|increas\w+|rais\w+|reduc\w+|cut|lower|mak\w+|amend|revise|update"
    r"|correct)\s+"
    r"(?:up |down )?(?!from\b|to\b)(?:the |our )?(?:(?:quantity|number"
    r"|qty) of (?:the )?)?(?P<thing>[a-z][\w -]{2,40}?)\s+"
    r"(?:up |down )?(?:from|to|by)\b",
    re.I,
)
_EXCEPT = re.compile(
    r"\b(?:except|bar|but)(?: for)? (?:the )?(?P<thing>[\w -]{3,40}?)(?=,|$)", re.I
)


def line_meant(
    sentence: Sentence, ordered: Ordered, row: OrderedLine | None, words: str = ""
) -> OrderedLine | None:
    """The line of our mail: by its number, by the words, by the row that is answered."""
    near = ordered.named(folded(words)) if words else None
    return ordered.referred(sentence.plain) or near or row or ordered.named(sentence.plain)


def thing_of_swap(
    sentence: Sentence, swap: Swap, ordered: Ordered, row: OrderedLine | None
) -> str | None:
    """The thing of which a value changes; None where the sentence does not say it."""
    begin, end = sentence.part_at(swap.after.start)
    beside = ordered.named(sentence.plain[begin:end])
    before = Decimal(swap.before.text) if swap.before and _is_number(swap.before.text) else None
    line = beside or line_meant(sentence, ordered, row) or ordered.with_quantity(before)
    if line is not None:
        return line.name
    inner = swap.before.end if swap.before and swap.before.start == swap.start else swap.after.end
    return written_thing(sentence, swap.start, inner) or (
        ordered.only.name if ordered.only else None
    )


def written_thing(sentence: Sentence, start: int, end: int) -> str | None:
    """The noun around a change: object of the verb, in front of it, or behind the number."""
    plain, written = sentence.plain, sentence.written
    if hit := _VERB_OBJECT.search(plain):
        return usable(written[hit.start("thing") : hit.end("thing")])
    begin, _ = sentence.part_at(start)
    if found := usable(thing_in(written[begin:start])):
        return found
    behind = _BEHIND_EN.match(plain[end:]) or _BEHIND_ZH.match(plain[end:])
    if behind and (found := usable(thing_in(written[end:][slice(*behind.span("thing"))]))):
        return found
    for a, b in reversed([part for part in sentence.parts() if part[1] <= begin]):
        if found := usable(thing_in(written[a:b])):
            return found if len(found.split()) < 4 else _excepted(found)
    return referred_words(sentence)


def _excepted(words: str) -> str | None:
    hit = _EXCEPT.search(words)
    return hit["thing"] if hit else None


def usable(thing: str | None) -> str | None:
    """The noun, or None for a pronoun, a person, or a word of the order as a whole."""
    if not thing or _NO_THING.match(thing) or len(thing) > 40:
        return None
    hit = _EXCEPT.search(thing)
    return hit["thing"] if hit else thing


def referred_words(sentence: Sentence) -> str | None:
    """A reference as written: "第 2 行", "line 4"; the mail has no list that tells its name."""
    hit = REFERENCE.search(sentence.plain)
    return sentence.written[hit.start() : hit.end()] if hit else None


def named_of(
    words: str, sentence: Sentence, ordered: Ordered, row: OrderedLine | None
) -> str | None:
    """The thing that these words of a sentence name, as our mail calls it if it lists it."""
    line = line_meant(sentence, ordered, row, words)
    if line is not None:
        return line.name
    return usable(thing_in(words)) or referred_words(sentence)


def leading_count(words: str) -> tuple[str | None, str]:
    """The number in front of a noun, and the noun: "6 bearings"."""
    hit = re.match(r"^\s*(?:the )?(\d{1,5})\s*(?:pcs|sets|x)?\s+(?=\D)", words)
    value = number_of(hit[1]) if hit else None
    return (f"{value:f}", words[hit.end() :]) if hit and value is not None else (None, words)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", text) is not None
