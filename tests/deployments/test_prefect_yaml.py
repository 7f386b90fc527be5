"""prefect.yaml deploys what people and programs rely on, by Prefect's own command."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from deployments import prefect_server
from deployments.deploy import POOL
from deployments.leg import load
from deployments.prefect_server import ROOT, deployments_of

RELIED_ON = {
    "order/order",
    "intake/intake",
    "tick/tick",
    "outbox/outbox",
    "review/daily",
    "review/weekly",
    "review/monthly",
}


def test_every_entry_point_is_a_flow_with_the_name_that_is_relied_on() -> None:
    found = {f"{load(one['entrypoint']).name}/{one['name']}" for one in deployments_of(ROOT)}
    assert found == RELIED_ON


@pytest.fixture
def stub_afterwards(engine: Any) -> Iterator[None]:
    """The stub that the other tests run is deployed again when the real flows were."""
    yield
    (engine.home.data / "deployed").unlink(missing_ok=True)
    prefect_server.deploy(engine.home, engine.api, engine.environment, root=engine.root)


@pytest.mark.engine
@pytest.mark.usefixtures("stub_afterwards")
def test_prefects_own_command_deploys_everything_unasked(engine: Any) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    environment = {**engine.environment, "PYTHONPATH": ""}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    body = {"work_pools": {"name": {"any_": [POOL]}}}
    rows = httpx.post(f"{engine.api}/deployments/filter", json=body).json()
    flows = httpx.post(f"{engine.api}/flows/filter", json={}).json()
    names = {row["id"]: row["name"] for row in flows}
    assert {f"{names[row['flow_id']]}/{row['name']}" for row in rows} >= RELIED_ON
    daily = next(row for row in rows if row["name"] == "daily")
    assert daily["parameters"] == {"kind": "daily"}
    assert daily["schedules"][0]["schedule"]["timezone"] == "Asia/Shanghai"
