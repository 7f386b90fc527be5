"""The same shape in plain Prefect, as its documentation teaches it: suspend, process worker."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from uuid import uuid4

import httpx

from tasks.services import Services

FLOW = """
    import time
    from pathlib import Path
    from prefect import flow, task
    from prefect.flow_runs import suspend_flow_run
    from prefect.input import RunInput

    class Approval(RunInput):
        decision: str

    @task(persist_result=True, task_run_name="{name}")
    def step(name: str, order: str, note: str) -> str:
        with Path(note).open("a") as file:
            file.write(f"{order} {name} {time.time()}\\n")
        return name

    @flow(name="plain", persist_result=True)
    def plain(order: str, note: str) -> None:
        for number in range(1, 10):
            step(f"step-{number}", order, note)
            if number in (2, 4, 6, 8):
                suspend_flow_run(wait_for_input=Approval, key=f"gate-{number}", timeout=None)
"""
YAML = """
    name: plain
    deployments:
      - name: plain
        entrypoint: plain_flow.py:plain
        work_pool: {name: plain}
"""
ORDERS = 3
LIMIT_SECONDS = 300
POOL = "plain"


@dataclass(frozen=True)
class Plain:
    """What plain Prefect does on this machine; the median of its resumes in seconds."""

    orders_per_minute: float
    resume_seconds: float
    orders: int
    resumes: int


@dataclass(frozen=True)
class Resumed:
    """The order whose suspended run was resumed, and when."""

    order: str
    at: float


def plain_prefect(services: Services, *, query_seconds: int | None) -> Plain:
    """A few orders at once through nine tasks and four suspensions, each resumed when it waits.

    The worker asks for work every so many seconds; None leaves it as delivered.
    """
    api = services.settings.prefect.api
    environment = _environment(api, query_seconds)
    with tempfile.TemporaryDirectory(prefix="plain-prefect-") as folder:
        root = Path(folder)
        (root / "plain_flow.py").write_text(dedent(FLOW))
        (root / "prefect.yaml").write_text(dedent(YAML))
        environment["PREFECT_HOME"] = str(root / "home")
        prefect = [sys.executable, "-m", "prefect", "--no-prompt"]
        for words in (
            ["work-pool", "create", POOL, "--type", "process", "--overwrite"],
            ["deploy", "--all"],
        ):
            subprocess.run(
                [*prefect, *words], cwd=root, env=environment, check=True, capture_output=True
            )
        with (root / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [*prefect, "worker", "start", "--pool", POOL],
                cwd=root,
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            return _measured(api, root / "note")
        finally:
            worker.terminate()
            worker.wait(60)


def _environment(api: str, query_seconds: int | None) -> dict[str, str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("ORDERFLOW_", "PREFECT"))}
    told = {"PREFECT_API_URL": api, "DO_NOT_TRACK": "1", "PREFECT_CLI_COLORS": "false"}
    if query_seconds is not None:
        told["PREFECT_WORKER_QUERY_SECONDS"] = str(query_seconds)
    return {**known, **told}


def _measured(api: str, note: Path) -> Plain:
    with httpx.Client(base_url=api, timeout=30, trust_env=False) as client:
        deployment = client.get("/deployments/name/plain/plain").raise_for_status().json()["id"]
        began = time.time()
        runs = dict(_started(client, deployment, note) for _ in range(ORDERS))
        resumed = _carried(client, runs)
    minutes = (time.time() - began) / 60
    waits = waits_after(resumed, note.read_text().splitlines())
    return Plain(ORDERS / minutes, statistics.median(waits), ORDERS, len(waits))


def _carried(client: httpx.Client, runs: dict[str, str]) -> list[Resumed]:
    """Every run has completed; who was resumed when comes back."""
    resumed: list[Resumed] = []
    wanted = {"flow_runs": {"id": {"any_": list(runs)}}}
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        found = client.post("/flow_runs/filter", json=wanted).raise_for_status().json()
        kinds = [each["state_type"] for each in found]
        if all(kind == "COMPLETED" for kind in kinds):
            return resumed
        if {"FAILED", "CRASHED"} & set(kinds):
            raise RuntimeError(f"a run of plain Prefect ended as {sorted(set(kinds))}")
        for each in found:
            if each["state_type"] == "PAUSED":
                at = time.time()
                answer = {"run_input": {"decision": "yes"}}
                said = client.post(f"/flow_runs/{each['id']}/resume", json=answer).json()
                if said.get("status") == "ACCEPT":
                    resumed.append(Resumed(runs[each["id"]], at))
        time.sleep(0.1)
    raise TimeoutError(f"plain Prefect did not carry its orders in {LIMIT_SECONDS} s")


def _started(client: httpx.Client, deployment: str, note: Path) -> tuple[str, str]:
    """Id of the run and name of its order."""
    order = uuid4().hex[:8]
    given = {"parameters": {"order": order, "note": str(note)}}
    made = client.post(f"/deployments/{deployment}/create_flow_run", json=given)
    return str(made.raise_for_status().json()["id"]), order


def waits_after(resumed: Sequence[Resumed], lines: Sequence[str]) -> list[float]:
    """Seconds from each resume to the next line that a task of the same order has written."""
    written = [(order, float(at)) for order, _, at in (line.split() for line in lines)]
    waits = []
    for each in resumed:
        later = [at - each.at for order, at in written if order == each.order and at > each.at]
        waits += [min(later)] if later else []
    return waits
