"""A mail that somebody passed on: who wrote it first, and what."""

import re
from dataclasses import dataclass

from domain.mail.addresses import addresses
from domain.mail.message import Address
from domain.mail.plain import narrow

_SUBJECT = re.compile(r"^\s*(?:fwd?|转发|轉寄|wg|tr|rv)\s*[:]", re.I)
_FROM = re.compile(
    r"^[*> |]*(?:发件人|寄件者|寄件人|發件人|from|von|de)[* |]*[:]?[ |]*(.+@.+)$", re.I
)
_HEADER = re.compile(r"^[*> |]*[\w\u4e00-\u9fff ]{1,8}[* |]*[:|]")


@dataclass(frozen=True)
class Inner:
    """The mail inside: its sender and its text."""

    sender: Address
    text: str


def is_forward(subject: str) -> bool:
    """True if the subject says that the mail was passed on."""
    return bool(_SUBJECT.search(narrow(subject)))


def innermost(quoted: str, our_domains: frozenset[str]) -> Inner | None:
    """The deepest mail of somebody outside in a forwarded text, or None."""
    lines = quoted.splitlines()
    found: Inner | None = None
    for n, line in enumerate(lines):
        hit = _FROM.match(narrow(line).strip())
        one = addresses(hit[1].strip("| ")) if hit else ()
        if one and one[0].domain not in our_domains:
            name = one[0].name.strip(' "\u201c\u201d')
            found = Inner(Address(name, one[0].address), _body(lines[n + 1 :]))
    return found


def _body(lines: list[str]) -> str:
    """The text below a block of header lines."""
    n = 0
    while n < len(lines) and n < 12 and (not lines[n].strip() or _HEADER.match(narrow(lines[n]))):
        blank_after_headers = n > 1 and not lines[n].strip()
        n += 1
        if blank_after_headers and n < len(lines) and not _HEADER.match(narrow(lines[n])):
            break
    return "\n".join(lines[n:]).strip()
