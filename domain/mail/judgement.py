"""Readings that need the mail's kind: decision, defects, what is missing, who must look."""

import re
from collections.abc import Iterator
from datetime import date

from domain.mail.automatic import Automatic
from domain.mail.extract.changes import ChangeItem, ChangeKind
from domain.mail.extract.values import SURE, Field, Line
from domain.mail.kinds import MailKind
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.mail.page import hidden_text
from domain.mail.plain import as_word, narrow
from domain.names import Verdict

_RECEIPT = re.compile(
    r"收到|转给|转发给|给你.{0,6}回复|正式回复|稍后|研究一下|看[一下]{0,2}再|received|noted"
    r"|will (?:come back|get back"
    r"|answer|reply|let you)|we will check"
    r"|forwarded|pending|wait for",
    re.I,
)
_YES = re.compile(
    r"^(?:(?:内容|內容)?(?:确认|確認)(?:无误|無誤)|无误|同意|批准|可以|确认|没问题|无异议|通过|行,|好的?,|ok|okay|approved?|yes|yep|agreed"
    r"|confirmed?"
    r"|we confirm|we agree\b|all good|go ahead|fine|i confirm|looks good)",
    re.I,
)
_NO = re.compile(
    r"^(?:不同意|驳回|拒绝|不批准|不行|不可以|reject|rejected|no\b(?! objection| problem)"
    r"|not approved|declined)",
    re.I,
)
_CONDITION = re.compile(
    r"但|如果|若|只要|前提|除非|除了|等.{0,10}再|先.{0,20}再|需修改|改|\bbut\b|\bif\b|\bunless\b"
    r"|provided|\bonce\b"
    r"|subject to|except|on condition|however|\bonly\b",
    re.I,
)
_GREETING = re.compile(
    r"^(?:hi|hello|dear|good (?:morning|day|evening)|您好|你好"
    r"|.{1,6}[总工经理老师]{1,2}好?[,:]?$)\b.{0,24}$",
    re.I,
)
_ACCEPTS = re.compile(
    r"予以验收|准予验收|同意验收|验收通过|验收合格|可以验收|通过验收|验收没(?:有)?问题|\baccept(?:ed|s)?\b"
    r"|taken over",
    re.I,
)
_OPEN = re.compile(
    r"不|没通过|未|无法|暂|如果|若|等|待|之后|[?]|\bnot\b|n't|cannot|\bunless\b|\buntil\b"
    r"|\bonce\b|\bif\b"
    r"|\bwhen\b|\bwill\b"
    r"|\bafter\b|\bbefore\b|\bwould\b|\bcan we\b|provided|\bno\b(?! (?:objection|problem"
    r"|remark|issue))",
    re.I,
)
_AS_IT_IS = re.compile(r"without (?:any )?changes?|不用再走流程|无误", re.I)
_NEGATED = re.compile(
    r"不(?!错|变|影响)|未|没(?!问题)|\bnot\b|n't|\bnever\b|\bno\b(?! (?:objection|problem"
    r"|change|remark"
    r"|issue))",
    re.I,
)
_PARTLY = re.compile(
    r"部分验收|先验收|其余|另外.{0,8}(?:不|没)|partial|only accept|the rest|except"
    r"|但.{0,20}(?:不|没)",
    re.I,
)
_FAULT = re.compile(
    r"没|不|坏|漏|破|缺|少|错|异响|划伤|松|延误|推迟|迟|太慢|late|broken|smashed|damag|leak"
    r"|missing|wrong|not "
    r"|nobody|failed|slips|counted|faulty|defect|超标"
    r"|实测|合同(?:是|要求|写)|instead of|should (?:be|have)",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}\s*[.、)])\s*")
_WANTS_PERSON = re.compile(
    r"recall|撤回|payment|付款|汇款|invoice|发票|调价|涨价|revision of prices|price (?:increase"
    r"|revision)"
    r"|招标|投标|tender|平台|srm|portal|催款"
    r"|overdue|会议|验收会|meeting|invitation|verify your account|password|reminder|statement"
    r"|your account",
    re.I,
)
_TO_A_MACHINE = re.compile(
    r"ignore (?:all |any |the )?(?:previous|prior|above|earlier)|^\s*(?:system|assistant)\s*:"
    r"|classify this|language model|\bLLM\b|\bAI (?:agent|assistant|model)|confidence ?= ?[\d.]"
    r"|忽略(?:以上|之前|前面|上述|所有)|系统指令|人工智能|大模型|AI助手|你是一个",
    re.I | re.M,
)
_HARMLESS = re.compile(r"代开|加微|unsubscribe|退订|newsletter|webinar|展会|promot|优惠", re.I)


def decision_of(kind: MailKind, new_text: str, changes: tuple[ChangeItem, ...]) -> Verdict | None:
    """What the text says, authentication aside; never approve where anything is left open."""
    text = narrow(new_text).strip()
    if kind is MailKind.CHANGE_REQUEST:
        return Verdict.CHANGES
    if kind is MailKind.REJECTION:
        return Verdict.REJECT
    if kind is MailKind.ACCEPTANCE:
        return _acceptance(text)
    if kind in (MailKind.CONFIRMATION, MailKind.APPROVAL_VOTE):
        return _yes_or_no(text, changes)
    return None


def _acceptance(text: str) -> Verdict | None:
    """Approve only for a sentence that accepts outright and nothing that takes it back."""
    said = [part for part in _sentences(text) if _ACCEPTS.search(part)]
    if not said or any(_OPEN.search(part) for part in said):
        return None
    return Verdict.CHANGES if _PARTLY.search(text) else Verdict.APPROVE


def _yes_or_no(text: str, changes: tuple[ChangeItem, ...]) -> Verdict | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next((line for line in lines if not _GREETING.match(line)), "")
    if _NO.search(first):
        return Verdict.REJECT
    if re.match(r"^(?:需?修改|退回|changes)", first, re.I) or changes:
        return Verdict.CHANGES
    if not _YES.search(as_word(first)) or "?" in first:
        return None
    if _CONDITION.search(text):
        return Verdict.CHANGES
    if _NEGATED.search(_AS_IT_IS.sub("", first)):
        return None
    return None if _RECEIPT.search(first) else Verdict.APPROVE


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[。;!\n]|(?<=[a-z)])\.(?:\s|$)", text)
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def defects_of(kind: MailKind, new_text: str) -> tuple[str, ...]:
    """What is wrong, in the customer's words, one fault each."""
    if kind not in (MailKind.COMPLAINT, MailKind.REJECTION, MailKind.ACCEPTANCE):
        return ()
    listed = [
        _BULLET.sub("", line).strip() for line in new_text.splitlines() if _BULLET.match(line)
    ]
    if listed:
        return tuple(re.sub(r"\s*\(.*\)$", "", one).rstrip("。;.") for one in listed if one)
    limit = 1 if kind is MailKind.ACCEPTANCE else 4
    return tuple(_faults(new_text, kind))[:limit]


def _faults(text: str, kind: MailKind) -> Iterator[str]:
    for part in re.split(r"[。;；!！\n]|(?<=[a-z])\.\s|\.\s+(?=[A-Z])", text):
        clean = re.split(r",? so\b", part.strip(" ,，"))[0]
        if kind is MailKind.ACCEPTANCE:
            clean = re.split(r"[,，]", clean)[0]
        skip = re.search(r"不能验收|没问题|不影响|请|cannot accept|how |who ", clean, re.I)
        if kind is MailKind.ACCEPTANCE and not re.search(
            r"就是|只是|remark|minor|only", clean, re.I
        ):
            continue
        if 5 < len(clean) < 160 and _FAULT.search(clean) and not skip:
            yield re.sub(r"^(?:就是|只是|另外|而且|and |also )", "", clean)


def missing_of(found: Understanding) -> tuple[str, ...]:
    """What a new order must say and does not, in the order in which it is asked."""
    if found.kind is not MailKind.NEW_ORDER:
        return ()
    lines = found.lines
    named = any(line.item or line.model for line in lines)
    missing = {
        "customer": found.customer_name is None,
        "contact": found.contact_name is None,
        "content": not named,
        "quantity": any(line.quantity is None for line in lines),
        "due_date": found.due_date is None and not any(line.due_date for line in lines),
        "special_requirements": not (found.special_requirements or found.special_requirements_none),
    }
    unclear = _unsure(found.due_date)
    return tuple(
        k for k, is_missing in missing.items() if is_missing or (k == "due_date" and unclear)
    )


def _unsure(field: Field[date] | None) -> bool:
    return field is not None and field.confidence < SURE


def reasons_for_a_person(
    mail: Mail, found: Understanding, automatic: Automatic | None, context: Context
) -> tuple[str, ...]:
    """Why a person must look before anything is done; empty if a machine may draft or file it."""
    if automatic is not None and found.kind is MailKind.AUTO_REPLY:
        return ()
    words = narrow(f"{mail.subject}\n{found.new_text}")
    checks = {
        "not_authenticated": found.authenticated is False,
        "language": found.language == "other",
        "cancelled": any(c.what is ChangeKind.CANCEL_ORDER for c in found.change_items),
        "not_readable": _content_is_elsewhere(mail, found),
        "orders_to_a_machine": bool(_TO_A_MACHINE.search(words)),
        "hidden_text": len(hidden_text(mail.html)) >= 10,
        "other": found.kind is MailKind.OTHER
        and bool(_WANTS_PERSON.search(words))
        and not _HARMLESS.search(words),
        "unsure": found.kind_confidence < 0.7 and found.kind is not MailKind.OTHER,
    }
    return tuple(reason for reason, is_so in checks.items() if is_so)


def _content_is_elsewhere(mail: Mail, found: Understanding) -> bool:
    """True if nothing is ordered in words, and a picture or a file that we cannot read may."""
    ordering = found.kind in (MailKind.NEW_ORDER, MailKind.OTHER)
    return (
        ordering and not found.lines and any(_may_hold_an_order(a.mime) for a in mail.attachments)
    )


def _may_hold_an_order(mime: str) -> bool:
    return not mime.startswith(("text/calendar", "message/", "application/pgp"))


def sure_lines(lines: tuple[Line, ...]) -> bool:
    """True if every line has a name and a number."""
    return all((line.item or line.model) and line.quantity is not None for line in lines)
