"""The board in the engine's pages: written when something has happened, bounded, honest."""

from connectors.runs_memory import MemoryRuns
from models.run import of_order
from tasks import display
from tests.tasks.test_main_line import ORDER
from tests.world import World


def written(world: World) -> list[str]:
    assert isinstance(world.services.runs, MemoryRuns)
    return world.services.runs.artifacts["board"]


def test_where_nothing_happens_the_board_is_not_written_again(world: World) -> None:
    world.write(ORDER)
    last = display.show_board(world.services)
    world.later(minutes=1)
    assert display.show_board(world.services, last) == last
    assert len(written(world)) == 1


def test_what_has_happened_is_on_the_board(world: World) -> None:
    last = display.show_board(world.services)
    world.write(ORDER)
    display.show_board(world.services, last)
    assert world.order().order_no in written(world)[-1]


def test_a_light_that_only_the_clock_changes_is_seen(world: World) -> None:
    world.write(ORDER)
    world.drive()
    last = display.show_board(world.services)
    world.later(days=2)
    display.show_board(world.services, last)
    before, after = written(world)
    assert before != after


def test_a_parked_order_is_on_the_board_with_what_to_do(world: World) -> None:
    world.write(ORDER)
    world.drive()
    with world.services.writing() as session:
        run = of_order(session, world.order().id)
        assert run is not None
        run.parked_at = world.services.now()
    display.show_board(world.services)
    assert "orderflow unpark" in written(world)[-1]
