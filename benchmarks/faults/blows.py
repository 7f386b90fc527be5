"""What is done to an installation: kills of every part in every stage, and lesser hardships."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from domain.names import Stage

LEG, CARRIERS, UP, EVERYTHING = "leg", "carriers", "up", "everything"
CUT, FREEZE, DISK, FILES = "connections cut", "frozen", "disk full", "files used up"
PARTS = ("worker", "service", "prefect", "postgres", "mail", "portal")
CALLS: Mapping[str, tuple[str, ...]] = {
    "leg": ("commit", "suspend", "let_go"),
    "service": ("commit", "send", "start", "resume", "rename"),
    "worker": ("claim", "give"),
    "mail": ("fsync", "rename"),
    "portal": ("commit", "resume"),
}
"""By part, the calls before and after which it can be killed."""
POINTS = tuple(
    f"{part}.{when}_{call}"
    for part, calls in CALLS.items()
    for call in calls
    for when in ("before", "after")
)
EVERY_ORDER_PASSES = tuple(
    point for point in POINTS if not point.endswith("resume") and not point.startswith("portal")
)
"""Points that are reached soon, whatever people do."""
STAGES = tuple(Stage)


@dataclass(frozen=True)
class Blow:
    """One fault: a part killed while an order is in the stage, or at a point; or something away."""

    stage: Stage
    what: str
    where: str = ""

    @property
    def kills(self) -> bool:
        """Whether a process dies of it."""
        return self.what not in (CUT, FREEZE, DISK, FILES)

    @property
    def kind(self) -> str:
        """Under what it is counted."""
        return f"{self.what} at a named point" if self.where in POINTS else self.what

    def __str__(self) -> str:
        """For people."""
        words = (self.what if self.where not in POINTS else "", self.where, f"in {self.stage}")
        return " ".join(filter(None, words))


def kills(luck: Random, most: int, points: Sequence[str] = POINTS) -> list[Blow]:
    """Up to so many: a leg in each stage, each other part, everything, these named points."""
    others = (*PARTS, CARRIERS, "worker", "service", UP, EVERYTHING)
    blows = [
        *(Blow(stage, LEG) for stage in STAGES),
        *(Blow(luck.choice(STAGES), victim) for victim in others),
        *(Blow(luck.choice(STAGES), point.partition(".")[0], point) for point in points),
    ]
    return on_the_way(luck.sample(blows, min(most, len(blows))))


def hardships(luck: Random) -> list[Blow]:
    """What kills nobody: cut connections, parts that stand still, a full disk, no more files."""
    return [
        Blow(luck.choice(STAGES), CUT),
        *(Blow(luck.choice(STAGES), FREEZE, part) for part in ("prefect", "service", "worker")),
        *(Blow(luck.choice(STAGES), DISK, part) for part in ("mail", "service")),
        Blow(luck.choice(STAGES), FILES, "service"),
    ]


def on_the_way(blows: list[Blow]) -> list[Blow]:
    """In the order in which an order of a customer comes by."""
    return sorted(blows, key=lambda blow: (STAGES.index(blow.stage), str(blow)))
