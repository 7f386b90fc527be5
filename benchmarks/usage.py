"""What an installation uses: its processes, and the processor time of each part."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
STARTED_BY, OWN, ENDED_CHILDREN = 1, slice(11, 13), slice(13, 15)
"""Where /proc/PID/stat says these, counted behind the name of the program."""


@dataclass(frozen=True)
class Usage:
    """Processes of an installation, and the share of one core (0 to 1) that each part used."""

    processes: int
    shares: Mapping[str, float]

    @property
    def share(self) -> float:
        """Of all parts together."""
        return sum(self.shares.values())


def usage(home: Path, seconds: float) -> Usage:
    """What is used during so many seconds from now."""
    before, began = used(home), time.monotonic()
    time.sleep(seconds)
    after, passed = used(home), time.monotonic() - began
    shares = {part: (after[part] - before.get(part, 0.0)) / passed for part in after}
    return Usage(len(_parts(home)), shares)


def used(home: Path) -> dict[str, float]:
    """Seconds of processor time that each part has used so far, with its ended children."""
    found: dict[str, float] = defaultdict(float)
    for pid, part in _parts(home).items():
        facts = _facts(pid)
        times = [*facts[OWN], *facts[ENDED_CHILDREN]] if facts else []
        found[part] += sum(map(int, times)) / TICKS
    return found


def _parts(home: Path) -> dict[int, str]:
    """Every process of the installation and the part to which it belongs."""
    roots = json.loads((home / "run.json").read_text("utf-8"))["pids"]
    children: dict[int, list[int]] = defaultdict(list)
    for pid in _pids():
        facts = _facts(pid)
        if facts:
            children[int(facts[STARTED_BY])].append(pid)
    names = {pid: name for name, pid in roots.items()}
    found: dict[int, str] = {}

    def walk(pid: int, part: str) -> None:
        found[pid] = part
        for child in children[pid]:
            walk(child, names.get(child, part))

    walk(roots["up"], "up")
    return found


def _pids() -> Iterator[int]:
    for entry in PROC.iterdir():
        if entry.name.isdecimal():
            yield int(entry.name)


def _facts(pid: int) -> list[str]:
    """The figures of /proc/PID/stat behind the program's name; nothing once it has ended."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
