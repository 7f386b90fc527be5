"""Who rang, in a telephone note of our own staff: "程桥重机张总电话", "Helen from X rang"."""

import re
from dataclasses import dataclass

from domain.mail.extract.persons import SURNAMES, TITLES_ZH
from domain.mail.plain import narrow

_ZH = re.compile(
    r"(?:^|[\s,。:!])(?:(?:刚|刚刚|刚才|上午|下午|今天|早上)*(?:接|收)[了到]?|来电:?"
    r"|电话记录:?)?\s*"
    r"(?P<firm>[\u4e00-\u9fff()]{3,16}?)的?\s?"
    rf"(?P<who>[{SURNAMES}](?:[\u4e00-\u9fff]{{0,2}}?(?:{TITLES_ZH})|[\u4e00-\u9fff]{{1,2}}))"
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


@dataclass(frozen=True)
class Caller:
    """The company and the person who rang, as noted."""

    firm: str
    who: str


def caller_of(text: str) -> Caller | None:
    """The caller whom a telephone note names, or None."""
    plain = narrow(text)
    for pattern in (_ZH, _EN, _EN_CALL):
        hit = pattern.search(plain)
        if hit is not None:
            firm = re.sub(r"^.*(?:接到?了?|来电|记录)", "", hit["firm"]).strip()
            return Caller(firm, hit["who"].strip()) if len(firm) > 1 else None
    return None
