"""Handing over: documents, deliveries, acceptances with their criteria and punch items."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base


class Document(Base):
    """A file that we made for an order; released ones never change."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("order_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(80), default="application/pdf")
    language: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    customer_visible: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Delivery(Base):
    """What was handed over in one round, file by file."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("order_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    round: Mapped[int]
    manifest: Mapped[list[Any]]
    package_sha256: Mapped[str] = mapped_column(String(64))
    delivered_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    received_by: Mapped[str | None] = mapped_column(String(254))


class Acceptance(Base):
    """The customer's verdict on one delivery."""

    __tablename__ = "acceptance"
    __table_args__ = (UniqueConstraint("order_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    round: Mapped[int]
    order_version: Mapped[int]
    criteria: Mapped[list[Any]]
    """Each: code, text, result (open, pass, fail, waived)."""
    result: Mapped[str] = mapped_column(String(24), default="open")
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    signed_by: Mapped[str | None] = mapped_column(String(254))
    method: Mapped[str | None] = mapped_column(String(16))
    signed_at: Mapped[datetime | None]
    certificate_no: Mapped[str | None] = mapped_column(String(40))

    punch_items: Mapped[list["PunchItem"]] = relationship(order_by="PunchItem.no")


class PunchItem(Base):
    """One thing that the customer wants put right."""

    __tablename__ = "punch_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    acceptance_id: Mapped[int] = mapped_column(ForeignKey("acceptance.id"), index=True)
    no: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(String(12), default="major")
    activity_number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12), default="open")
    due_on: Mapped[date | None]


def documents(session: Session, order_id: int) -> Sequence[Document]:
    """All documents of the order, oldest first."""
    return session.scalars(
        select(Document).where(Document.order_id == order_id).order_by(Document.id)
    ).all()


def newest(session: Session, order_id: int, kind: str) -> Document | None:
    """The newest document of this kind."""
    return session.scalar(
        select(Document)
        .where(Document.order_id == order_id, Document.kind == kind)
        .order_by(Document.version.desc())
        .limit(1)
    )


def last_delivery(session: Session, order_id: int) -> Delivery | None:
    """The newest delivery of the order."""
    return session.scalar(
        select(Delivery)
        .where(Delivery.order_id == order_id)
        .order_by(Delivery.round.desc())
        .limit(1)
    )


def last_acceptance(session: Session, order_id: int) -> Acceptance | None:
    """The newest acceptance of the order."""
    return session.scalar(
        select(Acceptance)
        .where(Acceptance.order_id == order_id)
        .order_by(Acceptance.round.desc())
        .limit(1)
    )
