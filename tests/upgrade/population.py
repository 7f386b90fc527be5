"""Orders at every gate of the main line, one that has ended; and how any of them goes on."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from connectors.mailer import MemoryMailer
from connectors.runs_memory import MemoryRuns
from domain.names import Channel, Verdict
from models import base
from models import order as orders
from models.activity import unfinished
from models.gate import open_gates
from models.outbox import Owed
from models.run import of_order
from models.tables import METADATA
from tasks import driving, progress
from tasks.codes import issue
from tasks.deciding import Answer, decide_one
from tasks.driving import Ended, Wait, Work
from tasks.services import Services
from tasks.stage import commit
from tasks.stage_tasks import STAGES
from tests.world import World

ORDER = """您好,请按以下内容下单:
订单号:PO-2026-{number}
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密有限公司
"""

ON_THE_WAY = (
    *("confirm", "customer_confirmation", "plan", "work", "completion", "customer_acceptance"),
    *("close", "closed"),
)
"""Where an order stands on its way, the end included."""

STAFF = {"completion": "zhou.min"}
"""Who says yes where it is not the manager."""


def populate(world: World, places: tuple[str, ...] = ON_THE_WAY) -> dict[str, str]:
    """Number of an order by the place to which it has come."""
    found = {}
    for number, place in enumerate(places, start=1):
        world.write(ORDER.format(number=number), subject=f"采购订单 PO-2026-{number}")
        found[place] = world.order().order_no
        carry(world, found[place], place)
    return found


def carry(world: World, order_no: str, place: str) -> None:
    """The order goes on until it stands there."""
    for _ in range(len(ON_THE_WAY)):
        stands_at = drive(world.services, order_no)
        if stands_at == place:
            return
        say_yes(world, order_no, stands_at)
    raise AssertionError(f"{order_no} never comes to {place}")


def drive(services: Services, order_no: str) -> str:
    """The order's work is done until it waits or has ended; what it stands at comes back."""
    with services.reading() as session:
        run = of_order(session, orders.numbered(session, order_no).id)
        assert run is not None
        ride_of = (run.id, run.leg, run.flow_run_id or f"flow-{run.id}-{run.leg}")
    ride = driving.take(services, *ride_of)
    assert ride is not None, f"{order_no} has ended"
    while True:
        match driving.look(services, ride):
            case Ended(name):
                return name
            case Wait() as wait:
                return wait.kind
            case Work(ticket):
                commit(services, ticket, STAGES[ticket.stage](ticket.order_id, services))


def say_yes(world: World, order_no: str, gate: str) -> None:
    """Whoever is asked at the gate says yes."""
    match gate:
        case "customer_confirmation":
            world.write("确认", answers=_asked(world, order_no, "confirmation"))
        case "customer_acceptance":
            world.write("验收通过", answers=_asked(world, order_no, "acceptance"))
        case "work":
            _do_all_work(world.services, order_no)
        case _:
            approve(world.services, order_no, gate, STAFF.get(gate, "li.ming"))


def _asked(world: World, order_no: str, purpose: str) -> Owed:
    with world.services.reading() as session:
        order = orders.numbered(session, order_no)
        return [e for e in world.owed(purpose) if e.order_id == order.id][-1]


def approve(services: Services, order_no: str, kind: str, by: str) -> None:
    """This person says yes at the order's gate, with a code."""
    with services.writing() as session:
        order = orders.numbered(session, order_no)
        [number] = [e.number for e in open_gates(session, order.id) if e.kind == kind]
        code = issue(session, services, by, [], at=services.now())
    decide_one(services, Answer(number, Verdict.APPROVE, by, Channel.CLI, code=code))


def _do_all_work(services: Services, order_no: str) -> None:
    with services.reading() as session:
        order = orders.numbered(session, order_no)
        labels = [each.label for each in unfinished(session, order.id)]
    for label in labels:
        done = progress.Report(label, percent=100)
        progress.report(services, order_no, done, by="wang.lei", channel=Channel.CLI)


def beside(world: World, url: str, **settings: Any) -> World:
    """Another installation at this database: same people and key, a mailer of its own."""
    told = world.services.settings.model_copy(update=settings)
    services = replace(
        world.services,
        settings=told,
        engine=base.engine(url),
        runs=MemoryRuns(world.services.clock),
        mailer=MemoryMailer(),
    )
    return replace(world, services=services, mailer=services.mailer)


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    """All rows of the table as plain values, in the order of their keys."""
    found = METADATA.tables[table]
    asked = select(*found.columns).order_by(*found.primary_key.columns)
    return [dict(each) for each in connection.execute(asked).mappings()]
