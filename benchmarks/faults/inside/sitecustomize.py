"""What Python imports first in a process that is to die at a named point, or to mistake the time.

This folder stands on PYTHONPATH of a doomed installation only; no line of the product knows it.
$ORDERFLOW_FAIL_POINTS names a folder. A file `PART.before_CALL` or `PART.after_CALL` in it kills
the process that reaches that point first (and is gone then); a file `clock` holds the seconds by
which the clock of Orderflow's own processes is wrong.
"""

import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

FOLDER = os.environ.get("ORDERFLOW_FAIL_POINTS", "")
PART = {"mail_loop": "mail", "web": "portal"}
CALLS = {
    "sqlalchemy.orm.session": (("Session", "commit", "commit"),),
    "connectors.mailer_yagmail": (("YagmailMailer", "send", "send"),),
    "connectors.runs_prefect": (
        ("PrefectRuns", "start", "start"),
        ("PrefectRuns", "resume", "resume"),
    ),
    "tasks.standing": (("", "suspend_flow_run", "suspend"), ("", "let_go", "let_go")),
    "deployments.claims": (("Claims", "claim", "claim"),),
    "deployments.crew": (("Crew", "give", "give"),),
    "pathlib": (("Path", "rename", "rename"),),
    "os": (("", "fsync", "fsync"),),
}
"""By module: class (none: a function), what is called, and the name of the point."""
FIRST = os.getpid()


def part() -> str:
    """Which part of the installation this process is; a leg is a fork of the worker."""
    words = sys.orig_argv
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    name = module.rpartition(".")[2]
    return "leg" if name == "worker" and os.getpid() != FIRST else PART.get(name, name)


def reach(point: str) -> None:
    """The process is dead if somebody waits for it at this point."""
    try:
        os.unlink(f"{FOLDER}/{part()}.{point}")  # noqa: PTH108  # pathlib is among what is watched
    except OSError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def watched(call: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The call, with a point before and one after it."""

    def passing(*given: Any, **named: Any) -> Any:
        reach(f"before_{name}")
        try:
            return call(*given, **named)
        finally:
            reach(f"after_{name}")

    return passing


def watch(module: ModuleType) -> None:
    """The calls of this module have their points."""
    for owner, attribute, name in CALLS.get(module.__name__, ()):
        place = getattr(module, owner) if owner else module
        setattr(place, attribute, watched(getattr(place, attribute), name))
    if module.__name__ == "tasks.services":
        build, own_clock = module.build, module.system_clock

        def clock() -> Any:
            try:
                with open(f"{FOLDER}/clock", encoding="ascii") as file:  # noqa: PTH123
                    return own_clock() + timedelta(seconds=float(file.read() or 0))
            except OSError:
                return own_clock()

        vars(module)["build"] = lambda settings: replace(build(settings), clock=clock)


class Watching(importlib.abc.MetaPathFinder):
    """Finds modules as the others do, and watches what is to be watched once it is loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's spec, with a loader that watches; None for any other module."""
        if name not in CALLS and name != "tasks.services":
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                execute = spec.loader.exec_module

                def exec_module(module: ModuleType, execute: Any = execute) -> None:
                    execute(module)
                    watch(module)

                vars(spec.loader)["exec_module"] = exec_module
                return spec
        return None


if FOLDER:
    sys.meta_path.insert(0, Watching())
    for known in ("os", "pathlib"):
        watch(sys.modules.get(known) or importlib.import_module(known))
