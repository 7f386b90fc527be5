"""What a reply seems to decide: advice for a person's eyes, never a vote (see `answers`)."""

import re

from domain.mail import cues
from domain.mail.extract.changes import ChangeItem
from domain.mail.kinds import MailKind
from domain.mail.phrasebook import heard
from domain.mail.plain import narrow
from domain.mail.traditional import simplified
from domain.names import Verdict

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
_TAKING = {
    **dict.fromkeys(("accept", "accept_remarks"), "yes"),
    "accept_part": "part",
    **dict.fromkeys(("reject", "complaint"), "no"),
    **dict.fromkeys(("receipt", "neutral", "order", "enquiry"), "neutral"),
}
_AGREEING = {
    "confirm": "yes",
    **dict.fromkeys(("change_quantity", "change_date", "change_model", "change_place"), "open"),
    **dict.fromkeys(("cancel", "hold", "change_other", "not_yet"), "open"),
    **dict.fromkeys(("receipt", "neutral", "order", "info"), "neutral"),
}
_VOTING = {
    "vote_yes": "yes",
    **dict.fromkeys(("vote_no", "reject"), "no"),
    "vote_condition": "open",
    "neutral": "neutral",
}
LIKELY, DOUBTFUL = 0.8, 0.5


def decision_of(
    kind: MailKind, new_text: str, language: str, changes: tuple[ChangeItem, ...]
) -> Verdict | None:
    """What the text says, authentication aside; never approve where anything is left open."""
    text = simplified(narrow(new_text)).strip()
    if kind is MailKind.CHANGE_REQUEST:
        return Verdict.CHANGES
    if kind is MailKind.REJECTION:
        outright = bool(cues.REFUSED.search(text) or _NO.search(text))
        return Verdict.REJECT if outright else None
    if kind is MailKind.ACCEPTANCE:
        return _acceptance(text, language)
    if kind in (MailKind.CONFIRMATION, MailKind.APPROVAL_VOTE):
        return _yes_or_no(text, language, changes, vote=kind is MailKind.APPROVAL_VOTE)
    return None


def _acceptance(text: str, language: str) -> Verdict | None:
    """Approve only for a sentence that accepts outright, and nothing that takes it back."""
    if _PARTLY.search(text):
        return Verdict.CHANGES
    if cues.REFUSED.search(text) or _LATER.search(text):
        return None
    parts = _sentences(text)
    said = [part for part in parts if cues.ACCEPTED.search(part)]
    if any("?" in part or _NEGATED.search(part) or _CONDITION.search(part) for part in said):
        return None
    like = heard(text, language, _TAKING)
    if said:
        return Verdict.APPROVE if like["part"] < LIKELY else None
    sounds_so = like["yes"] > LIKELY and max(like["no"], like["part"]) < DOUBTFUL
    return Verdict.APPROVE if sounds_so and not any(map(_NEGATED.search, parts)) else None


def _yes_or_no(
    text: str, language: str, changes: tuple[ChangeItem, ...], *, vote: bool
) -> Verdict | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    body = _POLITE.sub("", "\n".join(line for line in lines if not _GREETING.match(line)))
    first = body.partition("\n")[0]
    if _NO.search(body):
        return Verdict.REJECT if vote else None
    if _ASKS_CHANGE.search(first) or changes:
        return Verdict.CHANGES
    if "?" in first or _LATER.search(body):
        return None
    like = heard(body, language, _VOTING if vote else _AGREEING)
    yes = bool(_YES.search(body))
    if vote and _CONDITION.search(body) and like["open"] > LIKELY:
        return Verdict.CHANGES
    if not yes and like["yes"] < LIKELY:
        return None
    if _CONDITION.search(body):
        return Verdict.CHANGES if yes or vote else None
    if any(_NEGATED.search(part) for part in _sentences(first)):
        return None
    against = max(like["open"], like.get("no", 0.0))
    return Verdict.APPROVE if against < (LIKELY if yes else DOUBTFUL) else None


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[。;!\n]|(?<=[a-z)])\.(?:\s|$)", text)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]
