"""Votes: one person's word at a gate, kept whether it decides anything or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from domain.names import Fact, Verdict
from models import event as events
from models.base import Base
from models.order import Order

if TYPE_CHECKING:
    from models.gate import Gate


class Vote(Base):
    """One person's word at a gate; a late one is kept as `after the fact`."""

    __tablename__ = "vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), index=True)
    by: Mapped[str] = mapped_column(String(254))
    acting_for: Mapped[str | None] = mapped_column(String(254))
    verdict: Mapped[Verdict] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    channel: Mapped[str] = mapped_column(String(16))
    evidence: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]
    counts: Mapped[bool] = mapped_column(default=True)
    """False: came after the decision, or only records what a second person must confirm."""

    gate: Mapped["Gate"] = relationship(back_populates="votes")


@dataclass(frozen=True)
class Word:
    """One person's answer: who, on whose behalf, what, how it reached us."""

    by: str
    verdict: Verdict
    channel: str
    comment: str = ""
    evidence: str = ""
    acting_for: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    sha256: str | None = None


def cast(
    session: Session,
    order: Order | None,
    gate: "Gate",
    word: Word,
    *,
    acting_for: str | None,
    counts: bool,
    at: datetime,
) -> None:
    """The word is kept as a vote and in the order's history."""
    vote = Vote(
        gate_id=gate.id,
        by=word.by,
        acting_for=acting_for if acting_for != word.by else None,
        verdict=word.verdict,
        comment=word.comment,
        fields=dict(word.fields),
        channel=word.channel,
        evidence=word.evidence,
        at=at,
        counts=counts,
    )
    session.add(vote)
    session.flush()
    if order is not None:
        facts = {"gate": gate.number, "kind": gate.kind, "verdict": word.verdict, "counts": counts}
        more = {"comment": word.comment, "evidence": word.evidence, "acting_for": vote.acting_for}
        events.append(
            session,
            order.id,
            Fact.VOTE_CAST,
            by=word.by,
            channel=word.channel,
            at=at,
            payload={**facts, **more, "sha256": gate.subject_sha256},
        )
