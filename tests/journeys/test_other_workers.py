"""Whole orders carried by other workers while the installation's own one sleeps."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.names import Stage
from tasks.installed import addresses
from tests.installation import Installation, until
from tests.journeys.play import begin

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@contextmanager
def instead(installation: Installation, kind: str, log: Path) -> Iterator[None]:
    """Only a worker of this type takes runs within the block."""
    own = installation.pids["worker"]
    os.kill(own, signal.SIGSTOP)
    command = ("worker", "start", "--pool", "orderflow", "--type", kind, "--name", kind)
    with log.open("wb") as file:
        worker = subprocess.Popen(
            [sys.executable, "-m", "prefect", *command],
            cwd=log.parent,
            stdout=file,
            stderr=file,
            env={
                **os.environ,
                **addresses(installation.home, {}),
                "ORDERFLOW_HOME": str(installation.home),
                "PREFECT_API_URL": installation.facts["prefect_api"],
                "PREFECT_HOME": str(log.parent),
            },
        )
    try:
        until(lambda: kind in online(installation), f"a worker of type {kind}", 120)
        yield
    finally:
        worker.terminate()  # Prefect's own waits for the runs it has
        try:
            worker.wait(60)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        os.kill(own, signal.SIGCONT)


def online(installation: Installation) -> set[str]:
    """Names of the workers that Prefect has heard of lately."""
    body = {"workers": {"status": {"any_": ["ONLINE"]}}}
    rows = installation.prefect.post("/work_pools/orderflow/workers/filter", json=body).json()
    return {row["name"] for row in rows}


@pytest.mark.parametrize("kind", ["process", "orderflow"])
def test_an_order_is_carried_from_mail_to_archive(
    installation: Installation, tmp_path: Path, kind: str
) -> None:
    """Prefect's own worker, and a second one of ours that Prefect's command has started."""
    with instead(installation, kind, tmp_path / "worker.log"):
        play = begin(installation)
        play.delivered()
        customer, no = play.customer, play.no
        customer.reply(customer.mail("acceptance", no), "验收通过")
        play.manager.answers(play.story.open_gate("close"))
        play.story.becomes("closed")
        assert play.story.steps() == [(stage, 1) for stage in Stage]
        until(lambda: {r["state_type"] for r in play.story.runs()} == {"COMPLETED"}, "it ends")
