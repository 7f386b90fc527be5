"""Files that pages hand out: documents by hash, the newest schedule picture of an order."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import BadLink
from models import delivery as deliveries
from models import order as orders
from models.delivery import Document
from models.installation import kept
from models.message import Attachment
from tasks import links
from tasks.pictures import PICTURE
from tasks.services import Services

DOCUMENT = "document"
"""The purpose of a link that hands out one file."""

HOURS_VALID = 24


@dataclass(frozen=True)
class File:
    """A file as it is handed out."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Paper:
    """A file that a page offers; `url` is a path of the portal."""

    kind: str
    name: str
    url: str
    sha256: str
    version: int = 0


def document_url(services: Services, sha256: str, person: str) -> str:
    """The path under which this person gets the file, good for a day."""
    until = services.now() + timedelta(hours=HOURS_VALID)
    granted = links.Pass(DOCUMENT, sha256, person, "", until)
    return f"/documents/{sha256}?t={links.token(services, granted)}"


def document(services: Services, sha256: str, token: str) -> File | None:
    """The file, for whoever was given this token; a customer gets only what is meant for them."""
    granted = links.read(services, DOCUMENT, token)
    if granted.subject != sha256:
        raise BadLink("forged")
    with services.reading() as session:
        row = _row(session, sha256, for_customer="@" in granted.person)
        return None if row is None else _file(session, row)


def document_for_us(services: Services, sha256: str) -> File | None:
    """The file with this hash, for people of ours: a document or what came with a mail."""
    with services.reading() as session:
        row = _row(session, sha256, for_customer=False)
        if row is not None:
            return _file(session, row)
        came = session.scalar(select(Attachment).where(Attachment.sha256 == sha256).limit(1))
        if came is None:
            return None
        return File(came.name, "application/octet-stream", kept(session, sha256))


def picture(services: Services, order_no: str, token: str) -> File | None:
    """The newest schedule of the order, for whoever was given this token."""
    granted = links.read(services, PICTURE, token)
    if granted.subject != order_no:
        raise BadLink("forged")
    return picture_for_us(services, order_no)


def picture_for_us(services: Services, order_no: str) -> File | None:
    """The newest schedule of the order."""
    with services.reading() as session:
        order = orders.numbered(session, order_no)
        row = deliveries.newest(session, order.id, "schedule")
        return None if row is None else _file(session, row)


def papers(session: Session, services: Services, order_id: int, person: str) -> tuple[Paper, ...]:
    """The order's documents that this person may have, each with their own address."""
    rows = deliveries.documents(session, order_id)
    visible = [row for row in rows if row.customer_visible or "@" not in person]
    return tuple(paper(services, row, person) for row in visible)


def paper(services: Services, row: Document, person: str) -> Paper:
    """One document as this person is offered it."""
    url = document_url(services, row.sha256, person)
    return Paper(row.kind, row.name, url, row.sha256, row.version)


def _row(session: Session, sha256: str, *, for_customer: bool) -> Document | None:
    wanted = select(Document).where(Document.sha256 == sha256).limit(1)
    if for_customer:
        wanted = wanted.where(Document.customer_visible.is_(True))
    return session.scalar(wanted)


def _file(session: Session, row: Document) -> File:
    return File(row.name, row.mime, kept(session, row.sha256))
