"""A mail of ours: rendered into the outbox in the transaction that owes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connectors.compose import Draft, Enclosure, compose
from domain.mail.message import Address
from domain.mail.tokens import message_id, reply_token
from domain.names import Language, Purpose
from models import message as messages
from models import outbox
from models.installation import kept, next_number
from models.order import Order
from models.outbox import Owed
from tasks.services import Services
from templates.render import mail
from templates.views.customer import CustomerMail
from templates.views.team import TeamMail


@dataclass(frozen=True)
class Letter:
    """One mail to one recipient; `key` makes it owed once, however often it is asked for."""

    key: str
    purpose: Purpose
    recipient: str
    recipient_name: str
    language: str
    view: CustomerMail | TeamMail
    variant: str | None = None
    gate_id: int | None = None
    enclosures: Sequence[Enclosure] = field(default_factory=tuple)
    answers: str = ""
    """Message-ID of the mail that this one answers; makes it `auto-replied`."""


def post(
    session: Session, services: Services, order: Order | None, letter: Letter, *, at: datetime
) -> Owed:
    """The outbox row of the letter, rendered now; the first one if it is owed already.

    Raises `OtherMail` if a letter of another kind has its key.
    """
    key = f"{order.order_no if order else 'mail'}:{letter.key}:{letter.recipient}"
    variant = letter.variant or ""
    found = outbox.with_key(session, key)
    if found is not None:
        return outbox.same(
            found,
            order_id=order.id if order else None,
            gate_id=letter.gate_id,
            purpose=letter.purpose,
            variant=variant,
        )
    draft = _draft(session, services, order, letter, at)
    row = Owed(
        key=key,
        order_id=order.id if order else None,
        gate_id=letter.gate_id,
        purpose=letter.purpose,
        variant=variant,
        sender=services.settings.mail.sender,
        recipient=letter.recipient,
        subject=draft.subject,
        text=draft.text,
        message_id=draft.message_id,
        raw=compose(draft),
        state="pending",
        next_try_at=at,
        created_at=at,
    )
    return outbox.owe(session, row)


def _draft(
    session: Session, services: Services, order: Order | None, letter: Letter, at: datetime
) -> Draft:
    settings = services.settings
    rendered = mail(letter.purpose, letter.variant, Language(letter.language), letter.view)
    number = order.order_no if order else "MAIL"
    revision = next_number(session, f"mail {number}")
    before = _thread(session, order, letter) if order else []
    local, _, domain = settings.mail.sender.rpartition("@")
    mark = reply_token(services.signing_key, order.id if order else 0, letter.purpose)
    own = settings.company
    name = own.name_zh if letter.language.startswith("zh") else own.name_en
    return Draft(
        sender=Address(name, settings.mail.sender),
        recipient=Address(letter.recipient_name, letter.recipient),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        message_id=message_id(services.signing_key, number, letter.purpose, revision, own.domain),
        purpose=letter.purpose,
        date=at,
        reply_to=f"{local}+{mark}@{domain}" if order else settings.mail.sender,
        in_reply_to=letter.answers or (before[-1] if before else ""),
        references=before,
        auto="replied" if letter.answers else "generated",
        attachments=tuple(letter.enclosures),
    )


def _thread(session: Session, order: Order, letter: Letter) -> list[str]:
    """Message-IDs of what was said with this recipient about the order, oldest first."""
    came = messages.said_by(session, order.id, letter.recipient)
    went = outbox.said_to(session, order.id, letter.recipient)
    return [found for _, found in sorted([*came, *went])]


def enclosure(session: Session, name: str, mime: str, sha256: str) -> Enclosure:
    """A kept file as it goes out with a mail."""
    return Enclosure(name, mime, kept(session, sha256))


def owed_count(session: Session, order_id: int) -> int:
    """How many mails are owed for the order, sent or not."""
    return session.scalar(select(func.count()).where(Owed.order_id == order_id)) or 0
