"""An archive that is an IMAP folder; the server looks for what is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from connectors.archive import head, message_id_of, written_to
from connectors.errors import Rejected, Unreachable
from connectors.imap import ImapServer, ImapSession, facts, quoted

HEADERS = "BODY.PEEK[HEADER]"
AT_ONCE = 200


class ImapArchive:
    """One folder, opened read-only for each question."""

    def __init__(self, server: ImapServer) -> None:
        self.name = server.name
        self._server = server

    def check(self) -> None:
        """The folder can be opened."""
        with self._opened():
            pass

    def holds(self, message_id: str, *, since: datetime) -> bool:
        """Whether a mail with this Message-ID has come in since then."""
        # IMAP knows days without a zone: two days earlier are early enough for every server.
        day = f"{since.astimezone(UTC) - timedelta(days=2):%d-%b-%Y}"
        with self._opened() as session:
            found = session.search("SINCE", day, "HEADER", "Message-ID", quoted(message_id))
            heads = session.bodies(found[:AT_ONCE], HEADERS)
        # The server finds it as a part of a longer one, too.
        return any(message_id_of(head(raw)) == message_id for raw in heads.values())

    def addressed_to(self, address: str) -> Iterator[bytes]:
        """Every mail that is itself written to the address, the oldest first."""
        with self._opened() as session:
            for uid in session.search("HEADER", "To", quoted(address)):
                for raw in session.bodies([uid], "BODY.PEEK[]").values():
                    if address.lower() in written_to(head(raw)):
                        yield raw

    @contextmanager
    def _opened(self) -> Iterator[ImapSession]:
        try:
            session = ImapSession(self._server, readonly=True)
        except Rejected as no:  # for who asks an archive, that is: it cannot be told now
            raise Unreachable(no.what, no.reason) from no
        try:
            with facts(self._server):
                yield session
        finally:
            session.close()
