"""The outside world as the processes see it: each call is a point where luck may strike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from benchmarks.simulation.hub import Hub
from connectors.errors import Unreachable
from connectors.inbox import Envelope, MemoryInbox
from connectors.runs import FINAL, RunType
from connectors.runs_memory import MemoryRuns

Given = TypeVar("Given")


def call(hub: Hub, what: str, act: Callable[[], Given], *, changes: bool = True) -> Given:
    """What the outside gives back; or it fails before or after it was done, or is done twice."""
    hub.point(what)
    faults = hub.faults
    if hub.happens(faults.refuse, f"refuse {what}"):
        raise Unreachable("outside", f"{what}: no connection")
    given = act()
    if changes and hub.happens(faults.repeat, f"repeat {what}"):
        given = act()
    hub.point(f"{what} done")
    if hub.happens(faults.lose, f"lose {what}"):
        raise Unreachable("outside", f"{what}: no answer")
    return given


@dataclass
class Delivery:
    """One mail that has arrived in somebody's mailbox."""

    message_id: str
    purpose: str
    subject: str
    raw: bytes = field(repr=False)
    recipient: str
    step: int
    strand: str
    began: int
    """The step at which the round of its sender began."""


class Mailboxes:
    """A mail server with the mailboxes of everybody outside."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.delivered: list[Delivery] = []

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        """The mail lies in the boxes of all recipients. Raises `Unreachable`."""
        call(self._hub, "smtp", lambda: self._deliver(raw, recipients))

    def _deliver(self, raw: bytes, recipients: Sequence[str]) -> None:
        strand = self._hub.current
        head = _head(raw)
        for each in recipients:
            self.delivered.append(
                Delivery(
                    head["message-id"].strip("<>"),
                    head["x-orderflow-purpose"],
                    head.get("subject", ""),
                    raw,
                    each,
                    self._hub.steps,
                    strand.name,
                    strand.began,
                )
            )
        self._hub.changed("mail")


def _head(raw: bytes) -> dict[str, str]:
    """Header fields by lower-case name, as written."""
    lines = raw.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ").split("\r\n")
    return {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines)}


class Inbox:
    """The company's inbox; two services may read it at once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.name = "orders"
        self.box = MemoryInbox(name="orders")
        self.letters: list[str] = []
        """Message-IDs of all mails that were written to the company."""

    def write(self, letter: Callable[[str], bytes]) -> None:
        """Somebody has sent this letter to the company."""
        self.letters.append(f"{len(self.letters) + 1}.letter@outside.example")
        self.box.deliver(letter(self.letters[-1]))
        self._hub.changed("inbox")

    def waiting(self, limit: int) -> Sequence[Envelope]:
        """Mails that nobody has put away."""
        return call(self._hub, "inbox", lambda: self.box.waiting(limit), changes=False)

    def done(self, key: str) -> None:
        """The mail waits no longer."""
        call(self._hub, "inbox done", lambda: self.box.done(key))

    def quarantine(self, key: str, reason: str) -> None:
        """The mail is set aside."""
        call(self._hub, "inbox aside", lambda: self.box.quarantine(key, reason))


class Server(MemoryRuns):
    """The engine itself; whoever waits for a state of a run is told."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(lambda: hub.now)
        self._hub = hub

    def start(self, deployment: str, **more: Any) -> str:
        """Id of a run that is due now."""
        self._hub.changed("due")
        return super().start(deployment, **more)

    def becomes(self, flow_run_id: str, kind: RunType, name: str = "") -> None:
        """The run is in that state."""
        super().becomes(flow_run_id, kind, name)
        self._hub.changed(WORD.get(kind, "ended" if kind in FINAL else ""))

    def show_form(self, *values: Any, **more: Any) -> None:
        """The form can be filled."""
        super().show_form(*values, **more)
        self._hub.changed("paused")


WORD = {
    RunType.SCHEDULED: "due",
    RunType.CANCELLING: "due",
    RunType.PAUSED: "paused",
}
CHANGES = ("start", "resume", "crash", "cancel", "forget_answer")
"""What of the engine's interface changes something that others wait for."""


class Engine:
    """The engine's interface as our processes reach it; `server` is the engine itself."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.server = Server(hub)

    def __getattr__(self, name: str) -> Any:
        """The server's method of this name, as a call that may go wrong."""
        asked = getattr(self.server, name)

        def act(*values: Any, **named: Any) -> Any:
            what = f"{name} {named.get('idempotency_key', '')}".strip()
            return call(self._hub, what, lambda: asked(*values, **named), changes=name in CHANGES)

        return act
