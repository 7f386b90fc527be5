"""A datagram wakes the worker at once; without it the worker would look every few seconds."""

import re
import socket
from contextlib import suppress
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def wake(worker_socket: Path, flow_run_id: str) -> None:
    """The worker knows that this run is due; nothing happens when no worker is there."""
    with (
        suppress(OSError),  # no worker, or its queue is full: it finds the run by itself
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
    ):
        sender.setblocking(False)
        sender.sendto(flow_run_id.encode("ascii"), str(worker_socket))


def listen(worker_socket: Path) -> socket.socket:
    """The worker's end, not blocking."""
    worker_socket.unlink(missing_ok=True)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(str(worker_socket))
    worker_socket.chmod(0o600)
    receiver.setblocking(False)
    return receiver


def received(receiver: socket.socket) -> list[str]:
    """The ids that have come in since the last call; what is none is left out."""
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(receiver.recv(64).decode("ascii", "replace"))
    return [text for text in found if _ID.fullmatch(text)]
