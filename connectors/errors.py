"""What can go wrong with the world outside: try again later, or do not."""

from dataclasses import dataclass

from domain.errors import Refusal


@dataclass(unsafe_hash=True)
class Unreachable(Refusal):
    """The other side could not be reached now; the same call may succeed later."""

    what: str
    reason: str


@dataclass(unsafe_hash=True)
class Rejected(Refusal):
    """The other side said no; the same call will be refused again."""

    what: str
    reason: str
