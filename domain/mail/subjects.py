"""What a subject says when the prefixes that mail programs put before it are gone."""

import re

_PREFIXES = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|sv|rv|tr|回复|回覆|答复|转发|轉寄|轉發)\s*(?:\[\d+\])?\s*[:：])+",
    re.I,
)


def bare_subject(subject: str) -> str:
    """The subject without reply and forward prefixes, in lower case with single blanks."""
    return " ".join(_PREFIXES.sub("", subject).lower().split())
