"""Every table of Orderflow, so that the metadata is complete wherever this is imported."""

from models import (
    activity,
    customer,
    delivery,
    event,
    gate,
    installation,
    message,
    order,
    outbox,
    person,
    retrospective,
    review,
    run,
    step,
    timer,
    version,
    vote,
)
from models.base import Base

METADATA = Base.metadata
"""The metadata that the migrations are compared with."""

MODULES = (
    activity,
    customer,
    delivery,
    event,
    gate,
    installation,
    message,
    order,
    outbox,
    person,
    retrospective,
    review,
    run,
    step,
    timer,
    version,
    vote,
)
