"""Proof that a reply belongs to an order: short, survives lower-casing, cannot be made up."""

import base64
import binascii
import hmac
import re
from hashlib import blake2s

from domain.names import Purpose

_TOKEN = re.compile(r"(?<![a-z2-7])[a-z2-7]{24}(?![a-z2-7])")
_MESSAGE_ID = re.compile(r"([a-z0-9-]{1,40})\.([a-z_]{1,20})\.(\d{1,9})\.([a-z2-7]{15})@(.{1,200})")
# The place in the enum is in mails that are already out: new purposes go to its end.
_PURPOSES = tuple(Purpose)


def reply_token(key: bytes, order_id: int, purpose: Purpose) -> str:
    """24 characters for the part after the + of our reply address."""
    body = order_id.to_bytes(5, "big") + bytes([_PURPOSES.index(purpose)])
    return _base32(body + _mac(key, b"reply", body))


def read_token(key: bytes, text: str) -> tuple[int, Purpose] | None:
    """Order id and purpose of the first genuine token in the text (an address, a header)."""
    for found in _TOKEN.finditer(text.lower()):
        try:
            data = base64.b32decode(found[0].upper() + "=" * (-len(found[0]) % 8))
        except binascii.Error:
            continue
        body, mac = data[:6], data[6:]
        if hmac.compare_digest(mac, _mac(key, b"reply", body)) and body[5] < len(_PURPOSES):
            return int.from_bytes(body[:5], "big"), _PURPOSES[body[5]]
    return None


def message_id(key: bytes, order_no: str, purpose: Purpose, revision: int, domain: str) -> str:
    """The Message-ID (without angle brackets) of one mail of ours; always the same for the same."""
    local = f"{order_no.lower()}.{purpose}.{revision}"
    return f"{local}.{_base32(_mac(key, b'id', local.encode()))}@{domain.lower()}"


def read_message_id(key: bytes, value: str) -> tuple[str, Purpose, int] | None:
    """Order number, purpose and revision of a Message-ID if it is genuinely ours."""
    found = _MESSAGE_ID.fullmatch(value.strip().strip("<>").lower())
    if found is None or found[2] not in _PURPOSES:
        return None
    local = f"{found[1]}.{found[2]}.{found[3]}"
    if not hmac.compare_digest(found[4], _base32(_mac(key, b"id", local.encode()))):
        return None
    return found[1].upper(), Purpose(found[2]), int(found[3])


def _mac(key: bytes, use: bytes, body: bytes) -> bytes:
    return blake2s(body, key=blake2s(key).digest(), digest_size=9, person=use).digest()


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").lower().rstrip("=")
