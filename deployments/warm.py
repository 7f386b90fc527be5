"""Everything that legs need, loaded once into a process with one thread."""

import gc
import importlib
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deployments.claims import Claim
from deployments.home import Home
from deployments.leg import carry, load, make_light
from deployments.prefect_server import client_environment, deployments_of
from deployments.subscriber import subscribe
from templates.render import compile_all


@dataclass(frozen=True)
class Warm:
    """What the worker's children do: `act` with a claim, `hear` with the worker's socket."""

    act: Callable[[Claim], int]
    hear: Callable[[Path], None] = subscribe


LOADED_EARLY = ("numpy.random", "pandas", "psycopg", "sqlalchemy.dialects.postgresql.psycopg")
"""What stages load only when they need it: a leg would need half a second for all of it."""

log = logging.getLogger("orderflow.worker")


def warm(home: Home, api: str, auth: str) -> Warm:
    """What a leg does, with the flows of the working directory's prefect.yaml loaded."""
    os.environ.update(client_environment(home, api, auth))
    os.environ["ORDERFLOW_HOME"] = str(home.path)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy must start none either
    make_light()
    flows = {one["entrypoint"]: load(one["entrypoint"]) for one in deployments_of(Path.cwd())}
    for name in LOADED_EARLY:
        importlib.import_module(name)
    compile_all()  # half a second here, a quarter of a second in every leg that writes a mail
    if threading.active_count() > 1:
        log.warning("loading the flows has started threads; a leg will not have them")
    gc.collect()
    gc.freeze()  # what is loaded stays shared between the processes

    def act(claim: Claim) -> int:
        return carry(flows.get(claim.entrypoint) or load(claim.entrypoint), claim.run)

    return Warm(act)
