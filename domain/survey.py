"""How a customer is asked how we did: when again, for how long, and which answer needs care."""

from collections.abc import Mapping

REMIND_HOURS = 40
"""Working hours (five days) after which a survey without an answer is asked for once more."""

LOOK_AGAIN_HOURS = 8
"""Working hours after which is looked again whether what kept us from asking is settled."""

LOOKS = 60
"""After so many looks nobody is asked any more."""

FOLLOW_UP_HOURS = 8
"""Working hours within which the owner speaks with a dissatisfied customer."""

LOW_OVERALL, LOW_RECOMMEND = 2, 6


def dissatisfied(scores: Mapping[str, int]) -> bool:
    """True where the order was bad as a whole (1 to 5), or is not recommended (0 to 10).

    A score that was not given says nothing.
    """
    overall, recommend = scores.get("overall"), scores.get("recommend")
    return (overall is not None and overall <= LOW_OVERALL) or (
        recommend is not None and recommend <= LOW_RECOMMEND
    )
