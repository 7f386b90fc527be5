"""`python -m portal.web --home DIR`: serves the pages on 127.0.0.1 until it is told to stop."""

import argparse
import logging
import signal
import sys
from pathlib import Path

import uvicorn

from portal.web.app import portal
from tasks.services import build
from tasks.settings import load

DEFAULT_PORT = 8080


def main(words: list[str]) -> int:
    """The command line: exit code 0 after an orderly stop."""
    parser = argparse.ArgumentParser(prog="portal.web", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    # Behind a gateway in a network of its own; never an address that the internet reaches.
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # The server raises the signal again once it has stopped in good order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    services = build(load(given.home.expanduser().absolute()))
    uvicorn.run(
        portal(services),
        host=given.host,
        port=services.settings.portal.port or DEFAULT_PORT,
        # The guard writes a log of its own: uvicorn's would hold the tokens of links.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
