"""The installation itself: its identity, its secret key, its counters, and stored bytes by hash."""

import hashlib
from datetime import datetime

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, insert_once, upsert


class Installation(Base):
    """A named value of this installation: instance id, boot, key fingerprints, watermarks."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))


class Counter(Base):
    """The last number given out for a name, such as `SO-2026`."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Blob(Base):
    """Bytes kept once under their SHA-256: raw mails, attachments, documents."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def value(session: Session, name: str) -> str | None:
    """What is kept under the name, or None."""
    return session.scalar(select(Installation.value).where(Installation.name == name))


def remember(session: Session, name: str, text: str) -> None:
    """The name stands for this text from now on."""
    session.merge(Installation(name=name, value=text))


def forget(session: Session, name: str) -> None:
    """Nothing is kept under the name any more."""
    session.execute(delete(Installation).where(Installation.name == name))


def next_number(session: Session, name: str) -> int:
    """The next number of the counter, from 1; held until the transaction ends, given once."""
    counted = (
        upsert(session, Counter)
        .values(name=name, last=1)
        .on_conflict_do_update(index_elements=[Counter.name], set_={"last": Counter.last + 1})
        .returning(Counter.last)
    )
    return int(session.scalar(counted))


def keep(session: Session, data: bytes, *, at: datetime) -> str:
    """The SHA-256 under which the bytes are kept; equal bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    insert_once(session, Blob, sha256=sha256, size=len(data), stored_at=at, data=data)
    return sha256


def kept(session: Session, sha256: str) -> bytes:
    """The bytes kept under this hash; KeyError if there are none."""
    data = session.scalar(select(Blob.data).where(Blob.sha256 == sha256))
    if data is None:
        raise KeyError(sha256)
    return data
