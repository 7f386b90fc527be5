"""Options that stand before or after any command: --json, --home, --lang."""

import os
from dataclasses import dataclass
from pathlib import Path

import typer

from domain.names import Language


@dataclass(frozen=True)
class Options:
    """What every command is told."""

    home: Path
    language: Language
    json: bool


def take_options(words: list[str]) -> tuple[Options, list[str]]:
    """The common options, and the words that are left. Wrong use ends with 2."""
    taken: dict[str, str] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        name, equals, value = word.partition("=")
        if word == "--":  # what follows is never an option
            rest += [word, *left]
        elif word == "--json":
            taken["--json"] = "yes"
        elif name in ("--home", "--lang"):
            taken[name] = value if equals else _value(name, next(left, None))
        else:
            rest.append(word)
    lang = taken.get("--lang", Language.ZH if _chinese() else Language.EN)
    lang = {"zh": Language.ZH, "zh_CN": Language.ZH}.get(lang, lang)
    if lang not in set(Language):
        raise SystemExit(_wrong(f"--lang: {lang}? ({', '.join(Language)})"))
    home = taken.get("--home") or os.environ.get("ORDERFLOW_HOME") or ".orderflow"
    where = Path(home).expanduser().absolute()
    return Options(where, Language(lang), "--json" in taken), rest


def options(context: typer.Context) -> Options:
    """The common options of this call."""
    found = context.find_object(Options)
    assert found is not None  # noqa: S101  # main always gives them
    return found


def _value(name: str, value: str | None) -> str:
    if value is None:
        raise SystemExit(_wrong(f"{name} needs a value."))
    return value


def _wrong(text: str) -> int:
    typer.echo(text, err=True)
    return 2


def _chinese() -> bool:
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return not told or told.startswith(("zh", "C", "POSIX"))
