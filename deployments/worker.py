"""The worker: one warm process that forks for each leg of a run, woken by a datagram.

`python -m deployments.worker --home DIR`, from the folder that holds prefect.yaml. It has one
thread, as a fork copies only the thread that calls it.
"""

import argparse
import gc
import importlib
import logging
import os
import selectors
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from deployments.claims import Claims
from deployments.home import Home, home_at
from deployments.leg import carry, load, make_light
from deployments.legs import Legs
from deployments.prefect_server import POOL, client_environment, deployments_of
from deployments.subscriber import subscribe
from deployments.wake import listen, received
from templates.render import compile_all

POLL_SECONDS = 2.0
BEAT_SECONDS = 30
LEGS = 8
"""So many legs run at a time; further ones wait."""
LOADED_EARLY = ("numpy.random", "pandas", "psycopg", "sqlalchemy.dialects.postgresql.psycopg")
"""What stages load only when they need it: a leg would need half a second for all of it."""

log = logging.getLogger("orderflow.worker")


class Worker:
    """The parent of all legs."""

    def __init__(self, home: Home, claims: Claims, flows: Mapping[str, Any], limit: int) -> None:
        """`flows` maps an entry point to its loaded flow; at most `limit` legs at a time."""
        self._home = home
        self._claims = claims
        self._flows = flows
        self._limit = limit
        self._name = f"orderflow-{socket.gethostname()}"
        self._wanted: dict[str, None] = {}  # in the order of asking
        self._receiver = listen(home.worker_socket)
        self._alarm, self._bell = socket.socketpair()
        self._legs = Legs(home, claims, self._let_go)
        self._next_poll = self._next_beat = 0.0
        self._stopping = False

    def serve(self) -> None:
        """Carries out what is due until SIGTERM or SIGINT."""
        self._hear_signals()
        self._legs.bury()
        listener = self._legs.fork(lambda: subscribe(self._home.worker_socket))
        with selectors.DefaultSelector() as selector:
            selector.register(self._receiver, selectors.EVENT_READ)
            selector.register(self._alarm, selectors.EVENT_READ)
            while not self._stopping:
                selector.select(max(0.0, self._next_poll - time.monotonic()))
                _drain(self._alarm)
                self._wanted.update(dict.fromkeys(received(self._receiver)))
                if listener in self._turn():
                    log.warning("the listener for Prefect's events has ended; polling goes on")
        self._home.worker_socket.unlink(missing_ok=True)
        self._legs.end()
        self._claims.close()

    def _turn(self) -> list[int]:
        """Does what can be done now; ended children that were no legs."""
        try:
            others = self._legs.reap()
            now = time.monotonic()
            if now >= self._next_poll:
                self._next_poll = now + POLL_SECONDS
                self._poll(now)
            self._start_wanted()
        except httpx.HTTPError as error:
            log.warning("Prefect does not answer: %s", type(error).__name__)
            self._next_poll = time.monotonic() + POLL_SECONDS
            return []
        return others

    def _poll(self, now: float) -> None:
        """What no datagram has told: due runs, and legs whose run was cancelled."""
        if now >= self._next_beat:
            self._next_beat = now + BEAT_SECONDS
            self._claims.beat(self._name, BEAT_SECONDS)
        free = self._limit - len(self._legs)
        if free > 0:
            self._wanted.update(dict.fromkeys(self._claims.due(datetime.now(UTC), 2 * free)))
        if self._legs:
            for run in self._claims.cancelling(self._legs.runs):
                self._legs.kill(run)

    def _start_wanted(self) -> None:
        """Legs for what is wanted, as long as there is room; the rest stays wanted."""
        for flow_run_id in list(self._wanted):
            carried = flow_run_id in self._legs.runs
            if len(self._legs) >= self._limit and not carried:
                continue
            del self._wanted[flow_run_id]  # also if this fails: the next poll finds it again
            self._look_at(flow_run_id, carried=carried)

    def _look_at(self, flow_run_id: str, *, carried: bool) -> None:
        """Starts the run if it is due and nobody else has taken it; ends it if it is cancelled."""
        run = self._claims.look(flow_run_id)
        if run is None:
            return
        if carried and (run.get("state") or {}).get("type") == "CANCELLING":
            self._legs.kill(flow_run_id)
            return
        claim = self._claims.claim(run, datetime.now(UTC))
        if claim is not None:
            flow = self._flows.get(claim.entrypoint)
            self._legs.start(
                claim.flow_run_id, lambda: carry(flow or load(claim.entrypoint), claim.run)
            )

    def _let_go(self) -> None:
        for end in (self._receiver, self._alarm, self._bell):
            end.close()
        self._claims.close()

    def _hear_signals(self) -> None:
        """Every signal wakes the loop."""
        self._alarm.setblocking(False)
        self._bell.setblocking(False)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)

    def _stop(self, *_: object) -> None:
        self._stopping = True


def _drain(alarm: socket.socket) -> None:
    try:
        while alarm.recv(1024):
            pass
    except BlockingIOError:
        return


def warm(root: Path, api: str, auth: str, home: Home) -> dict[str, Any]:
    """The flows of prefect.yaml by entry point, loaded into this process with one thread."""
    os.environ.update(client_environment(home, api, auth))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy must start none either
    make_light()
    flows = {one["entrypoint"]: load(one["entrypoint"]) for one in deployments_of(root)}
    for name in LOADED_EARLY:
        importlib.import_module(name)
    compile_all()  # half a second here, a quarter of a second in every leg that writes a mail
    if threading.active_count() > 1:
        log.warning("loading the flows has started threads; a leg will not have them")
    gc.collect()
    gc.freeze()  # what is loaded stays shared between the processes
    return flows


def main(words: list[str], environment: Callable[[str], str | None] = os.environ.get) -> int:
    """The command line: exit code 0 after an orderly stop."""
    parser = argparse.ArgumentParser(prog="deployments.worker", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=LEGS, help="legs at a time")
    given = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    home = home_at(given.home)
    home.make()
    api = environment("ORDERFLOW_PREFECT__API") or environment("PREFECT_API_URL") or ""
    auth = environment("ORDERFLOW_PREFECT__AUTH") or ""
    flows = warm(Path.cwd(), api, auth, home)
    Worker(home, Claims(api, POOL, auth), flows, given.limit).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
