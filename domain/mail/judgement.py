"""Readings that need the mail's kind: what is missing, who must look."""

import re
from datetime import date

from domain.mail.automatic import Automatic
from domain.mail.extract.changes import ChangeKind
from domain.mail.extract.values import SURE, Field, Line
from domain.mail.kinds import MailKind
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Mail
from domain.mail.page import hidden_text
from domain.mail.phrasebook import heard
from domain.mail.plain import narrow

UNSURE = 0.5
"""A kind that is less likely than not is for a person to say."""
_TO_A_MACHINE = re.compile(
    r"ignore (?:all |any |the |your |these )*(?:previous|prior|above|earlier|rules|instructions)"
    r"|(?:automatic|automated|machine) (?:reader|system|processing|agent)|^\W*(?:system"
    r"|assistant)\s*:"
    r"|classify this|language model|\bLLM\b|\bAI (?:agent|assistant|model|system)"
    r"|confidence ?= ?[\d.]"
    r"|(?:assistant|bot|parser|software|system|program|agent) (?:\w+ ){0,2}(?:read|process"
    r"|handl)\w*"
    r"|(?:without|no) (?:human|manual) (?:review|check|approval|intervention)"
    r"|忽略(?:以上|之前|前面|上述|所有)|系统指令|人工智能|大模型|AI ?助手|你是一个"
    r"|(?:自动|智能)(?:处理|回复|审核|识别)?(?:系统|程序|助手|机器人)|(?:无需|不用|不必|跳过)人工",
    re.I | re.M,
)
_HARMLESS = re.compile(
    r"代开|加微|unsubscribe|退订|newsletter|webinar|展会|promot|优惠|special offer|培训班|放假通知"
    r"|\bcv\b|curriculum|简历|应聘|求职|application for",
    re.I,
)
_IDLE = {
    **dict.fromkeys(("advert", "job", "holiday_note"), "idle"),
    **dict.fromkeys(("invoice", "payment", "dunning", "price_letter", "tender"), "serious"),
    **dict.fromkeys(("invitation", "portal", "phishing"), "serious"),
    "neutral": "neutral",
}


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
    mail: Mail,
    found: Understanding,
    automatic: Automatic | None,
    context: Context,
    contradicted: str | None = None,
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
        "other": found.kind is MailKind.OTHER and not _idle(words, found.language),
        "unsure": found.kind_confidence < UNSURE and found.kind is not MailKind.OTHER,
    }
    reasons = tuple(reason for reason, is_so in checks.items() if is_so)
    return (*reasons, contradicted) if contradicted else reasons


def _idle(words: str, language: str) -> bool:
    """True for advertising and the like, which is filed unseen; accounts are not."""
    like = heard(words, language, _IDLE)
    return bool(_HARMLESS.search(words)) or like["idle"] > like["serious"] + 0.3


_BEHIND_A_LINK = re.compile(
    r"网盘|提取码|云盘|下载链接|点击.{0,8}链接|链接.{0,8}(?:有效|查看|下载)|link (?:is valid"
    r"|expires|below)|via (?:the )?link"
    r"|wetransfer|dropbox|sharepoint|download",
    re.I,
)
_LOCKED = re.compile(r"密码|加密|解压码|password|encrypted|passphrase", re.I)
_PACKED = (".zip", ".7z", ".rar", ".gpg", ".pgp", ".p7m")


def _content_is_elsewhere(mail: Mail, found: Understanding) -> bool:
    """True if nothing is ordered in words, and a picture, a locked file or a link may hold it."""
    if found.lines:
        return False
    words = narrow(f"{mail.subject}\n{found.new_text}")
    locked = _LOCKED.search(words) and any(
        file.name.lower().endswith(_PACKED) for file in mail.attachments
    )
    ordering = found.kind in (MailKind.NEW_ORDER, MailKind.OTHER)
    shown = any(_may_hold_an_order(file.mime) for file in mail.attachments)
    linked = "://" in words and _BEHIND_A_LINK.search(words)
    return bool((ordering and (shown or linked)) or (locked and found.kind is MailKind.ORDER_INFO))


def _may_hold_an_order(mime: str) -> bool:
    return not mime.startswith(("text/calendar", "message/", "application/pgp"))


def sure_lines(lines: tuple[Line, ...]) -> bool:
    """True if every line has a name and a number."""
    return all((line.item or line.model) and line.quantity is not None for line in lines)
