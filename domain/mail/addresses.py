"""Address headers read without recursion: any length, any brackets, in time that grows evenly."""

from collections.abc import Iterator
from email.utils import getaddresses

from domain.mail.charset import decode_words
from domain.mail.message import Address


def addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of an address header, in order; what holds no @ is left out."""
    found = (_mailbox(part) for part in _split(value))
    return tuple(one for one in found if one is not None)


def readers_agree(value: str) -> bool:
    """False if another reader (Python's own) sees other mailboxes than we do."""
    hidden = value.count("@") - _without_comments(value).count("@")
    if len(value) > 2_000 or value.count("(") > 20 or hidden:
        return False
    theirs = [address.lower() for _, address in getaddresses([value]) if "@" in address]
    return theirs == [one.address.lower() for one in addresses(value)]


def _split(value: str) -> Iterator[str]:
    """The parts between the commas that are outside quotes, brackets and comments."""
    quoted, angle, depth, start, skip = False, False, 0, 0, False
    for n, char in enumerate(value):
        if skip:
            skip = False
        elif char == "\\" and (quoted or depth):
            skip = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char in "()":
            depth = max(0, depth + (1 if char == "(" else -1))
        elif not quoted and not depth and char in "<>":
            angle = char == "<"
        elif char in ",;" and not (quoted or angle or depth):
            yield value[start:n]
            start = n + 1
    yield value[start:]


def _mailbox(part: str) -> Address | None:
    text = _without_comments(part)
    left = text.rfind("<")
    if left >= 0:
        address, name = text[left + 1 :].split(">")[0], text[:left]
    else:
        address, name = text.rpartition(":")[2], ""
    address = "".join(address.split()).strip('"')
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return None
    return Address(name=tidy_name(name or _comment(part)), address=f"{local}@{domain.lower()}")


def tidy_name(name: str) -> str:
    """A display name without quotes, escapes and doubled blanks."""
    plain = decode_words(name.strip()).strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        plain = plain[1:-1]
    return " ".join(plain.replace('\\"', '"').replace("\\\\", "\\").split()).strip('"')


def _without_comments(part: str) -> str:
    kept: list[str] = []
    depth, quoted = 0, False
    for char in part:
        if char == '"' and not depth:
            quoted = not quoted
        if char == "(" and not quoted:
            depth += 1
        if not depth:
            kept.append(char)
        if char == ")" and not quoted and depth:
            depth -= 1
    return "".join(kept)


def _comment(part: str) -> str:
    left, right = part.find("("), part.rfind(")")
    return part[left + 1 : right] if 0 <= left < right else ""
