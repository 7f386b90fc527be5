"""What happens while nobody answers: at which share of the time who is reminded or told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.names import GateKind
from domain.worktime import Calendar, add_worktime, worktime_between


class Nudge(StrEnum):
    """What is done when a share of the time is over. None of them decides anything."""

    REMIND = "remind"
    ESCALATE = "escalate"
    ESCALATE_FURTHER = "escalate_further"
    TELL_OWNER = "tell_owner"
    EXPIRE = "expire"
    GO_ON = "go_on"


@dataclass(frozen=True)
class Due:
    """At this share of the gate's time (1 is its deadline) these things are done."""

    share: float
    nudges: tuple[Nudge, ...]


DECISION = (
    Due(0.5, (Nudge.REMIND,)),
    Due(1.0, (Nudge.REMIND, Nudge.ESCALATE)),
    Due(2.0, (Nudge.ESCALATE_FURTHER,)),
)
"""A decision of ours: reminded at half and at the deadline, then one level up, then two."""

SCHEDULE: Mapping[GateKind, tuple[Due, ...]] = {
    GateKind.CUSTOMER_INFO: (
        Due(0.5, (Nudge.REMIND,)),
        Due(1.0, (Nudge.REMIND, Nudge.TELL_OWNER)),
    ),
    # Of ten working days: reminders after two and four, a call after five, the end after ten.
    GateKind.CUSTOMER_CONFIRMATION: (
        Due(0.2, (Nudge.REMIND,)),
        Due(0.4, (Nudge.REMIND,)),
        Due(0.5, (Nudge.TELL_OWNER,)),
        Due(1.0, (Nudge.EXPIRE,)),
    ),
    GateKind.CUSTOMER_ACCEPTANCE: (
        Due(0.5, (Nudge.REMIND,)),
        Due(0.8, (Nudge.REMIND,)),
        Due(1.0, (Nudge.REMIND, Nudge.TELL_OWNER)),
    ),
    GateKind.UNTIL: (Due(1.0, (Nudge.GO_ON,)),),
    GateKind.WORK: (Due(1.0, (Nudge.REMIND, Nudge.TELL_OWNER)),),
    GateKind.HOLD: (Due(1.0, (Nudge.TELL_OWNER,)),),
}
"""Gates that only wait, and those of the customer; every other kind is a decision of ours."""


RECEIPT_HOURS = 16
"""Working hours (two days) after which a delivery without a receipt is asked about, once."""


def after_hold(
    calendar: Calendar | None, due_at: datetime, held_at: datetime, resumed_at: datetime
) -> datetime:
    """The deadline later by the working time of the hold (by all of it without a calendar).

    One that had passed before the hold began stays.
    """
    if due_at <= held_at:
        return due_at
    if calendar is None:
        return due_at + (resumed_at - held_at)
    return add_worktime(calendar, due_at, worktime_between(calendar, held_at, resumed_at))


def schedule(kind: GateKind) -> tuple[Due, ...]:
    """What happens while a gate of this kind is open."""
    return SCHEDULE.get(kind, DECISION)
