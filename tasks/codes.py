"""Codes by which a person proves who they are: an authenticator's, or one issued for a gate."""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.errors import CodesBlocked, NoCodeYet, UnknownPerson, WrongCode
from models.person import CodeAttempt, IssuedCode, PersonRow, person_row
from tasks.services import Services

TRIES = 5
WINDOW_MINUTES = 15
WINDOW = timedelta(minutes=WINDOW_MINUTES)
ISSUED_FOR = timedelta(minutes=10)
STEP_SECONDS = 30


def enrol(session: Session, services: Services, person: str) -> str:
    """The `otpauth://` address of a fresh authenticator secret; the old one is void."""
    row = _row(session, person)
    secret = pyotp.random_base32()
    row.totp_secret = seal(services).encrypt(secret.encode()).decode()
    row.totp_last_step = 0
    company = services.settings.company.name_en
    return pyotp.TOTP(secret).provisioning_uri(name=row.mail, issuer_name=f"Orderflow {company}")


def issue(
    session: Session, services: Services, person: str, gates: Sequence[str], *, at: datetime
) -> str:
    """A code of eight digits for these gates (none named: any one call), good once, 10 minutes."""
    row = _row(session, person)
    code = f"{secrets.randbelow(10**8):08d}"
    session.add(
        IssuedCode(
            person=row.person,
            code_hash=_hash(services, row.person, code),
            gates=list(gates),
            expires_at=at + ISSUED_FOR,
        )
    )
    session.flush()
    return code


def spend(
    session: Session,
    services: Services,
    person: str,
    code: str,
    gates: Sequence[str],
    *,
    at: datetime,
    given_at: datetime | None = None,
) -> None:
    """The code is spent on these gates. Raises WrongCode, CodesBlocked, NoCodeYet, UnknownPerson.

    `given_at` is when the person typed it (the engine may hand an answer over minutes later); it
    counts for at most ten minutes. A wrong code is written down by `note_wrong`, in a transaction
    of its own, because the caller's one ends with the error.
    """
    row = _row(session, person)
    when = max(given_at or at, at - ISSUED_FOR)
    wrong = wrong_codes(session, row.person, at=at)
    if wrong >= TRIES:
        raise CodesBlocked(row.person, WINDOW_MINUTES)
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    if typed and is_spent(session, services, row, typed, gates, at=when, now=at):
        return
    if not typed and row.totp_secret is None and not _has_issued(session, row.person, at=when):
        raise NoCodeYet(row.person)
    raise WrongCode(row.person, max(TRIES - wrong - 1, 0))


def is_spent(
    session: Session,
    services: Services,
    row: PersonRow,
    code: str,
    gates: Sequence[str],
    *,
    at: datetime,
    now: datetime,
) -> bool:
    """True if the code was good at that instant and is spent now. The caller counts wrong ones."""
    issued = _spend_issued(session, services, row, code, gates, at=at, now=now)
    return issued or _spend_totp(session, services, row, code, at=at)


def note_wrong(session: Session, person: str, *, channel: str, at: datetime) -> None:
    """One more wrong code in this person's name."""
    session.add(CodeAttempt(person=person.strip().lower(), channel=channel, at=at))


def wrong_codes(session: Session, person: str, *, at: datetime) -> int:
    """Wrong codes in this person's name within the last fifteen minutes."""
    return (
        session.scalar(
            select(func.count()).where(CodeAttempt.person == person, CodeAttempt.at > at - WINDOW)
        )
        or 0
    )


def _row(session: Session, person: str) -> PersonRow:
    row = person_row(session, person)
    if row is None:
        raise UnknownPerson(person)
    return row


def _spend_issued(
    session: Session,
    services: Services,
    row: PersonRow,
    code: str,
    gates: Sequence[str],
    *,
    at: datetime,
    now: datetime,
) -> bool:
    found = session.scalar(
        select(IssuedCode).where(
            IssuedCode.person == row.person,
            IssuedCode.code_hash == _hash(services, row.person, code),
            IssuedCode.spent_at.is_(None),
            IssuedCode.expires_at > at,
        )
    )
    if found is None or (found.gates and not set(gates) <= set(found.gates)):
        return False
    spent = session.execute(
        update(IssuedCode)
        .where(IssuedCode.id == found.id, IssuedCode.spent_at.is_(None))
        .values(spent_at=now)
    )
    return spent.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # CursorResult


def _spend_totp(
    session: Session, services: Services, row: PersonRow, code: str, *, at: datetime
) -> bool:
    if row.totp_secret is None:
        return False
    secret = seal(services).decrypt(row.totp_secret.encode()).decode()
    totp = pyotp.TOTP(secret)
    present = int(at.timestamp()) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode()):
            # A step counts once: the update is refused if this or a later one was spent already.
            spent = session.execute(
                update(PersonRow)
                .where(PersonRow.id == row.id, PersonRow.totp_last_step < step)
                .values(totp_last_step=step)
            )
            return spent.rowcount == 1  # type: ignore[attr-defined,no-any-return]
    return False


def _has_issued(session: Session, person: str, *, at: datetime) -> bool:
    return session.scalar(
        select(func.count()).where(
            IssuedCode.person == person,
            IssuedCode.spent_at.is_(None),
            IssuedCode.expires_at > at,
        )
    ) not in (0, None)


def _hash(services: Services, person: str, code: str) -> str:
    return hmac.new(
        services.signing_key, f"code:{person}:{code}".encode(), hashlib.sha256
    ).hexdigest()


def seal(services: Services) -> Fernet:
    """What seals authenticator secrets in the database, with the installation's key."""
    derived = hmac.new(services.signing_key, b"totp secrets", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
