"""What a stage has committed: once per order, stage and round."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class StepRow(Base):
    """The one commit of a stage's work in one round."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("order_id", "stage", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    stage: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    event: Mapped[str] = mapped_column(String(40))
    epoch: Mapped[int]
    committed_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


def committed(session: Session, order_id: int, stage: str, round_: int) -> StepRow | None:
    """The commit of this stage and round, or None while its work is not done."""
    return session.scalar(
        select(StepRow).where(
            StepRow.order_id == order_id, StepRow.stage == stage, StepRow.round == round_
        )
    )
