"""Deliver: the package, its manifest with hashes, and its papers."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.names import Event
from models import activity as activities
from models import delivery as deliveries
from models.delivery import Delivery, Document
from models.installation import keep
from models.order import Order
from tasks import showing
from tasks.papers import paper
from tasks.services import Services
from tasks.stage import Outcome
from tasks.telling_team import milestones
from templates.views import (
    DeliveryNoteView,
    FileView,
    ProjectSummaryView,
    TestReportView,
    TestResultView,
    UserManualView,
)


@dataclass(frozen=True)
class File:
    """One file of the package."""

    kind: str
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash by which the customer can check it."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def entry(self) -> dict[str, Any]:
        """Its line in the manifest."""
        size = len(self.data)
        return {"name": self.name, "kind": self.kind, "size": size, "sha256": self.sha256}


@dataclass(frozen=True)
class Package:
    """What is handed over in this round."""

    round: int
    files: tuple[File, ...]
    note: File
    sha256: str

    def keep(self, session: Session, order: Order, *, at: datetime) -> None:
        """The delivery and its documents are part of the order, its lines delivered."""
        for each in (*self.files, self.note):
            session.add(
                Document(
                    order_id=order.id,
                    kind=each.kind,
                    version=self.round,
                    name=each.name,
                    language=order.language,
                    sha256=keep(session, each.data, at=at),
                    created_at=at,
                )
            )
        session.add(
            Delivery(
                order_id=order.id,
                round=self.round,
                manifest=[each.entry for each in (*self.files, self.note)],
                package_sha256=self.sha256,
                delivered_at=at,
            )
        )
        for line in order.lines:
            line.delivered = True
        session.flush()


def deliver(order_id: int, services: Services) -> Outcome:
    """Make the papers of the delivery, and a manifest that names every file by its hash."""
    at = services.now()
    with services.reading() as session:
        order = session.get_one(Order, order_id)
        last = deliveries.last_delivery(session, order_id)
        round_ = last.round + 1 if last else 1
        files = _papers(session, services, order, round_, at)
        manifest = [each.entry for each in files]
        sha256 = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
        note = _note(session, services, order, round_, files, sha256, at)
    package = Package(round_, files, note, sha256)
    facts = {"round": round_, "files": len(files) + 1, "package_sha256": sha256}
    return Outcome(Event.ORDER_DELIVERED, (package,), facts)


def _papers(
    session: Session, services: Services, order: Order, round_: int, at: datetime
) -> tuple[File, ...]:
    shown = showing.order_view(session, services, order)
    work = activities.of_order(session, order.id)
    zh = order.language.startswith("zh")
    results = tuple(
        TestResultView(
            no=number,
            text=each.name_zh if zh else each.name_en,
            result="pass" if each.state == "done" else "open",
            by=each.person or "",
            at=each.finished_at,
        )
        for number, each in enumerate((e for e in work if e.checkpoint), start=1)
    )
    summary = ProjectSummaryView(
        order=shown,
        made_at=at,
        milestones=milestones(session, services, work, order.language),
        done=tuple(e.name_zh if zh else e.name_en for e in work if e.state == "done"),
    )
    views = {
        "project_summary": summary,
        "test_report": TestReportView(order=shown, made_at=at, results=results),
        "user_manual": UserManualView(order=shown, made_at=at),
    }
    return tuple(
        File(kind, f"{order.order_no}-{kind}-r{round_}.pdf", paper(kind, view, order))
        for kind, view in views.items()
    )


def _note(
    session: Session,
    services: Services,
    order: Order,
    round_: int,
    files: tuple[File, ...],
    sha256: str,
    at: datetime,
) -> File:
    view = DeliveryNoteView(
        order=showing.order_view(session, services, order),
        made_at=at,
        delivery_no=f"{order.order_no}-D{round_}",
        round=round_,
        lines=showing.lines(order),
        files=tuple(FileView(f.name, len(f.data), f.sha256, f.kind) for f in files),
        package_sha256=sha256,
    )
    name = f"{order.order_no}-delivery_note-r{round_}.pdf"
    return File("delivery_note", name, paper("delivery_note", view, order))
