"""An inbox that is an IMAP folder: what is kept moves to Processed, many at a time.

The ledger is ours: a mail that was stored and not moved is seen once more, and known. So no flag is
set on it, and a folder whose UIDs begin anew costs a second look and nothing else.
"""

import logging
import random
import re
import threading
import time
from collections.abc import Callable, Sequence

from connectors.errors import Rejected, Unreachable
from connectors.imap import ImapServer, ImapSession, facts, quoted
from connectors.inbox import Envelope
from connectors.inbox_maildir import MAX_READ, MOST_BYTES

PROCESSED, QUARANTINE = "Processed", "Quarantine"

LOOK_SECONDS = 30.0
"""So often the folder is looked into although nothing was announced."""

IDLE_SECONDS = 300.0
"""Providers hang up on a longer silence."""

POLL_SECONDS = 5.0
"""So often, where the server announces nothing (no IDLE)."""

LONGEST_PAUSE_SECONDS = 60.0

log = logging.getLogger("orderflow.inbox")


class ImapInbox:
    """One folder. Its session is used by one thread; a second connection listens in another."""

    def __init__(
        self, server: ImapServer, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = server.name
        self._server = server
        self._monotonic = monotonic
        self._session: ImapSession | None = None
        self._gone: dict[int, str] = {}
        """Mails nobody waits for, and the folder to which each is to move."""
        self._failed, self._again_at = 0.0, 0.0
        self._listening = False
        self._announced = threading.Event()
        self._look_at = 0.0

    @property
    def announced(self) -> bool:
        """Whether the listener has heard of something since the last look."""
        return self._announced.is_set()

    def check(self) -> None:
        """The folder can be opened now. Raises `Unreachable` or `Rejected`."""
        ImapSession(self._server, readonly=True).close()

    def waiting(self, limit: int) -> Sequence[Envelope]:
        """At most `limit` mails, oldest first; none while a failed connection is let rest."""
        now = self._monotonic()
        if now < self._again_at or not (self._gone or self._to_look(now)):
            return []
        self._announced.clear()  # what is announced from here on is for the next look
        try:
            with facts(self._server):
                found = self._look(limit)
        except (Unreachable, Rejected):
            self._lose(now)
            raise
        self._failed = 0.0
        self._look_at = now if found else now + LOOK_SECONDS
        return found

    def done(self, key: str) -> None:
        """The mail waits no longer; with the next look it moves to Processed."""
        self._let_go(key, PROCESSED)

    def quarantine(self, key: str, reason: str) -> None:
        """The mail waits no longer; with the next look it moves to Quarantine."""
        if self._let_go(key, QUARANTINE):
            log.warning("%s: mail %s is set aside: %s", self.name, key, reason)

    def listen(self, stopped: threading.Event) -> threading.Thread:
        """A thread that hears of new mail until the event is set."""
        self._listening = True
        thread = threading.Thread(target=self._hear, args=(stopped,), name="idle", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """The connection is gone; the next look makes a new one."""
        if self._session is not None:
            self._session.close()
        self._session = None
        self._gone.clear()  # seen again, and known

    def _to_look(self, now: float) -> bool:
        return not self._listening or self._announced.is_set() or now >= self._look_at

    def _look(self, limit: int) -> list[Envelope]:
        session = self._opened()
        self._move(session)
        uids = session.search("UNDELETED")[:limit]
        sizes, total = session.sizes(uids), 0
        near: list[int] = []
        for uid in uids:
            total += min(sizes.get(uid, 0), MAX_READ)
            if near and total > MOST_BYTES:
                break
            near.append(uid)
        bodies = session.bodies(near, f"BODY.PEEK[]<0.{MAX_READ}>")
        return [Envelope(f"{session.validity}.{uid}", bodies[uid]) for uid in near if uid in bodies]

    def _opened(self) -> ImapSession:
        if self._session is None:
            session = self._session = ImapSession(self._server)
            for folder in (PROCESSED, QUARANTINE):
                session.imap.create(quoted(folder))  # says no where it is there already
        else:
            self._session.command("NOOP")
        return self._session

    def _move(self, session: ImapSession) -> None:
        for folder in (PROCESSED, QUARANTINE):
            if uids := [uid for uid, to in self._gone.items() if to == folder]:
                session.move(uids, folder)
        self._gone.clear()

    def _let_go(self, key: str, folder: str) -> bool:
        found = re.fullmatch(r"(\d{1,10})\.(\d{1,10})", key)
        # A key of other UIDs would name another mail now; its own is seen again, and known.
        if not found or self._session is None or found[1] != self._session.validity:
            return False
        return self._gone.setdefault(int(found[2]), folder) == folder

    def _lose(self, now: float) -> None:
        self.close()
        self._failed = longer(self._failed)
        self._again_at = now + self._failed

    def _hear(self, stopped: threading.Event) -> None:
        pause = 0.0
        while not stopped.is_set():
            session = None
            try:
                session = ImapSession(self._server, readonly=True)
                pause = 0.0
                with facts(self._server):
                    self._wait_for_mail(session, stopped)
            except (Unreachable, Rejected) as away:
                pause = longer(pause)
                log.info("%s: not listening: %s", self.name, away.reason)
            finally:
                if session:
                    session.close()
            self._announced.set()  # nobody has heard what came meanwhile
            stopped.wait(pause)

    def _wait_for_mail(self, session: ImapSession, stopped: threading.Event) -> None:
        while not stopped.is_set():
            if "IDLE" not in session.able:
                self._announced.set()
                stopped.wait(POLL_SECONDS)
                session.command("NOOP")
                continue
            until = self._monotonic() + IDLE_SECONDS
            session.idle(
                lambda until=until: stopped.is_set() or self._monotonic() > until,  # type: ignore[misc]
                self._announced.set,
            )


def longer(pause: float) -> float:
    """The next pause (s) after a failure: twice as long, and not at one time for all."""
    return min(max(pause, 0.5) * 2, LONGEST_PAUSE_SECONDS) * random.uniform(0.8, 1.0)  # noqa: S311
