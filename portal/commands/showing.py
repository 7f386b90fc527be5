"""Answers on the terminal: one JSON document for programs, tables for people."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from portal.commands.asked import Asked
from portal.commands.wording import heading

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]
Item = TypeVar("Item")

PIPE_WIDTH = 200
"""Columns of a table that nobody sees on a terminal."""

KINDS = {
    "state": "state",
    "stage": "stage",
    "kind": "gate",
    "waiting_for": "gate",
    "party": "party",
    "channel": "channel",
    "verdict": "verdict",
    "roles": "role",
    "order_type": "order_type",
    "purpose": "purpose",
}
"""Columns whose values are code words, with the table in which people's words stand."""


def as_json(value: Any) -> None:
    """The value is the one document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def line(text: str) -> None:
    """One line for a person."""
    from templates.words import one_line

    sys.stdout.write(one_line(text) + "\n")


def note(text: str) -> None:
    """One line beside the answer, on standard error."""
    sys.stderr.write(text + "\n")


def table(
    asked: Asked,
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    title: str = "",
    kinds: Mapping[str, str] | None = None,
) -> None:
    """The rows below each other; nothing is marked up that somebody wrote."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title or None, title_justify="left", show_lines=False)
    for name in columns:
        drawn.add_column(heading(name, asked.language), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell(asked, name, row.get(name), kinds)) for name in columns))
    console().print(drawn)


def facts(asked: Asked, values: Row, names: Iterable[str], title: str = "") -> None:
    """Names and values side by side, those that are known."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title or None, title_justify="left", show_header=False)
    for name in names:
        if values.get(name) not in (None, "", [], {}):
            drawn.add_row(heading(name, asked.language), Text(cell(asked, name, values[name])))
    console().print(drawn)


def cell(asked: Asked, name: str, value: Any, kinds: Mapping[str, str] | None = None) -> str:
    """One value as a person reads it."""
    from templates import words

    kind = {**KINDS, **(kinds or {})}.get(name)
    if value is None or value == "":
        return words.NONE
    if isinstance(value, list | tuple):
        return ", ".join(cell(asked, name, each, kinds) for each in value) or words.NONE
    if isinstance(value, Mapping):
        if set(value) == {"amount", "currency"}:
            return f"{value['currency']} {value['amount']}"
        return ", ".join(f"{key}: {cell(asked, '', each)}" for key, each in value.items())
    if kind and isinstance(value, str):
        return words.word(kind, value, asked.language)
    if name.endswith("_at") and isinstance(value, str):
        return _moment(value)
    return words.said(value, asked.language)


def _moment(text: str) -> str:
    """A day as it is, an instant to the minute in the zone of this machine."""
    if len(text) == len("2026-11-24"):
        return date.fromisoformat(text).isoformat()
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


def console() -> "Console":
    """Where tables are drawn: as wide as the terminal, wide enough in a pipe."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)


@contextmanager
def progress(items: Sequence[Item], doing: str) -> Iterator[Iterator[Item]]:
    """The items one by one, with a bar on a terminal."""
    if not sys.stdout.isatty() or len(items) < 2:
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield iter(bar.track(items, description=doing))
