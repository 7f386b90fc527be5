"""Papers of a sample order: short texts instead of PDFs, kept and listed like the real ones."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from domain.names import Language
from models.delivery import Delivery, Document
from models.installation import Blob
from models.message import Message
from models.order import Order
from tasks.samples.plot import Plot

PACKAGE = ("project_summary", "test_report", "user_manual", "delivery_note")


@dataclass
class Folder:
    """The papers of one order; blobs are kept once, before what refers to them."""

    order: Order
    blobs: dict[str, Blob] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)

    def paper(
        self, kind: str, version: int, at: datetime, *said: str, inside: bool = False
    ) -> dict[str, Any]:
        """A document of the order; its line in a manifest comes back."""
        name = f"{self.order.order_no}-{kind}-{version}.txt"
        data = "\n".join((name, self.order.customer_name, *said, "")).encode()
        document = Document(
            kind=kind,
            version=version,
            name=name,
            mime="text/plain",
            language=self.order.language,
            sha256=self.keep(data, at),
            customer_visible=not inside,
            created_at=at,
        )
        self.documents.append(document)
        return {"name": name, "kind": kind, "size": len(data), "sha256": document.sha256}

    def keep(self, data: bytes, at: datetime) -> str:
        """The hash under which the bytes are kept."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.blobs[sha256] = Blob(sha256=sha256, size=len(data), stored_at=at, data=data)
        return sha256

    def delivery(self, round_: int, at: datetime) -> Delivery:
        """The package of this round, with its papers."""
        manifest = [self.paper(kind, round_, at) for kind in PACKAGE]
        text = json.dumps(manifest[:-1], sort_keys=True)
        return Delivery(
            round=round_,
            manifest=manifest,
            package_sha256=hashlib.sha256(text.encode()).hexdigest(),
            delivered_at=at,
        )

    def archive(self, messages: Sequence[Message]) -> list[dict[str, Any]]:
        """The manifest of the archive: every document and every mail by its hash."""
        size = {sha256: blob.size for sha256, blob in self.blobs.items()}
        papers = [
            {
                "kind": each.kind,
                "name": each.name,
                "version": each.version,
                "size": size[each.sha256],
                "sha256": each.sha256,
            }
            for each in self.documents
        ]
        mails = [
            {"kind": "mail", "name": f"mail-{each.id}.eml", "sha256": each.raw_sha256}
            for each in messages
        ]
        return [*papers, *mails]


def sealed(manifest: Sequence[dict[str, Any]]) -> str:
    """The hash of an archive's manifest."""
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_mail(plot: Plot, folder: Folder, inbox: str) -> Message:
    """The mail with which the customer ordered."""
    contact, order = plot.customer.contacts[0], folder.order
    at = plot.received_at
    text = _words(plot, order)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = contact.mail, inbox, order.title
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{order.customer_po_no}@{contact.mail.rpartition('@')[2]}>"
    mail.set_content(text)
    return Message(
        dedupe_key=hashlib.sha256(str(mail["Message-ID"]).encode()).hexdigest(),
        source="orders",
        raw_sha256=folder.keep(mail.as_bytes(), at),
        received_at=at,
        message_id=str(mail["Message-ID"]).strip("<>"),
        sender=contact.mail,
        sender_name=contact.name,
        recipient=inbox,
        subject=order.title,
        text=text,
        new_text=text,
        sent_at=at.replace(microsecond=0),
        state="order_created",
        kind="new_order",
        confidence=0.9,
    )


def _words(plot: Plot, order: Order) -> str:
    zh = plot.language is Language.ZH
    lines = [
        f"{number}. {plot.name(each.good)} {each.good.model}, {each.quantity} "
        f"{each.good.unit_zh if zh else each.good.unit_en}, {each.price} {plot.currency}"
        for number, each in enumerate(plot.items, start=1)
    ]
    head = f"订单号：{order.customer_po_no}" if zh else f"PO number: {order.customer_po_no}"
    due = f"交货期：{plot.wished_on}" if zh else f"Required by: {plot.wished_on}"
    return "\n".join((head, *lines, due, plot.customer.contacts[0].name, ""))
