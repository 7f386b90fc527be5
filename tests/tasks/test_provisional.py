"""A word for the customer by somebody who may not sign decides nothing, and is not lost."""

import pytest
from sqlalchemy import select

from domain.errors import NotAllowed
from models.customer import Contact, Customer
from models.gate import numbered
from models.order import Order
from tasks.display import card_view
from templates.cards import card
from tests.tasks.test_main_line import kinds, to_acceptance, to_confirmation
from tests.world import World

USER, SIGNER = "gu.lan@lijia.example", "liu.qiang@lijia.example"


@pytest.fixture
def world(world: World) -> World:
    """A second contact of the customer who may not sign."""
    with world.services.writing() as session:
        customer = session.scalars(select(Customer)).one()
        user = Contact(customer=customer, name="顾岚", mail=USER, language="en", can_sign=False)
        session.add(user)
    return world


def nobody_signs(world: World) -> None:
    """No contact of the customer may sign, not even the one who orders."""
    with world.services.writing() as session:
        for each in session.scalars(select(Contact)):
            each.can_sign = False


def test_a_yes_without_authority_asks_who_may_sign(world: World) -> None:
    to_acceptance(world)
    asked = world.owed("acceptance")[-1]
    world.write("验收通过", sender=USER, answers=asked)
    assert world.drive() == "customer_acceptance"
    assert "customer_accepted" not in kinds(world)
    with world.services.reading() as session:
        votes = numbered(session, world.gate("customer_acceptance")).votes
        assert [(v.by, v.verdict, v.counts) for v in votes] == [(USER, "approve", False)]
    thanks = world.owed("notice")[-1]
    assert (thanks.recipient, "刘强" in thanks.text) == (USER, True)
    with world.services.reading() as session:
        order = session.get_one(Order, world.order().id)
        assert "· 同意 / approve" in card(card_view(session, world.services, order))


def test_who_may_sign_decides_by_answering_the_mail_of_the_same_gate(world: World) -> None:
    with world.services.writing() as session:
        session.scalars(select(Contact).where(Contact.mail == SIGNER)).one().can_sign = False
        customer = session.scalars(select(Customer)).one()
        session.add(Contact(customer=customer, name="Boss", mail="boss@lijia.example"))
    to_confirmation(world)
    first = world.owed("confirmation")[-1]
    assert (first.recipient, "/gate/" in first.text) == (SIGNER, False)
    world.write("修改\n第1行改18件", answers=first)
    assert world.drive() == "customer_confirmation"
    asked = world.owed("confirmation")[-1]
    assert asked.recipient == "boss@lijia.example"
    assert asked.gate_id == first.gate_id
    assert "刘强 已答复“退回修改”" in asked.text
    assert "18" in asked.text
    assert "/gate/" in asked.text
    world.write("确认", sender="boss@lijia.example", answers=asked)
    assert world.drive() == "plan"


def test_where_nobody_may_sign_the_owner_is_asked(world: World) -> None:
    nobody_signs(world)
    to_confirmation(world)
    world.write("确认", answers=world.owed("confirmation")[-1])
    assert world.drive() == "customer_confirmation"
    told = [e for e in world.owed("notice") if e.recipient.startswith("chen.yu")]
    assert "没有登记可签署的联系人" in told[-1].text
    with pytest.raises(NotAllowed) as refused:
        world.answer("customer_confirmation", "chen.yu", fields={"contact": SIGNER})
    assert refused.value.reason == "no_authority"


def test_saying_it_twice_asks_once(world: World) -> None:
    to_acceptance(world)
    asked = world.owed("acceptance")[-1]
    for _ in range(2):
        world.write("验收通过", sender=USER, answers=asked)
    assert [e.recipient for e in world.owed("acceptance")] == [SIGNER, SIGNER]
    assert "顾岚 已答复“同意”" in world.owed("acceptance")[-1].text
    assert len([e for e in world.owed("notice") if e.recipient == USER]) == 1


def test_a_provisional_yes_is_not_the_first_of_two_records_of_a_call(world: World) -> None:
    to_acceptance(world)
    world.write("验收通过", sender=USER, answers=world.owed("acceptance")[-1])
    first = world.answer("customer_acceptance", "chen.yu", fields={"method": "call"})
    assert first.recorded
    assert world.drive() == "customer_acceptance"
    world.answer("customer_acceptance", "wu.fang")
    assert world.drive() == "close"


def test_a_contact_of_another_customer_is_nobody(world: World) -> None:
    to_acceptance(world)
    with world.services.writing() as session:
        other = Customer(code="OTHER", name_en="Other", tier="C", created_at=world.clock[0])
        session.add(Contact(customer=other, mail="x@lijia.example", can_sign=False))
    world.write("验收通过", sender="x@lijia.example", answers=world.owed("acceptance")[-1])
    with world.services.reading() as session:
        assert numbered(session, world.gate("customer_acceptance")).votes == []


def test_the_form_says_that_an_answer_was_provisional(world: World) -> None:
    to_acceptance(world)
    world.write("验收通过", sender=USER, answers=world.owed("acceptance")[-1])
    with world.services.reading() as session:
        note = numbered(session, world.gate("customer_acceptance")).note
    assert "无签署权" in note
    assert "provisional" in note
