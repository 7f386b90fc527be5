"""The version that is offered to the customer: content, date, hash and paper belong together."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.checks import Check
from domain.content import Content, differences, digest, snapshot
from models import version as versions
from models.delivery import Document
from models.installation import keep
from models.order import Order
from models.version import OrderVersion
from tasks.content import content
from tasks.papers import scope_statement
from tasks.services import Services


@dataclass(frozen=True)
class Offer:
    """The version that is offered: its content, its date, its paper, what the checks say."""

    content: Content
    promised_on: date | None
    n: int
    sha256: str
    changed: tuple[dict[str, Any], ...]
    paper: bytes
    found: tuple[Check, ...] | None
    """Results of the checks; None where they stand as they were."""
    earliest_on: date | None

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The version, its document and the promised date are part of the order."""
        order.promised_on = self.promised_on
        sha256 = keep(session, self.paper, at=at)
        existing = session.scalar(
            select(OrderVersion).where(OrderVersion.order_id == order.id, OrderVersion.n == self.n)
        )
        if existing is None:
            session.add(
                OrderVersion(
                    order_id=order.id,
                    n=self.n,
                    snapshot=snapshot(self.content),
                    sha256=self.sha256,
                    differences=list(self.changed),
                    created_at=at,
                )
            )
        version = 1 + (
            session.scalar(
                select(func.max(Document.version)).where(
                    Document.order_id == order.id, Document.kind == "scope_statement"
                )
            )
            or 0
        )
        session.add(
            Document(
                order_id=order.id,
                kind="scope_statement",
                version=version,
                name=f"{order.order_no}-scope-v{self.n}.pdf",
                language=order.language,
                sha256=sha256,
                created_at=at,
            )
        )
        if self.found is not None:
            order.sources = {
                **order.sources,
                "checks": [
                    {"rule": c.rule, "weight": str(c.weight), "facts": c.facts} for c in self.found
                ],
                "earliest_on": str(self.earliest_on or ""),
            }
        session.flush()


def next_version(
    session: Session, order: Order, offered: Content
) -> tuple[int, tuple[dict[str, Any], ...]]:
    """The number of this version, and what it says differently from the one before."""
    last = versions.latest(session, order.id)
    if last is None:
        return 1, ()
    now = snapshot(offered)
    if digest(now) == last.sha256:
        return last.n, tuple(last.differences)
    changed = tuple(dict(vars(each)) for each in differences(last.snapshot, now))
    return last.n + 1, changed


def offer_again(session: Session, services: Services, order: Order, *, at: datetime) -> None:
    """The order as its rows say now is offered as a version of its own, with its paper."""
    offered = content(order)
    n, changed = next_version(session, order, offered)
    paper = scope_statement(session, services, order, offered, n, changed, at=at)
    sha256 = digest(snapshot(offered))
    Offer(offered, order.promised_on, n, sha256, changed, paper, None, None).keep(
        session, order, at=at
    )
