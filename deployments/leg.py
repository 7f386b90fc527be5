"""One run of a flow, carried out in a process that has all code loaded."""

import asyncio
import atexit
import importlib
import inspect
import logging
import os
import ssl
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

NOT_NEEDED = ("observe_flow_run_suspension", "_send_heartbeats")
"""Parts of Prefect's engine that a leg does without."""
CONCLUDED = "_engine_outcome_handled"
"""Prefect's note that the attempt of this process has ended; each leg begins without it."""
ONLY_POLICY = {"flow_run_id", "flow_version", "empirical_policy"}
"""What Prefect writes at the start of each execution; it is the same every time."""

OWN: dict[UUID, Any] = {}
"""The run of this leg, for the one time that Prefect would ask the server for what it has."""


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
    # Nothing of ours persists results, so nobody needs to know where the server would put them.
    results = importlib.import_module("prefect.results")
    results._read_server_default_result_storage_block_id = lambda: None  # type: ignore[attr-defined]
    # Reading the certificates takes 20 ms, and a leg makes several clients.
    client = importlib.import_module("prefect.client.orchestration")
    client.ssl = SimpleNamespace(  # type: ignore[attr-defined]
        SSLContext=ssl.SSLContext,
        CERT_NONE=ssl.CERT_NONE,
        create_default_context=cache(ssl.create_default_context),
    )
    _write_no_policy(client.SyncPrefectClient)
    _know_own_run(client.SyncPrefectClient)
    _log_what_we_say(importlib.import_module("prefect.logging.handlers").APILogHandler)


def _write_no_policy(client: Any) -> None:
    update = client.update_flow_run

    def update_flow_run(self: Any, **what: Any) -> Any:
        return None if what.keys() == ONLY_POLICY else update(self, **what)

    client.update_flow_run = update_flow_run


def _know_own_run(client: Any) -> None:
    """The engine reads its run again right after it has told the server of the run's new state."""
    read = client.read_flow_run

    def read_flow_run(self: Any, flow_run_id: UUID) -> Any:
        return OWN.pop(flow_run_id, None) or read(self, flow_run_id)

    client.read_flow_run = read_flow_run


def _log_what_we_say(handler: Any) -> None:
    """The engine's own chatter (started, suspended, finished) is in the run's states already."""
    emit = handler.emit

    def emit_ours(self: Any, record: logging.LogRecord) -> None:
        if record.levelno > logging.INFO or "/prefect/" not in record.pathname:
            emit(self, record)

    handler.emit = emit_ours


def carry(flow: Any, run: Mapping[str, Any]) -> int:
    """Carries out the run: 0 when Prefect knows how it went."""
    try:
        return _carry(flow, run)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 (the edge of a process: whatever it was, it must end here)
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def say_goodbye() -> None:
    """What Prefect still has to send is sent. A fork must not unwind its parent's stack."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()


def _carry(flow: Any, run: Mapping[str, Any]) -> int:
    from prefect.client.schemas.objects import FlowRun
    from prefect.engine import handle_engine_signals
    from prefect.flow_engine import run_flow

    setattr(importlib.import_module("prefect._internal.control_listener"), CONCLUDED, False)
    flow_run = FlowRun.model_validate(run)
    OWN.clear()
    OWN[flow_run.id] = flow_run
    os.environ["PREFECT__FLOW_RUN_ID"] = str(flow_run.id)
    with handle_engine_signals(flow_run.id):
        result = run_flow(flow, flow_run=flow_run)
        if inspect.iscoroutine(result):
            asyncio.run(result)
    return 0


@contextmanager
def _nothing(*args: object, **more: object) -> Iterator[None]:
    yield
