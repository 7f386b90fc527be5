"""One installation, one folder, one `up`; its sockets are nobody else's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deployments.errors import AlreadyRunning, HomeUnusable, StillStopping
from deployments.home import home_at, lock
from deployments.wake import ECHO_SECONDS, Echoes, Word, listen, received, wake

RUN = "0195d0a0-0000-7000-8000-000000000001"
DEEP = "x" * 120


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    home = home_at(tmp_path / "a" / "b")
    home.make()
    home.make()
    assert home.path.stat().st_mode & 0o077 == 0
    assert home.logs.is_dir()


def test_the_second_lock_names_the_first_process(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    held = lock(home)
    with pytest.raises(AlreadyRunning) as refusal:
        lock(home)
    assert refusal.value.pid == os.getpid()
    held.release()
    lock(home).release()


def test_what_an_earlier_start_left_running_is_waited_for(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    held = lock(home)
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, pass_fds=[held.shared.fileno()]
    ) as left_over:
        held.release()
        with pytest.raises(StillStopping):
            lock(home, patience=0.2)
        left_over.communicate(b"\n")
    lock(home, patience=0.2).release()


@pytest.mark.parametrize("name", ["short", DEEP])
def test_a_datagram_arrives_however_deep_the_folder_is(tmp_path: Path, name: str) -> None:
    home = home_at(tmp_path / name)
    home.make()
    with listen(home.worker_socket) as receiver:
        wake(home.worker_socket, RUN)
        wake(home.worker_socket, "../../etc/passwd")
        wake(home.worker_socket, RUN, echo=True)
        assert received(receiver) == [Word(RUN), Word(RUN, echo=True)]
    assert home.worker_socket == home_at(tmp_path / name).worker_socket


def test_waking_nobody_harms_nothing(tmp_path: Path) -> None:
    wake(tmp_path / "worker.sock", RUN)


def test_a_private_folder_that_others_can_enter_is_not_used(tmp_path: Path) -> None:
    home = home_at(tmp_path / DEEP)
    folder = home.worker_socket.parent
    folder.chmod(0o755)
    with pytest.raises(HomeUnusable):
        home.socket("worker.sock")
    folder.rmdir()


def test_an_event_that_repeats_our_services_word_is_passed_over_once() -> None:
    echoes = Echoes()
    assert echoes.without([Word(RUN), Word(RUN, echo=True)], 0.0) == [RUN]
    assert echoes.without([Word(RUN, echo=True)], 0.1) == [RUN]  # somebody's click


def test_an_event_long_after_our_services_word_is_news() -> None:
    echoes = Echoes()
    echoes.without([Word(RUN)], 0.0)
    assert echoes.without([Word(RUN, echo=True)], ECHO_SECONDS + 1) == [RUN]
