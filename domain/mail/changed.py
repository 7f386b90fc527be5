"""The changes that a mail asks for, in its words and in tables of old and new values."""

from domain.mail import purposes
from domain.mail.basis import Basis
from domain.mail.changed_tables import changed_in_tables
from domain.mail.extract import fields as read
from domain.mail.extract.changes import ChangeItem, Known, changes_in
from domain.mail.extract.ordered import ordered_in
from domain.mail.extract.values import Line
from domain.mail.meaning import Context
from domain.names import Purpose


def changes_of(basis: Basis, lines: tuple[Line, ...], context: Context) -> tuple[ChangeItem, ...]:
    """Changes in the new text, with our quoted mail at hand, and those of tables of old and new."""
    parts, subject = basis.parts, basis.mail.subject
    ordered = ordered_in(parts.quoted, basis.base, context.workday)
    told = context.order_no is not None or read.order_refs(subject, parts.new) is not None
    known = Known(
        ordered=ordered,
        answered={pair.new: pair.quoted for pair in parts.pairs},
        lines=tuple(line for line in lines if not line.source.startswith("text:")),
        proposed=_answered(basis, context) is Purpose.CONFIRMATION,
        exists=told or bool(ordered.lines),
    )
    said = changes_in(parts.new, basis.base, context.workday, known)
    shown = changed_in_tables(basis, context) if known.exists else ()
    return (*said, *(one for one in shown if one not in said))


def _answered(basis: Basis, context: Context) -> Purpose | str | None:
    """What our mail was that is answered, as far as we know or it says so."""
    subject = purposes.purpose_by_subject(basis.mail.subject)
    return context.purpose or subject or purposes.purpose_by_quote(basis.parts.quoted)
