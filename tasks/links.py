"""Signed links: who may do what with which gate, until when. A link shows; only a POST decides."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from domain.errors import BadLink
from tasks.services import Services

GATE = "gate"
"""The purpose of a link that answers one gate."""

DAYS_VALID = 30


@dataclass(frozen=True)
class Pass:
    """What a link proves: this person (short word or mail address) was sent this gate's link."""

    purpose: str
    subject: str
    person: str
    sha256: str
    until: datetime


def link(services: Services, granted: Pass) -> str:
    """The address of the page on which the gate is shown."""
    return f"{services.settings.public_url}/{granted.purpose}/{token(services, granted)}"


def token(services: Services, granted: Pass) -> str:
    """The pass as text that nobody else can make."""
    until = int(granted.until.timestamp())
    return _serializer(services, granted.purpose).dumps(
        [granted.subject, granted.person, granted.sha256[:16], until]
    )


def read(services: Services, purpose: str, text: str) -> Pass:
    """What the token proves; BadLink if it is forged or expired."""
    try:
        subject, person, sha256, until = _serializer(services, purpose).loads(text)
    except (BadSignature, ValueError, TypeError):
        raise BadLink("forged") from None
    ends = datetime.fromtimestamp(until, tz=services.now().tzinfo)
    if ends < services.now():
        raise BadLink("expired")
    return Pass(purpose, str(subject), str(person), str(sha256), ends)


def _serializer(services: Services, purpose: str) -> URLSafeSerializer:
    key = hmac.new(services.signing_key, b"links", hashlib.sha256).digest()
    return URLSafeSerializer(key, salt=f"orderflow {purpose}")
