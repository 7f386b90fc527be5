"""An order in Chinese through all nine stages."""

import pytest

from tests.conversation import PURPOSE, Correspondent, Operator, body, story_of
from tests.installation import Installation

pytestmark = pytest.mark.engine

ORDER = """您好,

请按以下内容下单:
订单号:PO-ZH-1002
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2027年3月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密
"""

ROUNDS = [
    "receive",
    "confirm",
    "classify",
    "plan",
    "execute",
    "review",
    "deliver",
    "accept",
    "retrospective",
]


def test_an_order_is_lived_through_by_mail_and_form(installation: Installation) -> None:
    customer = Correspondent(installation, "liu.qiang@lijia.example")
    manager, quality = Operator(installation, "li.ming"), Operator(installation, "zhou.min")
    customer.write(ORDER, "采购订单 PO-ZH-1002")
    story = story_of(installation, "PO-ZH-1002")
    no = story.order_no

    form = manager.answers(story.open_gate("confirm"))
    assert list(form.fields) == ["decision", "approver", "code", "comment", "promised_at"]
    assert no in form.briefing

    asked = customer.mail("confirmation", no)
    assert "CX-40" in body(asked)
    assert any(part.get_content_type() == "application/pdf" for part in asked.iter_attachments())
    customer.reply(asked, "确认")
    manager.answers(story.open_gate("plan"))

    story.open_gate("work")
    for person, labels in story.open_work().items():
        colleague = Correspondent(installation, f"{person}@zheling.example")
        colleague.reply(
            colleague.mail("assignment", no), "\n".join(f"[{each}] 完成" for each in labels)
        )
    quality.answers(story.open_gate("completion"))

    customer.reply(customer.mail("acceptance", no), "验收通过")
    customer.mail("certificate", no)
    customer.reply(customer.mail("survey", no), "5 5 4 5 9")
    manager.answers(story.open_gate("close"))
    story.becomes("closed")

    assert story.steps() == [(stage, 1) for stage in ROUNDS if True]
    for purpose in ("received", "confirmation", "plan_released", "delivery", "acceptance"):
        assert len(customer.mails(purpose, no)) == 1, purpose
    assert {str(m[PURPOSE]) for m in customer.mails("survey", no)} == {"survey"}
