"""One order with everybody around it, brought to where a test begins."""

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from tests.conversation import Correspondent, Operator, Story, story_of
from tests.installation import Installation

CHINESE = """您好,

请按以下内容下单:
订单号:{po}
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2027年3月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密
"""

ENGLISH = """Dear team,

Please accept our order as follows:
Order number: {po}
Item: Guide roller
Model: GR-120
Quantity: 24 pcs
Unit price: USD 85.00
Delivery date: 25 March 2027
Special requirements: balanced to G6.3, inspection report included

Best regards
Alice Fenwick
Brentmoor Packaging Ltd
"""

GAPS = """您好,我司需订购以下产品:
订单号:{po}
品名:钣金外壳
型号:BX-9

刘强
苏州砺嘉精密
"""


@dataclass(frozen=True)
class Play:
    """A customer's order and the people who carry it."""

    installation: Installation
    customer: Correspondent
    story: Story

    @property
    def no(self) -> str:
        """The order's number."""
        return self.story.order_no

    @cached_property
    def manager(self) -> Operator:
        """Who approves."""
        return self.operator("li.ming")

    def operator(self, person: str) -> Operator:
        """Somebody in front of Prefect's pages."""
        return Operator(self.installation, person)

    def colleague(self, person: str) -> Correspondent:
        """Somebody of ours with a mailbox."""
        return Correspondent(self.installation, f"{person}@zheling.example")

    def approved(self) -> None:
        """We offer what was ordered."""
        self.manager.answers(self.story.open_gate("confirm"))

    def confirmed(self, round_: int = 1) -> None:
        """The customer has said yes to the version of this round."""
        self.customer.reply(self.customer.mail("confirmation", self.no, round_), "确认")

    def released(self) -> None:
        """The plan is approved and everybody is at work."""
        self.manager.answers(self.story.open_gate("plan"))
        self.story.open_gate("work")

    def worked(self, round_: int = 1) -> None:
        """Everybody has reported by mail that their work of this round is done."""
        for person, labels in self.story.open_work().items():
            colleague = self.colleague(person)
            mail = colleague.mail("assignment", self.no, round_)
            colleague.reply(mail, "\n".join(f"[{label}] done" for label in labels))

    def passed(self) -> None:
        """Quality has passed the result."""
        self.operator("zhou.min").answers(self.story.open_gate("completion"))

    def delivered(self) -> None:
        """The whole way until the customer is asked to accept."""
        self.approved()
        self.confirmed()
        self.released()
        self.worked()
        self.passed()
        self.customer.mail("acceptance", self.no)


def begin(
    installation: Installation, text: str = CHINESE, sender: str = "liu.qiang@lijia.example"
) -> Play:
    """A customer's mail has become an order."""
    po = f"PO-{uuid4().int % 10**8:08d}"
    customer = Correspondent(installation, sender)
    customer.write(text.format(po=po), f"采购订单 {po}" if text != ENGLISH else f"Order {po}")
    return Play(installation, customer, story_of(installation, po))
