"""Looking back at an order: its history in, facts, improvements and sentences out."""

from domain.retrospective.facts import look_back
from domain.retrospective.history import (
    Bias,
    Done,
    Facts,
    Happened,
    History,
    Improvement,
    LeadTime,
    Moved,
    Variance,
    Waited,
)
from domain.retrospective.words import improvement_sentence, sentences

__all__ = [
    "Bias",
    "Done",
    "Facts",
    "Happened",
    "History",
    "Improvement",
    "LeadTime",
    "Moved",
    "Variance",
    "Waited",
    "improvement_sentence",
    "look_back",
    "sentences",
]
