"""Which kind a mail is: what machines send by its marks, what people write by its signs."""

import re

from domain.mail import purposes, reports
from domain.mail.automatic import AutomaticKind
from domain.mail.decisions import agreed
from domain.mail.extract import fields as read
from domain.mail.findings import Findings
from domain.mail.kind_signs import Signs
from domain.mail.kinds import Guess, MailKind, kind_of
from domain.mail.language import language_of
from domain.mail.meaning import Context
from domain.mail.surveys import survey
from domain.names import Purpose

_NOT_FOR_PEOPLE = frozenset(
    (AutomaticKind.AUTO_REPLY, AutomaticKind.BOUNCE_FAILED, AutomaticKind.BOUNCE_DELAYED)
) | {AutomaticKind.READ_RECEIPT, AutomaticKind.FEEDBACK, AutomaticKind.OWN}
_TO_MANY = re.compile(r"list|news|digest|bulletin|weekly|-owner@|owner-", re.I)
"""Addresses from which one text goes to many."""
_DOCUMENTS = (".pdf", ".xlsx", ".xls", ".csv", ".docx", ".doc", ".zip", ".rar", ".xlsm")
SURE_LINE = 0.7


def kind_in(inside: Findings, context: Context) -> Guess:
    """The kind of the mail, how sure, and what else it may be about."""
    machine, sender = inside.machine, inside.basis.mail.sender
    if machine is not None and machine.kind in _NOT_FOR_PEOPLE:
        return Guess(MailKind.AUTO_REPLY, 0.97, (MailKind.AUTO_REPLY,))
    if (
        machine is not None
        and machine.kind is AutomaticKind.LIST
        and (not inside.lines or _TO_MANY.search(sender.address))
    ):
        return Guess(MailKind.OTHER, 0.9, (MailKind.OTHER,))
    signs = signs_of(inside, context)
    return agreed(kind_of(signs), signs, inside.changes)


def signs_of(inside: Findings, context: Context) -> Signs:
    """What speaks for a kind, of a mail that a person wrote."""
    basis, mail = inside.basis, inside.basis.mail
    new, quoted = basis.parts.new, basis.parts.quoted
    reply = bool(mail.in_reply_to or quoted) and not basis.forwarded
    asked = context.purpose in purposes.ASKING
    purpose: Purpose | str | None = context.purpose
    by_quote = purposes.purpose_by_quote(quoted)
    if not asked and (reply or purpose is not None):
        purpose = purposes.purpose_by_subject(mail.subject) or by_quote
    return Signs(
        subject=mail.subject,
        new_text=basis.text,
        language=language_of(new or basis.text or mail.subject),
        purpose=purpose,
        quoted_purpose=by_quote,
        asked=asked,
        has_quote=bool(quoted),
        from_staff=basis.staff,
        is_reply=reply,
        order_known=context.order_no is not None or read.order_refs(mail.subject, new) is not None,
        has_lines=any(line.confidence >= SURE_LINE for line in inside.lines),
        names_things=bool(inside.lines),
        labels=len({label.key for label in inside.labels if label.value}),
        has_changes=bool(inside.changes),
        has_progress=bool(reports.progress(reports.told(basis.parts))) and basis.staff,
        has_survey=survey(new, quoted) is not None,
        forwarded=basis.forwarded,
        has_files=any(file.name.lower().endswith(_DOCUMENTS) for file in mail.attachments),
    )
