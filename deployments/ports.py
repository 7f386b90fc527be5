"""Ports on this machine, of which we use only the loopback address."""

import socket

from deployments.errors import PortTaken

HOST = "127.0.0.1"


def usable(name: str, port: int, option: str) -> int:
    """The port, or any free one for 0; `PortTaken` when something listens there."""
    with socket.socket() as probe:
        # As servers do: a port whose old connections are still dying away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(name, port, option) from error
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something listens on the port."""
    try:
        with socket.create_connection((HOST, port), timeout=1.0):
            return True
    except OSError:
        return False
