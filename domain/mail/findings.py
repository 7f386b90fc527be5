"""A mail taken apart: whose words it holds, its tables and labels, the lines and changes in it."""

from dataclasses import dataclass, replace

from domain.mail.asked import answers_to_questions
from domain.mail.automatic import Automatic, automatic
from domain.mail.basis import Basis, basis_of
from domain.mail.changed import changes_of
from domain.mail.extract.changes import ChangeItem
from domain.mail.extract.columns import TableReading
from domain.mail.extract.labels import Labelled, labelled
from domain.mail.extract.values import Line
from domain.mail.meaning import Context
from domain.mail.message import Mail
from domain.mail.orderlines import lines_of, tables_of
from domain.mail.plain import NOTES


@dataclass(frozen=True)
class Findings:
    """What is found in a mail before anybody asks what it is about."""

    basis: Basis
    machine: Automatic | None
    tables: tuple[TableReading, ...]
    labels: tuple[Labelled, ...]
    lines: tuple[Line, ...]
    changes: tuple[ChangeItem, ...]


def findings_of(mail: Mail, context: Context) -> Findings:
    """The parts of the mail."""
    basis = basis_of(mail, context)
    tables = tuple(tables_of(basis, context))
    notes = notes_of(tables)
    basis = replace(basis, text=f"{basis.text}{NOTES}{notes}".lstrip() if notes else basis.text)
    labels = (*answers_to_questions(basis.parts, context.questions), *labelled(basis.text))
    lines = lines_of(basis, labels, tables, context)
    changes = changes_of(basis, lines, context)
    return Findings(basis, automatic(mail), tables, labels, lines, changes)


def notes_of(tables: tuple[TableReading, ...]) -> str:
    """What the tables say beside their rows."""
    return "\n".join(table.notes for table in tables if table.notes)
