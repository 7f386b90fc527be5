"""Customers and their contacts: who orders, who may confirm and accept."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base


class Customer(Base):
    """A company that orders. `tier` A to D says how important it is to us."""

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    aliases: Mapped[list[str]] = mapped_column(default=list)
    tier: Mapped[str] = mapped_column(String(1), default="C")
    language: Mapped[str] = mapped_column(String(8), default="zh-CN")
    timezone: Mapped[str] = mapped_column(String(64), default="Asia/Shanghai")
    account_manager: Mapped[str | None] = mapped_column(String(40))
    credit_limit: Mapped[Decimal | None]
    blocked_reason: Mapped[str | None] = mapped_column(String(400))
    first_contact_may_sign: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    contacts: Mapped[list["Contact"]] = relationship(back_populates="customer")

    @property
    def name(self) -> str:
        """The name in the customer's own language."""
        first, second = self.name_zh, self.name_en
        return (first or second) if self.language.startswith("zh") else (second or first)


class Contact(Base):
    """A person of a customer; `can_sign` may confirm and accept orders."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    mail: Mapped[str] = mapped_column(String(254), index=True)
    phones: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(String(8), default="zh-CN")
    can_sign: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    bounced_at: Mapped[datetime | None]

    customer: Mapped[Customer] = relationship(back_populates="contacts")


PUBLIC_DOMAINS = frozenset(
    {"qq.com", "163.com", "126.com", "sina.com", "foxmail.com"}
    | {"gmail.com", "outlook.com", "hotmail.com", "icloud.com", "yahoo.com"}
)
"""Domains of mail providers: an address there says nothing about the company."""


def contact_of(session: Session, mail: str) -> Contact | None:
    """The active contact with this address, whatever its case."""
    return session.scalar(
        select(Contact).where(Contact.mail == mail.lower(), Contact.active.is_(True))
    )


def customer_of_domain(session: Session, mail: str) -> Customer | None:
    """The one customer whose contacts write from this company domain, or None."""
    domain = mail.lower().rpartition("@")[2]
    if domain in PUBLIC_DOMAINS:
        return None
    writes_from_there = Contact.mail.endswith("@" + domain, autoescape=True)
    found = session.scalars(select(Contact.customer_id).where(writes_from_there).distinct()).all()
    return session.get(Customer, found[0]) if len(found) == 1 else None


def customer_named(session: Session, name: str) -> Customer | None:
    """The customer with this name or code, exactly."""
    lowered = name.strip().lower()
    if not lowered:
        return None
    return session.scalar(
        select(Customer).where(
            (func.lower(Customer.code) == lowered)
            | (func.lower(Customer.name_zh) == lowered)
            | (func.lower(Customer.name_en) == lowered)
        )
    )
