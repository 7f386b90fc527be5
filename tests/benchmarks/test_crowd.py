"""The crowd of waiting orders of the benchmarks is made of orders that can be answered."""

from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.crowd import copies
from models.gate import Gate
from models.order import Order
from tests.tasks.test_main_line import ORDER
from tests.world import make_world

COUNT = 'select count(*) from "{}"'


@pytest.mark.slow
def test_each_copy_has_all_rows_of_the_order_and_is_answered_for_itself(
    postgres_url: str, tmp_path: Path
) -> None:
    world = make_world(postgres_url, tmp_path)
    world.write(ORDER)
    assert world.drive() == "confirm"
    tables = ("order", "line", "event", "gate", "run", "timer", "outbox", "message", "step")
    with world.services.engine.begin() as connection:
        before = {
            each: connection.execute(text(COUNT.format(each))).scalar_one() for each in tables
        }
        copies(connection, world.order().id, 1, 5)
        after = {each: connection.execute(text(COUNT.format(each))).scalar_one() for each in tables}
    assert after == {each: 6 * count for each, count in before.items()}
    world.answer("confirm", "li.ming")  # the newest one: a copy
    with world.services.reading() as session:
        answered = session.query(Gate).filter(Gate.state == "approved").one()
        assert session.get_one(Order, answered.order_id).order_no == "WAITS-5"
        assert session.query(Gate).filter(Gate.kind == "confirm", Gate.state == "open").count() == 5
    world.services.engine.dispose()
