"""The inbox: what waits for whom; several answered with one code, each as an answer of its own."""

from collections.abc import Callable

from sqlalchemy import select, update

from models.event import EventRow
from models.gate import Gate
from models.message import Message
from models.order import Order
from models.run import Run
from tasks import requests
from tests.portal.conftest import ORDER, Site

At = Callable[[str], Site]


def boxes(portal: Site, *kinds: str) -> list[str]:
    found = [portal.gate(kind) for kind in kinds]
    return [f"{each.number} {each.subject_sha256[:16]}" for each in found]


def test_each_sees_what_waits_for_them(site: At) -> None:
    portal = site("confirm")
    number = portal.gate("confirm").number
    portal.enter("li.ming")
    assert number in portal.client.get("/inbox").text
    portal.enter("wang.lei")
    assert number not in portal.client.get("/inbox").text
    assert number in portal.client.get("/inbox?view=team").text


def test_what_is_overdue_is_marked(site: At) -> None:
    portal = site("confirm")
    number = portal.gate("confirm").number
    portal.enter("wang.lei")
    assert number not in portal.client.get("/inbox?view=overdue").text
    portal.later(hours=3)
    assert number in portal.client.get("/inbox?view=overdue").text


def test_a_kind_can_be_picked(site: At) -> None:
    portal = site("crossroads")
    portal.enter("li.ming")
    everything = portal.client.get("/inbox?view=team").text
    only = portal.client.get("/inbox?view=team&kind=cancel").text
    customers, cancel = portal.gate("customer_acceptance").number, portal.gate("cancel").number
    assert f"/gates/{customers}" in everything
    assert f"/gates/{customers}" not in only
    assert f"/gates/{cancel}" in only


def test_several_are_answered_with_one_code_and_each_is_an_answer(site: At) -> None:
    portal = site("plan")
    requests.cancel(portal.services, ORDER, "asked for", by="chen.yu")
    portal.enter("li.ming")
    ticked = boxes(portal, "plan", "cancel")
    code = portal.issued("li.ming")
    shown = portal.send("/inbox", gate=ticked, verdict="reject", comment="so nicht", code=code)
    assert shown.status_code == 200
    assert shown.text.count("tag good") == 2
    assert {portal.gate(kind).state for kind in ("plan", "cancel")} == {"rejected"}
    assert portal.gate("plan").answered_via == "portal"
    again = portal.send("/inbox", gate=ticked, verdict="reject", comment="x", code=code)
    assert again.status_code == 403


def test_a_wrong_code_answers_none_and_keeps_the_ticks(site: At) -> None:
    portal = site("plan")
    portal.enter("li.ming")
    shown = portal.send("/inbox", gate=boxes(portal, "plan"), verdict="approve", code="000000")
    assert shown.status_code == 403
    assert " checked" in shown.text
    assert portal.gate("plan").state == "open"


def test_content_that_has_changed_since_it_was_shown_is_not_decided(site: At) -> None:
    portal = site("plan")
    portal.enter("li.ming")
    old = f"{portal.gate('plan').number} {'0' * 16}"
    code = portal.issued("li.ming")
    shown = portal.send("/inbox", gate=old, verdict="approve", code=code)
    assert "tag bad" in shown.text
    assert portal.gate("plan").state == "open"


def test_what_one_may_not_answer_is_not_answered_with_the_rest(site: At) -> None:
    portal = site("crossroads")
    portal.enter("li.ming")
    ticked = boxes(portal, "customer_acceptance", "cancel")
    code = portal.issued("li.ming")
    portal.send("/inbox", gate=ticked, verdict="approve", code=code)
    assert portal.gate("customer_acceptance").votes == []
    assert portal.gate("cancel").state == "approved"


def test_nothing_ticked_says_so(site: At) -> None:
    portal = site("plan")
    portal.enter("li.ming")
    assert portal.send("/inbox", verdict="approve", code="1").status_code == 422
    only = boxes(portal, "plan")
    assert portal.send("/inbox", gate=only, verdict="eat", code="1").status_code == 422


def test_a_gate_within_a_session_is_answered_with_a_code(site: At) -> None:
    portal = site("plan")
    portal.enter("li.ming")
    page = f"/gates/{portal.gate('plan').number}"
    shown = portal.send(page, verdict="approve", code=portal.issued("li.ming"))
    assert shown.status_code == 200
    assert portal.gate("plan").state == "approved"


def test_the_owner_does_not_approve(site: At) -> None:
    portal = site("plan")
    portal.enter("chen.yu")
    page = f"/gates/{portal.gate('plan').number}"
    code = portal.issued("chen.yu")
    refused = portal.send("/inbox", to=page, verdict="approve", code=code)
    assert refused.status_code == 403
    assert portal.gate("plan").state == "open"


def test_the_record_of_a_call_counts_with_a_second_person(site: At) -> None:
    portal = site("customer_confirmation")
    page = f"/gates/{portal.gate('customer_confirmation').number}"
    for person, state in (("chen.yu", "open"), ("chen.yu", "open"), ("wu.fang", "approved")):
        portal.enter(person)
        form = {"verdict": "approve", "method": "call", "evidence": "10:15"}
        portal.send(page, code=portal.issued(person), **form)
        assert portal.gate("customer_confirmation").state == state
    assert portal.gate("customer_confirmation").votes[-1].acting_for == "liu.qiang@lijia.example"


def test_the_order_page_shows_the_whole_order(site: At) -> None:
    portal = site("crossroads")
    portal.enter("wang.lei")
    text = portal.client.get(f"/order/{ORDER}").text
    for shown in ("导轨支架", "DG-40", "schedule.svg", "scope-v1.pdf", "采购订单", "链条完整"):
        assert shown in text
    with portal.services.reading() as session:
        for number in session.scalars(select(Gate.id)):
            assert f"/gates/G-{number}" in text


def test_open_orders_are_listed_and_found(site: At) -> None:
    portal = site("confirm")
    portal.enter("wang.lei")
    assert ORDER in portal.client.get("/orders").text
    assert ORDER in portal.client.get("/orders?q=砺嘉").text
    assert f"/order/{ORDER}" not in portal.client.get("/orders?q=nothing").text


def test_a_chain_that_was_tampered_with_shows(site: At) -> None:
    portal = site("confirm")
    portal.enter("wang.lei")
    portal.change(lambda s: setattr(s.scalars(select(EventRow)).first(), "actor", "somebody"))
    assert "✖" in portal.client.get(f"/order/{ORDER}").text


def test_every_gate_of_an_order_can_be_looked_at(site: At) -> None:
    portal = site("crossroads")
    portal.enter("wang.lei")
    with portal.services.reading() as session:
        assert session.scalars(select(Order)).all()
        numbers = session.scalars(select(Gate.id)).all()
    for number in numbers:
        for language in ("zh-CN", "en"):
            path = f"/gates/G-{number}?lang={language}"
            assert portal.client.get(path).status_code == 200


def test_a_mail_that_needs_a_person_is_decided_like_any_other_question(site: At) -> None:
    portal = site("mail")
    path = portal.link("intake", "wu.fang")
    shown = portal.client.get(path).text
    assert "喷涂" in shown
    assert 'name="order_no"' in shown
    assert '<textarea id="f-lines"' in shown
    wrong = portal.send(path, verdict="approve", kind="order_info", order_no="SO-2026-09999")
    assert wrong.status_code == 404
    assert portal.send(path, verdict="approve", kind="ignore").status_code == 200
    with portal.services.reading() as session:
        last = session.scalars(select(Message).order_by(Message.id)).all()[-1]
    assert last.state == "ignored"


def test_a_parked_order_says_so_and_how_its_form_comes_back(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    assert "no form in Prefect" not in portal.client.get("/inbox?lang=en").text
    with portal.services.writing() as session:
        session.execute(update(Run).values(parked_at=portal.services.now()))
    assert "no form in Prefect" in portal.client.get("/inbox?lang=en").text
    assert f"orderflow unpark {ORDER}" in portal.client.get(f"/order/{ORDER}?lang=en").text
