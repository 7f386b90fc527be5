"""The shape of what a gate's asker knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.order import Order
from tasks.services import Services


@dataclass(frozen=True)
class Brief:
    """Parts of a briefing (fields of BriefingView), the facts for the rules, what is hashed."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    subject: Mapping[str, Any] = field(default_factory=dict)
    decided: Mapping[str, Any] = field(default_factory=dict)
    """What the decision is about: its digest is the gate's hash."""
    requested_by: str = ""
    due_at: datetime | None = None


Briefer = Callable[[Session, Services, Order, datetime], Brief]
"""Makes the brief of one kind of gate from the order's rows."""
