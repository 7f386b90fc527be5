"""Reviews of all open orders: one snapshot, an agenda, minutes by mail, an artifact."""

from tasks.reviews.review import ReviewDone, review

__all__ = ["ReviewDone", "review"]
