"""Everything that speaks for what a reply decides, as named numbers."""

import re
from collections.abc import Mapping
from functools import lru_cache

from domain.mail import cues
from domain.mail.extract.changes import ChangeItem
from domain.mail.kind_signs import Signs, named, plain
from domain.mail.phrasebook import heard

_YES = re.compile(
    r"^(?:(?:内容|內容)?(?:确认|確認)(?:无误|無誤)|无误|同意|批准|可以|确认(?!书|单|函|后|一下"
    r"|收到)|没问题|没毛病|无异议"
    r"|没意见|通过|准了|照做|行,|好的?,"
    r"|ok|okay|approved?|yes|yep|agreed?\b|confirmed?|we confirm|we agree\b|all good|go ahead|fine"
    r"|i confirm"
    r"|looks good|spot on|perfect|crack on|released?)|没意见|没有异议|可以投产|据此(?:组织)?生产"
    r"|就这么办|照做|啱晒|请投产|可以(?:开工|投产|排产)|(?:我方)?无异议|相符"
    r"|(?:all|everything) (?:good|correct|in order|fine)|no objections?|you can start|crack on"
    r"|that's the ticket|go ahead",
    re.I | re.M,
)
_NO = re.compile(
    r"^(?:不同意|驳回|拒绝|不批准|不行|不可以|不采纳|打回|reject|rejected|no\b(?! objection"
    r"| problem| complaint)|nope"
    r"|not approved|declined|denied)|我?反[对對]|投否|不予(?:通过|放行)|退回重做|(?:can(?:not|'t)"
    r"|don't|won't) (?:support|approve|back|agree)"
    r"|\b(?:i am|i'm) against|\bi (?:disagree|refuse|reject)|approval denied|request declined",
    re.I | re.M,
)
_ASKS_CHANGE = re.compile(r"^(?:需?修改|退回|changes)", re.I | re.M)
_CONDITION = re.compile(
    r"但|如果|若|只要|前提|除非|除了|等.{0,10}再|先.{0,20}再|需修改|改|\bbut\b|\bif\b|\bunless\b"
    r"|provided|\bonce\b"
    r"|subject to|except|on condition|however|\bonly\b|as long as|as soon as",
    re.I,
)
_POLITE = re.compile(
    r"如果?(?:方便|可以|可能|行|有空)|方便的话|可以的话|\bif (?:at all |it is |it's )?(?:possible"
    r"|convenient)"
    r"|\bif (?:you|he|they) (?:can|could|like|want|please)|\bif (?:that|this) (?:helps|suits)",
    re.I,
)
"""No condition, only a kind way to ask."""
_LATER = re.compile(
    r"核(?:对|一)?[一]?[遍下]|交给.{0,14}(?:核|看|审)|给[您你].{0,8}(?:答复|回话|回复|准信)"
    r"|正式的?(?:确认|答复|回复)|等.{0,12}(?:回来|签字|确认)|run it past|(?:will|shall|i'll"
    r"|we'll) .{0,30}(?:come back|get back|confirm|let you know|answer|reply)"
    r"|转给|转发给|给你.{0,6}回复|稍后|研究一下|看[一下]{0,2}再|核对中|we will check|forwarded"
    r"|pending|wait for",
    re.I,
)
_NEGATED = re.compile(
    r"不(?!错|变|影响|用|得|碍)|未|没(?!问题|毛病|有?异议|意见|有?问题)|\bnot\b|n't|\bnever\b"
    r"|\bno\b(?! (?:objection|problem|change|remark|issue|complaint|defect|fault|deviation|leak))",
    re.I,
)
_PARTLY = re.compile(
    r"先不(?:签|收|验)|这项先|暂不(?:签|收|验)|(?:not|n't|not yet) .{0,12}(?:a )?signature yet"
    r"|for now acceptance"
    r"|部分验收|先验收|其余|其[他它]的?.{0,8}(?:再|等|还|暂)|另外.{0,8}(?:不|没)|partial"
    r"|only accept|the rest|except|但.{0,20}(?:不|没)"
    r"|(?:keep|stays?|remains?|left|leave) .{0,20}open|(?:can(?:not| ?not|'t)) (?:say|test"
    r"|judge) .{0,20}yet|not (?:yet )?tested",
    re.I,
)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|dear|good (?:morning|day|evening)|morning|您好|你好)\b.{0,24}|.{1,10}[,:])$",
    re.I,
)
TAKING = {
    **dict.fromkeys(("accept", "accept_remarks"), "yes"),
    "accept_part": "part",
    **dict.fromkeys(("reject", "complaint"), "no"),
    **dict.fromkeys(("receipt", "neutral", "order", "enquiry"), "neutral"),
}
AGREEING = {
    "confirm": "yes",
    **dict.fromkeys(("change_quantity", "change_date", "change_model", "change_place"), "open"),
    **dict.fromkeys(("cancel", "hold", "change_other", "not_yet"), "open"),
    **dict.fromkeys(("receipt", "neutral", "order", "info"), "neutral"),
}
VOTING = {
    "vote_yes": "yes",
    **dict.fromkeys(("vote_no", "reject"), "no"),
    "vote_condition": "open",
    "neutral": "neutral",
}
_CONDITIONED = re.compile(
    r"有条件|前提|前不得|除非|先不|暂不|否则|provided|on (?:the )?condition|unless"
    r"|not (?:before|until)"
    r"|otherwise|subject to",
    re.I,
)
_RESERVED = re.compile(
    rf"{_CONDITIONED.pattern}|{_PARTLY.pattern}|条件|不得|只要|如果|要是|等.{{0,10}}再|先.{{0,20}}再"
    r"|\bif\b|\buntil\b|as (?:long|soon) as|\bonce\b.{0,40}(?:,|then)",
    re.I,
)
_MORE = re.compile(
    r"(?:再|另外?|还要)[加要补]|追加|加订|补订|忘了|漏了"
    r"|also (?:add|put|include|need|order|send)|\badd(?:itional)?\b|\bforgot|\bextra\b",
    re.I,
)
MOST = 20
"""So many lines of a reply are looked at."""


def reserved(text: str) -> bool:
    """True where the words keep something back: a condition, a part, a line left open."""
    return bool(_RESERVED.search(_POLITE.sub("", plain(text))))


def conditioned(text: str) -> bool:
    """True where the words say outright that a yes holds only with more than was offered."""
    return bool(_CONDITIONED.search(_POLITE.sub("", plain(text))))


def parted(text: str) -> bool:
    """True where only a part is taken."""
    return bool(_PARTLY.search(plain(text)))


def doubted(found: Mapping[str, float]) -> bool:
    """True where a yes to a delivery is taken back, or not said outright and sounds like a no."""
    if any(found.get(name) for name in _AGAINST):
        return True
    outright = found.get("words accepted")
    sounds = found.get("taking no", 0) > DOUBTFUL or found.get("like reject", 0) > DOUBTFUL
    return not outright and (sounds or bool(found.get("words negated")))


DOUBTFUL = 0.5
_AGAINST = ("words refused", "agreed, condition", "agreed, asked")


@lru_cache(maxsize=2)
def deciding(signs: Signs, changes: tuple[ChangeItem, ...]) -> Mapping[str, float]:
    """The signs of a reply by name; what is not so is left out."""
    text = plain(signs.new_text).strip()
    lines = [each for each in _sentences(_POLITE.sub("", text)) if not _GREETING.match(each)]
    lines = lines[:MOST]
    found: dict[str, float] = {**named(signs), "sentences": min(len(lines), 10) / 10}
    for among, of in ((TAKING, "taking"), (AGREEING, "agreeing"), (VOTING, "voting")):
        found |= {f"{of} {thing}": v for thing, v in heard(text, signs.language, among).items()}
    body, first = "\n".join(lines), lines[0] if lines else ""
    for name, pattern in _WORDS.items():
        found[f"words {name}"] = bool(pattern.search(body))
        found[f"begins {name}"] = bool(pattern.search(first))
    agreed = [each for each in lines if _YES.search(each) or cues.ACCEPTED.search(each)]
    found["agreed, condition"] = any(_CONDITION.search(each) for each in agreed)
    found["agreed, negated"] = any(_NEGATED.search(each) for each in agreed)
    found["agreed, asked"] = any("?" in each for each in agreed)
    found["changes"] = min(len(changes), 3) / 3
    found |= {f"change {one.what}": 1 for one in changes}
    return {name: float(value) for name, value in found.items() if value}


_WORDS = {
    "yes": _YES,
    "no": _NO,
    "asks": _ASKS_CHANGE,
    "condition": _CONDITION,
    "later": _LATER,
    "negated": _NEGATED,
    "partly": _PARTLY,
    "reserved": _RESERVED,
    "more": _MORE,
    "accepted": cues.ACCEPTED,
    "refused": cues.REFUSED,
}


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[。;!\n]|(?<=[a-z)])\.(?:\s|$)", text)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]
