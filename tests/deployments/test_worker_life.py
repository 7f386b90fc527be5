"""The life of a worker and its legs, with real processes: nothing is lost, nothing begun twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deployments.home import Home, home_at
from deployments.wake import wake
from tests.deployments.fake_prefect import FakePrefect, serving

ROOT = Path(__file__).parent.parent.parent
Until = Callable[[Callable[[], object]], bool]


@dataclass
class Site:
    """A folder in which workers run for a Prefect that is not real."""

    home: Home
    prefect: FakePrefect
    until: Until
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, *words: str) -> subprocess.Popen[bytes]:
        """A worker that takes runs."""
        command = [sys.executable, "-m", "tests.deployments.worker_stub"]
        known = len(self.pids("listener"))
        with self.home.log("worker").open("ab") as log:
            one = subprocess.Popen(
                [*command, "--home", str(self.home.path), *words],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "ORDERFLOW_PREFECT__API": self.prefect.api},
                start_new_session=True,
            )
        self.workers.append(one)
        assert self.until(lambda: len(self.pids("listener")) > known), self.said()
        return one

    def start(self, mode: str, deployment: str = "order") -> str:
        """A run that is due; the worker has been told."""
        run = self.prefect.start(mode, deployment)
        self.wake(run)
        return run

    def wake(self, run: str) -> None:
        """The worker hears of the run."""
        wake(self.home.worker_socket, run)

    def go(self, run: str) -> None:
        """The leg of the run may end."""
        (self.home.path / f"go-{run}").touch()

    def code(self, text: str) -> None:
        """The program that workers load from now on."""
        (self.home.path / "code").write_text(text)

    def notes(self, file: str) -> list[list[str]]:
        """What legs of a run (or listeners) have written: code and process number."""
        path = self.home.path / file
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []

    def pids(self, file: str) -> list[int]:
        """The processes that have written there."""
        return [int(pid) for _, pid in self.notes(file)]

    def becomes(self, run: str, kind: str) -> bool:
        """Whether the run gets there."""
        return self.until(lambda: self.prefect.state(run) == kind)

    def noted(self, run: str) -> bool:
        """Whether the next worker would tell of this leg if the worker died now."""
        return (self.home.data / "legs" / run).exists()

    def said(self) -> str:
        """The worker's log."""
        return self.home.log("worker").read_text()


def lives(pid: int) -> bool:
    """Whether the process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def site(tmp_path: Path, until: Until) -> Iterator[Site]:
    home = home_at(tmp_path)
    home.make()
    with serving() as prefect:
        one = Site(home, prefect, until)
        one.code("old")
        yield one
        for worker in one.workers:
            worker.kill()
            worker.wait()


def test_a_killed_leg_is_told_at_once_and_once(site: Site) -> None:
    site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    os.kill(site.pids(run)[0], signal.SIGKILL)
    assert site.becomes(run, "CRASHED")
    assert "SIGKILL" in site.prefect.message(run)
    assert site.until(lambda: not site.noted(run))
    site.prefect.becomes(run, "SCHEDULED")  # somebody presses Retry
    site.wake(run)
    assert site.until(lambda: len(site.pids(run)) == 2)
    site.go(run)
    assert site.becomes(run, "COMPLETED")
    assert site.prefect.states(run).count("CRASHED") == 1


def test_a_death_told_late_spares_who_carries_the_run_since(site: Site) -> None:
    site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    site.prefect.away = True
    os.kill(site.pids(run)[0], signal.SIGKILL)
    assert site.until(lambda: "does not answer" in site.said())
    for kind in ("SCHEDULED", "PENDING", "RUNNING"):  # another worker has it
        site.prefect.becomes(run, kind)
    site.prefect.away = False
    assert site.until(lambda: not site.noted(run))
    assert site.prefect.state(run) == "RUNNING"


def test_a_leg_that_takes_too_long_is_ended(site: Site) -> None:
    site.worker("--leg-seconds", "0.1")
    run = site.start("long")
    assert site.becomes(run, "CRASHED")
    assert "too long" in site.prefect.message(run)
    assert not lives(site.pids(run)[0])


def test_a_cancelled_run_ends_with_its_process(site: Site) -> None:
    site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    site.prefect.becomes(run, "CANCELLING")
    site.wake(run)
    assert site.becomes(run, "CANCELLED")
    assert not lives(site.pids(run)[0])


def test_a_run_resumed_before_its_old_process_has_gone_is_carried_on(site: Site) -> None:
    site.worker()
    run = site.start("pause")
    assert site.becomes(run, "PAUSED")
    site.prefect.becomes(run, "SCHEDULED")
    site.wake(run)
    assert site.until(lambda: len(site.pids(run)) == 2)
    old, new = site.pids(run)
    assert lives(old)
    os.kill(old, signal.SIGKILL)
    assert site.until(lambda: not Path(f"/proc/{old}").exists())
    assert site.becomes(site.start("quick"), "COMPLETED")  # the worker has turned since
    assert lives(new)
    assert site.noted(run)
    site.go(run)
    assert site.until(lambda: not site.noted(run))
    assert "CRASHED" not in site.prefect.states(run)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_stopped_worker_lets_its_legs_end_and_takes_no_more(site: Site, name: str) -> None:
    worker = site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    os.killpg(worker.pid, signal.Signals[name])  # as Ctrl-C does it
    late = site.start("quick")
    site.go(run)
    assert worker.wait(30) == 0
    assert site.prefect.state(run) == "COMPLETED"
    assert site.prefect.state(late) == "SCHEDULED"
    assert not site.home.worker_socket.exists()


@pytest.mark.parametrize("words", [("--stop-seconds", "0.1"), ()])
def test_what_does_not_end_in_time_or_is_stopped_twice_is_ended_and_told(
    site: Site, words: tuple[str, ...]
) -> None:
    worker = site.worker(*words)
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    worker.send_signal(signal.SIGTERM)
    if not words:
        worker.send_signal(signal.SIGINT)
    assert worker.wait(30) == 0
    assert site.prefect.state(run) == "CRASHED"
    assert "stopped" in site.prefect.message(run)
    assert not lives(site.pids(run)[0])


@pytest.mark.parametrize("told_by", ["signal", "file"])
def test_new_code_is_taken_up_without_losing_or_repeating_a_run(site: Site, told_by: str) -> None:
    stamp = site.home.path / "stamp"
    stamp.touch()
    worker = site.worker("--stamp", str(stamp))
    before = site.start("long")
    assert site.until(lambda: site.pids(before))
    site.code("new")
    if told_by == "signal":
        worker.send_signal(signal.SIGHUP)
    else:
        stamp.write_text("2")
    assert site.until(lambda: "no new legs" in site.said())
    late = site.start("quick")
    site.go(before)
    assert site.becomes(before, "COMPLETED")
    assert site.becomes(late, "COMPLETED")
    assert [code for code, _ in (*site.notes(before), *site.notes(late))] == ["old", "new"]
    assert worker.poll() is None


def test_new_code_that_cannot_be_loaded_leaves_the_worker_as_it_is(site: Site) -> None:
    worker = site.worker()
    site.code("broken")
    worker.send_signal(signal.SIGHUP)
    assert site.until(lambda: "cannot be loaded" in site.said())
    assert site.becomes(run := site.start("quick"), "COMPLETED")
    assert site.notes(run)[0][0] == "old"
    site.code("mended")
    worker.send_signal(signal.SIGHUP)
    assert site.until(lambda: len(site.pids("listener")) == 2)
    assert site.becomes(run := site.start("quick"), "COMPLETED")
    assert site.notes(run)[0][0] == "mended"


def test_legs_die_with_their_worker_and_the_next_one_tells(site: Site) -> None:
    worker = site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    worker.kill()
    worker.wait()
    assert site.until(lambda: not lives(site.pids(run)[0]))
    assert site.prefect.state(run) == "RUNNING"
    site.worker()
    assert site.becomes(run, "CRASHED")
    assert "worker died" in site.prefect.message(run)


def test_a_killed_listener_comes_back(site: Site) -> None:
    site.worker()
    for count in (1, 2):
        os.kill(site.pids("listener")[-1], signal.SIGKILL)
        assert site.until(lambda: len(site.pids("listener")) > count)  # noqa: B023 (called at once)
    assert "SIGKILL" in site.said()


def test_a_second_worker_on_the_folder_is_one_more_and_harms_no_leg(site: Site) -> None:
    first = site.worker()
    run = site.start("long")
    assert site.until(lambda: site.pids(run))
    site.worker()
    assert site.until(lambda: len(site.prefect.workers) == 2)
    first.send_signal(signal.SIGSTOP)
    assert site.becomes(site.start("quick"), "COMPLETED")
    first.send_signal(signal.SIGCONT)
    site.go(run)
    assert site.becomes(run, "COMPLETED")


def test_a_run_that_nobody_can_take_holds_up_no_other(site: Site) -> None:
    site.worker()
    assert site.becomes(site.start("quick"), "COMPLETED")
    stuck = [site.start("quick", deployment="gone") for _ in range(3)]
    assert site.becomes(site.start("quick"), "COMPLETED")
    assert {site.prefect.state(run) for run in stuck} == {"SCHEDULED"}
    assert site.until(lambda: all(f"run {run} cannot be taken" in site.said() for run in stuck))
