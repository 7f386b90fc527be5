"""The sample company: everybody has work, its past keeps every rule, its mails become orders."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.mailer import MemoryMailer
from connectors.runs_memory import MemoryRuns
from deployments.prepare import prepare
from domain.authority import Subject, approvers
from domain.content import digest
from domain.names import Event, Fact, GateKind, GateState, Language, OrderType, Role, Stage, State
from domain.planning.blueprint import Skill
from domain.planning.blueprints import BLUEPRINTS, rework_of
from domain.planning.breakdown import PlanLine, breakdown
from domain.planning.staff import candidates
from domain.process import PROCESSES
from domain.worktime import is_workday, local_date
from models import activity as activities
from models import event as events
from models import retrospective
from models.gate import Gate
from models.installation import Blob
from models.order import Order
from models.person import people, person_row
from models.step import StepRow
from models.version import OrderVersion
from tasks.opening import NewOrder, open_order
from tasks.samples.mails import sample_mails
from tasks.samples.people import PEOPLE
from tasks.samples.shop import STAFF
from tasks.services import Services, build
from tasks.settings import load
from tasks.verifying import violations
from tests.world import START, World


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A sample installation after its first start; looked at, never changed."""
    home = tmp_path_factory.mktemp("sampled")
    url = f"sqlite+pysqlite:///{home / 'orderflow.db'}"
    prepare(home, url, True)
    services = build(load(home, {"ORDERFLOW_DATABASE__URL": url}))
    yield services
    services.engine.dispose()


@pytest.mark.parametrize("order_type", OrderType)
def test_every_step_of_every_blueprint_finds_a_person_of_its_role(order_type: OrderType) -> None:
    for blueprint in (BLUEPRINTS[order_type], rework_of(order_type)):
        for task in breakdown("SO-1", [PlanLine(1, "x")], blueprint):
            found, missing = candidates(task, STAFF)
            assert missing is None
            assert all(task.role in each.roles for each in found)


def test_every_skill_is_somebodys() -> None:
    have = {name.partition(":")[0] for each in PEOPLE for name in each.skills.split()}
    assert have >= {str(each) for each in Skill}


def test_whoever_did_the_work_somebody_is_left_to_check_it(sampled: Services) -> None:
    rule = PROCESSES[1].gate(GateKind.COMPLETION).approvers
    with sampled.reading() as session:
        everybody = people(session)
    workers = frozenset(p.person for p in everybody if not p.roles & {Role.DIRECTOR})
    subject = Subject("chen.yu", "chen.yu", involved=workers)
    assert approvers(rule, subject, everybody, on=START.date())


def test_only_the_director_has_an_authenticator(sampled: Services) -> None:
    with sampled.reading() as session:
        rows = [person_row(session, each.person) for each in PEOPLE]
    assert [r.person for r in rows if r is not None and r.totp_secret] == ["zhao.wen"]


def orders(services: Services) -> list[Order]:
    with services.reading() as session:
        return list(session.scalars(select(Order).order_by(Order.id)))


def test_sixty_orders_of_two_years_have_ended(sampled: Services) -> None:
    found = orders(sampled)
    assert len(found) == 60
    assert {each.state for each in found} == {State.CLOSED}
    assert all(each.sample and each.next_action_at is None for each in found)
    assert all(each.state_since < sampled.now() for each in found)
    assert {each.order_type for each in found} >= {"software", "after_sales", "subcontract"}
    assert all(earlier.received_at <= later.received_at for earlier, later in pairwise(found))


def test_every_history_is_an_unbroken_chain_of_legal_moves(sampled: Services) -> None:
    moves = {str(each) for each in Event} - {Event.ORDER_RECEIVED}
    with sampled.reading() as session:
        for order in orders(sampled):
            past = events.history(session, order.id)
            assert events.broken_links(session, order.id) == []
            assert all(one.at <= other.at for one, other in pairwise(past))
            stage, state = Stage.RECEIVE, State.RECEIVED
            for row in past:
                if row.kind in moves:
                    to = order.process.to(order.order_no, stage, state, Event(row.kind))
                    assert (row.payload["from"], row.payload["to"]) == (state, to.state)
                    stage, state = to.enters or stage, to.state
            assert (stage, state) == (order.stage, order.state)


def test_each_stage_committed_once_a_round_and_every_gate_was_answered(sampled: Services) -> None:
    with sampled.reading() as session:
        for order in orders(sampled):
            steps = session.scalars(select(StepRow).where(StepRow.order_id == order.id)).all()
            done = {(each.stage, each.round) for each in steps}
            assert done == {(s, n) for s, last in order.rounds.items() for n in range(1, last + 1)}
            gates = session.scalars(select(Gate).where(Gate.order_id == order.id)).all()
            assert all(g.state is not GateState.OPEN and g.state != "open" for g in gates)
            assert all(len(each.votes) == 1 for each in gates)


def test_dates_are_kept_and_people_worked_on_working_days(sampled: Services) -> None:
    with sampled.reading() as session:
        calendar = sampled.calendar(session)
        for order in orders(sampled):
            assert order.promised_on is not None
            assert is_workday(calendar, order.promised_on)
            for row in events.history(session, order.id):
                if row.kind == Fact.VOTE_CAST:
                    assert is_workday(calendar, local_date(calendar, row.at))


def test_what_was_agreed_and_archived_can_be_checked_by_hash(sampled: Services) -> None:
    with sampled.reading() as session:
        kept = set(session.scalars(select(Blob.sha256)))
        for version in session.scalars(select(OrderVersion)):
            assert version.sha256 == digest(version.snapshot)
        for order in orders(sampled):
            archive = retrospective.archive_of(session, order.id)
            assert archive is not None
            text = json.dumps(archive.manifest, sort_keys=True, ensure_ascii=False)
            assert archive.sha256 == hashlib.sha256(text.encode()).hexdigest()
            assert {each["sha256"] for each in archive.manifest} <= kept


def test_the_past_violates_no_invariant(sampled: Services) -> None:
    assert violations(sampled) == []


def test_the_past_taught_something(sampled: Services) -> None:
    with sampled.reading() as session:
        learnt = retrospective.accepted_extra_hours(session, OrderType.MANUFACTURE_TO_ORDER)
        lessons = retrospective.lessons_for(session, OrderType.MANUFACTURE_TO_ORDER)
        work = activities.of_order(session, orders(sampled)[0].id)
    assert learnt.get("assembly", 0) > 0
    assert all(each.text_zh and each.text_en for each in lessons)
    assert all(each.spent_hours > 0 for each in work if each.party == "us")


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str) -> World:
    """A sample installation with engine, mail and clock of our own."""
    prepare(tmp_path, sqlite_url, True)
    services = build(load(tmp_path, {"ORDERFLOW_DATABASE__URL": sqlite_url}))
    clock = [services.now()]
    mailer, runs = MemoryMailer(), MemoryRuns(lambda: clock[0])
    services = replace(services, mailer=mailer, runs=runs, clock=lambda: clock[0])
    return World(services, clock, mailer)


def test_the_sample_mails_become_three_living_orders(world: World) -> None:
    stands = {}
    for mail in sample_mails("orders@zheling.example", at=world.clock[0], instance="test"):
        world.mail(mail.content)
        stands[mail.file] = (world.drive(), world.order())
    table, english, complete = stands.values()
    assert table[0] == GateKind.CUSTOMER_INFO
    assert table[1].questions == ["quantity:2", "due_date"]
    assert (english[0], complete[0]) == (GateKind.CONFIRM, GateKind.CONFIRM)
    assert (english[1].language, english[1].currency) == (Language.EN, "EUR")
    assert complete[1].amount == 88300
    assert {each[1].customer_name for each in stands.values()} >= {"苏州砺嘉精密", "恒川水务集团"}


def test_numbers_go_on_where_the_history_ended(world: World) -> None:
    before = {each.order_no for each in orders(world.services)}
    with world.services.writing() as session:
        new = NewOrder(channel="mail", language="en", title="x", customer="Kelder Marine B.V.")  # type: ignore[arg-type]
        assert open_order(session, world.services, new, at=world.clock[0]).order_no not in before
