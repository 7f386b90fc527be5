"""Commands that the papers show exist, with the options that they show."""

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from portal.cli import app

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EVERYWHERE = {"--json", "--home", "--lang"}
COMMANDS: Any = typer.main.get_command(app)
NOT_THERE_YET = ROOT / "docs/roadmap.md"

pages = pytest.mark.parametrize("page", PAGES, ids=lambda each: str(each.relative_to(ROOT)))


def code(page: Path) -> Iterator[str]:
    """Every line of code of the page: of its blocks, and between backticks."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        yield from block.splitlines()
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    yield from (" ".join(each.split()) for each in re.findall(r"`([^`]+)`", prose))


def shown(page: Path, program: str) -> list[list[str]]:
    """Words that follow the program wherever the page shows it as code."""
    calls = []
    for line in code(page):
        found = re.match(rf"\s*(?:\.venv/bin/)?{program}((?:\s.*)?)$", line)
        if found:
            calls.append(shlex.split(found[1], comments=True))
    return calls


def mistakes(words: list[str]) -> list[str]:
    """What of the call the command line does not know."""
    command, left = COMMANDS, list(words)
    while left and not left[0].startswith("-") and hasattr(command, "commands"):
        name = left.pop(0)
        if name not in command.commands:
            return [f"no command {name}"]
        command = command.commands[name]
    known = {"--help", *EVERYWHERE}
    known |= {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    return [each for each in left if each.startswith("--") and each.partition("=")[0] not in known]


@pages
def test_every_command_shown_exists_with_its_options(page: Path) -> None:
    if page == NOT_THERE_YET:
        return
    calls = shown(page, "orderflow")
    assert {" ".join(each): mistakes(each) for each in calls if mistakes(each)} == {}


def test_what_is_named_as_missing_is_missing() -> None:
    calls = shown(NOT_THERE_YET, "orderflow")
    named = [each for each in calls if each[:1] != ["up"]]
    assert named
    assert [each for each in named if not mistakes(each)] == []


def test_the_readme_shows_commands_at_all() -> None:
    assert len(shown(ROOT / "README.md", "orderflow")) > 5


@pages
def test_every_target_of_make_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    assert {word[0] for word in shown(page, "make") if word} <= targets


@pages
def test_every_module_that_is_run_exists(page: Path) -> None:
    modules = [words[1] for words in shown(page, "python") if words[:1] == ["-m"]]
    assert [each for each in modules if find_spec(each) is None] == []
