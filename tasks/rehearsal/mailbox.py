"""A virtual person's mailbox on the local loop, and the page behind a link in one of its mails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from domain.mail.decode import read
from domain.mail.message import Mail
from domain.names import Purpose


class Stuck(Exception):
    """Something that was waited for has not come."""


_MARK = re.compile(r'name="mark" value="([^"]+)"')


@dataclass(frozen=True)
class Mailbox:
    """Mails in one Maildir; a file is decoded once."""

    folder: Path
    read: dict[str, Mail] = field(default_factory=dict)

    def mails(self, purpose: Purpose, order_no: str) -> list[Mail]:
        """Mails of this purpose about the order, oldest first."""
        for file in sorted(self.folder.glob("new/*"), key=lambda each: each.stat().st_mtime_ns):
            if file.name not in self.read:
                self.read[file.name] = read(file.read_bytes())
        about = f"[{order_no}]"
        return [
            each
            for each in self.read.values()
            if each.header("x-orderflow-purpose") == purpose and about in each.subject
        ]


def mailbox(maildir: Path, address: str) -> Mailbox:
    """The box of this address in the local loop."""
    local, _, domain = address.lower().partition("@")
    return Mailbox(maildir / domain / local)


def link_in(mail: Mail, site: str) -> str:
    """The link to a page of ours in the mail's text."""
    found = re.search(rf"{re.escape(site)}/gate/[\w.~-]+", mail.text)
    if found is None:
        raise Stuck(f"a link to {site} in {mail.subject!r}")
    return found[0]


def look_at(link: str) -> None:
    """The page was opened, as the scanner of a mail server opens every link."""
    with httpx.Client(timeout=30, trust_env=False) as browser:
        _there(browser, "GET", link)


def press(link: str, fields: Mapping[str, str]) -> None:
    """The form on the page was filled and sent, as a browser does it."""
    with httpx.Client(timeout=30, trust_env=False) as browser:
        mark = _MARK.search(_there(browser, "GET", link))
        _there(browser, "POST", link, {"mark": mark[1] if mark else "", **fields})


def _there(
    browser: httpx.Client, method: str, link: str, fields: Mapping[str, str] | None = None
) -> str:
    try:
        return browser.request(method, link, data=fields).raise_for_status().text
    except httpx.HTTPError as error:
        raise Stuck(f"the portal's page: {error}") from error
