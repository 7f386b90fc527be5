"""Three fresh orders as customers mail them, dated today, so that a first start has living ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class SampleMail:
    """One mail: `file` is its name in the inbox, always the same."""

    file: str
    content: bytes


def sample_mails(to: str, *, at: datetime, instance: str) -> list[SampleMail]:
    """A Chinese order in GBK with a table that lacks a quantity, an English one, a complete one."""
    makers: tuple[tuple[str, Callable[[datetime], EmailMessage]], ...] = (
        ("table", _with_table),
        ("english", _english),
        ("complete", _complete),
    )
    found = []
    for number, (name, make) in enumerate(makers):
        message = make(at)
        sender = str(message["From"])
        domain = sender.rpartition("@")[2].strip(" >")
        message["To"] = to
        message["Date"] = format_datetime(at - timedelta(minutes=len(makers) - number))
        message["Message-ID"] = f"<sample.{name}.{instance}@{domain}>"
        found.append(SampleMail(f"1.sample-{number + 1}-{name}", message.as_bytes()))
    return found


def _with_table(at: datetime) -> EmailMessage:
    """苏州砺嘉精密: the table is in an Excel file, one quantity is missing, the date is vague."""
    today = at.astimezone(ZoneInfo("Asia/Shanghai")).date()
    due = today + timedelta(days=24)
    text = f"""陈工，您好：

请按附件清单安排制作，交期 {due.month} 月中旬，送到苏州工业园区砺嘉二号车间。
要求：接触面发黑处理，随货附检验报告。
合同号 LJ-{today:%y%m}-017，单价按上次报价。

刘强
苏州砺嘉精密 采购部
0512-5550 0164
"""
    message = _message("刘强", "liu.qiang@lijia.example", f"采购订单 LJ-{today:%y%m}-017 压装工装")
    message.set_content(text, charset="gb18030", cte="base64")
    rows = (
        ("序号", "名称", "型号规格", "数量", "单位", "单价"),
        (1, "伺服压装工装", "ZL-PF-80", 4, "套", 5400),
        (2, "定位托板", "ZL-TP-320", None, "张", 260),
        (3, "快换压头", "ZL-YT-12", 8, "件", 420),
    )
    message.add_attachment(
        _table(rows), maintype=XLSX[0], subtype=XLSX[1], filename="采购清单.xlsx"
    )
    return message


def _english(at: datetime) -> EmailMessage:
    """Brentmoor Packaging: labelled values, everything said, in euros."""
    due = _weekday(at.date() + timedelta(days=49))
    message = _message(
        "Alice Fenwick", "alice.fenwick@brentmoor.example", "Purchase order BM-4417: case former"
    )
    message.set_content(
        f"""Dear Chen Yu,

please accept our order:

PO number: BM-4417
Company: Brentmoor Packaging Ltd
Item: Changeover kit for case former
Model: ZL-CK-60
Quantity: 3 sets
Unit price: EUR 2,350.00
Total: EUR 7,050.00
Required by: {due:%d %B %Y}
Deliver to: Brentmoor Packaging, Dock 2, Reading
Special requirements: Contact parts in stainless steel 1.4404

Kind regards
Alice Fenwick
Brentmoor Packaging Ltd
+44 20 7946 0175
"""
    )
    return message


def _complete(at: datetime) -> EmailMessage:
    """恒川水务集团: plain text, complete."""
    due = _weekday(at.astimezone(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=37))
    message = _message("许澜", "xu.lan@hengchuan.example", "采购订单 HC-WX-208")
    message.set_content(
        f"""陈昱您好：

恒川水务集团订购以下设备：
1、取样泵站 ZL-QP-6，2套，单价38600元
2、取样管路组件 ZL-GL-25，6套，单价1850元
交货期：{due.year}年{due.month}月{due.day}日
交货地点：恒川三水厂设备间
特殊要求：出厂前做1.5倍压力试验，提供试验记录
合计人民币88,300.00元（含税）。

许澜
恒川水务集团 设备部
0512-5550 0137
"""
    )
    return message


def _message(name: str, mail: str, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=mail)
    message["Subject"] = subject
    return message


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _table(rows: Sequence[Sequence[Any]]) -> bytes:
    from openpyxl import Workbook  # slow to load, needed once in an installation's life

    book = Workbook()
    sheet = book.active
    if sheet is not None:
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()
