"""What stands on every command line, before or after the command: --json, --home, --lang."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from domain.names import Language

if TYPE_CHECKING:
    from tasks.services import Services


@dataclass(frozen=True)
class Asked:
    """Which installation, in which language, and whether programs or people read the answer."""

    home: Path
    language: Language
    as_json: bool = False

    def services(self) -> "Services":
        """The services of the installation. Raises NothingRuns, DatabaseSilent."""
        from tasks.installed import services_of  # late: `--help` loads no database

        return services_of(self.home)


class WrongUse(Exception):
    """The command line cannot be understood; the text says why."""


def asked(words: Sequence[str]) -> tuple[Asked, list[str]]:
    """What is asked in general, and the words that are left for the command. Raises WrongUse."""
    left: list[str] = []
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            left += [word, *rest]
            break
        if word == "--json":
            found[word] = ""
        elif name in ("--home", "--lang"):
            if not equals and not rest:
                raise WrongUse(f"{name} needs a value.")
            found[name] = value if equals else rest.pop(0)
        else:
            left.append(word)
    return Asked(_home(found.get("--home")), _language(found.get("--lang")), "--json" in found), left


def _home(given: str | None) -> Path:
    text = given or os.environ.get("ORDERFLOW_HOME") or ".orderflow"
    return Path(text).expanduser().absolute()


def _language(given: str | None) -> Language:
    """As asked; else English where the terminal speaks English, Chinese otherwise."""
    if given is None:
        spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
        return Language.EN if spoken.lower().startswith("en") else Language.ZH
    for language in Language:
        if given.lower().replace("_", "-") in (language.lower(), language.lower().split("-")[0]):
            return language
    raise WrongUse(f"--lang knows {', '.join(Language)}, not {given}.")
