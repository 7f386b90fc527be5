"""People of ours: what they may do, how they prove who they are, who answers for them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.authority import Person, Substitution
from domain.names import Role
from models.base import Base


class PersonRow(Base):
    """Somebody who works here; `person` is the short word that people type."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    mail: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="zh-CN")
    roles: Mapped[list[str]] = mapped_column(default=list)
    skills: Mapped[list[str]] = mapped_column(default=list)
    limit: Mapped[Decimal | None]
    manager: Mapped[str | None] = mapped_column(String(40))
    hours_per_day: Mapped[Decimal] = mapped_column(default=Decimal(8))
    hourly_rate: Mapped[Decimal] = mapped_column(default=Decimal(200))
    active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None] = mapped_column(String(200))
    """Sealed with the installation's key (tasks/codes.py); never in the clear."""
    totp_last_step: Mapped[int] = mapped_column(default=0)

    def as_value(self) -> Person:
        """The person as the rules see them."""
        limit = Decimal("Infinity") if self.limit is not None and self.limit < 0 else self.limit
        roles = frozenset(Role(each) for each in self.roles)
        return Person(self.person, self.name, self.mail, self.language, roles, limit, self.manager)


class SubstitutionRow(Base):
    """Who answers for whom, from the first day up to, not including, `until`."""

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(primary_key=True)
    absent: Mapped[str] = mapped_column(ForeignKey("person.person"), index=True)
    substitute: Mapped[str] = mapped_column(ForeignKey("person.person"))
    since: Mapped[date]
    until: Mapped[date]


class IssuedCode(Base):
    """A code made for one person, for named gates, for ten minutes; only its hash is kept."""

    __tablename__ = "issued_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.person"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    gates: Mapped[list[str]] = mapped_column(default=list)
    """Gate numbers such as `G-12`; empty means any one call."""
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]


class CodeAttempt(Base):
    """A wrong code that somebody gave in a person's name."""

    __tablename__ = "code_attempt"
    __table_args__ = (Index("ix_code_attempt_person_at", "person", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


def people(session: Session) -> list[Person]:
    """Everybody who works here now."""
    rows = session.scalars(
        select(PersonRow).where(PersonRow.active.is_(True)).order_by(PersonRow.person)
    )
    return [each.as_value() for each in rows]


def person_row(session: Session, person: str) -> PersonRow | None:
    """The row of the short word, whatever its case."""
    return session.scalar(
        select(PersonRow).where(
            PersonRow.person == person.strip().lower(), PersonRow.active.is_(True)
        )
    )


def person_with_mail(session: Session, mail: str) -> PersonRow | None:
    """Who of ours writes from this address."""
    return session.scalar(
        select(PersonRow).where(
            func.lower(PersonRow.mail) == mail.lower(), PersonRow.active.is_(True)
        )
    )


def substitutions(session: Session) -> list[Substitution]:
    """All substitutions, past and coming."""
    rows = session.scalars(select(SubstitutionRow).order_by(SubstitutionRow.id))
    return [Substitution(r.absent, r.substitute, r.since, r.until) for r in rows]
