"""Who writes: company, person and telephone numbers, from labels, signature and the From header."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.values import Field
from domain.mail.message import Address
from domain.mail.plain import narrow

_ZH_FORM = (
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|集团|总公司|公司|研究院|研究所"
    r"|设计院|大学|医院"
    r"|机械厂|[一二三]分厂|处理厂|加工厂|总厂|厂)"
)
_ZH_COMPANY = re.compile(
    rf"[\u4e00-\u9fff][\u4e00-\u9fff()·]{{1,24}}?{_ZH_FORM}(?![\u4e00-\u9fff]*(?:地址|大门))"
)
_NO_COMPANY = re.compile(
    r"[出到进我你贵该工钢们]厂$|[去因说]|^上次|^(?:我|贵|你|该|本|各)|[送发寄].{2,}厂|按|附|请"
    r"|全部|[总分]公司$|地址|还是|新厂$|[一二三四]分厂$"
)
_ZH_FIRM = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}[\u4e00-\u9fff]{0,6}(?:重工|重机|环保|自动化|机械"
    r"|仪表|电缆|印染|起重|风机"
    r"|轴承|特钢|泵阀|包装|液压|冷链|化工|电气|科技|材料|精密|装备|设备|智能|电子|能源|光伏|激光"
    r"|矿业|冶金|铸造|模具|电力|钢构)(?![\u4e00-\u9fff])"
)
_EN_FORM = (
    r"(?:Ltd\.?|Limited|LLC|L\.L\.C\.|Inc\.?|Corp\.?|Corporation|GmbH(?: & Co\.? KG)?|AG|KG"
    r"|S\.?A\.?S\.?|SARL|B\.?V\.?|N\.?V\.?"
    r"|A/S|AS|ASA|AB|Oy|ApS|SpA|S\.p\.A\.|S\.?r\.?l\.?|S\.?L\.?|Pty\.? Ltd\.?|Pte\.? Ltd\.?"
    r"|Co\.,? ?Ltd\.?|PLC|plc"
    r"|Sdn\.? Bhd\.?|Pvt\.? Ltd\.?|Private Limited|Sp\. ?z ?o\.? ?o\.?|Kft\.?|FZE|FZCO|W\.L\.L\.)"
)
_EN_COMPANY = re.compile(
    rf"(?<![\w.])((?:[A-ZÀ-Ž][\w&'’.À-ž-]*|&|of|and|de)(?: (?:[A-ZÀ-Ž0-9][\w&'’.À-ž-]*|&|of"
    rf"|and|de|for)){{0,6}},? {_EN_FORM})(?![\w])"
)
_EN_NAME_LINE = re.compile(
    r"^[A-ZÀ-Ž0-9][\w&'’.À-ž-]*(?: (?:[A-ZÀ-Ž&][\w&'’.À-ž-]*|of|and|de|&)){0,5}$"
)
_TITLE = re.compile(
    r"\b(?:manager|buyer|engineer|planner|controller|director|purchas\w+|procurement"
    r"|department|dept|sales|head|brewer"
    r"|assistant|officer|coordinator|supervisor|chain|logistics|technician|owner|lead|team"
    r"|foreman|clerk|regards|cheers"
    r"|thanks|thank|rgds|best|kind|sincerely|greetings|works|stores|project|production"
    r"|engineering|sent from)\b",
    re.I,
)
_ZH_DEPARTMENT = re.compile(
    r"(?:采购|设备|技术|外协|工程|生产|物资|供应|研发|财务|项目|商务|质量|机动|仓储"
    r"|企业管理)[一二]?(?:部|科|处|室|中心|组)"
)
_PHONE = re.compile(
    r"(?<![\d.A-Za-z-])(\+?\(?\d[\d ().-]{5,22}\d)(?![\dA-Za-z])"
    r"(?:\s*(?:转|ext\.?|x|分机)\s*(\d{2,6}))?"
)
_FAX = re.compile(r"传真|\bfax\b|f\s*[:.]\s*$", re.I)
_HONORIFIC = re.compile(r"^(?:dear|mr|mrs|ms|dr|ing)\.?\s+|(?:先生|女士|小姐)$", re.I)


@dataclass(frozen=True)
class Sender:
    """The sender as far as the mail says; `phones` in international form, fax left out."""

    company: Field[str] | None
    contact: Field[str] | None
    phones: Field[tuple[str, ...]] | None


def sender_of(
    text: str, signature: str, labels: tuple[Labelled, ...], sender: Address, ours: Sequence[str]
) -> Sender:
    """Company, person and numbers of the one who wrote `text`; `ours` are names that are us."""
    tail = _tail(text, signature)
    return Sender(
        _company(text, tail, labels, sender, ours),
        _contact(labels, sender, tail),
        _phones(f"{text}\n{signature}"),
    )


def _tail(text: str, signature: str) -> str:
    """The signature, or the last lines of a text without one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return f"{chr(10).join(lines[-6:])}\n{signature}"


def _company(
    text: str, tail: str, labels: tuple[Labelled, ...], sender: Address, ours: Sequence[str]
) -> Field[str] | None:
    said = first(labels, "customer")
    if said and not _ours(said.value, ours):
        return Field(said.value, f"text:{said.start}-{said.end}", "label", 0.9)
    for source, words, confidence in (
        ("signature", tail, 0.9),
        ("header:from", sender.name, 0.8),
        ("text", text, 0.75),
    ):
        for name in _companies(words):
            if not _ours(name, ours):
                return Field(name, source, "company_form", confidence)
    below = _line_below(tail, sender)
    return (
        Field(below, "signature", "line_below_name", 0.75)
        if below and not _ours(below, ours)
        else None
    )


def _ours(name: str, ours: Sequence[str]) -> bool:
    low = name.lower()
    return any(one and (one.lower() in low or low in one.lower()) for one in ours)


def _companies(words: str) -> Iterator[str]:
    """Company names: whole legal names before short ones, the last line first."""
    lines = [(line, narrow(line)) for line in reversed(words.splitlines())]
    for pattern in (_ZH_COMPANY, _EN_COMPANY, _ZH_FIRM):
        for line, plain in lines:
            for hit in pattern.finditer(plain):
                if not _NO_COMPANY.search(hit[0]):
                    yield _clean(line[hit.start() : hit.end()])


def _clean(name: str) -> str:
    trimmed = re.sub(r"^(?:我们?|这里?是|送到?|发货?到|联系|我司|是)", "", name)
    return trimmed.strip(" ,|/")


def _line_below(tail: str, sender: Address) -> str | None:
    """The line under the writer's name, where it is neither a title nor a number."""
    lines = [line.strip(" ,|") for line in tail.splitlines() if line.strip()]
    words = [w for w in re.split(r"[\s,]+", sender.name) if len(w) > 1]
    at = [
        n for n, line in enumerate(lines) if words and any(w.lower() in line.lower() for w in words)
    ]
    for start in reversed(at):
        beside = re.split(r"\s+[-–|/]\s+|,\s", lines[start])[1:]
        for line in [*beside, *lines[start + 1 : start + 4]]:
            if _is_firm_line(line) and not any(w.lower() in line.lower() for w in words):
                return line
    return None


def _is_firm_line(line: str) -> bool:
    other = _TITLE.search(line) or re.search(r"\d{4}|@", line)
    return bool(_EN_NAME_LINE.match(line)) and not other


def _contact(labels: tuple[Labelled, ...], sender: Address, tail: str) -> Field[str] | None:
    said = first(labels, "contact")
    if said and not re.match(r"(?:me|myself|as above|same|本人|同上)\b", said.value, re.I):
        name = re.match(r"[\u4e00-\u9fff]{2,4}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}", said.value)
        if name:
            return Field(name[0], f"text:{said.start}-{said.end}", "label", 0.9)
    name_part = re.split(r"\s*[/|(<]\s*", sender.name)[0].strip()
    if name_part and not _is_no_person(name_part):
        return Field(_HONORIFIC.sub("", name_part), "header:from", "display_name", 0.85)
    lines = [line.strip() for line in tail.splitlines() if line.strip()]
    for line in reversed(lines):
        short = re.match(r"^([\u4e00-\u9fff]{2,3})(?=$|[\s\d,/|])", line)
        if short and not _ZH_COMPANY.search(line[:4]) and not _ZH_DEPARTMENT.match(line):
            return Field(short[1], "signature", "short_line", 0.6)
    return None


def _is_no_person(name: str) -> bool:
    words = (
        r"采购|订单|客服|公司|财务|平台|中心|系统|仓库|仓$|站$|物资|应收|应付|周报|群$|weekly|network|office|order|purchas|sales|info"
        r"|accounts|service|team|notice"
    )
    return bool(
        re.search(
            rf"{words}|admin|mail delivery|noreply|no-reply|{_ZH_FORM}|{_EN_FORM}$|\d{{3}}|@",
            name,
            re.I,
        )
    )


def _phones(text: str) -> Field[tuple[str, ...]] | None:
    found: list[str] = []
    for line in narrow(text).splitlines():
        for hit in _PHONE.finditer(line):
            if _FAX.search(line[max(0, hit.start() - 8) : hit.start()]):
                continue
            whole = _international(hit[1], hit[2])
            parts = [whole] if whole else [_international(p, None) for p in hit[1].split()]
            found.extend(number for number in parts if number and number not in found)
    return Field(tuple(found), "text", "phone", 0.85) if found else None


def _international(written: str, extension: str | None) -> str | None:
    """A number in international form, or None where it is no telephone number."""
    written = re.sub(r"(?<=\d)\s*\(0\)\s*", " ", written) if written.startswith("+") else written
    digits = re.sub(r"\D", "", written)
    tail = f";ext={extension}" if extension else ""
    if written.startswith("+"):
        return f"+{digits}{tail}" if 8 <= len(digits) <= 15 else None
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"+86{digits}{tail}"
    if re.fullmatch(r"86(?:1\d{10}|\d{10,11})", digits):
        return f"+{digits}{tail}"
    if re.fullmatch(r"0[17]\d{3}\s\d{6}|0\d{3}\s\d{3}\s\d{4}", written.strip()):
        return f"+44{digits[1:]}{tail}"
    if re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)\d{7,8}", digits):
        return f"+86{digits[1:]}{tail}"
    if re.fullmatch(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}", written.strip()):
        return f"+1{digits}{tail}"
    return None
