"""The stated total of an order and its currency; prices of single things and budgets are none."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.mail.extract.labels import Labelled
from domain.mail.extract.money import SIGN, Sum, currency_of, sums_in
from domain.mail.extract.values import Field
from domain.mail.plain import narrow

_TOTAL = re.compile(
    r"合计|合共|总[价额计金值货造]|总共|共计|一共|价税合计|合同[额价]|订单[额价]|全部"
    r"|\btotal\b|(?:order"
    r"|contract) value"
    r"|\bsum\b|amount|in all\b|altogether|\bfor everything|overall|\bworth\b"
    r"|gesamt\w*|summe|importe|totale|montant|razem|toplam|valor total"
    r"|wartość|totaal|celkem|összesen|totalt|yhteensä|i alt\b|ukupno|итого|总金额|拢共|统共|算下来"
    r"|lump ?sum|总价格|包干|一口价|打包价|总包|整单|全款",
    re.I,
)
_TOTAL_OF = re.compile(
    r"(?:\btotal\b|\b(?:order|contract|purchase|invoice) (?:value|price|sum|total|amount)\b"
    r"|\b(?:value|sum|price) of (?:the|this|our|your) (?:whole )?(?:order|contract|purchase"
    r"|offer)\b"
    r"|\bgrand total\b|\bamounts? to\b|\bcomes? to\b|\badds? up to\b|\btotalling\b|\btotaling\b"
    r"|\bwartość\b|\bvaleur\b|\bimporte\b|\bimporto\b|合計|總[價額金]|\bnet value\b|\bgesamt\w*"
    r"|\bsumme\b|总[价额金]|合计|共计|合同[价额总]|货值"
    r"|货款)[^\d;,。]{0,48}$",
    re.I,
)
"""A word for a total with what it is the total of, up to the sum: "total value of the order"."""
_EACH_OF = re.compile(
    r"\d ?(?:pcs?|pieces?|nos?|sets?|units?|off|x|ea|台|套|件|个|只|根)\.?,? ?(?:at|@|à|je|x|\*"
    r"|of)?"
    r" ?$",
    re.I,
)
"""A count right in front of a sum: the sum is that of one of them."""
_PER_THING = re.compile(
    r"^\s*(?:/-\s*)?(?:/(?!-)|每|each\b|per\b|ea\b|a piece|apiece|/?(?:pc|pcs|unit|set)\b|je\b"
    r"|pro\b)",
    re.I,
)
_NO_TOTAL = re.compile(
    r"单价|每[台件个套只吨米根支天]|unit|each|per\b|预算|budget|限价|控制价|estimate"
    r"|ceiling|保证金|上调|下调|涨|increase|raise"
    r"|上次|去年|原价|运费|freight|shipping|定金"
    r"|预付|首付|押金"
    r"|deposit|advance|罚|penalty|limit|限额|less than|不超过|below",
    re.I,
)
_PRICE = re.compile(
    r"价格?(?:为|是|按|:)?[^\d\n,。;]{0,10}$|(?:费用|价款|造价|货款|货值|工程款)[^\d\n,。;]{0,6}$"
    r"|\bprices?\b[^\d\n;]{0,24}$|\bat\s*$|\bfor\s*$|\bat (?:the|your) (?:quoted|agreed"
    r"|offered)[^\d\n]{0,10}$"
    r"|\b(?:quoted|offered|agreed|fixed|priced|fee of|cost of|sum of)[^\d\n]{0,12}$"
    r"|\bamount of[^\d\n]{0,6}$"
    r"|\b(?:balance|owed?|owes|outstanding|overdue|paid|remitted|transferred|unpaid|invoice)\b"
    r"[^\d\n;]{0,40}$|(?:发票|开票|欠款|欠|逾期|未付|应付|汇款?|付款?|尾款|付了"
    r"|支付)[^\d\n;,。]{0,14}$"
    r"|\b(?:agree|accept|approve|confirm)\w* (?:to |with )?(?:the |your |a )?$",
    re.I,
)
_REFERENCE = re.compile(r"\b(?:ref(?:erence)?|order n\w*|p\.?o\.?)\b[^\n.;]{0,32}$", re.I)
"""A number behind it that looks like money is that of an order: "our reference is SGD 5518"."""
_WHOLE = re.compile(
    r"^\s*(?:\(?(?:含税|未税|不含税)\)?)?\s*(?:包干|全包|总包|打包|一口价|in total|total\b"
    r"|in all\b|altogether|lump ?sum|all[- ]in\b|for everything|overall)",
    re.I,
)
_COUNTED = (
    r"[\d%]|\s?(?:kg|g|t|tons?|tonnes|mm|m|m2|m3|hours?|days?|weeks?|nos?|lines?|items?)\b"
    r"|\s?[台套件个只根块米项批天]|\s?(?:pcs|sets?|units?|pieces)\b|\s+\d{1,3}[,.]\d"
)
_SPOKEN = re.compile(
    r"(?:合计|总[价额计值]|总金额|合同[额价]|价税合计|共计|\btotal(?: amount| value| price"
    r"| sum)?\b"
    r"|\border value\b|gesamt\w*|\bsumme\b|合計|總[價額計]|總金額|itogo|итого|toplam\w*"
    r"|(?:一共|总共|合共|拢共|货值|算下来|统共|總共)(?:是|要|为|大概|就)?"
    r"(?= ?[\d.]+ ?[万萬]| ?\d[\d,]{3}))"
    r"(?:(?!weight|quantit|length|number|hours|volume|pieces|pcs)[^\d\n,。]){0,14}? *"
    r"(?<![\d.])(\d[\d,' .]*\d(?:\.\d+)?|\d)\s*(万)?"
    rf"(?!{_COUNTED})",
    re.I,
)
_TAXED = re.compile(
    r"含税(?!前)|含\s*\d+%|含增值税|incl(?:uding|\.|usive)?.{0,12}(?:vat|tax|gst)"
    r"|inkl\.?.{0,12}mwst|brutto"
    r"|(?:vat|tax|gst) (?:is )?included|iva inclu",
    re.I,
)
_UNTAXED = re.compile(
    r"不含税|不含增值税|未税|税前|税另计|excl(?:uding|\.|usive)?.{0,12}(?:vat|tax|gst)"
    r"|net of (?:vat|tax)|(?:plus|\+) ?(?:\d+ ?% ?)?(?:vat|tax|gst|iva|mwst)"
    r"|without (?:vat|tax|mwst)|zzgl\.?.{0,12}mwst|\bnetto\b|\bnet\b(?! weight)|(?:vat|tax"
    r"|gst) (?:extra|excluded)|\+ ?税|ex-?vat",
    re.I,
)
_CURRENCY = re.compile(rf"(?<![A-Za-z])({SIGN})(?![A-Za-z])", re.I)
_UNKNOWN = "?"


@dataclass(frozen=True)
class Money:
    """The total as stated; its rule is the currency, "?" where the total itself names none."""

    amount: Field[Decimal] | None
    tax_included: bool | None


def total(text: str, labels: tuple[Labelled, ...]) -> Money:
    """The stated total and whether tax is in it; prices of single things are none."""
    words = narrow(text)
    taxed = False if _UNTAXED.search(words) else True if _TAXED.search(words) else None
    found = _labelled(labels) or _beside_words(words) or _only_sum(words)
    return Money(found, taxed)


def currency_named(words: str) -> str | None:
    """The one currency that a text names, or the one it names most; None without any."""
    named = Counter(
        code for hit in _CURRENCY.finditer(narrow(words)) if (code := currency_of(hit[1]))
    )
    best = named.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _labelled(labels: tuple[Labelled, ...]) -> Field[Decimal] | None:
    for said in labels:
        if said.key == "amount" and said.value:
            value = narrow(said.value)
            for one in (*sums_in(value), *_bare(value)):
                return _sum_field(one, said.start)
    return None


def _beside_words(words: str) -> Field[Decimal] | None:
    """The last sum behind words for a total, in digits with or without a currency."""
    near = [one for one in sums_in(words) if _is_total(words, one)]
    if near:
        return _sum_field(near[-1])
    spoken = [
        replace(one, start=hit.start(1), end=hit.end(1))
        for hit in _SPOKEN.finditer(words)
        for one in _bare(words[hit.start(1) : hit.end()])
    ]
    return _sum_field(spoken[-1]) if spoken else None


def _is_total(words: str, one: Sum) -> bool:
    """True for a sum with a word for a total in front or right behind, not that of one thing."""
    before, after = _before(words, one, 120), words[one.end :][:14].partition("\n")[0]
    before = re.sub(r"\s+", " ", before)[-70:]
    if _PER_THING.match(after) or re.search(r"限价|预算|estimate|budget", before, re.I):
        return False
    if _EACH_OF.search(before):
        return False
    if _TOTAL.search(before[-18:]) or _WHOLE.match(after):
        return True
    far = _TOTAL_OF.search(before)
    return far is not None and not _NO_TOTAL.search(far[0])


def _only_sum(words: str) -> Field[Decimal] | None:
    """The only sum of a mail, where it stands behind "price" and is not that of one thing."""
    sums = [one for one in sums_in(words) if not _REFERENCE.search(_before(words, one, 40))]
    if len({one.amount for one in sums}) != 1:
        return None
    one, around = sums[-1], _before(words, sums[-1], 30)
    single = (
        _EACH_OF.search(around)
        or _PER_THING.match(words[one.end :][:12])
        or _NO_TOTAL.search(around)
    )
    priced = _PRICE.search(around) or re.search(r"as agreed|agreed|谈好|说好|议定", around, re.I)
    return None if single or not priced else _sum_field(one).doubted(0.75)


def _before(words: str, one: Sum, length: int) -> str:
    return words[max(0, one.start - length) : one.start].rpartition("\n")[2]


def _bare(value: str) -> Iterator[Sum]:
    hit = re.match(rf"\D{{0,6}}?(\d[\d,' .]*)\s*(万)?(?!{_COUNTED})", value)
    if hit:
        digits = hit[1].strip(" .,'")
        yield from (
            replace(one, currency=_UNKNOWN) for one in sums_in(f"CNY {digits}{hit[2] or ''}")[:1]
        )


def _sum_field(one: Sum, offset: int = 0) -> Field[Decimal]:
    return Field(one.amount, f"text:{one.start + offset}-{one.end + offset}", one.currency, 0.9)
