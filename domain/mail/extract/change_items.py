"""One change of an order, as a customer asks for it."""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What is to be changed."""

    QUANTITY = "quantity"
    DUE_DATE = "due_date"
    MODEL = "model"
    DELIVERY_PLACE = "delivery_place"
    CANCEL_LINE = "cancel_line"
    CANCEL_ORDER = "cancel_order"
    ADD_LINE = "add_line"
    HOLD = "hold"
    SPLIT_DELIVERY = "split_delivery"
    SPECIAL_REQUIREMENT = "special_requirement"
    SCOPE = "scope"
    TERMS = "terms"


@dataclass(frozen=True)
class ChangeItem:
    """One change: numbers as decimal text, dates as ISO text, the rest as written."""

    what: ChangeKind
    item: str | None = None
    before: str | None = None
    after: str | None = None
