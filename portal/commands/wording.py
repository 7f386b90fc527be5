"""What the command line says: its own words, and sentences for every refusal."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import Refusal
from domain.names import Language

HERE = Path(__file__).parent


@cache
def wording(name: str, language: Language) -> Mapping[str, Mapping[str, str]]:
    """The tables of `<name>.<language>.toml`, read once."""
    return tomllib.loads((HERE / f"{name}.{language}.toml").read_text("utf-8"))


def say(key: str, language: Language, **facts: object) -> str:
    """One line of the command line's own."""
    return wording("words", language)["said"][key].format_map(facts)


def heading(name: str, language: Language) -> str:
    """What stands above a column or beside a fact."""
    from templates import words

    own = wording("words", language)["heading"].get(name)
    return own or words.word("field", name, language)


def sentences(refusal: Refusal, language: Language) -> list[str]:
    """What to tell a person of a refusal: one sentence, or one for each mistake."""
    from templates import errors

    several = getattr(refusal, "found", None)
    if isinstance(several, tuple):
        return [line for each in several for line in sentences(each, language)]
    own = wording("words", language)["refused"].get(type(refusal).__name__)
    return [own.format_map(_facts(refusal))] if own else [errors.sentence(refusal, language)]


def _facts(refusal: Refusal) -> dict[str, Any]:
    return asdict(refusal)  # type: ignore[call-overload,no-any-return]  # ours are dataclasses
