"""Who speaks in a browser: signing in with a code, the signed cookie, marks of our own forms."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import BadLink, CodesBlocked, WrongCode
from domain.names import Channel
from models.person import CodeAttempt, PersonRow, person_row
from tasks import alarms, codes
from tasks.services import Services

IDLE = timedelta(hours=8)
"""A session that nobody has used for so long has ended."""

LONGEST = timedelta(hours=24)
"""A session ends after so long, however much it is used."""

SIGN_IN = "sign-in"
"""Stands where the gates of a code are named: a code issued for a gate opens no session."""


@dataclass(frozen=True)
class SignedIn:
    """One browser of one person of ours; `credential` tells when their authenticator changed."""

    id: str
    person: str
    credential: str
    since: datetime
    seen: datetime


@dataclass(frozen=True)
class Visitor:
    """Somebody of ours who looks at pages."""

    person: str
    name: str
    language: str
    has_authenticator: bool
    session: SignedIn


def sign_in(services: Services, person: str, code: str) -> SignedIn:
    """A session for the person whose code this is; raises what is wrong with the code."""
    try:
        with services.writing() as session:
            codes.spend(session, services, person, code, (SIGN_IN,), at=services.now())
    except WrongCode as wrong:
        _note_wrong(services, wrong, Channel.PORTAL)
        raise
    return begin(services, person)


def begin(services: Services, person: str) -> SignedIn:
    """A fresh session; the caller has made sure who it is."""
    with services.reading() as session:
        row = person_row(session, person)
        if row is None:
            raise BadLink("forged")
        now = services.now()
        return SignedIn(secrets.token_hex(16), row.person, _credential(row), now, now)


def visitor(services: Services, cookie: str) -> Visitor | None:
    """Whom the cookie names; None where it is forged, too old, or the person has changed."""
    held = _read(services, cookie)
    if held is None:
        return None
    with services.reading() as session:
        row = person_row(session, held.person)
        if row is None or not hmac.compare_digest(_credential(row), held.credential):
            return None
        enrolled = row.totp_secret is not None
        return Visitor(row.person, row.name, row.language, enrolled, held)


def cookie(services: Services, held: SignedIn) -> str:
    """The session as a cookie's text, used now."""
    used = replace(held, seen=services.now())
    return _serializer(services).dumps(
        [used.id, used.person, used.credential, _seconds(used.since), _seconds(used.seen)]
    )


def prove_on_link(services: Services, person: str, code: str, gate: str) -> None:
    """The code is spent on the gate whose mailed link the person holds.

    Wrong codes on links have a budget of their own: whoever guesses codes in the forms cannot
    shut the person out of the mail.
    """
    at = services.now()
    with services.writing() as session:
        row = person_row(session, person)
        if row is None:
            raise BadLink("forged")
        wrong = (
            session.scalar(
                select(func.count()).where(
                    CodeAttempt.person == row.person,
                    CodeAttempt.channel == Channel.LINK,
                    CodeAttempt.at > at - codes.WINDOW,
                )
            )
            or 0
        )
        if wrong >= codes.TRIES:
            raise CodesBlocked(row.person, codes.WINDOW_MINUTES)
        typed = "".join(code.split())
        if typed and _is_right(session, services, row, typed, gate, at=at):
            return
    mistake = WrongCode(person, max(codes.TRIES - wrong - 1, 0))
    _note_wrong(services, mistake, Channel.LINK)
    raise mistake


def form_mark(services: Services, bound: str) -> str:
    """What a form of ours carries so that no foreign page can send it; bound to link or session."""
    key = hmac.new(services.signing_key, b"forms", hashlib.sha256).digest()
    return hmac.new(key, bound.encode(), hashlib.sha256).hexdigest()[:32]


def is_form_mark(services: Services, bound: str, given: str) -> bool:
    """True for the mark that we wrote into the form."""
    return hmac.compare_digest(form_mark(services, bound).encode(), given.encode())


def _is_right(
    session: Session, services: Services, row: PersonRow, code: str, gate: str, *, at: datetime
) -> bool:
    """True if the code was good and is spent now; wrong codes given elsewhere do not count here."""
    return codes.is_spent(session, services, row, code, (gate,), at=at, now=at)


def _note_wrong(services: Services, wrong: WrongCode, channel: Channel) -> None:
    with services.writing() as session:
        codes.note_wrong(session, wrong.person, channel=channel, at=services.now())
        if wrong.tries_left == 0:
            alarms.codes_blocked(session, services, wrong.person, at=services.now())


def _read(services: Services, text: str) -> SignedIn | None:
    try:
        id_, person, credential, since, seen = _serializer(services).loads(text)
        held = SignedIn(str(id_), str(person), str(credential), _instant(since), _instant(seen))
    except (BadSignature, ValueError, TypeError, OverflowError):
        return None
    now = services.now()
    if now >= held.seen + IDLE or now >= held.since + LONGEST:
        return None
    return held


def _credential(row: PersonRow) -> str:
    return hashlib.sha256((row.totp_secret or "").encode()).hexdigest()[:16]


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _serializer(services: Services) -> URLSafeSerializer:
    key = hmac.new(services.signing_key, b"sessions", hashlib.sha256).digest()
    return URLSafeSerializer(key, salt="orderflow session")
