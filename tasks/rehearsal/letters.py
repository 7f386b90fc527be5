"""What virtual customers send: two orders by mail and one by telephone, with fresh numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from io import BytesIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class Letter:
    """A mail as sent; `message_id` is without angle brackets."""

    sender: str
    message_id: str
    raw: bytes


def number(prefix: str) -> str:
    """A customer's own order number that was not used before."""
    return f"{prefix}-{uuid4().hex[:6].upper()}"


def with_table(to: str, *, at: datetime) -> Letter:
    """苏州砺嘉精密, GBK: the table is in an Excel file, no quantity in one line, a vague date."""
    due = at.astimezone(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=24)
    po = number("LJ")
    message = _message("刘强", "liu.qiang@lijia.example", to, f"采购订单 {po} 压装工装", at)
    message.set_content(
        f"陈工，您好：\n\n请按附件清单安排制作，交期 {due.month} 月中旬，送到砺嘉二号车间。\n"
        f"要求：接触面发黑处理，随货附检验报告。\n订单号：{po}\n\n刘强\n苏州砺嘉精密 采购部\n",
        charset="gb18030",
        cte="base64",
    )
    rows = (
        ("序号", "名称", "型号规格", "数量", "单位", "单价"),
        (1, "伺服压装工装", "ZL-PF-80", 4, "套", 5400),
        (2, "定位托板", "ZL-TP-320", None, "张", 260),
        (3, "快换压头", "ZL-YT-12", 8, "件", 420),
    )
    message.add_attachment(
        _workbook(rows), maintype=XLSX[0], subtype=XLSX[1], filename="采购清单.xlsx"
    )
    return _letter(message)


def in_english(to: str, *, at: datetime) -> Letter:
    """Brentmoor Packaging: labelled values, everything said, in euros."""
    due = at.date() + timedelta(days=49)
    due -= timedelta(days=max(0, due.weekday() - 4))
    po = number("BM")
    sender = "alice.fenwick@brentmoor.example"
    message = _message("Alice Fenwick", sender, to, f"Purchase order {po}: case former", at)
    message.set_content(
        f"Dear Chen Yu,\n\nplease accept our order:\n\nPO number: {po}\n"
        "Company: Brentmoor Packaging Ltd\nItem: Changeover kit for case former\n"
        "Model: ZL-CK-60\nQuantity: 3 sets\nUnit price: EUR 2,350.00\nTotal: EUR 7,050.00\n"
        f"Required by: {due:%d %B %Y}\nDeliver to: Brentmoor Packaging, Dock 2, Reading\n"
        "Special requirements: Contact parts in stainless steel 1.4404\n\n"
        "Kind regards\nAlice Fenwick\nBrentmoor Packaging Ltd\n",
        cte="quoted-printable",
    )
    return _letter(message)


def on_the_telephone() -> dict[str, Any]:
    """恒川水务集团: what the clerk enters while the customer speaks."""
    line = {"item": "潜水泵", "model": "QW-65", "quantity": 4, "unit": "台", "unit_price": "5200"}
    return {
        "channel": "phone",
        "customer": "恒川水务集团",
        "contact": "许澜",
        "mail": "xu.lan@hengchuan.example",
        "language": "zh-CN",
        "customer_po_no": number("TEL"),
        "open_date": True,
        "special_requirements": "none",
        "lines": [line],
    }


def _message(name: str, sender: str, to: str, subject: str, at: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=sender)
    message["To"], message["Subject"] = to, subject
    message["Date"] = format_datetime(at.astimezone(ZoneInfo("Asia/Shanghai")))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    return message


def _letter(message: EmailMessage) -> Letter:
    sender = str(message["From"].addresses[0].addr_spec)
    return Letter(sender, str(message["Message-ID"]).strip("<>"), message.as_bytes())


def _workbook(rows: tuple[tuple[Any, ...], ...]) -> bytes:
    from openpyxl import Workbook  # slow to load, needed by one story

    book = Workbook()
    sheet = book.active
    if sheet is not None:
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()
