"""A running installation of its own, and questions to it."""

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from benchmarks.running import running
from models.order import Order
from models.step import StepRow
from tasks.entering import enter
from tasks.services import Services


@contextmanager
def installation(more: Mapping[str, str] | None = None) -> Iterator[Services]:
    """The whole product on free ports in a folder that is thrown away; `more` are settings."""
    with (
        tempfile.TemporaryDirectory(prefix="orderflow-bench-") as folder,
        running(Path(folder), more=more) as one,
    ):
        yield one.services


def new_order(services: Services) -> str:
    """The number of a complete order, entered by telephone."""
    line = {"item": "泵", "model": "P-1", "quantity": 2, "unit": "台", "unit_price": 900}
    given: dict[str, Any] = {
        "channel": "phone",
        "customer": "恒川水务集团",
        "contact": "许澜",
        "mail": "xu.lan@hengchuan.example",
        "language": "zh-CN",
        "customer_po_no": uuid4().hex[:12],
        "open_date": True,
        "special_requirements": "none",
        "lines": [line],
    }
    return enter(services, given).order_no


def closed(services: Services, numbers: Collection[str]) -> int:
    """How many of these orders are closed."""
    with services.reading() as session:
        found = select(func.count()).where(Order.order_no.in_(numbers), Order.state == "closed")
        return session.scalar(found) or 0


def committed(services: Services, order_no: str, stage: str) -> bool:
    """Whether this stage of the order has committed."""
    with services.reading() as session:
        order = select(Order.id).where(Order.order_no == order_no).scalar_subquery()
        found = select(StepRow.id).where(StepRow.order_id == order, StepRow.stage == stage)
        return session.scalar(found.limit(1)) is not None


def stuck(services: Services, numbers: Collection[str]) -> str:
    """Where those of the orders stand that are not closed, for a person."""
    with services.reading() as session:
        rows = session.scalars(select(Order).where(Order.order_no.in_(numbers)))
        left = {e.order_no: f"{e.state} {e.stage} r{e.round}" for e in rows if not e.ended}
    return json.dumps(left, ensure_ascii=False)
