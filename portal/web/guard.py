"""Around every answer: headers that keep a page private, a limit of size, a log, no tokens."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("orderflow.portal")

LARGEST_FORM = 200_000
"""Bytes; a form with every field full is far below."""

HEADERS: dict[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: with it browsers send our own forms with the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
}
"""On every answer, unless a route says otherwise."""


class Guard:
    """The application as the outside may see it."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """`secure`: people reach the portal by https."""
        self._app = app
        self._more = {"strict-transport-security": "max-age=31536000"} if secure else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, with what is added to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, {**HEADERS, **self._more})
                _note(scope, message["status"])
            await send(message)

        refused = _refused(scope)
        if refused:
            await _short(guarded, *refused)
            return
        await self._app(scope, receive, guarded)


def _add(message: Message, headers: dict[str, str]) -> None:
    there = {name for name, _ in message["headers"]}
    message["headers"] = [
        *message["headers"],
        *(
            (name.encode(), value.encode())
            for name, value in headers.items()
            if name.encode() not in there
        ),
    ]


def _note(scope: Scope, status: int) -> None:
    """The log names the page, never the path itself: a path may hold a token."""
    route = getattr(scope.get("route"), "path", "–")
    client = scope["client"][0] if scope.get("client") else "–"
    log.info("%s %s %s %s", client, scope["method"], route, status)


def _refused(scope: Scope) -> tuple[int, str] | None:
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    length = dict(scope["headers"]).get(b"content-length")
    if length is None or not length.isdigit():
        return 411, "Length Required"
    return (413, "Content Too Large") if int(length) > LARGEST_FORM else None


async def _short(send: Send, status: int, text: str) -> None:
    body = text.encode()
    head = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
