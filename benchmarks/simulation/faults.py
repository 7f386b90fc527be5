"""What may go wrong in a schedule, and how often: drawn once per seed."""

from dataclasses import dataclass, fields, replace
from random import Random


@dataclass(frozen=True)
class Faults:
    """Chances per point of the outside world (0: never)."""

    switch: float = 0.3
    """Another process goes on here."""
    crash: float = 0.0
    """The process is killed here: nothing of it acts any more."""
    refuse: float = 0.0
    """The call or the database fails before anything has happened."""
    lose: float = 0.0
    """It has happened, but the caller gets an error instead of the answer."""
    repeat: float = 0.0
    """The call happens twice."""
    delay: float = 0.0
    """The process stands still for up to two minutes."""
    jump: float = 0.0
    """The clock jumps by up to a day, forwards or backwards."""
    reboot: float = 0.0
    """Everything of ours is killed and starts again under another boot."""
    forget: float = 0.0
    """The engine loses its whole database."""


NONE = Faults()
RATES = Faults(
    switch=0.5,
    crash=0.03,
    refuse=0.03,
    lose=0.03,
    repeat=0.03,
    delay=0.03,
    jump=0.005,
    reboot=0.004,
    forget=0.002,
)
"""The highest chance of each."""


def drawn(luck: Random) -> Faults:
    """Faults of one schedule: some kinds only, each at a rate of its own; sometimes none."""
    if luck.random() < 0.1:
        return replace(NONE, switch=luck.uniform(0.05, RATES.switch))
    chosen = {
        each.name: getattr(RATES, each.name) * luck.random()
        for each in fields(Faults)
        if luck.random() < 0.5
    }
    return Faults(**{**chosen, "switch": luck.uniform(0.02, RATES.switch)})
