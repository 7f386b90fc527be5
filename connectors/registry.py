"""From a setting to the product that it names."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import SecretStr

from connectors.archive import Archive
from connectors.archive_imap import ImapArchive
from connectors.archive_maildir import MaildirArchive
from connectors.imap import NO_SECRET, server_of
from connectors.inbox import Inbox
from connectors.inbox_imap import ImapInbox
from connectors.inbox_maildir import MaildirInbox
from connectors.mailer import Mailer
from connectors.mailer_yagmail import PLAIN, STARTTLS, TLS, SmtpServer, YagmailMailer
from connectors.runs import Runs
from connectors.runs_prefect import PrefectRuns
from domain.errors import BadValue

SECURITY = {"none": PLAIN, "starttls": STARTTLS, "ssl": TLS}


def runs_for(api: str, auth: SecretStr) -> Runs:
    """The engine that answers at this address."""
    return PrefectRuns(api, auth=auth.get_secret_value())


def mailer_for(*, host: str, port: int, tls: str, user: str, password: SecretStr) -> Mailer:
    """The mail server that takes what we send."""
    return YagmailMailer(
        SmtpServer(host, port, security=SECURITY[tls], user=user, password=password)
    )


def inboxes_for(maildir: Path, boxes: Sequence[str]) -> list[Inbox]:
    """One inbox per address, in the local loop's Maildirs."""
    return [MaildirInbox(box_of(maildir, address), name=address) for address in boxes]


def imap_inboxes(
    urls: Sequence[str], password: SecretStr, token_command: str = ""
) -> list[ImapInbox]:
    """One inbox per address of an IMAP folder. Raises `BadValue`; nothing is connected yet."""
    return [ImapInbox(server_of(url, password, token_command)) for url in urls]


def archive_for(
    box: str, home: Path, password: SecretStr = NO_SECRET, token_command: str = ""
) -> Archive | None:
    """What can be read of the archive: an IMAP folder, or a Maildir's seen from `home`; or None."""
    if box.startswith(("imaps://", "imap://")):
        return ImapArchive(server_of(box, password, token_command))
    if "://" in box:
        raise BadValue("mail.archive_box", box, "the folder of a Maildir, or imaps://…")
    return MaildirArchive(home / box) if box else None


def box_of(maildir: Path, address: str) -> Path:
    """The Maildir of an address."""
    local, _, domain = address.lower().rpartition("@")
    return maildir / domain / (local.partition("+")[0] or local)
