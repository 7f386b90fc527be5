"""`orderflow up`: everything of one installation, in the foreground, on 127.0.0.1."""

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from deployments import prefect_server
from deployments.home import Home, Locks, home_at, lock
from deployments.parts import COMMANDS, Plan, Wish, own_parts, plan_for
from deployments.supervise import Supervisor
from deployments.words import line, sentence
from domain.errors import Refusal
from domain.names import Language
from templates import errors

Prepare = Callable[[Path, str, bool], None]
"""Brings the database up to date and fills it with samples if asked: home, URL, samples."""

_LOOK_SECONDS = 0.5


class Up:
    """One `up`: its parts and what it tells."""

    def __init__(self, home: Home, wish: Wish, out: TextIO) -> None:
        """Nothing is started yet."""
        self._home = home
        self._wish = wish
        self._out = out
        self._supervisor = Supervisor((), self._tell_of_death)
        self._when_changed: Callable[[], None] = lambda: None

    def start(self, plan: Plan, locks: Locks, prepare: Prepare, commands: dict[str, str]) -> None:
        """Everything answers and HOME/run.json says where."""
        started_at = datetime.now(UTC)
        self._supervisor.keep_open = (locks.shared.fileno(),)
        if plan.cluster is not None:
            if plan.cluster.create():
                self.say("first")
            plan.cluster.forget_dead()
            self._supervisor.start(plan.cluster.part(plan.environment))
            self._supervisor.wait()
            plan.cluster.create_databases()
        self._supervisor.start(plan.prefect_part())
        prepare(self._home.path, plan.database_url, self._wish.samples)
        parts = own_parts(plan, commands)
        self._supervisor.start(parts["mail"])
        self._supervisor.start(parts["worker"])
        self._supervisor.wait("prefect")
        prefect_server.deploy(
            self._home, plan.prefect_api, plan.environment, auth=plan.auth, root=plan.root
        )
        self._supervisor.start(parts["service"])
        self._supervisor.start(parts["portal"])
        self._supervisor.wait()
        self._write(plan, started_at)
        self.say("ready", **plan.addresses())
        self._when_changed = lambda: self._write(plan, started_at)

    def run(self) -> None:
        """What dies is started again; returns only by an interruption."""
        while True:
            time.sleep(_LOOK_SECONDS)
            if self._supervisor.look_after():
                self._when_changed()

    def stop(self) -> None:
        """Nothing runs, and HOME/run.json is gone."""
        self._home.run_json.unlink(missing_ok=True)
        self._supervisor.stop()

    def say(self, key: str, **facts: object) -> None:
        """The line is written for whoever has called us, and that person may be gone."""
        with suppress(OSError):
            self._out.write(line(key, self._wish.language, **facts) + "\n")
            self._out.flush()

    def _tell_of_death(self, name: str, how: str, seconds: float) -> None:
        self.say("restarted", name=name, how=how, seconds=seconds)

    def _write(self, plan: Plan, started_at: datetime) -> None:
        """HOME/run.json, whole at each moment, readable for its owner only."""
        facts = {
            **plan.facts(),
            "pids": {"up": os.getpid(), **self._supervisor.pids},
            "started_at": started_at.isoformat(timespec="seconds"),
        }
        rough = self._home.run_json.with_suffix(".new")
        rough.touch(mode=0o600)
        rough.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")
        rough.replace(self._home.run_json)


def up(
    folder: Path,
    wish: Wish,
    out: TextIO,
    err: TextIO,
    *,
    prepare: Prepare | None = None,
    root: Path = prefect_server.ROOT,
    commands: dict[str, str] | None = None,
) -> int:
    """Runs the installation until Ctrl-C or SIGTERM (0), or says why it cannot (1).

    `prepare`, `root` and `commands` are replaced by tests only.
    """
    home = home_at(folder)
    one = Up(home, wish, out)
    before = {name: signal.signal(name, _interrupted) for name in _ending()}
    locks: Locks | None = None
    try:
        home.make()
        locks = lock(home)
        home.run_json.unlink(missing_ok=True)  # left by an `up` that was killed
        plan = plan_for(home, root, wish)
        one.say("starting", home=home.path)
        one.start(plan, locks, prepare or _prepare(), commands or COMMANDS)
        one.run()
    except KeyboardInterrupt:
        one.say("stopping")
    except Refusal as refusal:
        said = sentence(refusal, wish.language) or errors.sentence(refusal, Language(wish.language))
        err.write(said + "\n")
        return 1
    finally:
        for name in before:
            signal.signal(name, signal.SIG_IGN)  # once is enough
        if locks is not None:
            one.stop()
            locks.release()
        for name, handler in before.items():
            signal.signal(name, handler)
    one.say("stopped")
    return 0


def _ending() -> list[signal.Signals]:
    """What ends us; not the closing of a terminal where `nohup` has said so."""
    hang_up = [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
    return [signal.SIGINT, signal.SIGTERM, *hang_up]


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _prepare() -> Prepare:
    from deployments.prepare import prepare  # late: it loads everything that samples need

    found: Prepare = prepare
    return found
