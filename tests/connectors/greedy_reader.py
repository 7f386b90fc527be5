"""The reading process with two more things to ask, which no mail must be able to do."""

import socket
import sys

from connectors.reader_process import VERBS, mother


def spin() -> None:
    """Never comes back."""
    while True:
        pass


def devour() -> None:
    """Takes memory as long as there is any."""
    taken = [b"x" * (1 << 24)]
    while True:
        taken.append(bytes(1 << 24))


if __name__ == "__main__":
    mother(socket.socket(fileno=int(sys.argv[1])), {**VERBS, "spin": spin, "devour": devour})
