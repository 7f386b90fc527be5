"""Runs the named benchmarks and prints a table, or one JSON document."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from benchmarks.conformance import conformance
from benchmarks.faults.figures import faults
from benchmarks.intake import intake
from benchmarks.lifecycle import lifecycle
from benchmarks.load import load
from benchmarks.mail import mail
from benchmarks.outage import outage
from benchmarks.recognizers import recognizers
from benchmarks.result import NotHere, Result
from benchmarks.simulated import replay, simulation
from benchmarks.struck import struck
from benchmarks.waiting import waiting

BENCHMARKS: Mapping[str, Callable[..., list[Result]]] = {
    "lifecycle": lifecycle,
    "conformance": conformance,
    "mail": mail,
    "intake": intake,
    "waiting": waiting,
    "load": load,
    "outage": outage,
    "simulation": simulation,
    "recognizers": recognizers,
    "faults": faults,
    "struck": struck,
}
SIZED = {
    "waiting": "orders",
    "load": "orders",
    "outage": "orders",
    "simulation": "schedules",
    "faults": "kills",
    "struck": "mails",
}
"""Those that can be told how many of what."""


def main(
    words: Sequence[str] | None = None,
    known: Mapping[str, Callable[..., list[Result]]] = BENCHMARKS,
) -> int:
    """0 when every benchmark ran; 1 when one could not, or a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="+", choices=sorted(known), metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--orders", type=int, help="how many wait, for waiting, load and outage")
    parser.add_argument("--schedules", type=int, help="how many are played, for simulation")
    parser.add_argument("--kills", type=int, help="how many there are at least, for faults")
    parser.add_argument("--mails", type=int, help="how many there are, for struck")
    parser.add_argument("--seed", type=int, help="simulation: only this schedule, with its trace")
    asked = parser.parse_args(words)
    if asked.seed is not None:
        return replay(asked.seed)
    found: list[Result] = []
    for name in asked.names:
        try:
            size = getattr(asked, SIZED[name]) if name in SIZED else None
            found += known[name]() if size is None else known[name](size)
        except (NotHere, TimeoutError, RuntimeError) as why:
            print(f"{name} could not run here: {why}", file=sys.stderr)
            return 1
    if asked.json:
        print(json.dumps(document(found), ensure_ascii=False, indent=2))
    else:
        print_table(found)
    return int(any(each.met is False for each in found))


def document(found: Sequence[Result]) -> dict[str, object]:
    """Machine, instant and every figure as plain values."""
    cores = os.cpu_count()
    machine = f"{platform.system()} {platform.machine()}, {cores} cores"
    return {
        "machine": f"{machine}, Python {platform.python_version()}",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "results": [each.as_json() for each in found],
    }


def print_table(found: Sequence[Result]) -> None:
    """The figures for a person, under the machine and the instant."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    about = document(())
    made = Table(box=None, pad_edge=False, title_justify="left", header_style="bold")
    made.title = f"{about['machine']}, {about['at']}"
    for name in ("figure", "value", "target", "ratio", "detail"):
        made.add_column(name, justify="right" if name == "value" else "left", overflow="fold")
    for each in found:
        made.add_row(*map(Text, each.cells()))
    Console(width=None if sys.stdout.isatty() else 160).print(made)


if __name__ == "__main__":
    raise SystemExit(main())
