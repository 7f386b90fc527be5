"""A running engine with stub flows, once a session: PostgreSQL, Prefect's server, the worker."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from uuid import uuid4

import httpx
import pytest

from connectors.runs import RunType
from connectors.runs_prefect import PrefectRuns
from deployments import prefect_server
from deployments.home import Home, home_at
from deployments.ports import usable
from deployments.postgres import cluster_in
from deployments.supervise import Supervisor
from deployments.wake import wake

STUB_FLOW = '''
    """A stub: waits at a form, then writes when its code ran."""
    import os
    import signal
    import time
    from pathlib import Path
    from typing import Literal

    from prefect import flow, get_run_logger, task
    from prefect.artifacts import create_markdown_artifact
    from prefect.cache_policies import NO_CACHE
    from prefect.flow_runs import suspend_flow_run
    from prefect.input import RunInput


    class Form(RunInput):
        decision: Literal["approve", "reject"]
        comment: str = ""


    @task(cache_policy=NO_CACHE, persist_result=False, task_run_name="{stage} r{round_}")
    def work(stage: str, round_: int) -> None:
        get_run_logger().info("at work on %s", stage)


    @flow(name="order", persist_result=False, retries=0)
    def carry_order(mode: str = "wait", note: str = "") -> None:
        if note:
            with Path(note).open("a") as file:
                file.write(f"{time.time()} {os.getpid()}\\n")
        if mode == "wait":
            answer = suspend_flow_run(wait_for_input=Form, key="plan-1-1", timeout=None)
            if note:
                with Path(note).open("a") as file:
                    file.write(f"{time.time()} {answer.decision}\\n")
        if mode == "work":
            work("plan", 1)
            work("execute", 2)
            create_markdown_artifact("# card", key="order-so-1")
        if mode == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if mode == "long":
            while True:
                time.sleep(0.1)
        if mode == "fail":
            raise ValueError("as asked")
'''

STUB_DEPLOYMENTS = """
    name: stub
    deployments:
      - name: order
        entrypoint: flows.order.carry_order
        work_pool: {name: orderflow}
"""


@dataclass(frozen=True)
class Engine:
    """Where the running engine is."""

    home: Home
    root: Path
    api: str
    environment: dict[str, str]
    supervisor: Supervisor
    runs: PrefectRuns

    def start(self, mode: str, note: Path | str = "") -> str:
        """Id of a new run of the stub; the worker has been told of it."""
        run = self.runs.start(
            "order/order",
            parameters={"mode": mode, "note": str(note)},
            name=mode,
            tags=(),
            idempotency_key=uuid4().hex,
        )
        wake(self.home.worker_socket, run)
        return run

    def becomes(self, run: str, kind: RunType) -> bool:
        """Whether the run gets there."""
        return wait_until(lambda: self.runs.states([run])[run].type is kind)

    def until(self, true: Callable[[], object]) -> bool:
        """Whether it becomes true."""
        return wait_until(true)

    def asked(self, what: str, run: str) -> list[dict[str, Any]]:
        """Task runs or logs of the run, as Prefect shows them."""
        runs = {"flow_run_id": {"any_": [run]}}
        body = {"logs": runs} if what == "logs" else {"flow_runs": {"id": {"any_": [run]}}}
        found: list[dict[str, Any]] = httpx.post(f"{self.api}/{what}/filter", json=body).json()
        return found


def make_checkout(root: Path) -> Path:
    """A folder with a prefect.yaml and flows of its own."""
    (root / "flows").mkdir(parents=True)
    (root / "flows" / "__init__.py").touch()
    (root / "flows" / "order.py").write_text(dedent(STUB_FLOW))
    (root / "prefect.yaml").write_text(dedent(STUB_DEPLOYMENTS))
    return root


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """PostgreSQL without fsync, Prefect's server, the stub deployed; no worker yet."""
    home = home_at(tmp_path_factory.mktemp("engine"))
    home.make()
    root = make_checkout(home.path / "checkout")
    port = usable("prefect", 0, "")
    api = f"http://127.0.0.1:{port}/api"
    cluster = cluster_in(home, durable=False)
    cluster.create()
    environment = {
        **os.environ,
        **prefect_server.client_environment(home, api),
        "PYTHONPATH": os.pathsep.join([str(root), str(prefect_server.ROOT)]),
    }
    supervisor = Supervisor((), lambda name, how, seconds: None)
    try:
        supervisor.start(cluster.part(environment))
        supervisor.wait()
        cluster.create_databases()
        server = prefect_server.server_environment(cluster.url("prefect", "asyncpg"), port)
        supervisor.start(prefect_server.server_part(home, port, {**environment, **server}))
        supervisor.wait()
        prefect_server.deploy(home, api, environment, root=root)
        runs = PrefectRuns(api)
        yield Engine(home, root, api, environment, supervisor, runs)
        runs.close()
    finally:
        supervisor.stop()


@pytest.fixture(scope="session")
def stub_checkout() -> Callable[[Path], Path]:
    """Makes a folder with a prefect.yaml and flows of its own."""
    return make_checkout


def wait_until(true: Callable[[], object], seconds: float = 90.0) -> bool:
    """Whether it becomes true within so many seconds; what runs elsewhere can only be looked at."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="session")
def until() -> Callable[[Callable[[], object]], bool]:
    """Waits for something that happens in another process."""
    return wait_until
