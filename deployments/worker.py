"""The worker: one warm process that forks for each leg of a run.

`prefect worker start --type orderflow --pool orderflow` becomes this process, and `orderflow up`
starts it as `python -m deployments.worker --home DIR`, in the folder that holds prefect.yaml.

SIGTERM, SIGINT: no new legs; it ends with the last, or after a while. SIGHUP: the same, but then it
begins anew with the code as it is now.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from deployments.claims import Claims
from deployments.home import Home, home_at
from deployments.parent import Leaving, Limits, Parent
from deployments.prefect_server import POOL
from deployments.renewal import TRY, become
from deployments.seat import take_seat
from deployments.warm import Warm, warm
from tasks.settings import load as settings_in

Loads = Callable[[Home, str, str], Warm]
"""Loads all code, given the home, the address of Prefect's API and its user:password."""


def main(words: list[str], loads: Loads = warm) -> int:
    """The command line: exit code 0 after an orderly stop; `loads` is replaced by tests only."""
    # Begun by a SIGHUP it must not die of the next one while it loads.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    given = _parser().parse_args(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    home = home_at(given.home)
    home.make()
    api = os.environ.get("ORDERFLOW_PREFECT__API") or os.environ.get("PREFECT_API_URL") or ""
    auth = os.environ.get("ORDERFLOW_PREFECT__AUTH") or ""
    loaded = loads(home, api, auth)
    if given.only_try:
        return 0
    parent = Parent(
        home=home,
        seat=replace(take_seat(home), **({"name": given.name} if given.name else {})),
        claims=Claims(api, given.pool, auth),
        loaded=loaded,
        limits=_limits(given, home),
        stamp=given.stamp,
    )
    if parent.serve() is Leaving.RENEW:
        become()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deployments.worker", description=__doc__)
    limits = Limits()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--pool", default=POOL)
    parser.add_argument("--name", default="", help="in Prefect; default: after the machine")
    parser.add_argument("--limit", type=int, default=limits.legs, help="legs at a time")
    parser.add_argument("--leg-seconds", type=float, help="default: [policy] leg_seconds")
    parser.add_argument("--stop-seconds", type=float, default=limits.stop_seconds)
    parser.add_argument("--renew-seconds", type=float, default=limits.renew_seconds)
    parser.add_argument("--stamp", type=Path, help="a file that changes when new code is complete")
    parser.add_argument(TRY, dest="only_try", action="store_true", help="load everything, and end")
    return parser


def _limits(given: argparse.Namespace, home: Home) -> Limits:
    leg_seconds = given.leg_seconds or settings_in(home.path).policy.leg_seconds
    return Limits(given.limit, leg_seconds, given.stop_seconds, given.renew_seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
