"""`orderflow mail replay` in front of an installation."""

from tests.portal_cli.conftest import Terminal


def test_replay_says_that_nothing_was_written(terminal: Terminal) -> None:
    code, out, _ = terminal.run("mail", "replay", "--lang", "en")
    assert code == 0
    assert "nothing was written" in out
    assert terminal.json("mail", "replay") == []


def test_a_day_that_is_none_is_wrong_use(terminal: Terminal) -> None:
    assert terminal.run("mail", "replay", "--since", "gestern")[0] == 2
