"""Who rang, in a telephone note of our own staff: "程桥重机张总电话", "Helen from X rang"."""

import re
from dataclasses import dataclass

from domain.mail.extract import signatures
from domain.mail.extract.persons import SURNAMES, TITLES_ZH, is_person
from domain.mail.plain import narrow

_ZH = re.compile(
    r"(?:^|[\s,。:!])(?:(?:刚|刚刚|刚才|上午|下午|今天|早上|\d{1,2}[点:]\d{0,2}[半分]?)*(?:接"
    r"|收)[了到]?|来电:?"
    r"|电话记录:?)?\s*"
    r"(?P<firm>[\u4e00-\u9fff()]{3,16}?)的?\s?"
    rf"(?P<who>老[{SURNAMES}]|[{SURNAMES}](?:[\u4e00-\u9fff]{{0,2}}?(?:{TITLES_ZH})"
    rf"|[\u4e00-\u9fff]{{1,2}}))"
    r"\s?(?:的?来?电话|来电|打来?电话|打来|致电|电告|打过来)",
    re.M,
)
_FIRM_EN = r"[A-Z][\w&'’-]*(?: (?:[A-Z&][\w&'’-]*|of|and))*"
_EN = re.compile(
    rf"(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),? (?:from|of|at|with|\()\s?(?P<firm>{_FIRM_EN})\)?"
    r" ?(?:\([^)\n]*\) ?)?(?:just )?(?:rang|called|phoned|telephoned|has called|was on the phone)",
)
_EN_CALL = re.compile(
    rf"\bcall (?:from|with) (?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?:,| of| from| at)"
    rf" (?P<firm>{_FIRM_EN})"
)


_TALKED = re.compile(r"phone|call|rang|rung|voice ?mail|spoke|spoken|talked|on the line", re.I)
_FROM = re.compile(
    rf"(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}),? (?:from|of|at|with"
    rf"|over at) (?P<firm>{_FIRM_EN})"
)
_LINE = re.compile(
    r"^[ \t]*(?:[-*•·]\s*)?(?:来电(?:人|单位|方|者|客户)?|致电(?:人|单位)?|打电话的?|对方"
    r"|caller(?: name)?|call from|rang|called|from|who|customer|客户)"
    r"[ \t]*[::][ \t]*(?P<said>\S.*)$",
    re.I | re.M,
)
_HEAD = re.compile(
    r"(?:phone|telephone|tel|call)[ -]*(?:note|call|memo|message|order)?[ \t]*(?:[-–:]|from)[ \t]*"
    r"(?P<firm>[A-Z][\w&'’ -]+)$|(?:电话|来电)(?:记录|下单"
    r"|订单)?[ \t]*[-—::][ \t]*(?P<zh>[\u4e00-\u9fff]{3,20})",
    re.I,
)


@dataclass(frozen=True)
class Caller:
    """The company and the person who rang, as noted; what was not noted is empty."""

    firm: str
    who: str


def caller_of(text: str, subject: str = "") -> Caller | None:
    """The caller whom a telephone note names, or None."""
    plain = narrow(text)
    for pattern in (_ZH, _EN, _EN_CALL):
        hit = pattern.search(plain)
        if hit is not None:
            firm = re.sub(r"^.*(?:接到?了?|来电|记录|刚才|刚刚|[上下]午)", "", hit["firm"]).strip()
            firm = re.sub(r"的[\u4e00-\u9fff]{1,6}$", "", firm)
            return Caller(firm, hit["who"].strip().rstrip("打来")) if len(firm) > 1 else None
    if (line := _LINE.search(plain)) and (noted := _of_line(line["said"], subject)):
        return noted
    said = _FROM.search(plain) if _TALKED.search(f"{subject}\n{plain}") else None
    return Caller(said["firm"], _NOT_OF_NAME.sub("", said["who"])) if said else None


_NOT_OF_NAME = re.compile(r"^(?:Just|Had|Took|Call|Phone|Note|Mr|Mrs|Ms|Miss|Dr)\b\.? ")


def _of_line(said: str, subject: str) -> Caller | None:
    """ "Mrs Ada Lund, Lund Quarries, tel …": the person and the firm in any order."""
    parts = [part for part in signatures.pieces(said) if not re.search(r"\d{4}", part)]
    who = next((name for part in parts if (name := _person(part))), "")
    others = [part for part in parts if who not in part and not re.match(r"姓|tel\b|phone\b", part)]
    firm = next((part for part in others if len(part) > 2), "") if who or len(parts) == 1 else ""
    head = _HEAD.search(narrow(subject))
    firm = firm or (head and (head["firm"] or head["zh"])) or ""
    return Caller(firm.strip(), who) if firm or who else None


def _person(part: str) -> str | None:
    if re.search(r"[\u4e00-\u9fff]", part):
        bare = re.sub(r"^姓", "", part)
        titled = re.match(rf"[{SURNAMES}](?:[\u4e00-\u9fff]{{0,2}}?(?:师傅|{TITLES_ZH}))", bare)
        return titled[0] if titled else bare if is_person(bare) else None
    addressed = bool(re.match(r"(?:mr|mrs|ms|miss|dr)\b", part, re.I))
    named = signatures.is_latin_name(part, least=1 if addressed else 2)
    return re.sub(r"^(?:mr|mrs|ms|miss|dr)\b\.? ", "", part, flags=re.I) if named else None
