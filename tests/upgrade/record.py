"""Records what a release leaves behind: `python -m tests.upgrade.record 0.2.0`, once a release.

Journals are the histories of whole orders; the backup is an installation with orders on their way.
Both are read by the tests of every later version and never written again.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from domain.names import Party
from models import event as events
from models import migrations
from models import order as orders
from models.step import StepRow
from tasks import requests
from tasks.backup.making import back_up
from tests.upgrade.population import ORDER, approve, carry, drive, populate
from tests.world import World, make_world

FOLDER = Path(__file__).parent / "journals"
NO = "SO-2026-00001"
WAITING = ("customer_confirmation", "plan", "work", "completion")
"""Where the orders of the backup stand; later places would only add documents to its size."""


def straight(world: World) -> None:
    """Everybody says yes."""
    carry(world, NO, "closed")


def sent_back(world: World) -> None:
    """The plan is rejected, the customer changes the quantity, a delivery is not accepted."""
    carry(world, NO, "customer_confirmation")
    world.write("确认,但第1行改18件", answers=world.owed("confirmation")[-1])
    carry(world, NO, "plan")
    world.answer("plan", "li.ming", "reject", comment="T4 太紧")
    carry(world, NO, "customer_acceptance")
    world.write("验收不通过\n1号轴镀层不均\n缺材质报告", answers=world.owed("acceptance")[-1])
    carry(world, NO, "closed")


def cancelled(world: World) -> None:
    """The order is called off while its plan waits."""
    carry(world, NO, "plan")
    requests.cancel(world.services, NO, "ordered twice")
    assert drive(world.services, NO) == "cancel"
    approve(world.services, NO, "cancel", "li.ming")
    assert drive(world.services, NO) == "cancelled"


def held(world: World) -> None:
    """The order rests while work is done, then goes on."""
    carry(world, NO, "work")
    requests.hold(world.services, NO, "no drawing", party=Party.CUSTOMER)
    requests.resume(world.services, NO)
    carry(world, NO, "closed")


STORIES: Mapping[str, Callable[[World], None]] = {
    "straight": straight,
    "sent_back": sent_back,
    "cancelled": cancelled,
    "held": held,
}


STANDS = ("id", "order_no", "process_version", "state", "stage", "round")
SAYS = ("order_id", "seq", "kind", "at", "actor", "channel", "payload", "prev_hash", "hash")
DONE = ("stage", "round", "event")


def journal(world: World) -> dict[str, Any]:
    """Where the order stands, and everything that led there."""
    with world.services.reading() as session:
        order = orders.numbered(session, NO)
        history = events.history(session, order.id)
        steps = session.scalars(select(StepRow).where(StepRow.order_id == order.id))
        return {
            "order": {name: getattr(order, name) for name in STANDS},
            "events": [{name: _plain(getattr(e, name)) for name in SAYS} for e in history],
            "steps": [{name: getattr(each, name) for name in DONE} for each in steps],
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def record(release: str) -> None:
    """The release's journals and its backup are there."""
    for name, story in STORIES.items():
        with tempfile.TemporaryDirectory() as folder:
            world = _fresh(Path(folder))
            world.write(ORDER.format(number=1), subject="采购订单 PO-2026-1")
            story(world)
            text = json.dumps(journal(world), ensure_ascii=False, indent=1)
            (FOLDER / f"{release}.{name}.json").write_text(text + "\n", "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        world = _fresh(Path(folder))
        populate(world, WAITING)
        back_up(world.services, FOLDER / f"{release}.backup")


def _fresh(folder: Path) -> World:
    url = f"sqlite+pysqlite:///{folder / 'orderflow.db'}"
    migrations.upgrade(url)
    return make_world(url, folder)


if __name__ == "__main__":
    record(sys.argv[1])
