"""What each of several workers on one folder has to itself: a number, a socket, its legs' notes."""

import fcntl
import socket
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO

from deployments.home import Home


@dataclass(frozen=True)
class Seat:
    """Held until `leave` or the end of the process. Our service wakes the first seat only."""

    name: str
    """The worker's name in Prefect: after the machine, with a number from the second seat on."""
    address: Path
    notes: Path
    lock: IO[str]

    def leave(self) -> None:
        """The seat is free once every copy of the lock is closed; a forked child drops its own."""
        self.lock.close()


def take_seat(home: Home) -> Seat:
    """The first free seat: a worker that is started again finds the notes of its last life."""
    for number in count(1):
        more = "" if number == 1 else f"-{number}"
        lock = (home.data / f"worker{more}.lock").open("a", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        address = home.worker_socket if number == 1 else home.socket(f"worker{more}.sock")
        name = f"orderflow-{socket.gethostname()}{more}"
        return Seat(name, address, home.data / f"legs{more}", lock)
    raise AssertionError("there is always a next number")
