"""The reader's own process: it has loaded all parsers once, and forks whoever reads.

A fork costs 3 ms where a fresh Python costs a second: one that was killed is replaced at once.
What is asked and answered are pickles of ours between processes of one user, length first.
"""

import gc
import os
import pickle
import resource
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from domain.errors import Unreadable
from domain.mail.opened import opened, understood

CPU_SECONDS = 8
MEMORY_BYTES = 1 << 30

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 20


VERBS: Mapping[str, Callable[..., Any]] = {
    "open": opened,
    "understand": understood,
}
"""What can be asked of it."""


def send(to: socket.socket, what: object) -> None:
    """The other side has the value."""
    data = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    to.sendall(_LENGTH.pack(len(data)) + data)


def receive(source: socket.socket, rest: Callable[[], float | None] = lambda: None) -> Any:
    """The other side's next value; `rest` says how many seconds to wait for more. EOFError."""
    (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size, rest))
    return pickle.loads(_exactly(source, length, rest))  # noqa: S301  # our own process speaks


def _exactly(source: socket.socket, length: int, rest: Callable[[], float | None]) -> bytes:
    got = bytearray()
    while len(got) < length:
        source.settimeout(rest())
        piece = source.recv(min(length - len(got), _CHUNK))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def answer(verbs: Mapping[str, Callable[..., Any]], verb: str, *words: Any) -> tuple[bool, Any]:
    """What comes of it: done and the value, or not done and the reason."""
    try:
        return True, verbs[verb](*words)
    except Unreadable as refused:
        return False, refused.reason
    except MemoryError:
        return False, "too_much_memory"
    except RecursionError:
        return False, "too_deep"
    except Exception as mistake:  # noqa: BLE001  # an edge that must not die: our mistake is the mail's reason
        _note(mistake)
        return False, "broken"


def _note(mistake: Exception) -> None:
    """The kind and place of the mistake for the log; its text may be the mail's."""
    place = traceback.extract_tb(mistake.__traceback__)[-1]
    where = f"{place.filename}:{place.lineno}"
    with suppress(OSError):  # where the log is a file: a reader writes none, and goes on
        sys.stderr.write(f"reader: {type(mistake).__name__} at {where}\n")
        sys.stderr.flush()


def serve(source: socket.socket, verbs: Mapping[str, Callable[..., Any]]) -> None:
    """Reads what it is given until nobody gives more, or until it has taken too much."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a reader writes no file
    while True:
        try:
            asked = receive(source)
        except (EOFError, ConnectionError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        said = answer(verbs, *asked)
        send(source, said)
        if said[1] == "too_much_memory":
            return  # what it has taken is given back by its end


def mother(control: socket.socket, verbs: Mapping[str, Callable[..., Any]] = VERBS) -> None:
    """Forks a reader for each socket that comes, and says its pid and how the last one ended."""
    gc.collect()
    gc.freeze()
    last = 0
    while True:
        word, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        ended = os.waitpid(last, 0)[1] if last else 0
        with socket.socket(fileno=handles[0]) as source:
            last = os.fork()
            if last == 0:
                control.close()
                serve(source, verbs)
                os._exit(0)
        control.sendall(struct.pack("!qq", last, ended))


if __name__ == "__main__":
    mother(socket.socket(fileno=int(sys.argv[1])))
