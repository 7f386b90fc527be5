"""What customers and colleagues write to the company."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

COMPLETE = """您好,请按以下内容下单:
订单号:PO-{number}
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬,附材质报告

刘强
苏州砺嘉精密有限公司
"""
INCOMPLETE = COMPLETE.replace("交货日期:2026年12月25日\n", "")
ODD = "上次那件事怎么样了?请尽快回复。\n\n刘强\n"
ORDERS = "orders@zheling.example"

Letter = Callable[[str], bytes]
"""A mail as bytes, once it is known what it is called."""


def letter(sender: str, subject: str, text: str, answers: str, *, at: datetime) -> Letter:
    """The mail of this sender, which answers the one with this Message-ID, if any."""

    def named(message_id: str) -> bytes:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, ORDERS, subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{message_id}>"
        if answers:
            mail["In-Reply-To"] = f"<{answers}>"
        mail.set_content(text)
        return mail.as_bytes()

    return named
