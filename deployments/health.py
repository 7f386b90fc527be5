"""Whether a part on this machine does its work: `python -m deployments.health PART`, exit 0 or 1.

For whatever holds the containers. A part that only lives is not healthy: the worker must be online
in Prefect, and each of the service's duties must come round.
"""

import argparse
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from deployments import ports, prefect_server
from deployments.home import home_at
from tasks.settings import Settings, default_home, load

LONGEST_ROUND_SECONDS = 300.0
"""A duty that has not come round for so long hangs; a slow mail server takes less."""
_BEAT_SECONDS = 5.0


class Pulse:
    """A file for each duty, as old as its last round. One writer a name."""

    def __init__(self, home: Path) -> None:
        """Files lie in HOME/data/pulse; those of an earlier life are gone."""
        self._folder = home_at(home).data / "pulse"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._last: dict[str, float] = {}
        for old in self._folder.iterdir():
            old.unlink()

    def beat(self, name: str) -> None:
        """The duty has come round now."""
        now = time.monotonic()
        if now - self._last.get(name, -_BEAT_SECONDS) >= _BEAT_SECONDS:
            self._last[name] = now
            with suppress(OSError):  # a full disk ends no duty; it is told as not healthy
                (self._folder / name).touch()


def prefect(settings: Settings) -> bool:
    """Whether the API server on this machine answers."""
    return prefect_server.healthy(f"http://{ports.HOST}:4200/api")


def portal(settings: Settings) -> bool:
    """Whether the pages on this machine are served."""
    return ports.answers(settings.portal.port)


def service(settings: Settings) -> bool:
    """Whether every duty has come round lately."""
    folder = home_at(settings.home).data / "pulse"
    rounds = [file.stat().st_mtime for file in folder.glob("*")]
    return bool(rounds) and time.time() - min(rounds) < LONGEST_ROUND_SECONDS


def worker(settings: Settings) -> bool:
    """Whether Prefect counts a worker of this machine as online."""
    body = {"workers": {"status": {"any_": ["ONLINE"]}}}
    where = f"{settings.prefect.api}/work_pools/{prefect_server.POOL}/workers/filter"
    user, _, password = settings.prefect.auth.get_secret_value().partition(":")
    with httpx.Client(auth=(user, password) if user else None, trust_env=False) as http:
        found = http.post(where, json=body, timeout=5.0)
    return found.is_success and any(socket.gethostname() in each["name"] for each in found.json())


PARTS: dict[str, Callable[[Settings], bool]] = {
    each.__name__: each for each in (prefect, portal, service, worker)
}


def main(words: list[str] | None = None) -> int:
    """The command line: 0 when the part does its work, else 1."""
    parser = argparse.ArgumentParser(prog="python -m deployments.health", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--home", type=Path, default=default_home(os.environ))
    given = parser.parse_args(words)
    try:
        return 0 if PARTS[given.part](load(given.home)) else 1
    except (OSError, httpx.HTTPError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
