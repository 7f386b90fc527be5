"""How commands speak: one JSON document, or a table for people; refusals as one sentence."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from domain.errors import Refusal
from domain.names import Language
from portal.commands.options import Options


def sentence_of(refusal: Refusal, language: Language) -> str:
    """The refusal in words: what, which order, what to do next."""
    from tasks.given import Mistakes
    from templates.errors import sentence

    if isinstance(refusal, Mistakes):
        return "\n".join(sentence(each, language) for each in refusal.found)
    return sentence(refusal, language)


def say(options: Options, value: Any, lines: Sequence[str] = ()) -> None:
    """The value as one JSON document, or the lines for a person."""
    if options.json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines or [str(value)]:
            typer.echo(line)


def table(options: Options, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The rows as a JSON array, or these columns as a table."""
    if options.json:
        say(options, list(rows))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from templates import words

    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        known = words.known("field", name, options.language)
        made.add_column(words.word("field", name, options.language) if known else name)
    for row in rows:
        made.add_row(*(Text(_cell(row.get(name), options.language)) for name in columns))
    width = None if sys.stdout.isatty() else 200
    Console(width=width, soft_wrap=False).print(made)


def _cell(value: Any, language: Language) -> str:
    if value is None:
        return "–"
    if isinstance(value, Mapping) and "amount" in value:
        return f"{value['currency']} {value['amount']}"
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    text = str(value)
    return text[:16].replace("T", " ") if len(text) > 18 and text[10:11] == "T" else text
