"""The archive of a closed order: every file by its hash, named as what it is."""

import hashlib
import json
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import delivery as deliveries
from models.delivery import Document
from models.installation import Blob, kept
from models.message import Message, attachments
from models.order import Order
from models.retrospective import Archive
from tasks.services import Services


def close(session: Session, services: Services, order: Order, at: datetime) -> None:
    """The order is archived: every file by its hash, with the day until which it is kept."""
    manifest = [_entry(session, each) for each in deliveries.documents(session, order.id)]
    for message in session.scalars(select(Message).where(Message.order_id == order.id)):
        manifest.append(_source(session, message))
        manifest += [
            {"kind": "attachment", "name": file.name, "sha256": file.sha256}
            for file in attachments(session, message.id)
        ]
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False)
    session.add(
        Archive(
            order_id=order.id,
            manifest=manifest,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            archived_at=at,
            keep_until=months_on(services.today(), 12 * services.settings.policy.retention_years),
        )
    )


def _source(session: Session, message: Message) -> dict[str, object]:
    """A mail as it came; what somebody entered (by phone, form or file) as the JSON that it is."""
    entered = _is_entered(kept(session, message.raw_sha256))
    name = f"{message.source}-{message.id}.json" if entered else f"mail-{message.id}.eml"
    kind = "entry" if entered else "mail"
    return {"kind": kind, "name": name, "sha256": message.raw_sha256}


def _is_entered(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except ValueError:
        return False


def _entry(session: Session, document: Document) -> dict[str, object]:
    size = session.scalar(select(Blob.size).where(Blob.sha256 == document.sha256))
    return {
        "kind": document.kind,
        "name": document.name,
        "version": document.version,
        "size": size or 0,
        "sha256": document.sha256,
    }


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
