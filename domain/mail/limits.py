"""What is checked on the bytes before anything parses them: one mail must not stop the intake."""

import re

MAX_BYTES = 30 * 1024 * 1024
MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADER = 64 * 1024
MAX_BOUNDARIES = 200
MAX_BOUNDARY_LINES = 2_000
MAX_EMBEDDED = 50

_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD_START = re.compile(rb"[\r\n]+(?=[^\s])")


def limits(raw: bytes) -> str | None:
    """Why these bytes must not be parsed (a word for the quarantine row), or None if they may."""
    if not raw.strip():
        return "empty"
    if len(raw) > MAX_BYTES:
        return "too_large"
    return _headers_too_long(raw) or _too_many_parts(raw)


def _headers_too_long(raw: bytes) -> str | None:
    # Two bytes more than the limit are enough to see that it is exceeded.
    head = raw[: MAX_HEADER_BLOCK + 2]
    end = _END_OF_HEADERS.search(head)
    block = head[: end.start()] if end else head
    if len(block) > MAX_HEADER_BLOCK:
        return "header_block_too_long"
    if any(len(line) > MAX_HEADER for line in _FIELD_START.split(block)):
        return "header_too_long"
    return None


def _too_many_parts(raw: bytes) -> str | None:
    lower = raw.lower()
    boundaries = lower.count(b"boundary")
    if lower.count(b"boundary=") > MAX_BOUNDARIES or boundaries > 5 * MAX_BOUNDARIES:
        return "too_many_boundaries"
    if lower.count(b"message/rfc822") > MAX_EMBEDDED:
        return "too_many_embedded_mails"
    if boundaries and len(re.findall(rb"[\r\n]--", raw)) > MAX_BOUNDARY_LINES:
        return "too_many_parts"
    return None
