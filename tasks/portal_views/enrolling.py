"""A one-time link by which a person gets an authenticator of their own."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy.orm import Session

from domain.errors import BadLink, WrongCode
from models.person import PersonRow, person_row
from tasks import codes, links
from tasks.services import Services

ENROL = "enrol"
"""The purpose of a link that gives a person an authenticator."""

HOURS_VALID = 72


@dataclass(frozen=True)
class Enrolment:
    """Whose authenticator is set up, and the secret that becomes theirs with its first code."""

    person: str
    name: str
    language: str
    secret: str
    address: str
    """What the QR code says: an otpauth:// address."""


def enrol_link(session: Session, services: Services, person: str, *, at: datetime) -> str:
    """The address of the page on which this person sets up an authenticator, good once."""
    row = person_row(session, person)
    if row is None:
        raise BadLink("forged")
    until = at + timedelta(hours=HOURS_VALID)
    granted = links.Pass(ENROL, row.person, row.person, _present(row), until)
    return links.link(services, granted)


def enrolment(services: Services, token: str) -> Enrolment:
    """What the link offers; BadLink if it is forged, expired or was used."""
    granted = links.read(services, ENROL, token)
    with services.reading() as session:
        row = person_row(session, granted.person)
        if row is None or granted.subject != granted.person:
            raise BadLink("forged")
        # The link names the authenticator that it replaces: once there is another, it is used.
        if not hmac.compare_digest(_present(row)[:16], granted.sha256):
            raise BadLink("used")
        secret = _secret(services, token)
        issuer = f"Orderflow {services.settings.company.name_en}"
        address = pyotp.TOTP(secret).provisioning_uri(name=row.mail, issuer_name=issuer)
        return Enrolment(row.person, row.name, row.language, secret, address)


def activate(services: Services, token: str, code: str) -> Enrolment:
    """The person has the authenticator from now; WrongCode if its first code is not right."""
    offered = enrolment(services, token)
    typed = "".join(code.split())
    at = services.now()
    present = int(at.timestamp()) // codes.STEP_SECONDS
    totp = pyotp.TOTP(offered.secret)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.at(step * codes.STEP_SECONDS).encode(), typed.encode()):
            _keep(services, offered, step)
            return offered
    raise WrongCode(offered.person, codes.TRIES)


def _keep(services: Services, offered: Enrolment, step: int) -> None:
    with services.writing() as session:
        row = person_row(session, offered.person)
        if row is None:
            raise BadLink("forged")
        sealed = codes.seal(services).encrypt(offered.secret.encode())
        row.totp_secret, row.totp_last_step = sealed.decode(), step


def _secret(services: Services, token: str) -> str:
    """The secret that belongs to the link: looking at the page twice shows the same one, and
    nothing is stored before the first code."""
    made = hmac.new(services.signing_key, f"enrol:{token}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def _present(row: PersonRow) -> str:
    return hashlib.sha256(f"{row.person}:{row.totp_secret or ''}".encode()).hexdigest()
