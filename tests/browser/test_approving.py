"""An operator approves in Prefect's pages, a customer accepts on ours."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.conversation import Correspondent, Operator, Story, body, story_of
from tests.installation import Installation, until

pytestmark = [pytest.mark.engine, pytest.mark.browser]

HOSTILE = "![x](http://evil.example/a.png) <img src=http://evil.example/b.png>"

ORDER = """您好,请按以下内容下单:
订单号:{po}
品名:传动轴{{{{7*7}}}}
型号:CX-40
数量:16件
单价:1200元
交货日期:2027年3月25日
特殊要求:表面镀铬 {more}

刘强
苏州砺嘉精密
"""

DECISION, APPROVER, CODE = 0, 0, 1
"""Prefect's pages bind no labels to fields: the decision is the first button of a field, approver
and code are the first two text boxes."""


def ordered(installation: Installation, po: str) -> tuple[Correspondent, Story]:
    """A customer has sent an order; it waits for the internal confirmation."""
    customer = Correspondent(installation, "liu.qiang@lijia.example")
    customer.write(ORDER.format(po=po, more=HOSTILE), f"采购订单 {po}")
    story = story_of(installation, po)
    story.open_gate("confirm")
    return customer, story


def find_by_tag(page: Page, installation: Installation, tag: str, order_no: str) -> None:
    """The run page of the order, found among the suspended runs by a tag."""
    address = f"{installation.facts['prefect_ui']}/runs?state=Suspended&tag={tag}"
    page.goto(address.replace(":confirm", "%3Aconfirm").replace(":plan", "%3Aplan"))
    link = page.get_by_role("link", name=order_no).first
    expect(link).to_be_visible(timeout=20_000)


def fill(page: Page, verdict: str, approver: str, code: str) -> None:
    """The resume form as a person fills it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("group").nth(DECISION).get_by_role("button").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_text(verdict, exact=True).last.click()
    dialog.get_by_role("textbox").nth(APPROVER).fill(approver)
    dialog.get_by_role("textbox").nth(CODE).fill(code)


def test_an_operator_approves_in_prefect_and_the_next_stage_runs(
    installation: Installation, visit: Visit, pictures: Path
) -> None:
    page = visit.page
    customer, story = ordered(installation, "PO-BR-1")
    operator = Operator(installation, "li.ming")
    find_by_tag(page, installation, "waiting:confirm", story.order_no)
    page.screenshot(path=pictures / "waiting-list.png")
    page.get_by_role("link", name=story.order_no).first.click()
    expect(page.get_by_text("waiting:confirm").first).to_be_visible()
    page.get_by_role("button", name="Resume").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("CX-40").first).to_be_visible()
    assert "{{7*7}}" in dialog.inner_text()
    page.screenshot(path=pictures / "briefing.png")
    fill(page, "approve", "li.ming", operator.code(story.open_gate("confirm").number))
    page.screenshot(path=pictures / "form.png")
    dialog.get_by_role("button", name="Submit").click()
    asked = customer.mail("confirmation", story.order_no)
    assert "CX-40" in body(asked)
    assert visit.foreign == set()


def test_a_wrong_code_brings_the_form_back_with_the_reason(
    installation: Installation, visit: Visit
) -> None:
    page = visit.page
    _, story = ordered(installation, "PO-BR-2")
    find_by_tag(page, installation, "waiting:confirm", story.order_no)
    page.get_by_role("link", name=story.order_no).first.click()
    page.get_by_role("button", name="Resume").first.click()
    fill(page, "approve", "li.ming", "00000001")
    page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    until(lambda: story.gates("confirm")[-1].asks >= 2, "the form is asked again")
    until(lambda: "li.ming" in story.gates("confirm")[-1].note, "the reason is kept")
    assert story.order.state == "confirming"


def test_a_customer_confirms_on_a_phone(
    installation: Installation, phone: Visit, pictures: Path
) -> None:
    customer, story = ordered(installation, "PO-BR-3")
    Operator(installation, "li.ming").answers(story.open_gate("confirm"))
    text = body(customer.mail("confirmation", story.order_no))
    found = re.search(r"http://127\.0\.0\.1:\d+/gate/\S+", text)
    assert found is not None
    page = phone.page
    page.goto(found[0])
    expect(page.get_by_text("CX-40").first).to_be_visible()
    page.screenshot(path=pictures / "customer-confirmation.png", full_page=True)
    assert story.order.state == "confirming"
    page.locator("button[name=verdict][value=approve]").click()
    story.open_gate("plan")
    assert phone.foreign == set()


def test_the_inbox_lists_what_waits_for_the_person(
    installation: Installation, visit: Visit, pictures: Path
) -> None:
    page = visit.page
    _, story = ordered(installation, "PO-BR-4")
    gate = story.open_gate("confirm")
    page.goto(installation.facts["portal"])
    page.locator("input[name=person]").fill("li.ming")
    page.locator("input[name=code]").fill(Operator(installation, "li.ming").code())
    page.locator("button.primary").first.click()
    expect(page.get_by_text(gate.number).first).to_be_visible()
    page.screenshot(path=pictures / "inbox.png")
    assert visit.foreign == set()
