"""A language model that reads a mail after us: an OpenAI-compatible endpoint."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from connectors.errors import Rejected, Unreachable
from domain.errors import BadValue

MAX_ANSWER = 64_000
"""Bytes of an answer; a longer one is not read to its end."""

LOCAL = ("127.0.0.1", "localhost", "::1")
NAME = "second opinion"


class SecondReader(Protocol):
    """Answers one question about one mail."""

    def answer(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The model's own words. Raises Unreachable or Rejected."""
        ...


class OpenAiReader:
    """A server that speaks `POST /chat/completions`, over checked TLS or on this machine."""

    def __init__(self, url: str, model: str, key: SecretStr, *, seconds: float) -> None:
        """`url` ends before /chat/completions; `seconds` bound the whole answer."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise BadValue("opinion.url", url, "https://…, or http:// on this machine")
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model, self._key, self._seconds = model, key, seconds

    def answer(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The model's own words."""
        asked = {"model": self._model, "messages": list(messages), "temperature": 0}
        try:
            body = self._ask(asked)
        except httpx.HTTPError as error:
            raise Unreachable(NAME, type(error).__name__) from None
        return _content(body)

    def _ask(self, asked: Mapping[str, Any]) -> bytes:
        key = self._key.get_secret_value()
        heads = {"Accept-Encoding": "identity"}  # nothing is unpacked: what comes is what counts
        heads |= {"Authorization": f"Bearer {key}"} if key else {}
        until = time.monotonic() + self._seconds
        got = bytearray()
        with (
            httpx.Client(timeout=self._seconds, trust_env=False, follow_redirects=False) as http,
            http.stream("POST", self._url, json=asked, headers=heads) as reply,
        ):
            if reply.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or reply.status_code == 429:
                raise Unreachable(NAME, str(reply.status_code))
            if reply.status_code != httpx.codes.OK:
                raise Rejected(NAME, str(reply.status_code))
            for part in reply.iter_raw():
                got += part
                if len(got) > MAX_ANSWER:
                    raise Rejected(NAME, "answer too long")
                if time.monotonic() > until:  # a server that drips has been silent for us
                    raise Unreachable(NAME, "too slow")
        return bytes(got)


def _content(body: bytes) -> str:
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Rejected(NAME, "no chat completion") from None
    if not isinstance(said, str):
        raise Rejected(NAME, "no text")
    return said


def reader_for(url: str, model: str, key: SecretStr, seconds: float) -> SecondReader | None:
    """The endpoint at this address; None where none is set."""
    return OpenAiReader(url, model, key, seconds=seconds) if url else None
