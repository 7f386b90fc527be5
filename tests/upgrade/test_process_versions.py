"""An order keeps the version of the process with which it began, also when a newer one is there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.authority import Approvers
from domain.errors import NotAllowed
from domain.names import GateKind
from domain.process import V1, known
from domain.process_rows import Gate, Process
from models import order as orders
from tasks.verifying import violations
from tests.upgrade.population import ORDER, approve, carry, populate
from tests.world import World

OLD, NEW = "SO-2026-00001", "SO-2026-00002"


def next_version() -> Process:
    """A process under which the owner approves the plan, who may not do so in version 1."""

    def changed(gate: Gate) -> Gate:
        return replace(gate, approvers=Approvers.OWNER) if gate.kind is GateKind.PLAN else gate

    steps = (replace(step, gates=tuple(map(changed, step.gates))) for step in V1.steps)
    return replace(V1, version=2, steps=tuple(steps))


@pytest.fixture
def both(world: World) -> Iterator[World]:
    """One order that began under version 1, one under version 2; both wait for their plan."""
    populate(world, ("customer_confirmation",))
    with known(next_version()):
        carry(world, OLD, "plan")
        world.write(ORDER.format(number=2), subject="采购订单 PO-2026-2")
        carry(world, NEW, "plan")
        yield world


def test_each_order_has_the_version_of_its_beginning(both: World) -> None:
    with both.services.reading() as session:
        versions = [orders.numbered(session, each).process_version for each in (OLD, NEW)]
    assert versions == [1, 2]


def test_each_order_is_decided_by_its_own_rules(both: World) -> None:
    with pytest.raises(NotAllowed):
        approve(both.services, OLD, "plan", "chen.yu")
    approve(both.services, NEW, "plan", "chen.yu")
    approve(both.services, OLD, "plan", "li.ming")


def test_both_come_to_their_end_and_verify_reads_each_by_its_own_table(both: World) -> None:
    approve(both.services, NEW, "plan", "chen.yu")
    for number in (OLD, NEW):
        carry(both, number, "closed")
    assert violations(both.services) == []
