"""Linearizability: whether what everybody was told can have happened one after the other.

A gate is a register that is written once: the first valid word wins, all later ones are told so.
Beside it the order is held and goes on; while it is held, no word counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

OPEN = "open"


class Does(StrEnum):
    """What somebody does."""

    VOTE = "vote"
    HOLD = "hold"
    RESUME = "resume"
    LOOK = "look"


class Told(StrEnum):
    """What somebody is told."""

    DONE = "done"
    CLOSED = "closed"
    """Somebody else was faster; `seen` says what they decided."""
    HELD = "held"
    """The order does not stand where this is possible."""
    REFUSED = "refused"
    """One of both; the door does not say which."""
    FORBIDDEN = "forbidden"
    """This person never decides here."""
    SEEN = "seen"


@dataclass(frozen=True)
class Register:
    """The gate's state and the value that decisions write; whether the order is held."""

    gate: str
    value: str
    held: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Act:
    """One act of somebody, from when it began until the answer was there (ticks)."""

    by: str
    does: Does
    told: Told
    began: int
    done: int
    result: str = ""
    """The gate's state that a vote leads to."""
    value: str = ""
    """What a vote writes; empty: nothing."""
    ends: bool = False
    """Whether the order has ended with this vote."""
    seen: Register | None = None
    """What a look saw, or (its gate) what a vote was told of the decision."""


def step(now: Register, act: Act) -> Register | None:
    """The register after the act; None where nobody could be told this in that state."""
    match act.does, act.told:
        case Does.LOOK, _:
            return now if act.seen == now else None
        case Does.VOTE, Told.DONE if now.gate == OPEN and not now.held:
            return replace(now, gate=act.result, value=act.value or now.value, ended=act.ends)
        case Does.VOTE, Told.CLOSED if act.seen is not None:
            return now if now.gate == act.seen.gate != OPEN else None
        case Does.VOTE, Told.HELD:
            return now if now.gate == OPEN and now.held else None
        case Does.VOTE, Told.REFUSED:
            return now if now.gate != OPEN or now.held else None
        case Does.VOTE, Told.FORBIDDEN:
            return now
        case Does.HOLD, Told.DONE if not now.held and not now.ended:
            return replace(now, held=True)
        case Does.HOLD, Told.HELD:
            return now if now.held or now.ended else None
        case Does.RESUME, Told.DONE if now.held:
            return replace(now, held=False)
        case Does.RESUME, Told.HELD:
            return now if not now.held else None
    return None


def explained(history: Sequence[Act], begin: Register, end: Register | None = None) -> bool:
    """Whether some order of the acts, each between its beginning and its end, tells everybody
    what they were told (and ends there)."""
    acts = sorted(history, key=lambda act: act.began)
    seen: set[tuple[int, Register]] = set()
    stack = [((1 << len(acts)) - 1, begin)]
    while stack:
        left, now = stack.pop()
        if (left, now) in seen:
            continue
        seen.add((left, now))
        if not left:
            if end is None or now == end:
                return True
            continue
        waiting = [index for index in range(len(acts)) if left >> index & 1]
        first_end = min(acts[index].done for index in waiting)
        for index in waiting:
            if acts[index].began > first_end:
                break
            after = step(now, acts[index])
            if after is not None:
                stack.append((left & ~(1 << index), after))
    return False
