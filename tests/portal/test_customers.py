"""Pages of a customer: their own words, what is theirs, nothing of ours."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from models.activity import Activity, Risk
from models.delivery import Acceptance, Document
from models.gate import Gate
from models.order import Order
from tests.portal.conftest import CUSTOMER, Site

At = Callable[[str], Site]
PAGES = ("customer_confirmation", "customer_acceptance")
OURS = re.compile(
    r"budget|margin|\bcost|score|prefect|priority|\bP[1-4]\b|li\.ming|wang\.lei|credit|risk|tier"
    r"|预算|成本|毛利|得分|优先级|信用|风险|内部|审批|INTERNAL|9876\.54|schedule",
    re.IGNORECASE,
)


def fill_what_is_ours(session: Any) -> None:
    """Every field that a customer must never see says so."""
    secret = "INTERNAL"
    order = session.scalars(select(Order)).one()
    order.budget, order.score, order.priority = Decimal("9876.54"), Decimal("9876.54"), "P2"
    order.hold_reason = order.cancel_reason = secret
    order.sources = {**order.sources, "plan": {"cost": "9876.54", "lessons": [secret]}}
    session.execute(update(Gate).values(briefing=secret, note=secret, question=secret))
    session.execute(update(Activity).values(name_zh=secret, name_en=secret, blocked=secret))
    session.execute(update(Risk).values(text_zh=secret, text_en=secret))
    session.add(
        Document(
            order_id=order.id,
            kind="retrospective_report",
            version=1,
            name="INTERNAL.pdf",
            language="en",
            sha256=session.scalars(select(Document.sha256)).first(),
            customer_visible=False,
            created_at=order.received_at,
        )
    )


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_customer_sees_nothing_of_ours(site: At, kind: str, language: str) -> None:
    portal = site(kind)
    portal.change(fill_what_is_ours)
    path = portal.link(kind, CUSTOMER)
    texts = [portal.client.get(f"{path}?lang={language}").text]
    texts.append(portal.send(path, verdict="reject").text)
    texts.append(portal.send(path, verdict="reject", comment="too late").text)
    texts.append(portal.client.get(path).text)
    for text in texts:
        assert not OURS.search(re.sub(r'href="[^"]*"|value="\w{32}"', "", text)), text


@pytest.mark.parametrize("kind", PAGES)
def test_a_colleague_who_opens_it_sees_what_the_customer_sees(site: At, kind: str) -> None:
    portal = site(kind)
    path = portal.link(kind, CUSTOMER)
    before = portal.client.get(path).text
    portal.enter("li.ming")
    assert "李铭" not in portal.client.get(path).text
    assert portal.client.get(path).text.count("<a ") == before.count("<a ")


def test_a_customer_is_not_told_who_of_us_recorded_their_word(site: At) -> None:
    portal = site("customer_confirmation")
    path = portal.link("customer_confirmation", CUSTOMER)
    values = {"state": "approved", "answered_by": "wu.fang", "answered_at": portal.clock[0]}
    portal.change(lambda s: s.execute(update(Gate).values(**values)))
    shown = portal.client.get(path)
    assert shown.status_code == 410
    assert "已确认" in shown.text
    assert "wu.fang" not in shown.text


def test_confirming_confirms_the_version_as_it_is(site: At) -> None:
    portal = site("customer_confirmation")
    path = portal.link("customer_confirmation", CUSTOMER)
    shown = portal.send(path, verdict="approve", quantity_1="99")
    vote = portal.gate("customer_confirmation").votes[-1]
    assert "订单已确认" in shown.text
    assert (vote.by, vote.verdict, vote.fields) == (CUSTOMER, "approve", {})


def test_changes_are_taken_line_by_line(site: At) -> None:
    portal = site("customer_confirmation")
    path = portal.link("customer_confirmation", CUSTOMER)
    assert portal.send(path, verdict="changes", quantity_1="16").status_code == 422
    form = {"quantity_1": "18", "due_date_2": "2026-12-30", "comment": "谢谢"}
    assert portal.send(path, verdict="changes", **form).status_code == 200
    vote = portal.gate("customer_confirmation").votes[-1]
    said = [(e["what"], e["line_no"], e["after"]) for e in vote.fields["changes"]]
    assert said == [("quantity", 1, "18"), ("due_date", 2, "2026-12-30")]
    assert "谢谢" in vote.comment
    with portal.services.reading() as session:
        assert session.scalars(select(Order)).one().lines[0].quantity == 18


def test_points_that_failed_become_the_punch_list(site: At) -> None:
    portal = site("customer_acceptance")
    path = portal.link("customer_acceptance", CUSTOMER)
    form = {"result_1": "pass", "result_2": "fail", "remark_2": "有划痕"}
    assert portal.send(path, verdict="reject", **form).status_code == 200
    with portal.services.reading() as session:
        acceptance = session.scalars(select(Acceptance)).one()
        items = [each.text for each in acceptance.punch_items]
    assert len(items) == 1
    assert "有划痕" in items[0]
    assert "防护罩" in items[0]


def test_accepting_what_was_marked_as_failed_asks_again(site: At) -> None:
    portal = site("customer_acceptance")
    path = portal.link("customer_acceptance", CUSTOMER)
    form = {"result_2": "fail", "remark_2": "有划痕"}
    shown = portal.send(path, verdict="approve", **form)
    assert shown.status_code == 422
    assert "第 2 条" in shown.text
    assert "有划痕" in shown.text
    assert portal.gate("customer_acceptance").state == "open"


def test_accepting_with_remarks_is_accepting(site: At) -> None:
    portal = site("customer_acceptance")
    path = portal.link("customer_acceptance", CUSTOMER)
    shown = portal.send(path, verdict="approve", result_1="pass", remark_1="下次贴标")
    assert "交付已验收" in shown.text
    with portal.services.reading() as session:
        acceptance = session.scalars(select(Acceptance)).one()
        assert acceptance.result == "accepted_with_punch"
        assert acceptance.signed_by == CUSTOMER


def test_refusing_without_a_word_asks_why(site: At) -> None:
    for kind in PAGES:
        portal = site(kind)
        path = portal.link(kind, CUSTOMER)
        assert portal.send(path, verdict="reject").status_code == 422
        assert portal.send(path).status_code == 422
        assert portal.gate(kind).state == "open"


def test_the_paper_comes_by_the_page_and_the_inner_ones_do_not(site: At) -> None:
    portal = site("customer_confirmation")
    text = portal.client.get(portal.link("customer_confirmation", CUSTOMER)).text
    path = re.search(r'href="(/documents/[^"]+)"', text)
    assert path is not None
    file = portal.client.get(path[1])
    assert file.content.startswith(b"%PDF")
    assert file.headers["content-disposition"].startswith("attachment;")
    portal.change(lambda s: s.execute(update(Document).values(customer_visible=False)))
    assert portal.client.get(path[1]).status_code == 404
