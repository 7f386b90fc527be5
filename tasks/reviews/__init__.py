"""Reviews of all open orders: one snapshot, an agenda, minutes by mail, an artifact."""

from tasks.reviews.review import ReviewDone, review
from tasks.reviews.upkeep import look_after

__all__ = ["ReviewDone", "look_after", "review"]
