"""Refusals: facts about why something cannot be done. Their sentences are in templates/errors."""

from dataclasses import dataclass

from domain.names import Event, State


class Refusal(Exception):
    """Something that the world does not allow; carries facts, the sentence is written elsewhere.

    Its kinds are dataclasses with `unsafe_hash`, not frozen: contextlib sets `__traceback__` on an
    exception that passes through it, which a frozen one refuses.
    """

    def __str__(self) -> str:
        return repr(self)


@dataclass(unsafe_hash=True)
class IllegalMove(Refusal):
    """The order is in a state that this event cannot leave."""

    order_no: str
    state: State
    event: Event


@dataclass(unsafe_hash=True)
class Fenced(Refusal):
    """Another execution has taken over this order; nothing was written."""

    subject: str
    epoch: int


@dataclass(unsafe_hash=True)
class UnknownOrder(Refusal):
    """No order has this number."""

    order_no: str


@dataclass(unsafe_hash=True)
class UnknownGate(Refusal):
    """No approval has this number."""

    gate: str


@dataclass(unsafe_hash=True)
class UnknownPerson(Refusal):
    """Nobody here has this short word."""

    person: str


@dataclass(unsafe_hash=True)
class UnknownActivity(Refusal):
    """The order has no task with this number."""

    order_no: str
    activity: str


@dataclass(unsafe_hash=True)
class GateClosed(Refusal):
    """The gate has its decision already; `answered_by` gave it."""

    gate: str
    order_no: str
    state: str
    answered_by: str


@dataclass(unsafe_hash=True)
class Superseded(Refusal):
    """What was decided is not what is asked now: the content has another hash."""

    gate: str
    order_no: str


@dataclass(unsafe_hash=True)
class NotAllowed(Refusal):
    """The person may not answer this gate, for the reason named (a key of templates/errors)."""

    gate: str
    order_no: str
    person: str
    reason: str


@dataclass(unsafe_hash=True)
class WrongCode(Refusal):
    """The code is not right; so many tries are left before the channel is blocked."""

    person: str
    tries_left: int


@dataclass(unsafe_hash=True)
class CodesBlocked(Refusal):
    """Too many wrong codes: form and command line are closed to this person for a while."""

    person: str
    minutes: int


@dataclass(unsafe_hash=True)
class NoCodeYet(Refusal):
    """The person has neither an authenticator nor an issued code."""

    person: str


@dataclass(unsafe_hash=True)
class CommentNeeded(Refusal):
    """A rejection or a return needs a reason."""

    gate: str
    order_no: str


@dataclass(unsafe_hash=True)
class BadValue(Refusal):
    """A field has a value that cannot be used; `expected` says what would do."""

    field: str
    value: str
    expected: str


@dataclass(unsafe_hash=True)
class BadLink(Refusal):
    """A link is not valid: `reason` is one of forged, expired, used, superseded."""

    reason: str


@dataclass(unsafe_hash=True)
class SecondPersonNeeded(Refusal):
    """The record of a customer's word needs another person than the one who wrote it."""

    gate: str
    order_no: str
    person: str


@dataclass(unsafe_hash=True)
class Unreadable(Refusal):
    """A mail exceeds a limit or cannot be read; `reason` is a word of the sentence's table."""

    reason: str
