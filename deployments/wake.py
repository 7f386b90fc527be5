"""A datagram wakes the worker at once; without it the worker would look every few seconds."""

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(~?)")
ECHO_SECONDS = 2.0
"""An event that comes so soon after our service's word says nothing new."""


@dataclass(frozen=True)
class Word:
    """A run to look at; `echo` of an event that our service's own call may have caused."""

    flow_run_id: str
    echo: bool = False


def wake(worker_socket: Path, flow_run_id: str, *, echo: bool = False) -> None:
    """The worker knows that this run is due; nothing happens when no worker is there."""
    with (
        suppress(OSError),  # no worker, or its queue is full: it finds the run by itself
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
    ):
        sender.setblocking(False)
        sender.sendto(f"{flow_run_id}{'~' * echo}".encode("ascii"), str(worker_socket))


def listen(worker_socket: Path) -> socket.socket:
    """The worker's end, not blocking."""
    worker_socket.unlink(missing_ok=True)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(str(worker_socket))
    worker_socket.chmod(0o600)
    receiver.setblocking(False)
    return receiver


def received(receiver: socket.socket) -> list[Word]:
    """What has come in since the last call; what is no word is left out."""
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(receiver.recv(64).decode("ascii", "replace"))
    words = (_WORD.fullmatch(text) for text in found)
    return [Word(word[1], echo=bool(word[2])) for word in words if word]


class Echoes:
    """What our service has told and no event has repeated yet."""

    def __init__(self) -> None:
        """Nothing was told."""
        self._told: dict[str, float] = {}

    def without(self, words: Iterable[Word], now: float) -> list[str]:
        """Runs to look at: one event is passed over for each word of our service before it."""
        self._told = {run: at for run, at in self._told.items() if now - at < ECHO_SECONDS}
        return [word.flow_run_id for word in words if not self._repeats(word, now)]

    def _repeats(self, word: Word, now: float) -> bool:
        if word.echo:
            return self._told.pop(word.flow_run_id, None) is not None
        self._told[word.flow_run_id] = now
        return False
