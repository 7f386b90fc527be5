"""Changed terms and demands, and lines that are added to an order."""

import re
from collections.abc import Iterator

from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.change_sentences import Sentence
from domain.mail.extract.change_values import decimal_text
from domain.mail.extract.numerals import number_of
from domain.mail.extract.ordered import Ordered
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.values import Line
from domain.mail.traditional import folded

_TERM = re.compile(
    r"付款(?:方式|条件|条款|节点)?|账期|结算方式|质保[期金]|预付款?比例"
    r"|\b(?:payment(?: terms?)?|terms of payment|warranty(?: period)?|incoterms?"
    r"|delivery terms?|retention)\b",
    re.I,
)
_TERM_NEW = re.compile(
    r"(?:改|换|变更|调整)(?:为|成|到)|应(?:为|是)"
    r"|\b(?:shall be|should be|must be|is to be|changed? to"
    r"|instead)\s*:?",
    re.I,
)
_TERM_OLD = re.compile(r"原来?(?:是|为|写的?是?)\s*([^,。;]{2,30})")
_TERM_END = re.compile(
    r"\s+as (?:agreed|finali[sz]ed|discussed|per)\b.*|,\s*(?:kindly|please|pls)\b.*$", re.I
)
_BECAME = re.compile(r"(?:怎么)?(?:就)?(?:变成|成|写成|写的是)了?\s*(?P<now>[\u4e00-\u9fff]{2,12})")
_SAID = re.compile(r"(?:说|谈|定|约|要求)[好]?的?是(?P<said>[^,。;]{2,16})")
_ADD = re.compile(
    r"再加(?!急|快)|(?:多[加要订做来]|[再另]加)(?=\s?[\d一二两三四五六七八九十])|追加(?!到|至|为)|另加|加订|加购|补订|增加(?!到|至|为|了?费)|再补"
    r"|补两|补一|加上"
    r"|\bthrow in\b|\badditional(?:ly)?\b|\badd(?:ing)?\b|\b(?:please|also|kindly) include\b"
    r"|\b(?:more|further|extra) of\b|\balso (?:want|need|order|take)\b|\bon top\b",
    re.I,
)
_AGAIN = re.compile(r"[再另][要订做来](?=\s?[\d一二两三四五六七八九十])")
_ANOTHER_ORDER = re.compile(
    r"新(?:的)?订?单(?!价)|另(?:外)?(?:下|开)"
    r"|\b(?:new|separate|another) (?:order|PO)\b|费用|加急费|surcharge"
    r"|cost",
    re.I,
)
_NTH = {"another": 1, "extra": 1, "second": 2, "third": 3, "fourth": 4}
_NTH_WORD = re.compile(r"\ba?n? ?(another|second|third|fourth)\b", re.I)
_MORE = re.compile(
    r"(?:再加|追加|[多再另][加要订做来]|增加|加)\s?(\d+|[一二两三四五六七八九十])(?=\s?[台套件个只张条根块箱组米支片面])"
    r"|\b(?:add|throw in|include|need|want|take|order)\s+(\w+) (?:more|further|additional|extra)\b"
    r"|\b(?:add|need|want|take|order)\s+(?:an? )?(?:additional|further|extra)\s+(\w+)\b",
    re.I,
)
_LESS = re.compile(
    r"(?:[少减砍][掉去要订做少]?了?)\s?(\d+|[一二两三四五六七八九十])(?=\s?[台套件个只张条根块箱组米支片面])"
    r"|\b(\w+) (?:fewer|less)\b|\b(?:reduc|cut|lower)\w*\b[^.;]{0,40}?\bby (\w+)\b",
    re.I,
)
_FIT = re.compile(
    r"\b(?:please|pls|kindly|can you|could you|would you)\b[^.;?]{0,20}?\b(?:add|put|fit"
    r"|provide|include|attach)\s+"
    r"(?P<what>[a-z][\w -]{2,40}?)\s+(?P<how>on|inside|in|to|onto|into"
    r"|with)\s+(?P<where>(?!hold\b|stock\b|the order\b|writing\b)[\w -]{2,40})",
    re.I,
)
_FIT_ZH = re.compile(
    r"(?:请|麻烦|另|再)[^,。;]{0,8}?(?:加装|加贴|加垫|加配|贴上|配上|刷上)(?P<what>[^,。;]{2,20})"
)
_PAPER = re.compile(
    r"\b(?:invoice|copy|cc|mail|e-?mail|loop|packing list|certificate|number|documents?|reply)\b",
    re.I,
)


def terms_in(sentence: Sentence, ordered: Ordered) -> ChangeItem | None:
    """Terms of payment and the like that are to be others."""
    term = _TERM.search(sentence.plain)
    news = [hit for hit in _TERM_NEW.finditer(sentence.plain) if term and hit.start() >= term.end()]
    if term is None or not news:
        return None
    after = _TERM_END.sub("", sentence.written[news[-1].end() :]).strip(" ,.:")
    old = _TERM_OLD.search(sentence.plain)
    word = folded(term[0]).lower().split()[0]
    row = next((row for row in ordered.rows if folded(row).lower().startswith(word)), None)
    told = row.partition(":")[2].strip() if row else None
    item = sentence.written[term.start() : term.end()]
    before = sentence.written[old.start(1) : old.end(1)] if old else told
    return ChangeItem(ChangeKind.TERMS, item, before or None, after) if len(after) > 1 else None


def demand_in(sentence: Sentence, ordered: Ordered) -> ChangeItem | None:
    """A demand that our mail has written otherwise than it was said."""
    became = _BECAME.search(sentence.plain)
    if became is None:
        return None
    listed = any(became["now"] in folded(row) for row in ordered.rows)
    said = _SAID.search(sentence.plain[: became.start()])
    if not (listed or said):
        return None
    place = sentence.written[became.start("now") : became.end("now")]
    after = sentence.written[said.start("said") : said.end("said")] if said else None
    return ChangeItem(ChangeKind.SPECIAL_REQUIREMENT, None, place, after)


def fitted_in(sentence: Sentence) -> ChangeItem | None:
    """Something that is to be put on the goods; papers and addresses are no part of them."""
    hit = _FIT.search(sentence.plain)
    if hit and not _PAPER.search(hit[0]):
        what = sentence.written[hit.start("what") : hit.end("what")]
        where = sentence.written[hit.start("where") : hit.end("where")].strip()
        subject = re.match(r"^(?:also |and )?(?:the )?([a-z ]{3,30}?)\s+-\s", sentence.plain, re.I)
        item = subject[1] if subject else where
        after = what if subject else f"{what} {hit['how']} {where}"
        return ChangeItem(ChangeKind.SPECIAL_REQUIREMENT, item, None, after)
    chinese = _FIT_ZH.search(sentence.plain)
    if chinese:
        after = sentence.written[chinese.start("what") : chinese.end("what")]
        return ChangeItem(ChangeKind.SPECIAL_REQUIREMENT, None, None, after)
    return None


def adds(sentence: Sentence, ordered: Ordered) -> bool:
    """True where the sentence asks for more than was ordered, in the same order.

    "Again 3 pumps" is a new order unless pumps stand in the list that is answered.
    """
    again = _AGAIN.search(sentence.plain) and ordered.named(sentence.plain)
    more = _ADD.search(sentence.plain) or again
    return bool(more) and not _ANOTHER_ORDER.search(sentence.plain)


def added_in(sentence: Sentence, ordered: Ordered) -> Iterator[ChangeItem]:
    """Lines that a sentence adds; more of a line of the order is another quantity of it."""
    hit = _ADD.search(sentence.plain) or _AGAIN.search(sentence.plain)
    if hit is None:
        return
    chinese = re.search(r"[\u4e00-\u9fff]{2}", sentence.plain)
    line = ordered.named(sentence.plain if chinese else sentence.plain[hit.start() :])
    more = _more(sentence.plain)
    if line is not None and line.quantity is not None and more is not None:
        count, total = more
        now = count if total else int(line.quantity) + count
        before = decimal_text(line.quantity)
        yield ChangeItem(ChangeKind.QUANTITY, line.name, before, str(now))
        return
    for one in sentence_lines(sentence.written[hit.end() :].lstrip(" :,")):
        if one.quantity is not None:
            yield added(one)


def fewer_in(sentence: Sentence, ordered: Ordered) -> ChangeItem | None:
    """So many less of a line of the order: its new quantity."""
    hit = _LESS.search(sentence.plain)
    number = number_of(next(filter(None, hit.groups()))) if hit else None
    line = ordered.referred(sentence.plain) or ordered.named(sentence.plain) or ordered.only
    if number is None or line is None or line.quantity is None or number >= line.quantity:
        return None
    before, after = decimal_text(line.quantity), decimal_text(line.quantity - number)
    return ChangeItem(ChangeKind.QUANTITY, line.name, before, after)


def _more(plain: str) -> tuple[int, bool] | None:
    """How many more, or "a second one": how many in all."""
    nth = _NTH_WORD.search(plain)
    if nth:
        return _NTH[nth[1].lower()], nth[1].lower() != "another"
    hit = _MORE.search(plain)
    number = number_of(next(filter(None, hit.groups()))) if hit else None
    return (int(number), False) if number is not None else None


def added(line: Line) -> ChangeItem:
    """An added line with its number of pieces."""
    quantity = decimal_text(line.quantity) if line.quantity is not None else None
    return ChangeItem(ChangeKind.ADD_LINE, line.item or line.model, None, quantity)
