"""Waiting runs are looked for a page at a time: what the engine has lost is begun anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from connectors.runs import RunState, RunType
from connectors.runs_memory import MemoryRuns
from models.run import Run
from tasks.sweeping import end_left, sweep
from tests.world import World


class Counting(MemoryRuns):
    """Remembers for how many runs whole states were asked."""

    asked = 0

    def states(self, ids: Sequence[str]) -> dict[str, RunState]:
        """State by run id; what is missing is gone."""
        self.asked += len(ids)
        return super().states(ids)

    def count_waiting(self, ids: Sequence[str]) -> int:
        """How many of these runs are there and wait."""
        return len(super().states(ids))


def crowd(world: World, count: int) -> list[str]:
    """So many runs wait at gates of mails; their ids in the engine."""
    runs = world.services.runs
    assert isinstance(runs, MemoryRuns)
    found = []
    with world.services.writing() as session:
        for n in range(1, count + 1):
            one = runs.start("o", parameters={}, name="", tags=(), idempotency_key=str(n))
            runs.claim(one)
            runs.suspend(one, str(n))
            session.add(Run(gate_id=n, flow_run_id=one, start_after=world.clock[0]))
            found.append(one)
    return found


def lose(world: World, one: str) -> None:
    assert isinstance(world.services.runs, MemoryRuns)
    del world.services.runs.runs[one]


def unstarted(world: World) -> list[int]:
    with world.services.reading() as session:
        return list(session.scalars(select(Run.gate_id).where(Run.flow_run_id.is_(None))))


def test_every_waiting_run_is_looked_for_page_by_page(world: World) -> None:
    lose(world, crowd(world, 40)[15])
    first = sweep(world.services, 0, limit=10)
    assert (first.lost, unstarted(world)) == (0, [])
    second = sweep(world.services, first.upto, limit=10)
    assert (second.lost, unstarted(world)) == (1, [16])


def test_after_the_last_page_the_first_one_comes(world: World) -> None:
    crowd(world, 15)
    upto = sweep(world.services, 0, limit=10).upto
    assert sweep(world.services, upto, limit=10).upto == 0


def test_what_a_restored_engine_lacks_is_seen_at_once(world: World) -> None:
    lose(world, crowd(world, 40)[-1])
    assert sweep(world.services, 0, limit=10).lost == 1


def test_where_nothing_is_lost_no_state_is_read(world: World) -> None:
    counting = Counting(lambda: world.clock[0])
    world.services = replace(world.services, runs=counting)
    crowd(world, 20)
    sweep(world.services, 0, limit=10)
    assert counting.asked == 0


def test_a_run_whose_leg_died_after_the_end_was_written_down_is_ended(world: World) -> None:
    runs, at = world.services.runs, world.clock[0]
    assert isinstance(runs, MemoryRuns)
    early, late = crowd(world, 2)
    with world.services.writing() as session:
        for one, ago in ((early, 91), (late, 89)):
            run = session.scalars(select(Run).where(Run.flow_run_id == one)).one()
            run.ended_at = at - timedelta(seconds=ago)
    upto = end_left(world.services, at - timedelta(days=1))
    assert [runs.runs[each].state.type for each in (early, late)] == [
        RunType.CRASHED,
        RunType.PAUSED,
    ]
    assert end_left(world.services, upto) == upto
    world.clock[0] += timedelta(seconds=2)
    end_left(world.services, upto)
    assert runs.runs[late].state.type is RunType.CRASHED
