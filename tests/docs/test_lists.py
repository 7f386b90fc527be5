"""Lists in the papers say what the code says."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

from deployments.prefect_server import client_environment, server_environment
from domain import names
from domain.mail.decode import read
from domain.mail.kinds import MailKind
from domain.mail.meaning import Context
from domain.mail.understand import understand
from domain.names import GateKind, Stage
from models.tables import METADATA
from tasks.joining import PERSON_FIELDS
from tasks.joining_customers import CUSTOMER_FIELDS
from tasks.settings import Settings

ROOT = Path(__file__).parent.parent.parent
FLOORS = ("domain", "models", "connectors", "templates", "tasks", "flows", "portal", "deployments")


def text(name: str) -> str:
    """The page."""
    return (ROOT / "docs" / name).read_text("utf-8")


def first_column(part: str) -> list[str]:
    """First cells of the table rows, without head and backticks."""
    rows = re.findall(r"^\| *`?([^|`]+?)`? *\|", part, re.M)
    return [each for each in rows if set(each) - set("-") and each not in ("stem", "package")]


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    wanted = {re.split(r"[\[=<>! ]", each)[0] for each in lines if each and each[0] != "#"}
    assert set(first_column(text("dependencies.md"))) == wanted


def words_of_code() -> set[str]:
    """Words of `domain/names.py`, and names of modules and folders."""
    kinds = [each for each in vars(names).values() if isinstance(each, type)]
    found = {str(member) for kind in kinds if issubclass(kind, StrEnum) for member in kind}
    found |= {kind.__name__ for kind in kinds if issubclass(kind, StrEnum)}
    paths = [path for floor in FLOORS for path in (ROOT / floor).rglob("*")]
    found |= {path.stem for path in paths if path.suffix == ".py" or path.is_dir()}
    parts = {part for word in found for part in word.lower().split("_")}
    return parts | {part.removesuffix("s") for part in parts}


def test_every_noun_is_a_word_of_the_code() -> None:
    nouns = first_column(text("glossary.md").split("\n## ")[1])
    assert len(nouns) > 30
    assert set(nouns) - words_of_code() == set()


def test_every_inner_noun_lives_where_the_glossary_says() -> None:
    part = text("glossary.md").split("\n## ")[2]
    rows = re.findall(r"^\| *(\w+) *\|.*\| *`([^`]+)` *\|$", part, re.M)
    assert len(rows) == len(first_column(part))
    lost = [(s, f) for s, f in rows if s not in (ROOT / f).read_text("utf-8").lower()]
    assert lost == []


def test_every_stage_has_its_words() -> None:
    assert first_column(text("glossary.md").split("\n## ")[-1]) == [str(each) for each in Stage]


def test_every_table_stands_in_the_architecture() -> None:
    named = set(re.findall(r"`(\w+)`", text("architecture.md").split("## The tables")[1]))
    assert set(METADATA.tables) - named == set()


@pytest.mark.parametrize("page", ["approver.md", "zh/approver.md"])
def test_an_approver_reads_of_every_gate_that_decides(page: str) -> None:
    waits = {GateKind.CUSTOMER_INFO, GateKind.WORK, GateKind.HOLD, GateKind.UNTIL}
    assert [each for each in set(GateKind) - waits if f"`{each}`" not in text(page)] == []


def test_the_settings_shown_are_settings(tmp_path: Path) -> None:
    [shown] = re.findall(r"^```toml\n(.*?)^```", text("operate.md"), re.M | re.S)
    assert Settings.model_validate({"home": tmp_path, **tomllib.loads(shown)}).public_url


def test_columns_of_imports_are_those_that_are_read() -> None:
    page = text("operate.md")
    assert f"`{','.join(PERSON_FIELDS)}`" in page
    assert f"`{','.join(CUSTOMER_FIELDS)}`" in page


def test_settings_of_prefect_are_the_ones_it_is_started_with(tmp_path: Path) -> None:
    from deployments.home import home_at

    told = server_environment("", 4200) | client_environment(home_at(tmp_path), "")
    for name, value in re.findall(r"`(PREFECT_\w+)=(\w+)`", text("operate.md")):
        assert told[name] == value


@pytest.mark.parametrize("file", ["order.en.eml", "order.zh-CN.eml"])
def test_the_example_mails_are_complete_orders(file: str) -> None:
    raw = (ROOT / "docs/examples" / file).read_bytes()
    found = understand(read(raw), Context())
    assert (found.kind, list(found.missing_fields)) == (MailKind.NEW_ORDER, [])
