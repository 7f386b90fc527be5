"""One run of a flow in a process of its own, forked from a worker that has all code loaded."""

import asyncio
import atexit
import importlib
import inspect
import os
import ssl
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any, NoReturn

NOT_NEEDED = ("observe_flow_run_suspension", "_send_heartbeats")
"""Parts of Prefect's engine that a leg does without."""


def load(entrypoint: str) -> Any:
    """The flow named `package.module.function`."""
    module, _, name = entrypoint.rpartition(".")
    return getattr(importlib.import_module(module), name)


def make_light() -> None:
    """Prefect does without what a short leg on this machine does not need.

    The names are private: tests/deployments/test_leg.py fails when one is gone.
    """
    # The observer would wait for a websocket before each leg; our runs suspend themselves only.
    # Nobody listens to heartbeats, whose thread would keep a leg alive for up to a second.
    engine = importlib.import_module("prefect.flow_engine")
    for name in NOT_NEEDED:
        setattr(engine, name, _nothing)
    # Reading the certificates takes 20 ms, and a leg makes several clients.
    client = importlib.import_module("prefect.client.orchestration")
    client.ssl = SimpleNamespace(  # type: ignore[attr-defined]
        SSLContext=ssl.SSLContext,
        CERT_NONE=ssl.CERT_NONE,
        create_default_context=cache(ssl.create_default_context),
    )


def carry(flow: Any, run: Mapping[str, Any]) -> NoReturn:
    """Carries out the run and ends this process: 0 when Prefect knows how it went."""
    code = 1
    try:
        code = _carry(flow, run)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 (the edge of a process: whatever it was, it must end here)
        traceback.print_exc()
    finally:
        # A fork must not unwind its parent's stack, but the logs of the run are sent at exit.
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _carry(flow: Any, run: Mapping[str, Any]) -> int:
    from prefect.client.schemas.objects import FlowRun
    from prefect.engine import handle_engine_signals
    from prefect.flow_engine import run_flow

    flow_run = FlowRun.model_validate(run)
    os.environ["PREFECT__FLOW_RUN_ID"] = str(flow_run.id)
    with handle_engine_signals(flow_run.id):
        result = run_flow(flow, flow_run=flow_run)
        if inspect.iscoroutine(result):
            asyncio.run(result)
    return 0


@contextmanager
def _nothing(*args: object, **more: object) -> Iterator[None]:
    yield
