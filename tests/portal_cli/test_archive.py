"""What the command line says about the mailbox to which copies of our mails go."""

from pathlib import Path

import pytest

from tests.portal_cli.conftest import Terminal

IN_LOOP = "[mail]\narchive = 'archive@zheling.example'\n"
ELSEWHERE = "[mail]\ntls = 'ssl'\narchive = 'archive@zheling.example'\n"


def archived(home: Path, text: str) -> None:
    """The settings have this section too."""
    with (home / "orderflow.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def ailing(terminal: Terminal) -> set[str]:
    """What doctor names of the archive."""
    _, out, _ = terminal.run("doctor", "--lang", "en")
    names = {line.partition(":")[0] for line in out.splitlines()}
    return names & {"archive", "archive_box", "archive_away"}


def test_status_counts_what_was_sent_and_what_is_in_doubt(terminal: Terminal) -> None:
    with terminal.world.services.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("update outbox set state = 'unknown' where id = 1")
    found = terminal.json("status")
    assert found["outbox"]["unknown"] == 1
    assert found["oldest_owed_message"]


def test_no_archive_is_said(terminal: Terminal) -> None:
    assert terminal.json("status")["mail_archive"] == "none"
    assert ailing(terminal) == {"archive"}
    assert terminal.run("verify")[0] == 0


def test_an_archive_that_nobody_can_read_is_said_and_not_passed(terminal: Terminal) -> None:
    archived(terminal.home, ELSEWHERE)
    assert ailing(terminal) == {"archive_box"}
    code, out, _ = terminal.run("verify", "--lang", "en")
    assert code == 1
    assert "archive_box is not set" in out


@pytest.mark.parametrize("there", [False, True])
def test_a_box_of_the_local_loop_is_looked_at(terminal: Terminal, there: bool) -> None:
    archived(terminal.home, IN_LOOP)
    box = terminal.home / "mail" / "zheling.example" / "archive"
    for part in ("new", "cur") if there else ():
        (box / part).mkdir(parents=True)
    assert (terminal.json("status")["mail_archive"] == "readable") is there
    assert ailing(terminal) == (set() if there else {"archive_away"})
    assert terminal.run("verify")[0] == (0 if there else 1)
