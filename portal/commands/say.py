"""How commands speak: one JSON document, or tables and lines for people; refusals as sentences."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from domain.errors import Refusal
from domain.names import Language
from portal.commands.headings import HEADINGS
from portal.commands.options import Options

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 200
"""Columns of a table that nobody sees on a terminal."""

MANY = 20
"""Fewer things are done before anybody could read a bar."""

KINDS = {
    "state": "state",
    "stage": "stage",
    "kind": "gate",
    "waiting_for": "gate",
    "next_action": "gate",
    "party": "party",
    "channel": "channel",
    "roles": "role",
    "order_type": "order_type",
    "purpose": "purpose",
    "orders": "state",
}
"""Columns whose values are code words, with the table in which people's words stand."""


def sentence_of(refusal: Refusal, language: Language) -> str:
    """The refusal in words: what, which order, what to do next; one line a mistake."""
    from tasks.given import Mistakes
    from templates.errors import sentence

    if isinstance(refusal, Mistakes):
        return "\n".join(sentence(each, language) for each in refusal.found)
    return sentence(refusal, language)


def say(options: Options, value: Any, lines: Sequence[str] = ()) -> None:
    """The value as one JSON document, or the lines for a person."""
    if options.json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
        return
    from templates.words import one_line  # drops what could turn or hide the line

    for line in lines or [str(value)]:
        typer.echo(one_line(line))


def table(
    options: Options,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    title: str = "",
    kinds: Mapping[str, str] | None = None,
) -> None:
    """The rows as a JSON array, or these columns as a table; `kinds` where words differ."""
    if options.json:
        say(options, list(rows))
        return
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    words = {**KINDS, **(kinds or {})}
    for name in columns:
        made.add_column(heading(name, options.language), overflow="fold")
    for row in rows:
        cells = (_cell(options.language, words.get(name, ""), row.get(name)) for name in columns)
        made.add_row(*map(Text, cells))
    console().print(made)


def facts(
    options: Options,
    values: Mapping[str, Any],
    names: Iterable[str],
    *,
    title: str = "",
) -> None:
    """Names and values side by side for a person, those that are known."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, show_header=False, title=title, title_justify="left")
    for name in names:
        if values.get(name) not in (None, "", [], {}):
            value = Text(_cell(options.language, KINDS.get(name, ""), values[name]))
            made.add_row(Text(heading(name, options.language), style="bold"), value)
    console().print(made)


def heading(name: str, language: Language) -> str:
    """What stands above a column or beside a fact."""
    from templates import words

    own = HEADINGS.get(name)
    if own is not None:
        return own[0] if language is Language.ZH else own[1]
    return words.word("field", name, language)


def _cell(language: Language, kind: str, value: Any) -> str:
    """One value as a person reads it; nothing that somebody wrote turns or hides the line."""
    from templates import words

    if value is None or value == "":
        return words.NONE
    if isinstance(value, Mapping):
        return _pairs(language, kind, value)
    if isinstance(value, list | tuple):
        return ", ".join(_cell(language, kind, each) for each in value) or words.NONE
    if kind and isinstance(value, str):
        return words.word(kind, value, language)
    if isinstance(value, str) and len(value) > 18 and value[10] == "T":
        return _moment(value)
    return words.said(value, language)


def _pairs(language: Language, kind: str, value: Mapping[str, Any]) -> str:
    from templates import words

    if set(value) == {"amount", "currency"}:
        return f"{value['currency']} {value['amount']}"
    named = (
        f"{words.word(kind, key, language) if kind else key}: {_cell(language, '', each)}"
        for key, each in value.items()
    )
    return ", ".join(named)


def _moment(text: str) -> str:
    """An instant to the minute, in the zone of this machine."""
    try:
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def console() -> "Console":
    """Where tables are drawn: as wide as the terminal, wide enough in a pipe."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)


class Bar:
    """Hears of each thing that is done."""

    def __init__(self, advance: Callable[[], None] = lambda: None) -> None:
        """Advances what is shown, if anything is."""
        self._advance = advance

    def done(self, _: object = None) -> None:
        """One more is done."""
        self._advance()


@contextmanager
def progress(count: int, doing: str) -> Iterator[Bar]:
    """A bar on standard error for so many things, if somebody watches."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()) or count < MANY:
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(doing, total=count)
        yield Bar(lambda: shown.advance(task))
