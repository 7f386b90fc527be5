"""Telephone numbers in international form; the country comes from the mail, not from ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.extract.values import Field
from domain.mail.plain import narrow


@dataclass(frozen=True)
class Plan:
    """How a country writes its numbers: calling code, trunk digit, the rest (a pattern)."""

    code: str
    trunk: str
    number: str


_PLANS = {
    country: Plan(*rest)
    for country, *rest in (
        ("CN", "86", "0", r"1[3-9]\d{9}|(?:10|2\d|[3-9]\d\d)\d{7,8}"),
        ("TW", "886", "0", r"[2-9]\d{7,8}"),
        ("HK", "852", "", r"[2-9]\d{7}"),
        ("MO", "853", "", r"[2-9]\d{7}"),
        ("SG", "65", "", r"[3689]\d{7}"),
        ("JP", "81", "0", r"[1-9]\d{7,9}"),
        ("KR", "82", "0", r"[1-9]\d{7,9}"),
        ("MY", "60", "0", r"[1-9]\d{7,9}"),
        ("TH", "66", "0", r"[1-9]\d{7,8}"),
        ("VN", "84", "0", r"[1-9]\d{8,9}"),
        ("ID", "62", "0", r"[1-9]\d{7,10}"),
        ("IN", "91", "0", r"[1-9]\d{9}"),
        ("AE", "971", "0", r"[2-9]\d{7,8}"),
        ("SA", "966", "0", r"[1-9]\d{7,8}"),
        ("TR", "90", "0", r"[1-9]\d{9}"),
        ("RU", "7", "8", r"[3-9]\d{9}"),
        ("AU", "61", "0", r"[2-8]\d{8}|4\d{8}"),
        ("NZ", "64", "0", r"[2-9]\d{7,9}"),
        ("GB", "44", "0", r"[1-37-9]\d{8,10}"),
        ("IE", "353", "0", r"[1-9]\d{6,8}"),
        ("DE", "49", "0", r"[1-9]\d{5,11}"),
        ("AT", "43", "0", r"[1-9]\d{5,12}"),
        ("CH", "41", "0", r"[1-9]\d{8}"),
        ("FR", "33", "0", r"[1-9]\d{8}"),
        ("IT", "39", "", r"0\d{5,10}|3\d{8,9}"),
        ("ES", "34", "", r"[6-9]\d{8}"),
        ("PT", "351", "", r"[2-9]\d{8}"),
        ("NL", "31", "0", r"[1-9]\d{8}"),
        ("BE", "32", "0", r"[1-9]\d{7,8}"),
        ("PL", "48", "", r"[1-9]\d{8}"),
        ("CZ", "420", "", r"[2-9]\d{8}"),
        ("SE", "46", "0", r"[1-9]\d{6,8}"),
        ("NO", "47", "", r"[2-9]\d{7}"),
        ("DK", "45", "", r"[2-9]\d{7}"),
        ("FI", "358", "0", r"[1-9]\d{5,10}"),
        ("ZA", "27", "0", r"[1-8]\d{8}"),
        ("US", "1", "", r"[2-9]\d\d[2-9]\d{6}"),
        ("CA", "1", "", r"[2-9]\d\d[2-9]\d{6}"),
        ("MX", "52", "", r"[2-9]\d{9}"),
        ("BR", "55", "0", r"[1-9]\d{9,10}"),
        ("AR", "54", "0", r"[1-9]\d{9,10}"),
        ("CL", "56", "", r"[2-9]\d{8}"),
        ("CO", "57", "", r"[1-9]\d{9}"),
        ("PE", "51", "0", r"[1-9]\d{7,8}"),
        ("PK", "92", "0", r"3\d{9}|[2-9]\d{8,9}"),
        ("BD", "880", "0", r"1[3-9]\d{8}|[2-9]\d{7,8}"),
        ("LK", "94", "0", r"[1-9]\d{8}"),
        ("NP", "977", "0", r"[1-9]\d{6,9}"),
        ("PH", "63", "0", r"9\d{9}|[2-8]\d{8,9}"),
        ("KE", "254", "0", r"[17]\d{8}|[2-6]\d{7,8}"),
        ("TZ", "255", "0", r"[2-9]\d{8}"),
        ("UG", "256", "0", r"[2-9]\d{8}"),
        ("ET", "251", "0", r"[1-9]\d{8}"),
        ("NG", "234", "0", r"[789][01]\d{8}|[1-9]\d{6,8}"),
        ("GH", "233", "0", r"[235]\d{8}"),
        ("EG", "20", "0", r"1\d{9}|[2-9]\d{7,8}"),
        ("MA", "212", "0", r"[5-8]\d{8}"),
        ("IL", "972", "0", r"5\d{8}|7\d{8}|[2-489]\d{7}"),
        ("JO", "962", "0", r"7\d{8}|[2-6]\d{7}"),
        ("QA", "974", "", r"[34567]\d{7}"),
        ("OM", "968", "", r"[279]\d{7}"),
        ("ZM", "260", "0", r"[1-9]\d{8}"),
        ("GR", "30", "", r"[26]\d{9}"),
        ("HU", "36", "06", r"[1-9]\d{7,8}"),
        ("RO", "40", "0", r"[2-7]\d{8}"),
        ("LT", "370", "", r"[3-6]\d{7}"),
        ("LV", "371", "", r"[26]\d{7}"),
        ("EE", "372", "", r"[3-9]\d{6,7}"),
        ("HR", "385", "0", r"[1-9]\d{7,8}"),
    )
}
_CODES = tuple(sorted({plan.code for plan in _PLANS.values()}, key=lambda code: (-len(code), code)))
_EXTENSION = (
    r"(?:\s*[,;(]?\s*(?:转|轉|分机|分機|内线|內線|ext(?:n|ension)?\b\.?|x|#|w(?:ew)?n?\.|durchw\w*\.?"
    r"|DW|poste|interno|int\.|anexo|ramal)\s*[:.]?\s*(\d{2,6})(?!\d))?"
)
_PHONE = re.compile(
    r"(?<![\dA-Za-z_-])(?<!\d[/.,])(\+?\(?\+?\d(?:[\d ().\-–]|(?<=\d)/(?=\d)){4,24}\d)"
    rf"(?![\dA-Za-z]|[.,]\d){_EXTENSION}",
    re.I,
)
_AREA = re.compile(r"(?<![\d/])\(?0\d{2,5}\)?\s?/\s?(?=\d{3})")
_DATE = re.compile(
    r"(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d(?!\d)"
)
_LABEL = (
    r"(?:电话|手机|座机|电|办公|热线|专线|致电|来电|联系|号码|電話|手機|聯絡|微信|携帯"
    r"|whats ?app|zalo|viber|signal"
    r"|t[eé]l|tel(?:e(?:phone|fon[eo]?|foon))?|(?:tele)?fon|phone|ph|mob(?:ile?)?|móvil"
    r"|cell?(?:ular)?|kom"
    r"|gsm|handy|portable|direct|ddi|office|landline|hotline|call(?: me| us)?|ring|reach"
    r"|[tmpoc](?=\s?[.:]))"
)
_LABELLED = re.compile(
    rf"(?:^|[^A-Za-z]){_LABEL}[\s.:/()|]*(?:\w{{1,8}}[\s:.]{{1,2}})?(?:on |at )?[\s(:：]*$", re.I
)
_FAX = re.compile(
    r"(?<!tel/)(?<!tel\./)(?<!tel\. / )(?<!tel / )(?<!电话/)"
    r"(?:传真|傳真|\b(?:tele)?fax|\bfaks)[^\d]{0,6}$"
    r"|(?:^|[\s|/])f\s*[:.]\s*$|(?:^|[|/,;]\s*)f\s+$",
    re.I,
)
_OTHER = re.compile(
    r"(?:税号|账[号户]|帐[号户]|卡号|代码|编号|编码|料号|单号|合同号?|订单号?|发票号?|邮编|QQ|\bIBAN|\bVAT"
    r"|\baccount|\bA/C|\bkonto|\binvoice|\border|\bP\.?O\.?|\bdrawing|\bdwg|\bserial|\bS/N|\bpart"
    r"|\bref\w*|\bcontract|\bwaybill|\bHRB|\bGST\w*|\bNIP|\bCNPJ|\bitem|\bmaterial|\btracking)"
    r"[\s.:#()]*(?:(?:no|number|nr|id)\b)?[\s.:#()]*$",
    re.I,
)


def phones_in(
    words: str, countries: tuple[str, ...], told: tuple[str, ...] | None = None
) -> Field[tuple[str, ...]] | None:
    """All telephone numbers of a text as `+8651291550127;ext=806`, fax numbers left out.

    National numbers are read as those of the first country whose numbers look so; `countries`
    come from `countries_of`. Codes dialled in the same text count more than these. A number that
    reads otherwise with the countries `told` by words alone, without the clock, is not sure.
    """
    found = _numbers(words, countries)
    sure = told is None or found == _numbers(words, told)
    return Field(found, "text", "phone", 0.85 if sure else 0.7) if found else None


def _numbers(words: str, countries: tuple[str, ...]) -> tuple[str, ...]:
    plain = _AREA.sub(lambda hit: hit[0].replace("/", " "), narrow(words))
    dialled = tuple(
        country
        for hit in re.finditer(r"(?<!\d)\+\s?\(?(\d{1,3})", plain)
        for country, plan in _PLANS.items()
        if hit[1].startswith(plan.code)
    )
    found: list[str] = []
    for line in plain.splitlines():
        found.extend(n for n in _of_line(line, (*dialled, *countries)) if n not in found)
    return tuple(found)


def _of_line(line: str, countries: tuple[str, ...]) -> Iterator[str]:
    for hit in _PHONE.finditer(line):
        lead = line[max(0, hit.start() - 24) : hit.start()]
        if _FAX.search(lead) or _OTHER.search(lead) or _DATE.match(hit[1]):
            continue
        labelled = bool(_LABELLED.search(lead))
        bare = labelled or len(re.sub(r"[\d\W]", "", line)) <= 40
        whole = _international(hit[1], countries, labelled=labelled, bare=bare)
        parts = (whole,) if whole else _apart(hit[1], countries, labelled=labelled)
        for n, number in enumerate(parts):
            last = n == len(parts) - 1
            yield f"{number};ext={hit[2]}" if hit[2] and last else number


def _apart(written: str, countries: tuple[str, ...], *, labelled: bool) -> tuple[str, ...]:
    """Two numbers side by side, parted by a slash or a gap."""
    for mark in (r"\s*/\s*", r"\s{2,}", r"\s"):
        pieces = re.split(mark, written)
        found = [
            _international(piece, countries, labelled=labelled, bare=False) for piece in pieces
        ]
        if len(pieces) > 1 and all(found):
            return tuple(number for number in found if number)
    return ()


def _international(
    written: str, countries: tuple[str, ...], *, labelled: bool, bare: bool
) -> str | None:
    """A number in international form, or None where it is no telephone number."""
    digits = re.sub(r"\D", "", written)
    if "+" in written[:3] or re.match(r"\(?00[1-9]", written):
        even = re.sub(r"\(0\)", "", written)
        return _dialled(re.sub(r"\D", "", even).removeprefix("00"))
    if re.fullmatch(r"86[ -]?(?:1[3-9]\d{9}|0?\d{2,3}[ -]?\d{7,8})", written.strip()):
        return f"+86{digits[2:].removeprefix('0')}"
    if re.fullmatch(r"1[3-9]\d{9}", digits) and ("CN" in countries or not countries):
        return f"+86{digits}"
    for country in countries:
        plan = _PLANS.get(country)
        if plan and _fits(plan, written, digits, labelled=labelled, bare=bare):
            return f"+{plan.code}{_national(plan, digits)}"
    return _by_shape(written.strip(), digits)


def _dialled(digits: str) -> str | None:
    code = next((code for code in _CODES if digits.startswith(code)), "")
    plan = next((plan for plan in _PLANS.values() if plan.code == code), None)
    if plan and plan.trunk == "0" and digits[len(code) :].startswith("0"):
        digits = code + digits[len(code) + 1 :]  # "+44 01632 …" is written, but not dialled so
    return f"+{digits}" if 8 <= len(digits) <= 15 else None


def _national(plan: Plan, digits: str) -> str:
    if plan.code == "1":
        return digits.removeprefix("1") if len(digits) == 11 else digits
    return digits.removeprefix(plan.trunk) if plan.trunk else digits


def _fits(plan: Plan, written: str, digits: str, *, labelled: bool, bare: bool) -> bool:
    """True for a number of this country: with its trunk digit, labelled, or alone on a line."""
    if not re.fullmatch(plan.number, _national(plan, digits)):
        return False
    grouped = bool(re.search(r"\d[ .()-]+\d", written))
    italian = plan.code == "39" and digits.startswith("0")
    if italian or (plan.trunk and digits.startswith(plan.trunk)):
        return labelled or grouped or len(digits) >= 9
    if plan.code == "1" and not labelled:
        return bool(re.search(r"\d{3}\)?[ .-]?\d{3}[ .-]\d{4}$", written))
    if plan.trunk and plan.code != "91":
        return labelled and len(digits) >= 9
    alone = bool(re.fullmatch(r"\(?\d{2,5}\)?[ -]\d{3,5}(?:[ -]\d{2,5})*", written.strip()))
    indian = plan.code == "91" and bool(re.fullmatch(r"[6-9]\d{9}", written.strip()))
    return labelled or (bare and (alone or indian))


def _by_shape(written: str, digits: str) -> str | None:
    """Numbers that tell their country themselves."""
    if re.fullmatch(r"\(?0[17]\d{3}\)? \d{6}|0\d{3} \d{3} \d{4}|0[17]\d{3} \d{3} \d{3}", written):
        return f"+44{digits[1:]}"
    if re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)-?\d{7,8}", written):
        return f"+86{digits[1:]}"
    if re.fullmatch(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}", written):
        return f"+1{digits}"
    return None
