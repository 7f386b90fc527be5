"""Mails handed to the company's server as any mail program hands them over."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from connectors.mailer_yagmail import OutboxClient


def hand_over(raw: bytes, server: Mapping[str, Any], *, sender: str, to: str) -> None:
    """The server (`host`, `port`) has taken these bytes as they are."""
    client = OutboxClient(
        user=sender,
        password="",
        host=server["host"],
        port=server["port"],
        smtp_ssl=False,
        smtp_starttls=False,
        smtp_skip_login=True,
        soft_email_validation=False,
        timeout=30,
    )
    with closing(client):
        assert client.send(to=[to], contents=raw) == {}
