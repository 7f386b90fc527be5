"""The same shape in plain Prefect, as its documentation teaches it: suspend, process worker."""

import os
import subprocess
import sys
import tempfile
import time
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


@dataclass(frozen=True)
class Plain:
    """What plain Prefect does on this machine."""

    orders_per_minute: float
    resume_seconds: float


def plain_prefect(services: Services) -> Plain:
    """A few orders at once through nine tasks and four suspensions, resumed as soon as possible."""
    api = services.settings.prefect.api
    known = {k: v for k, v in os.environ.items() if not k.startswith("ORDERFLOW_")}
    environment = {**known, "PREFECT_API_URL": api, "DO_NOT_TRACK": "1"}
    environment |= {"PREFECT_WORKER_QUERY_SECONDS": "1"}
    with tempfile.TemporaryDirectory(prefix="plain-prefect-") as folder:
        root = Path(folder)
        (root / "plain_flow.py").write_text(dedent(FLOW))
        (root / "prefect.yaml").write_text(dedent(YAML))
        prefect = [sys.executable, "-m", "prefect"]
        for words in (
            ["--no-prompt", "work-pool", "create", "plain", "--type", "process"],
            ["--no-prompt", "deploy", "--all"],
        ):
            subprocess.run(
                [*prefect, *words], cwd=root, env=environment, check=True, capture_output=True
            )
        with (root / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [*prefect, "worker", "start", "--pool", "plain"],
                cwd=root,
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            return _measured(api, root / "note")
        finally:
            worker.terminate()
            worker.wait(30)


def _measured(api: str, note: Path) -> Plain:
    client = httpx.Client(base_url=api, timeout=30, trust_env=False)
    deployment = client.get("/deployments/name/plain/plain").json()["id"]
    began = time.time()
    runs = [_started(client, deployment, note) for _ in range(ORDERS)]
    resumed: list[float] = []
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        found = client.post("/flow_runs/filter", json={"flow_runs": {"id": {"any_": runs}}}).json()
        if all(each["state_type"] == "COMPLETED" for each in found):
            break
        for each in found:
            if each["state_type"] == "PAUSED":
                answer = {"run_input": {"decision": "yes"}}
                said = client.post(f"/flow_runs/{each['id']}/resume", json=answer).json()
                resumed += [time.time()] if said.get("status") == "ACCEPT" else []
        time.sleep(0.1)
    minutes = (time.time() - began) / 60
    return Plain(ORDERS / minutes, _after(note, resumed))


def _started(client: httpx.Client, deployment: str, note: Path) -> str:
    given = {"parameters": {"order": uuid4().hex[:8], "note": str(note)}}
    made = client.post(f"/deployments/{deployment}/create_flow_run", json=given)
    return str(made.json()["id"])


def _after(note: Path, resumed: list[float]) -> float:
    """Median seconds from a resume to the next line that a task wrote."""
    written = sorted(float(line.split()[2]) for line in note.read_text().splitlines())
    waits = [min((t - at for t in written if t > at), default=0.0) for at in resumed]
    return sorted(waits)[len(waits) // 2] if waits else 0.0
