"""Words that mark a value as the new one or as the old one."""

import re
from enum import StrEnum


class Role(StrEnum):
    """Old or new; a norm or a hint is new only beside an old value or within a known order."""

    NEW = "new"
    NORM = "norm"
    HINT = "hint"
    OLD = "old"
    NONE = "none"


_FILL_ZH = r"(?:到|至|为|成|做|了|约|:|是|型号|第|在|只|也|个|再|这|单|用|\s)*"
_FILL_EN = (
    r"(?:\s|:|,|\b(?:the|a|an|our|only|just|now|with|on|by|date|type|model|in|steel|about|be"
    r"|for|of|up"
    r"|down|exactly|quantity)\b)*"
)
_NEW = re.compile(
    r"(?:(?:改|换|变更|变|调整|更正|修正|转[做成]|升级|提前|提早|推迟|延后?|延期|推后?|往[前后]挪"
    rf"|挪|顺延|移|缩短|放宽)(?:回)?(?:到|至|为|成|做|用|在)*"
    rf"|(?:增加?|加|减少?|降|升|扩|缩)(?:到|至|为|成)|→|->|=>|只要|只需要?|就要|只留|换成){_FILL_ZH}$"
    r"|(?:\b(?:make (?:it|them|that)|let (?:it|them) be|becomes?|instead use|i make it|is now"
    r"|are now"
    rf"|changed? to|upgraded to|replaced? (?:by|with)|moved? to|postponed? (?:to|until"
    rf"|till))){_FILL_EN}$",
    re.I,
)
_TO = re.compile(r"\b(?:to|until|till)\s+(?:the |our |about )?$", re.I)
_MOVING = re.compile(
    r"\b(?:chang|mov|bump|rais|increas|reduc|cut|bring|brought|\bup\b|double|push|postpon|shift"
    r"|delay|extend|go up|go down"
    r"|goes|slip|lower|drop|upgrad|downgrad|amend|revis|correct|updat|from)\w*",
    re.I,
)
_NORM = re.compile(
    rf"(?:[做刷喷涂]成|[改选]用|应该?为?是?|应当是|该是|才对的是|请?按|以|要的是|其实是|实际是|订的是|现场是|现在?(?:是|要|为)){_FILL_ZH}$"
    r"|\b(?:must be|must read|should be|should read|should come on|shall be|has to be"
    r"|have to be|needs? to be"
    rf"|so please(?: make)?|we prefer|would prefer|rather){_FILL_EN}$",
    re.I,
)
_HINT = re.compile(
    rf"(?:是|为|要){_FILL_ZH}$|\b(?:is|are|it|have|has|with|at|for|want|wants|need|needs){_FILL_EN}$"
    r"|(?:^|[,:;(-]\s*)(?:the )?$",
    re.I,
)
_OLD = re.compile(
    r"(?:而?不是|并?非|不要|别用?|不用|而不|不送|由|从|自|原[来先订定写计]?[划的]?(?:交期)?|本来|之前|写成|误写为?|写的)"
    rf"{_FILL_ZH}$"
    r"|(?:\b(?:not|instead of|in place of|in the place of|in lieu of|rather than|from|was|were"
    r"|no longer"
    rf"|not anymore|originally|previously|ordered (?:for|as))|<-){_FILL_EN}$",
    re.I,
)
_SUPPOSED = re.compile(r"(?:要是|如果|假如|若|万一)[^,。]{0,10}$")
_THEN = re.compile(r"^\s*(?:再|才)(?:送|发|交|来|运|到|进场)|^\s*(?:就行|就够了?|就好|即可)")
_REPLACES = re.compile(
    r"^[^,;.]{0,24}?[\s,(]*\b(?:instead of|in place of|in the place of|in lieu of|rather than)\b",
    re.I,
)
_DENIES = re.compile(
    r"^(?:\s+(?:of (?:the )?)?[a-z][\w-]+){0,2}\s*[,(;-]*\s*(?:and |but )?not\b"
    r"|^[^,。]{0,10},?\s*(?:而)?不是",
    re.I,
)
_REPLACED = re.compile(
    r"^[^,。;\d]{0,8}?,?\s*(?:请|烦请|麻烦|恳请|都|全数|协助|\s)*(?:改|换|变更|调整|只要|只需|就要|→|->|转[做成]|提前|提早|推迟|延"
    r"|挪|减|增|加到)"
)
_BOUGHT = re.compile(r"(?:ordered|bought|paid for|订购?了|订了|买了|要了)\s*(?:the\s*)?$", re.I)


def role_of(lead: str, tail: str, before: str) -> Role:
    """The role of a value between these words; `before` is all that stands in front of it."""
    if _SUPPOSED.search(lead) or _BOUGHT.search(lead):
        return Role.NONE
    if _NEW.search(lead):
        return Role.NEW
    if _OLD.search(lead):
        return Role.OLD
    if _TO.search(lead) and _MOVING.search(before):
        return Role.NEW
    if _THEN.search(tail):
        return Role.NEW
    if _NORM.search(lead):
        return Role.NORM
    if _REPLACES.search(tail):
        return Role.NEW
    if _REPLACED.search(tail):
        return Role.OLD
    if _DENIES.search(tail):
        return Role.HINT
    return Role.HINT if _HINT.search(lead) else Role.NONE
