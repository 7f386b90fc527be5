"""Amounts in European text: "7 szt.", "90 Nos.", "x12", "Qty: 5", "2 dozen", "a few"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from domain.mail.extract.numerals import ENGLISH, written_number
from domain.mail.extract.units import COUNT_UNITS, MEASURE_UNITS, WORK_UNITS, is_measure


class Rank(IntEnum):
    """How plainly a number is an amount; the plainest one of a row is its quantity."""

    LABELLED = 1
    WITH_UNIT = 2
    TIMES = 3
    WORDS = 4
    MEASURE = 5
    AT_EDGE = 6
    VAGUE = 7


@dataclass(frozen=True)
class Amount:
    """A number with its unit and its place in the row; a vague amount has no number."""

    number: Decimal | None
    unit: str | None
    rank: Rank
    start: int
    end: int


DIGITS = r"(?:\d{1,3}(?:[,.'’]\d{2,3})+|\d{1,3}(?: \d{3})+|\d+(?:[.,]\d{1,2})?)(?![.,]?\d)"
NUMBER = rf"(?:(?:{ENGLISH})(?![A-Za-z])|{DIGITS})"
_LABEL = (
    r"(?:n[.°]|qty|q[’'.]?ty|quantity|quant|no\. off|nos\. off|anzahl|menge|ilość|q\.?t[aà]"
    r"|quantità"
    r"|cantidad|cant"
    r"|quantité|qté|qtde?|quantidade|množství|mennyiség|adet|miktar|amount|required|reqd"
    r"|order qty)"
)
_BEFORE = r"(?<![\w.,/:#@$€£₹+-])(?<![\w/]-)"
_ABOUT = (
    r"(?:about|approx(?:imately)?\.?|around|roughly|circa|ca\.?|some|up to|at least|min\.?"
    r"|minimum|maybe"
    r"|perhaps|probably|say|etwa|unos|environ|circa|~|≈)\s*"
)
_UNIT = rf"(?:{COUNT_UNITS}|{MEASURE_UNITS}|{WORK_UNITS})"
_AFTER = r"(?![A-Za-z\d])"
_RANGE = rf"(?:[-–]{NUMBER}|\s+(?:to|or(?: even)?)\s+{NUMBER}|(?<=\b\d)\s[-–]\s\d(?!\d))"
_ORDINAL = re.compile(
    r"\b(?:no|nr|nos|pos|position|item|line|lot|unit|dock|gate|phase|type|size|class|grade|zone"
    r"|page|rev|revision"
    r"|ratio|machine|p\.?o|option|week|cw|kw|number|model|dn|pn|ral|iso|en|din|ispm|astm|aisi"
    r"|api|ansi|part|table"
    r"|room|building|door|bay|stage|step|note|section|annex|level|floor|drawing|dwg|batch"
    r"|quotation|quote|offer"
    r"|invoice|ref|tel|phone|fax|plant|shop|hall|warehouse|box|postcode|article|art|code|version"
    r"|series|max)"
    r"\.?\s*[#:]?\s*$",
    re.I,
)
_AMOUNT = re.compile(
    rf"{_BEFORE}(?P<about>{_ABOUT})?(?:(?P<label>{_LABEL})\.?\s*(?:is|are|of|[:=.-])?\s*)?"
    rf"(?P<times>[x×*]\s*)?(?P<number>{NUMBER})(?:\s*\((?:{ENGLISH}|\d+)\))?(?P<range>{_RANGE})?"
    rf"(?:\s*(?P<by>[x×](?![A-Za-z\d])))?(?:[\s-]*(?P<unit>{_UNIT})\.?{_AFTER})?"
    r"(?P<vague>\s+or so\b|\s*-?ish\b|\s+or more\b|\s*\+/-|\s*\?|\s*approx\b)?"
    rf"(?:\s*(?:\+|plus"
    rf"|and)\s*(?P<spare>{NUMBER})(?:\s*(?:{_UNIT})\.?{_AFTER})?\s*(?:as\s+)?(?:spares?|extra"
    rf"|reserve)\b)?",
    re.I,
)
MAX_LEAD = 40
"""So far before a number the word stands that makes it the number of something."""
_SOME = re.compile(
    rf"{_BEFORE}[\"'“]?(?:some|several|various|(?:just |only )?an? (?:few|couple|handful"
    rf"|number)(?: more)?(?: of)?)[\"'”]?\s+"
    rf"(?:(?P<unit>{COUNT_UNITS})\.?{_AFTER}\s*)?(?=[A-Za-z])",
    re.I,
)
_OF_A_NAME = re.compile(
    r"(?:Drum|Box|Tube|Roll|Coil|Case|Bag|Can|Bottle|Sheet|Reel|Strip) [a-z]{3}"
)
"""One of a unit with a capital, behind more than one: it begins a name, like "Roll holder"."""
_NO_UNIT = frozenset(("to", "no", "un", "st", "ad", "each", "und", "nr", "t", "l"))
"""Units that are words of other meaning, where no row begins or ends with them."""


def amounts_in(row: str, *, comma: bool = False) -> Iterator[Amount]:
    """All that may be an amount in a row, in order; `comma`: the mail writes decimal commas."""
    for hit in _AMOUNT.finditer(row):
        if (one := _amount(hit, row, comma=comma)) is not None:
            yield one
    for hit in _SOME.finditer(row):
        yield Amount(None, hit["unit"], Rank.VAGUE, hit.start(), hit.end())


def _amount(hit: re.Match[str], row: str, *, comma: bool) -> Amount | None:
    unit = hit["unit"]
    number = written_number(hit["number"], comma=comma, whole=not is_measure(unit))
    if hit["number"].isdigit() and (
        len(hit["number"]) > 5
        or re.match(
            r"0\d{2}|0\d$" if not (hit["unit"] or hit["label"]) else r"0\d{2}", hit["number"]
        )
    ):
        return None
    if number is None or number == 0 or (not hit["label"] and _is_ordinal(hit, row)):
        return None
    if not hit["unit"] and not hit["by"] and re.match(r"[A-Za-z\d°%\"'/-]", row[hit.end() :]):
        return None
    if hit["spare"] and (more := written_number(hit["spare"], comma=comma, whole=True)):
        number += more
    if re.match(r"\s*(?:per\b|/|pro\b)", row[hit.end() :]):
        return None
    if unit and number > 1 and _OF_A_NAME.match(row[hit.start("unit") :]):
        rank = Rank.LABELLED if hit["label"] else Rank.AT_EDGE
        return Amount(number, None, rank, hit.start(), hit.end("number"))
    vague = bool(hit["about"] or hit["range"] or hit["vague"])
    one = Amount(None if vague else number, unit, _rank(hit), hit.start(), hit.end())
    end = hit.end("unit") if unit else 0
    if unit and unit.lower() in _NO_UNIT and row[end : end + 1] != "." and row[end:].strip():
        return replace(one, unit=None, rank=Rank.AT_EDGE, end=hit.end("number"))
    return one


def _is_ordinal(hit: re.Match[str], row: str) -> bool:
    """True for the number of something: "item 4", "quote 30 of May"; "quote 30 seals" counts."""
    lead = _ORDINAL.search(row[max(0, hit.start() - MAX_LEAD) : hit.start()])
    if lead is None:
        return False
    asked = re.match(r"(?:quote|offer)\s*$", lead[0], re.I) and not re.search(
        r"\b(?:of|our|your|the|this|under|per|from|in)\s+\w+\s*$", row[: hit.start()], re.I
    )
    return not (asked and re.match(r"\s+(?!of\b)[a-z]{3,}", row[hit.end("number") :]))


def _rank(hit: re.Match[str]) -> Rank:
    if hit["label"]:
        return Rank.LABELLED
    if hit["unit"]:
        return Rank.MEASURE if is_measure(hit["unit"]) else Rank.WITH_UNIT
    if hit["times"] or hit["by"]:
        return Rank.TIMES
    return Rank.AT_EDGE if hit["number"][0].isdigit() else Rank.WORDS
