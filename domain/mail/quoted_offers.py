"""An order by our quotation below it: names, type numbers and prices come from the quotation."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.mail.extract.english_things import described
from domain.mail.extract.row_prices import row_prices
from domain.mail.extract.things import MODEL, listed_thing
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

_BY_OFFER = re.compile(
    r"按.{0,24}(?:报价|報價|方案)|(?:报价|報價).{0,10}(?:下单|下單|执行|接受|同意)"
    r"|方案.{0,6}(?:可以|同意)"
    r"|(?:单价|價格|价格|單價).{0,4}不变|\b(?:accept|per|to|basis of|against|with) (?:your "
    r"|the )?(?:quot|offer)"
    r"|quoted price|prices? (?:as )?quoted|your (?:quotation|offer)|as (?:quoted|offered)",
    re.I,
)
_COUNT = re.compile(r"^[\s>]*(?:\(?\d{1,2}[.、)]|[①-⑳]|[-*•])\s*")
_PRICE_WORDS = re.compile(
    r"[\s,:;(]*(?:含税)?(?:单价|價格|价格|單價|unit price|price)?[\s,:;(]*$", re.I
)
_NAMES = re.compile(r"[A-Za-z]{3}|(?!单价|价格)[\u4e00-\u9fff]{2}")
MAX_OFFERS = 100


def with_offers(lines: tuple[Line, ...], new: str, quoted: str) -> tuple[Line, ...]:
    """The lines with what the quotation says of their things, where the new text refers to it."""
    if not quoted or not _BY_OFFER.search(narrow(new)):
        return lines
    offers = tuple(_offers(narrow(quoted)))[:MAX_OFFERS]
    return tuple(_completed(line, offers) for line in lines)


def _offers(quoted: str) -> Iterator[Line]:
    """Each thing of the quotation that has one price."""
    for piece in re.split(r"[\n;。]", quoted):
        words = _COUNT.sub("", piece.strip(" >"))
        head, _, tail = words.rpartition(":")
        behind = row_prices(tail)
        if behind and not row_prices(head) and _NAMES.search(tail[: behind[0].start]):
            words = tail
        prices = row_prices(words)
        if not prices:
            continue
        named = _PRICE_WORDS.sub("", words[: prices[0].start]).strip()
        han = re.search(r"[\u4e00-\u9fff]", named)
        item, model = listed_thing(named) if han else described(named, listed=False)
        if item or model:
            yield Line(item, model, None, None, prices[0].amount, prices[0].currency)


def _completed(line: Line, offers: tuple[Line, ...]) -> Line:
    """The line with the only offer that is for the same thing."""
    same = [offer for offer in offers if _alike(line, offer)]
    if len(same) != 1:
        return line
    (offer,) = same
    longer = offer.item and line.item and _plain(line.item) in _plain(offer.item)
    priced = line.unit_price is not None
    return replace(
        line,
        item=offer.item if longer or not line.item else line.item,
        model=line.model or offer.model,
        unit_price=line.unit_price if priced else offer.unit_price,
        currency=line.currency if priced else offer.currency,
    )


def _alike(line: Line, offer: Line) -> bool:
    if line.model and offer.model and MODEL.search(line.model):
        return _plain(offer.model) in _plain(line.model) or _plain(line.model) in _plain(
            offer.model
        )
    one, other = _plain(line.item or ""), _plain(offer.item or "")
    if offer.model and _plain(offer.model) in one:
        return True
    return len(min(one, other, key=len)) > 1 and (one in other or other in one)


def _plain(words: str) -> str:
    """Letters and digits only, without the plural's s: "Diaphragm kits" is "diaphragmkit"."""
    return "".join(c for c in re.sub(r"(?<=[a-z]{2})s\b", "", words.lower()) if c.isalnum())
