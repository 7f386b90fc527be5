"""Where goods are to go instead: "改送…", "not Halifax but our Leeds site"."""

import re

from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.change_sentences import Sentence
from domain.mail.extract.western_places import western_places

_ELSEWHERE_ZH = re.compile(
    r"改[送发运寄到]|(?:地址|地点|收货地?|交货地)[^,。]{0,12}(?:改|换|变更|写成|写错|错)|(?:别|不要?|不再)再?(?:往|送|发|拉)"
    r"|(?:地址|地点)[^,。]{0,6}不是|临时换|换(?:到|成|个)地|而不是|原来?的?(?:地址|地方|仓库?)?[^,]{0,8}(?:作废|不收|停用|不用)"
)
_NOW_ZH = re.compile(r"现在?(?:都|统一|全部)|新(?:地[方址]|厂|工厂|仓)|搬")
_NOW_IS_ZH = re.compile(
    r"(?:地址|地点|收货地)[^,。:]{0,6}(?:变更|更改|更正|改|换)[^,。:]{0,4}[:]\s*(?P<place>(?![不别])[^,。;\n]{3,60})"
    r"|不是[^,。]{2,20},\s*(?:而是|应该?是|是)(?P<other>[^,。;\n]{3,60})"
)
_TO_ZH = re.compile(
    r"(?:改送|改发|改运|改寄|(?:统一|现在|直接|都|全部)(?:送|发|运|拉)|(?<![不别])(?:送|发|运|拉|寄|改|换)(?:到|往|至|去|为|成))"
    r"(?!了)(?:到|至|往|以下)?(?:新地[方址])?[\s:]*(?P<place>[\u4e00-\u9fffA-Za-z\d][^,。;\n]{2,60})"
)
_GOES_ON = re.compile(r"[省市县区镇乡路街道村][^,]{0,30}(?:号|栋|库|路|院|园|排|楼|村)|\d+号")
_FOLLOWED = re.compile(r"\s*(?:收货|联系|电话|到了|打我|司机|\d{7,}|吧$|就行|即可|的地址|就好).*$")
_NO_PLACE = re.compile(
    r"^(?:\d|[一二三四五六七八九十两]+[台套件个月天]|我们?[\s,]|货|账|这[边里]|[下上本]周|位|期|完|国外|你|今|明)|数量|价|型号|颜色"
    r"|\d+[台套件个]|\d月"
)
_FROM_ZH = re.compile(
    r"(?:不送|别往|别送到?|不往|不发|别发到?|原来的?|写成)(?P<place>[\u4e00-\u9fff]{2,12}?)(?:拉|送|发|了|地址|,|$)"
)
_ELSEWHERE_EN = re.compile(
    r"\b(?:not|instead|no longer|any ?more|won't work|rather than|redirect|divert|re-?route)\b",
    re.I,
)
_NOW_EN = re.compile(r"\b(?:now|moved|relocated|changed?|new (?:delivery )?address)\b", re.I)
_MOTION = re.compile(
    r"\b(?:deliver\w*|ship\w*|send|sent|address|truck|lorry|goes?|come|stores?|goods|consign\w*"
    r"|unload\w*|destination"
    r"|place|warehouse|transport)\b|^to\b",
    re.I,
)
_OLD_LEAD = re.compile(
    r"\b(?:not(?: any ?more)?|instead of|rather than|no longer|from|in place of)(?: to| in"
    r"| at)?(?: the| our)?\s*$",
    re.I,
)
_TO_NOT = re.compile(
    r"\b(?:to|To|TO)\s+(?P<place>(?:(?:our|the|OUR"
    r"|THE)\s+)?[A-Z][A-Za-z.'&-]+(?:\s+[\w.'&-]+){0,5}?),?\s+"
    r"(?:and )?(?:not|NOT)\s+(?:to\s+|TO\s+)?(?P<old>[A-Z][A-Za-z]+)"
)
_SAID_NEW = re.compile(
    r"\baddress\b[^.:]{0,30}\b(?:changed?|new|now"
    r"|moved)\b[^.:]{0,20}:\s*(?P<place>[^:;]{5,90}?)\s*\.?$"
    r"|\bnew (?:delivery |shipping )?address\b[^.:]{0,20}(?::"
    r"|\bis\b)\s*(?P<also>[^:;]{5,90}?)\s*\.?$",
    re.I,
)
_NOT_PLACE = re.compile(
    r"\bnot (?:any ?more )?(?:to |at |in )?(?:the |our )?([A-Z]\w+)|([A-Z]\w+) (?:won't"
    r"|will not|no longer)"
)
_NOT_NEXT = re.compile(
    r"^(?:and |but )?(?:not|no longer|instead of)\b(?: any ?more| longer)? ?(?:to|in|at|via)?\b",
    re.I,
)


def place_change(
    sentence: Sentence, before: Sentence | None, after: Sentence | None, *, known: bool
) -> ChangeItem | None:
    """The new place of a sentence, with the old one where it is said beside it."""
    if re.search(r"[\u4e00-\u9fff]{2}", sentence.plain):
        return _chinese(sentence, before, known=known)
    return _western(sentence, after, known=known)


def _chinese(sentence: Sentence, before: Sentence | None, *, known: bool) -> ChangeItem | None:
    earlier = before.plain if before else ""
    asked = _ELSEWHERE_ZH.search(sentence.plain) or (
        known and (_NOW_ZH.search(sentence.plain) or _ELSEWHERE_ZH.search(earlier))
    )
    stated = _NOW_IS_ZH.search(sentence.plain) if known and "地" in sentence.plain else None
    if not asked and not stated:
        return None
    if stated:
        group = "place" if stated["place"] else "other"
        words = sentence.written[stated.start(group) : stated.end(group)]
        return ChangeItem(ChangeKind.DELIVERY_PLACE, after=_FOLLOWED.sub("", words).strip())
    for hit in _TO_ZH.finditer(sentence.plain):
        start, end = hit.span("place")
        place = _FOLLOWED.sub("", sentence.written[start:end]).strip(" :")
        rest = re.match(r",\s*([^,。;\n]{4,40})", sentence.plain[end:])
        if rest and _GOES_ON.search(rest[1]) and not _GOES_ON.search(place):
            place = _FOLLOWED.sub("", sentence.written[end:][slice(*rest.span(1))]).strip()
        if len(place) > 1 and not _NO_PLACE.search(place):
            old = _FROM_ZH.search(sentence.plain) or _FROM_ZH.search(earlier)
            return ChangeItem(ChangeKind.DELIVERY_PLACE, None, old["place"] if old else None, place)
    return None


def _western(sentence: Sentence, after: Sentence | None, *, known: bool) -> ChangeItem | None:
    plain = sentence.plain
    if (hit := _TO_NOT.search(plain)) and (known or _MOTION.search(plain)):
        return ChangeItem(ChangeKind.DELIVERY_PLACE, None, hit["old"], hit["place"].strip())
    if known and (hit := _SAID_NEW.search(plain)):
        return ChangeItem(ChangeKind.DELIVERY_PLACE, after=(hit["place"] or hit["also"]).strip())
    follows = after.plain if after and _NOT_NEXT.match(after.plain) else ""
    asked = _ELSEWHERE_EN.search(plain) or follows or (known and _NOW_EN.search(plain))
    if not asked or not _MOTION.search(plain):
        return None
    for place, start, _ in western_places(plain):
        if not _OLD_LEAD.search(plain[:start]):
            old = _NOT_PLACE.search(plain) or _NOT_PLACE.search(follows)
            return ChangeItem(
                ChangeKind.DELIVERY_PLACE, None, (old[1] or old[2]) if old else None, place
            )
    return None
