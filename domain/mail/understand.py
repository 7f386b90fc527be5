"""One function from a mail to what it means; everything below it may be exchanged unseen.

What it finds is advice for drafts, questions and a person's eyes. Only `answer`, the strict
grammar over the new text, may cast a vote.
"""

from dataclasses import replace
from datetime import date

from domain.mail import answers, judgement, reports
from domain.mail.additions import added_lines
from domain.mail.answers import Answer, Doubt
from domain.mail.authenticity import authenticated
from domain.mail.automatic import Automatic
from domain.mail.basis import Basis, base_of
from domain.mail.contradictions import contradiction
from domain.mail.decisions import decision_of
from domain.mail.defects import defects_of
from domain.mail.extract import fields as read
from domain.mail.extract.callers import caller_of
from domain.mail.extract.changes import ChangeItem
from domain.mail.extract.columns import TableReading
from domain.mail.extract.due import due_date
from domain.mail.extract.labels import Labelled
from domain.mail.extract.parties import Sender, Written, closing_of, sender_of
from domain.mail.extract.places import place_in
from domain.mail.extract.po_numbers import po_number
from domain.mail.extract.totals import currency_named, total
from domain.mail.extract.values import Field, Line
from domain.mail.findings import findings_of, notes_of
from domain.mail.kinds import MailKind
from domain.mail.language import language_of
from domain.mail.meaning import Context, Understanding
from domain.mail.message import Address, Mail
from domain.mail.plain import NOTES
from domain.mail.sorting import kind_in, signs_of
from domain.mail.surveys import survey
from domain.mail.task_rows import told_of_tasks
from domain.mail.wanted import amount_of, currency_of_order, table_amount, wanted_in, wished

__all__ = ["base_of", "understand"]

UNSURE = 0.7


def understand(mail: Mail, context: Context) -> Understanding:
    """What the mail means. Never raises; what is not said is None, what is unsure says so."""
    inside = findings_of(mail, context)
    basis, machine, lines, changes = inside.basis, inside.machine, inside.lines, inside.changes
    labels, tables = inside.labels, inside.tables
    guess = kind_in(inside, context)
    found = Understanding(
        kind=guess.kind,
        kind_confidence=guess.confidence,
        language=language_of(basis.parts.new or basis.text or mail.subject),
        intents=guess.intents,
        new_text=basis.parts.new,
        text=basis.text,
        answer=_vote(basis, machine),
        automatic=machine,
        numbered=reports.numbered(basis.parts.new),
        authenticated=authenticated(mail, context.our_server),
        passed_on_from=_passed_on_from(basis),
        order_ref=read.order_refs(mail.subject, basis.text),
    )
    found = _with_sender(found, basis, labels, context)
    found = _with_order(found, basis, labels, tables, lines, context)
    found = _doubted(_with_reply(found, basis, changes))
    found = replace(found, decision=decision_of(guess, signs_of(inside, context), changes))
    against = contradiction(mail.subject, basis.parts.new, basis.parts.quoted, mail.sender)
    reasons = judgement.reasons_for_a_person(mail, found, machine, context, against)
    return replace(
        found,
        missing_fields=judgement.missing_of(found),
        needs_person=bool(reasons),
        reasons=reasons,
    )


def _passed_on_from(basis: Basis) -> str:
    """The address of whoever wrote what a colleague has passed on; empty for any other mail."""
    passed_on = basis.staff and basis.forwarded and basis.writer != basis.mail.sender
    return basis.writer.address.lower() if passed_on else ""


def _vote(basis: Basis, machine: Automatic | None) -> Answer:
    """The strict answer; machines and senders whom two programs read differently have none."""
    if machine is not None:
        return Answer(None, basis.parts.new, doubt=Doubt.MACHINE)
    if basis.mail.ambiguous:
        return Answer(None, basis.parts.new, doubt=Doubt.SENDER)
    return answers.answer(basis.parts.new, basis.base)


def _is_note(kind: MailKind, basis: Basis) -> bool:
    """True for a staff mail that tells what a customer said: an order, or a caller's wish."""
    if kind is MailKind.NEW_ORDER:
        return True
    return kind in _TOLD and caller_of(basis.parts.new, basis.mail.subject) is not None


def _with_sender(
    found: Understanding, basis: Basis, labels: tuple[Labelled, ...], context: Context
) -> Understanding:
    if basis.staff and not (basis.forwarded or _is_note(found.kind, basis)):
        return found
    writer = Address("", "") if basis.staff and not basis.forwarded else basis.writer
    signature = basis.parts.signature or closing_of(basis.mail.body, writer)
    clock = None if basis.staff else basis.base
    words, _, notes = basis.text.partition(NOTES)
    written = Written(words, notes, signature, basis.mail.subject)
    who: Sender = sender_of(written, labels, writer, context.our_names, clock)
    return replace(found, customer_name=who.company, contact_name=who.contact, phones=who.phones)


def _with_order(
    found: Understanding,
    basis: Basis,
    labels: tuple[Labelled, ...],
    tables: tuple[TableReading, ...],
    lines: tuple[Line, ...],
    context: Context,
) -> Understanding:
    """Fields of an order; a vote, a report or a survey has none."""
    if found.kind in NO_ORDER:
        return found
    text, mail = basis.text, basis.mail
    kind, latest = found.kind.value, latest_of(lines)
    due = due_date(text, labels, basis.base, context.workday, kind=kind, latest=latest)
    money = total(text, labels)
    table_total = next((t for t in tables if t.amount is not None), None)
    amount = amount_of(found.kind, money.amount) or table_amount(table_total)
    meant = {found.kind, *found.intents}
    wanted = wanted_in(found.kind, found.intents, text, labels, lines, noted=len(notes_of(tables)))
    return replace(
        found,
        customer_po_no=po_number(
            mail.subject,
            text,
            labels,
            tuple(t.po_no for t in tables if t.po_no),
            tuple(file.name for file in basis.attachments),
        ),
        due_date=due,
        urgency=read.urgency(mail.subject, text),
        amount=amount,
        currency=currency_of_order(
            amount_of(found.kind, money.amount),
            table_total,
            lines,
            found.language,
            (text, mail.body),
        )
        if amount
        else None,
        tax_included=money.tax_included,
        special_requirements=Field(wanted.values, wanted.source, "wishes", 0.7)
        if wanted.values
        else None,
        special_requirements_none=wanted.none and not wanted.values,
        delivery_place=place_in(text, labels, found.kind) if meant & _WITH_PLACE else None,
        lines=_priced(_ordered(lines, meant, text), found.language, text),
    )


_TOLD = frozenset((MailKind.ENQUIRY, MailKind.CHANGE_REQUEST, MailKind.COMPLAINT))
NO_ORDER = frozenset(
    (MailKind.APPROVAL_VOTE, MailKind.PROGRESS_REPORT, MailKind.SURVEY_ANSWER, MailKind.AUTO_REPLY)
)
_WITH_DATE = frozenset(
    (
        *(MailKind.NEW_ORDER, MailKind.ENQUIRY, MailKind.ORDER_INFO, MailKind.CHANGE_REQUEST),
        *(MailKind.SUPPLIER_REPORT, MailKind.REJECTION),
    )
)
_WITH_PLACE = _WITH_DATE | {MailKind.CONFIRMATION}
_WITH_LINES = frozenset((MailKind.NEW_ORDER, MailKind.ENQUIRY, MailKind.ORDER_INFO))
_WITH_ADDITIONS = frozenset((MailKind.CHANGE_REQUEST, MailKind.CONFIRMATION, MailKind.ACCEPTANCE))


def _ordered(lines: tuple[Line, ...], meant: set[MailKind], text: str) -> tuple[Line, ...]:
    """The lines that a mail of these kinds orders or asks for; of a change only what it adds."""
    if meant & _WITH_LINES:
        return lines
    return added_lines(lines, text) if meant & _WITH_ADDITIONS else ()


def latest_of(lines: tuple[Line, ...]) -> date | None:
    """The last day that a table gives for one of its lines."""
    shown = [line for line in lines if not line.source.startswith("text:")]
    return max((line.due_date for line in shown if line.due_date), default=None)


def _doubted(found: Understanding) -> Understanding:
    """A mail that is no order's: what it says of days, persons and things is never sure."""
    if found.kind is not MailKind.OTHER:
        return found
    lines = tuple(replace(line, confidence=min(line.confidence, UNSURE)) for line in found.lines)
    return replace(
        found,
        due_date=found.due_date and found.due_date.doubted(UNSURE),
        contact_name=found.contact_name and found.contact_name.doubted(UNSURE),
        phones=found.phones and found.phones.doubted(UNSURE),
        urgency=found.urgency and found.urgency.doubted(UNSURE),
        lines=lines,
    )


def _priced(lines: tuple[Line, ...], language: str, text: str) -> tuple[Line, ...]:
    """Prices without currency have the one that the mail names; in a Chinese mail else CNY."""
    code = currency_named(text) or ("CNY" if language == "zh" else None)
    return tuple(
        replace(line, currency=code)
        if line.unit_price is not None and line.currency is None
        else line
        for line in lines
    )


def _with_reply(
    found: Understanding, basis: Basis, changes: tuple[ChangeItem, ...]
) -> Understanding:
    new = basis.parts.new
    wanted = found.kind is MailKind.CHANGE_REQUEST
    found = replace(
        found,
        change_items=changes if wanted else (),
        defects=defects_of(found.kind, new),
        special_requirements=wished(found.kind, found.special_requirements, changes, new),
    )
    if found.kind in (MailKind.PROGRESS_REPORT, MailKind.SUPPLIER_REPORT):
        supplier = found.kind is MailKind.SUPPLIER_REPORT
        return replace(found, progress=told_of_tasks(basis.parts, by_supplier=supplier))
    if found.kind is MailKind.SURVEY_ANSWER:
        return replace(found, survey=survey(new, basis.parts.quoted))
    return found
