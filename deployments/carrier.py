"""A child of the worker that carries one leg after another.

What the first leg has opened and compiled serves the next: a fresh process for each leg spent two
thirds of its time on compiling the same SQL statements and opening the same connections again.
"""

import json
import os
import socket
import struct
from collections.abc import Callable
from typing import NoReturn

from deployments.claims import Claim
from deployments.leg import say_goodbye

LEGS = 100
"""After so many legs the process ends and another begins: nothing can pile up in it for ever."""
LARGEST_MESSAGE = 1 << 20
_REPLY = struct.Struct("=iB")


def order(link: socket.socket, claim: Claim) -> None:
    """The carrier at the other end of the link is told to carry the run."""
    link.send(json.dumps([claim.flow_run_id, claim.run, claim.entrypoint]).encode())


def carry_on(link: socket.socket, replies: int, act: Callable[[Claim], int]) -> NoReturn:
    """Carries what comes over the link and says on `replies` how each went; ends with the link.

    A leg that went wrong is the last one: nobody knows what it has left behind.
    """
    code = 0
    for _ in range(LEGS):
        message = link.recv(LARGEST_MESSAGE)
        if not message:
            break
        code = act(Claim(*json.loads(message)))
        os.write(replies, _REPLY.pack(os.getpid(), code))
        if code:
            break
    say_goodbye()
    os._exit(code)


def read_replies(replies: int) -> list[tuple[int, int]]:
    """Process number and code of each leg that has ended since the last look; does not wait."""
    try:
        heard = os.read(replies, 1000 * _REPLY.size)
    except BlockingIOError:
        return []
    return [(pid, code) for pid, code in _REPLY.iter_unpack(heard)]
