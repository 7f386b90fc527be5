"""What holds for every command: where options stand, exit codes, one document, one sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from domain.names import Language
from portal.cli import main
from portal.commands.options import take_options
from tests.portal_cli.conftest import ORDER, Terminal

HEAVY = ("prefect", "pandas", "sqlalchemy", "rich", "pydantic", "fastapi")


def test_nothing_heavy_is_loaded_before_a_command_needs_it() -> None:
    asked = f"import sys, portal.cli; print([m for m in {HEAVY} if m in sys.modules])"
    line = [sys.executable, "-c", asked]
    said = subprocess.run(line, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_common_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    before = take_options(["--json", "--home", str(tmp_path), "--lang=en", "orders"])
    after = take_options(["orders", "--lang", "en", "--json", f"--home={tmp_path}"])
    assert before == after
    assert before[0].home == tmp_path
    assert (before[0].language, before[0].json, before[1]) == (Language.EN, True, ["orders"])


def test_what_follows_two_dashes_is_no_option() -> None:
    found, rest = take_options(["receive", "--", "--json"])
    assert not found.json
    assert rest == ["receive", "--", "--json"]


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "fr", "orders"],
        ["orders", "--home"],
        ["no-such-command"],
        ["orders", "--no-such-option"],
        ["answer", "G-1", "perhaps", "--by", "li.ming", "--code", "1"],
        ["answer", "approve", "--by", "li.ming", "--code", "1"],
        ["answer", "G-1", "approve", "--by", "li.ming", "--code", "1", "--set", "no-value"],
        ["progress", ORDER, "T1", "--by", "wang.lei"],
        ["review", "yearly"],
    ],
)
def test_wrong_use_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(words)
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def test_an_empty_home_is_told_what_starts_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["orders", "--home", str(tmp_path / "new"), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Nothing runs" in said.err
    assert "orderflow up" in said.err
    assert not (tmp_path / "new").exists()


def test_a_database_that_is_gone_is_one_sentence(terminal: Terminal) -> None:
    (terminal.home / "orderflow.db").unlink()
    code, out, err = terminal.run("orders")
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words", [["orders"], ["order", ORDER], ["gates"], ["people"], ["status"], ["verify"]]
)
def test_json_is_exactly_one_document(terminal: Terminal, words: list[str]) -> None:
    code, out, err = terminal.run(*words, "--json")
    assert (code, err) == (0, "")
    json.loads(out)


def test_a_refusal_is_one_sentence_in_the_language_asked(terminal: Terminal) -> None:
    chinese = terminal.run("order", "SO-2026-99999")
    english = terminal.run("order", "SO-2026-99999", "--lang", "en")
    assert chinese[0] == english[0] == 1
    assert "SO-2026-99999" in chinese[2]
    assert "There is no order SO-2026-99999" in english[2]


def test_what_runs_says_where_it_is_reached(terminal: Terminal) -> None:
    url = f"sqlite+pysqlite:///{terminal.home / 'orderflow.db'}"
    (terminal.home / "orderflow.toml").write_text("samples = true\n", "utf-8")
    facts = {"database_url": url, "portal": "http://127.0.0.1:8080", "pids": {"up": 1}}
    facts |= {"prefect_ui": "http://127.0.0.1:4200", "smtp": {"host": "127.0.0.1", "port": 2525}}
    (terminal.home / "run.json").write_text(json.dumps(facts), "utf-8")
    gate = terminal.json("gates")[0]
    assert gate["prefect_url"].startswith("http://127.0.0.1:4200/runs/flow-run/")
    assert terminal.json("status")["runs"] == {"up": True}
