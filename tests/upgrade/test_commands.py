"""The commands around a backup, typed in a shell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.cli import main
from tests.upgrade.population import populate
from tests.world import KEY, World

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, standard output and standard error of a command in the installation's folder."""
    home = world.services.settings.home
    home.mkdir(exist_ok=True)
    url = world.services.engine.url.render_as_string(hide_password=False)
    (home / "orderflow.toml").write_text(f'[database]\nurl = "{url}"\n', "utf-8")
    (home / "secret.key").write_text(KEY.get_secret_value())
    populate(world, ("confirm",))

    def typed(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "--home", str(home), "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def document(said: tuple[int, str, str]) -> Any:
    """The one JSON document of a command that has done what was asked."""
    assert said[0] == 0, said[2]
    return json.loads(said[1])


def test_a_backup_says_what_it_holds_and_where_the_key_is(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("backup", str(tmp_path / "one.backup"))
    assert (code, "1 orders" in out, "secret.key" in out) == (0, True, True)
    made = document(run("backup", str(tmp_path / "two.backup"), "--with-key", "--json"))
    assert (made["orders"], made["key"]) == (1, True)
    assert made["bytes"] == (tmp_path / "two.backup").stat().st_size


def test_a_backup_over_a_file_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "one.backup"))
    code, _, err = run("backup", str(tmp_path / "one.backup"))
    assert (code, "exists already" in err) == (1, True)


def test_a_backup_into_a_folder_that_is_not_there_is_refused_in_a_sentence(
    run: Run, tmp_path: Path
) -> None:
    code, _, err = run("backup", str(tmp_path / "nowhere/one.backup"))
    assert (code, "cannot be used" in err) == (1, True)


def test_an_installation_stands_down_and_takes_over_again(run: Run) -> None:
    assert document(run("stand-down", "--json")) == {"on_their_way": 0}
    assert document(run("status", "--json"))["held"] == "stood_down"
    assert document(run("take-over", "--json"))["read_again"] == 0
    assert document(run("status", "--json"))["held"] == ""
