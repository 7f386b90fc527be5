"""The lists and the card that programs read: names, forms, order."""

import json

import pytest

from domain.errors import BadValue, UnknownOrder, UnknownPerson
from tasks import card, listing
from tests.tasks.test_main_line import to_acceptance, to_confirmation
from tests.world import START, World

ROW = {
    *("order_no", "title", "customer", "state", "stage", "round", "priority", "owner"),
    *("promised_at", "next_action", "next_action_at", "waiting_for"),
}
GATE = {
    *("id", "order_no", "stage", "round", "kind", "party", "question", "requested_by"),
    *("asked_at", "due_at", "approvers", "votes", "state", "prefect_url"),
}
SECTIONS = {
    *("lines", "requirements", "versions", "gates", "tasks", "messages", "documents"),
    *("events", "prefect"),
}


def test_the_lists_have_the_names_that_programs_rely_on(world: World) -> None:
    to_confirmation(world)
    with world.services.reading() as session:
        row = listing.orders(session)[0]
        gate = listing.open_gates(session, world.services)[0]
        person = listing.people(session, world.services)[0]
        whole = card.order_card(session, world.services, row["order_no"].lower())
    assert set(row) == ROW
    assert set(gate) >= GATE
    assert set(person) >= {"person", "name", "mail", "language", "roles", "limit", "substitutes"}
    assert set(whole) >= ROW | SECTIONS
    assert set(whole["events"][0]) == {
        *("seq", "kind", "at", "actor", "channel", "payload", "prev_hash", "hash"),
    }
    assert {"direction", "message_id", "purpose", "from", "to", "subject", "at", "state"} <= set(
        whole["messages"][0]
    )
    assert set(whole["prefect"]) == {"flow_run_id", "url"}


def test_a_card_is_plain_json(world: World) -> None:
    to_acceptance(world)
    with world.services.reading() as session:
        whole = card.order_card(session, world.services, world.order().order_no)
    assert json.loads(json.dumps(whole)) == whole
    assert whole["amount"] == {"amount": "19200.00", "currency": "CNY"}
    assert whole["tasks"][0]["task"] == "T1"
    assert whole["deliveries"][0]["manifest"]


def test_a_gate_that_the_customer_answers_names_none_of_ours(world: World) -> None:
    to_confirmation(world)
    with world.services.reading() as session:
        gate = listing.open_gates(session, world.services)[0]
    assert (gate["party"], gate["approvers"]) == ("customer", [])
    assert gate["contacts"] == ["liu.qiang@lijia.example"]


def test_gates_are_listed_for_whoever_may_answer_them(world: World) -> None:
    world.write("请供货:法兰 3 件", subject="采购订单")
    world.drive()
    with world.services.reading() as session:
        waits = listing.open_gates(session, world.services, waits=True)
        decisions = listing.open_gates(session, world.services)
        nobody = listing.open_gates(session, world.services, person="wang.lei", waits=True)
        assert [each["kind"] for each in waits] == ["customer_info"]
        assert decisions == nobody == []
        assert listing.count_decisions(session) == 0
        with pytest.raises(UnknownPerson):
            listing.open_gates(session, world.services, person="nobody")


def test_only_what_is_past_its_deadline_is_overdue(world: World) -> None:
    to_confirmation(world)
    with world.services.reading() as session:
        assert listing.open_gates(session, world.services, overdue=True) == []
        world.later(days=400)
        assert len(listing.open_gates(session, world.services, overdue=True)) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "砺嘉"}, 1),
        ({"search": "po-2026-118"}, 1),
        ({"search": "nothing"}, 0),
        ({"state": "confirming"}, 1),
        ({"state": "closed"}, 0),
        ({"waiting": True}, 1),
    ],
)
def test_orders_are_found(world: World, asked: dict[str, object], found: int) -> None:
    to_confirmation(world)
    with world.services.reading() as session:
        assert len(listing.orders(session, **asked)) == found  # type: ignore[arg-type]


def test_what_nobody_knows_is_refused(world: World) -> None:
    with world.services.reading() as session:
        with pytest.raises(BadValue):
            listing.orders(session, state="sleeping")
        with pytest.raises(UnknownOrder):
            card.order_card(session, world.services, "SO-1")


def test_instants_have_an_offset() -> None:
    assert listing.instant(START) == "2026-11-24T01:00:00+00:00"
