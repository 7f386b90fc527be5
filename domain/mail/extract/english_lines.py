"""Order lines of European text: rows of a list, and things that sentences name with an amount."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.mail.extract.english_amounts import NUMBER, Amount, Rank, amounts_in
from domain.mail.extract.english_rows import rows_of
from domain.mail.extract.english_things import (
    NOT_A_THING,
    SENTENCE_END,
    described,
    is_plural,
    labelled_model,
    model_in,
)
from domain.mail.extract.numerals import ENGLISH, has_decimal_commas
from domain.mail.extract.row_prices import row_prices, unit_price, without_prices
from domain.mail.extract.text_rows import Row
from domain.mail.extract.units import WORK_UNITS
from domain.mail.extract.values import Line

_ORDERS = re.compile(
    r"\b(?:order(?:ing)?|needs?|wants?|buy|purchase|suppl(?:y|ies)|send|would like|like to have"
    r"|quote|quotation for|price"
    r"|cost|add|additional(?:ly)?|book|another|offer|please (?:accept|enter|make|deliver)"
    r"|requir(?:e|ing)|make us|get (?:me|us)"
    r"|go ahead with|(?:we'?ll|will|would|can) take|we take|put (?:us )?down for|after (?:a|some"
    r"|an)|decided|proceed"
    r"|namely|ship|dispatch"
    r"|bring|looking for|reserve|release|enter|do us|knock up|can (?:you|we|i) (?:get|have)|(?:we"
    r"|i)'?d like|also|plus"
    r"|interested in|what (?:would|do|does|is)|call off|calling off|bestell\w*|bestiller"
    r"|ordiniamo|ordino|pedimos|zamawiamy|objednáváme|benötigen"
    r"|brauchen|necesitamos|solicitamos"
    r"|commandons)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"^\W*(?:of )?(?:the )?(?:drawings?|manuals?|documents?|certificates?|data ?sheets?)\b|"
    r"\btotal|\bprice|\bp\.?o\b|order no|invoice|quotation|deliver|\btel\b|phone|street|\broad\b"
    r"|\bpage|\bweek|\bdate\b|hello|dear"
    r"|regard|because|confirm|same as|missing|\brev\b|certificate|manual|document|drawings?$"
    r"|stands?$|\bof (?:the|your) (?:two|three)",
    re.I,
)
_END_OF_THING = re.compile(
    r"\s(?:to|by|in|from|as|but|this|each|per|within|before|until|on|which|that|because|so|when"
    r"|delivered|at|@|incl\.?"
    r"|including|please|pls|like|if|we|asap|instead|via|again|over|under|during|after|where|who"
    r"|is|are|was|were|will|he|she"
    r"|it|cost|costs|ready|urgently|too|last|same)\s|\s[–—-]\s|[;:?!](?:\s|$)|,\s|\.(?:\s|$)"
    r"|\s{3,}|\s\((?![A-Z]*\d)|\n\n",
    re.I,
)
_PART_OF_ALL = re.compile(
    r"\b(?:of (?:the|these|those|our|your)|remaining|the (?:other|last|first|next)|both|all|these"
    r"|those)\s*$",
    re.I,
)
_OTHER_NUMBERS = re.compile(r"[.!?]\s|\n|\b(?:order|po|quotation|quote|offer|invoice|invoices)\b")
_OF_OTHERS = re.compile(r"\b(?:to|at|by|on|for)\s+\S*$|\bno\.?\s*$|\bper\b", re.I)
_NUMBER_OF = re.compile(
    r"(?:your |our |the )?(?:part|type|model|drawing|dwg|code|art|ref|p/n|pn"
    r"|cat)\b[^,;()]{0,12}\d",
    re.I,
)
_LASTING = re.compile(r"(?:years?|months?|weeks?)\.?", re.I)
_INSTEAD = re.compile(
    rf"(?<![\w.,-])({NUMBER})(\s+(?:instead of|rather than|and not|\(?not)\s+{NUMBER}\)?)", re.I
)
_NEXT_CLAUSE = re.compile(
    r"\s(?:and|plus|&)(?=\s*(?:the\s)?$|\s[a-z]+\s(?:to|is|are|will)\b)|\s(?:costs?|be)\b"
)
_ASKED_FOR = re.compile(
    r"\b(?:for|order|need|want|buy|offer|send(?: us)?|suppl(?:y|ies)|get|add|have|require"
    r"|with)\s+$",
    re.I,
)
_KNOWN = re.compile(
    r"(?<!\border )(?<!\btake )(?<!\bneed )(?<!\bwant )(?<!\bquote )\b(?:the|our|your|these"
    r"|those)\s*$",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:ordered|received|delivered|arrived|shipped|came|bought|supplied|installed|broken"
    r"|damaged|bent|missing"
    r"|leak\w*|defective|faulty|cracked|overdue|invoiced?|paid|too (?:short|long|small|large|big"
    r"|late)"
    r"|is it possible|possible to|do not fit|does not fit|rejected|returned)\b",
    re.I,
)
_REQUESTED = re.compile(
    r"\b(?:please|pls|kindly|needs?|wants?|would like|'d like|send|supply|quote|price|add"
    r"|require|replace)\b"
    r"|\border\b(?! no)",
    re.I,
)
_ARTICLE = re.compile(
    r"(?<![\w-])(?:an?|one|(?:(?<=\btake )|(?<=\border )|(?<=\bbuy ))the)\s+(?=[a-z]{3})", re.I
)
_SINGLE = re.compile(
    r"^(?:question|few|couple|bit|lot|look|quick|new order|order|quote|quotation|price|call|copy"
    r"|confirmation|reply|week|day|month"
    r"|date|proforma|note|mail|word|line|list|friend|customer|problem|discount|total|delivery"
    r"|visit|moment|number|way|of|thing"
    r"|more|each|time|hand|small|big|good|great|nice|short|separate|second|formal|written|budget"
    r"|rough|revised|best)\b",
    re.I,
)


_NEXT_PART = re.compile(r"\s*(?:more\s+)?(?:by|on|before|until|in)\s+[\w-]*\s?\w*\d", re.I)
"""Behind a number alone: it is a further part of the thing before, with a day of its own."""
_PERSONS = re.compile(
    r"\b(?:engineer|technician|fitter|supervisor|welder|electrician|specialist|trainer|mechanic"
    r"|programmer|rigger|inspector)s?\b",
    re.I,
)


def english_lines(text: str) -> Iterator[Line]:
    """The things that a narrow text names with an amount, in order, from rows and sentences."""
    comma = has_decimal_commas(text)
    rows = rows_of(text, comma=comma)
    prose = ""
    for row in rows:
        if row.lines:
            yield from _of_prose(prose, row.start - len(prose), comma=comma)
            prose = ""
            yield from row.lines
        else:
            prose += _one_paragraph(row)
    yield from _of_prose(prose, len(text) + 1 - len(prose), comma=comma)


def _one_paragraph(row: Row) -> str:
    """A row as part of its paragraph: only an empty row or a short one ends the sentence."""
    return row.text + (" " if len(row.text) > 55 else "\n")


def _of_prose(text: str, offset: int, *, comma: bool) -> Iterator[Line]:
    start = 0
    for piece in re.split(r"(\n)", text):
        for sentence in _sentences(piece):
            at = piece.find(sentence)
            source = f"text:{offset + start + at}-{offset + start + at + len(sentence.rstrip())}"
            yield from _of_sentence(sentence, source, comma=comma)
        start += len(piece)


MAX_SENTENCE = 1_000


def _sentences(piece: str) -> list[str]:
    """The sentences of a paragraph; one without an end is cut, for its amounts are compared."""
    said = (one for one in SENTENCE_END.split(piece) if one.strip())
    return [one[n : n + MAX_SENTENCE] for one in said for n in range(0, len(one), MAX_SENTENCE)]


def _of_sentence(sentence: str, source: str, *, comma: bool) -> Iterator[Line]:
    sentence = _INSTEAD.sub(lambda hit: hit[1] + " " * len(hit[2]), sentence)
    prices = row_prices(sentence)
    bare = without_prices(sentence, prices)
    verb = _ORDERS.search(bare) or re.match(r"(?=.*\b(?:pls|please)\W*$)", bare, re.I)
    found = [
        one
        for one in amounts_in(bare, comma=comma)
        if not (_PART_OF_ALL.search(bare[: one.start]) or _KNOWN.search(bare[: one.start]))
    ]
    amounts = [
        one
        for one in found
        if _begins_thing(one, bare)
        or _ends_thing(one, bare)
        or (one.unit and _NEXT_PART.match(bare[one.end :]))
    ]
    amounts = _without_persons(amounts, bare)
    if verb:
        amounts = sorted([*amounts, *_articles(bare, amounts)], key=lambda one: one.start)
    if _TOLD.search(bare) and not _REQUESTED.search(bare):
        return
    last = verb.end() if verb else 0
    earlier: Line | None = None
    for n, one in enumerate(amounts):
        end = amounts[n + 1].start if n + 1 < len(amounts) else len(bare)
        intended = verb is not None and verb.start() < one.start
        words = bare[one.end : end]
        if words.strip() and intended and _NUMBER_OF.match(words.lstrip(" ,")):
            words = f"{_after_verb(bare[min(last, one.start) : one.start])} {words.lstrip()}"
        elif _ends_thing(one, bare):
            words = _after_verb(bare[min(last, one.start) : one.start]) if intended else ""
        line = _line(words, one, source, intended=intended)
        last = one.end
        if earlier and _NEXT_PART.match(bare[one.end :]):
            line = replace(earlier, quantity=one.number) if one.unit == earlier.unit else None
        earlier = line or earlier
        if line is not None:
            near = tuple(p for p in prices if one.end <= p.start < end + 1)
            price = unit_price(near, one.number, listed=False)
            yield replace(
                line,
                unit_price=price.amount if price else None,
                currency=price.currency if price else None,
            )


def _without_persons(amounts: list[Amount], row: str) -> list[Amount]:
    """Without the persons whose days are counted behind: "two fitters, 12 man-days in total"."""
    by_time = [one.unit is not None and re.fullmatch(WORK_UNITS, one.unit, re.I) for one in amounts]
    return [
        one
        for n, one in enumerate(amounts)
        if not (any(by_time[n + 1 : n + 2]) and _PERSONS.search(_head(row[one.end :])))
    ]


def _after_verb(words: str) -> str:
    """The words behind the last verb of ordering: "send best price for pump X" is about pump X."""
    hits = list(_ORDERS.finditer(words))
    said = words[hits[-1].end() :] if hits else words
    said = said.rpartition(": ")[2] or said
    said = re.sub(r"^(?:\s*(?:for|of|us|me|with|to)\b)+", "", said)
    return re.sub(rf"^\s*(?:{ENGLISH})\s+(?=[a-z])", " ", said, flags=re.I)


def _begins_thing(one: Amount, row: str) -> bool:
    following = row[one.end :].lstrip(" -–:")
    if not re.match(r"[A-Za-z\"'(#]", following) or NOT_A_THING.match(following):
        return False
    if one.unit and _LASTING.fullmatch(one.unit):
        return False
    if one.rank is Rank.MEASURE:
        return re.match(r"(?:of\b|the\b|[A-Za-z]{3})", following) is not None
    head = _head(following)
    counted = one.unit or one.number in (None, 1) or model_in(head) or is_plural(head)
    return bool(counted or _ASKED_FOR.search(row[: one.start]))


def _ends_thing(one: Amount, row: str) -> bool:
    """True for ", 2 sets" or "BR-4 2 sets" behind a thing, before the next clause."""
    before = row[: one.start]
    coded = model_in(before[-24:])
    parted = re.search(r"(?:[,(:x-]|\bqty)\s*$", before) or (
        coded and before.rstrip().endswith(coded[0])
    )
    closed = re.match(r"\s*(?:[,.;)]|$|(?:and|for|to|by|in|only|altogether)\b)", row[one.end :])
    closed = closed if one.rank is not Rank.MEASURE else re.match(r"\s*[,.;)]", row[one.end :])
    return one.rank in (Rank.WITH_UNIT, Rank.LABELLED, Rank.MEASURE) and bool(parted and closed)


def _articles(row: str, amounts: list[Amount]) -> Iterator[Amount]:
    """ "a" and "an" before a thing with a type number count one."""
    taken = [(one.start, one.end) for one in amounts]
    for hit in _ARTICLE.finditer(row):
        words = row[hit.end() : hit.end() + 60]
        if any(start <= hit.start() < end for start, end in taken) or _SINGLE.match(words):
            continue
        coded = model_in(_END_OF_THING.split(words)[0]) is not None
        asked = _ASKED_FOR.search(row[: hit.start()]) is not None
        if (coded or (asked and _later_model(words))) and not NOT_A_THING.match(words):
            yield Amount(1, None, Rank.AT_EDGE, hit.start(), hit.end())  # type: ignore[arg-type]


def _line(words: str, one: Amount, source: str, *, intended: bool) -> Line | None:
    head = _head(words)
    own = model_in(head)
    model = own[0] if own else _later_model(words[len(head) :])
    counted = one.rank in (Rank.WITH_UNIT, Rank.TIMES, Rank.LABELLED)
    if not (intended or model) or _NO_NAME.search(head):
        return None
    name = head
    if model is None:
        name = re.split(r"\s(?:for|with)\s", f"{name} ")[0]
    item, number = described(name, listed=False)
    number = number or model
    if not (item or number):
        return None
    sure = (
        0.75 if model and counted and intended else 0.7 if model or (counted and intended) else 0.6
    )
    return Line(item, number, one.number, one.unit, source=source, confidence=sure)


def _head(words: str) -> str:
    """The first words, up to the end of what names a thing."""
    head = _END_OF_THING.split(f"{words.lstrip(' -–:,;')} ")[0]
    return _NEXT_CLAUSE.split(f"{head} ")[0]


def _later_model(words: str) -> str | None:
    """A type number that follows the name: ", type KV-30", "(KV-30)", ", the KV-30 we had"."""
    near = _OTHER_NUMBERS.split(words)[0][:70]
    hit = model_in(near)
    label = re.match(r"[\s,(]*(?=[A-Za-z])", near)
    if label and _NUMBER_OF.match(near[label.end() :]):
        return labelled_model(near[label.end() :])
    if hit is None or _OF_OTHERS.search(near[: hit.start()]):
        return None
    return hit[0]
