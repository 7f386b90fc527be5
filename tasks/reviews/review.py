"""One review: deviations found, the agenda in one instant, minutes to those who must know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.names import Language, Purpose, Role
from domain.portfolio import NotToday, ReviewKind, not_today, period
from domain.worktime import local_date
from models import event as events
from models import gate as gates
from models import installation
from models import order as orders
from models.order import Order
from models.person import people, person_row
from tasks import display
from tasks.post import Letter, post
from tasks.reviews.deviations import find_all
from tasks.reviews.figures import figures
from tasks.services import Services
from templates import words
from templates.cards import review as page
from templates.views import AlertView, BoardRow, FigureView, Light, ReviewView

FIRST_LOOK = {
    ReviewKind.DAILY: timedelta(days=1),
    ReviewKind.WEEKLY: timedelta(days=7),
    ReviewKind.MONTHLY: timedelta(days=31),
}
RANK = {Light.RED: 0, Light.AMBER: 1, Light.NONE: 2, Light.GREEN: 3}
READERS = (Role.OWNER, Role.MANAGER, Role.DIRECTOR)


@dataclass(frozen=True)
class ReviewDone:
    """What came of a review; `not_today` says why it did not take place."""

    kind: ReviewKind
    at: datetime
    not_today: NotToday | None = None
    content: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The summary as plain values."""
        why = self.not_today
        reason = {"reason_zh": why.reason_zh, "reason_en": why.reason_en} if why else {}
        head = {"kind": str(self.kind), "at": self.at.isoformat(), "took_place": why is None}
        return {**head, **reason, **self.content}

    def lines(self, language: Language) -> list[str]:
        """The summary for a person."""
        zh = language is Language.ZH
        if self.not_today is not None:
            return [self.not_today.reason_zh if zh else self.not_today.reason_en]
        found = [f"{words.word('review', self.kind, language)} · {self.content['period']}"]
        found += [
            f"{r['light']:6} {r['order_no']} {r['customer']} {r['state']} {r['reason']}"
            for r in self.content["orders"]
        ]
        return found + list(self.content["changed"]) + list(self.content["decisions"])


def review(services: Services, kind: str, *, at: datetime | None = None) -> ReviewDone:
    """The review of this kind for the period of that instant; the same period gives the same one.

    Killed at any line and run again, it finds each deviation once and sends each minute once.
    """
    which = ReviewKind(kind)
    when = at or services.now()
    with services.reading() as session:
        calendar = services.calendar(session)
        day = local_date(calendar, when)
        why = not_today(which, calendar, day)
        open_now = [order.id for order in orders.open_orders(session)]
    if why is not None:
        return ReviewDone(which, when, why)
    name = f"review:{which}:{period(which, day)}"
    stored = _stored(services, name)
    if stored is None:
        for order_id in open_now:
            with services.writing() as session:
                find_all(session, services, orders.locked(session, order_id))
        stored = _snapshot(services, which, when, name)
    _show(services, which, when, stored)
    return ReviewDone(which, when, None, stored)


def _stored(services: Services, name: str) -> dict[str, Any] | None:
    with services.reading() as session:
        sha256 = installation.value(session, name)
        if sha256 is None:
            return None
        found: dict[str, Any] = json.loads(installation.kept(session, sha256))
        return found


def _snapshot(services: Services, kind: ReviewKind, at: datetime, name: str) -> dict[str, Any]:
    """The agenda as it is in this instant, kept with its minutes owed, in one transaction."""
    with services.writing() as session:
        since = _since(session, kind, at)
        rows = display.board_rows(session, services, orders.open_orders(session))
        ranked = sorted(rows, key=lambda r: (RANK[r.light], r.priority or "P9", r.order_no))
        content: dict[str, Any] = {
            "period": name.rpartition(":")[2],
            "since": since.isoformat(),
            "orders": [_row(session, each, since) for each in ranked],
            "changed": _changed(session, since),
            "decisions": _decisions(session, services),
            "figures": figures(session, services, since),
        }
        data = json.dumps(content, ensure_ascii=False, default=str).encode()
        sha256 = installation.keep(session, data, at=services.now())
        installation.remember(session, name, sha256)
        installation.remember(session, f"review_at:{kind}", at.isoformat())
        _minutes(session, services, kind, name, content)
        if kind is ReviewKind.DAILY:
            _heads(session, services, name, since)
    kept: dict[str, Any] = json.loads(data)
    return kept


def _since(session: Session, kind: ReviewKind, at: datetime) -> datetime:
    """The last review of this kind, however long ago: a period without one is joined."""
    last = installation.value(session, f"review_at:{kind}")
    return datetime.fromisoformat(last) if last else at - FIRST_LOOK[kind]


def _row(session: Session, row: BoardRow, since: datetime) -> dict[str, Any]:
    order = orders.numbered(session, row.order_no)
    quiet = not any(each.at >= since for each in events.history(session, order.id))
    return {
        "order_no": row.order_no,
        "customer": row.customer,
        "state": str(row.state),
        "light": str(Light.NONE if quiet and row.light is Light.GREEN else row.light),
        "reason": row.reason,
        "owner": row.owner,
        "priority": row.priority,
        "promised_at": str(row.promised_on or ""),
        "next_action": row.next_action,
        "next_action_at": row.next_action_at.isoformat() if row.next_action_at else None,
    }


MOST_CHANGES = 40


def _changed(session: Session, since: datetime) -> list[str]:
    """State changes since the last review, newest last."""
    found = []
    for order in orders.open_orders(session):
        for each in events.history(session, order.id):
            moved = each.payload.get("from") != each.payload.get("to")
            if each.at >= since and each.payload.get("to") and moved:
                found.append((each.at, f"{order.order_no}: {each.kind} → {each.payload['to']}"))
    return [text for _, text in sorted(found)[-MOST_CHANGES:]]


def _decisions(session: Session, services: Services) -> list[str]:
    """Decisions that are overdue."""
    found = []
    for gate in gates.overdue(session, at=services.now()):
        order = session.get(Order, gate.order_id) if gate.order_id else None
        kind = words.both("gate", gate.kind)
        found.append(f"{gate.number} {order.order_no if order else ''} {kind}")
    return found


def _minutes(
    session: Session, services: Services, kind: ReviewKind, name: str, content: Mapping[str, Any]
) -> None:
    """Owners, managers and directors have the minutes; a daily check only if it found something."""
    urgent = [r for r in content["orders"] if r["light"] in (Light.RED, Light.AMBER)]
    if kind is ReviewKind.DAILY and not urgent and not content["decisions"]:
        return
    items = tuple(f"{r['light']} · {r['order_no']} {r['customer']} · {r['reason']}" for r in urgent)
    items += tuple(content["decisions"])
    for person in people(session):
        row = person_row(session, person.person)
        if row is None or not set(READERS) & person.roles:
            continue
        view = AlertView(to=row.name, items=items or ("–",), kind=str(kind))
        letter = Letter(
            key=name,
            purpose=Purpose.NOTICE,
            recipient=row.mail,
            recipient_name=row.name,
            language=row.language,
            view=view,
            variant="review_minutes",
        )
        post(session, services, None, letter, at=services.now())


def _heads(session: Session, services: Services, name: str, since: datetime) -> None:
    """The heads of the event chains go outside, so that a truncated database is found out."""
    archive = services.settings.mail.archive
    if not archive:
        return
    heads = []
    for order in session.query(Order).order_by(Order.id):
        last = events.history(session, order.id)[-1:]
        heads += [f"{order.order_no} {e.seq} {e.hash}" for e in last if e.at >= since]
    letter = Letter(
        key=f"heads:{name}",
        purpose=Purpose.NOTICE,
        recipient=archive,
        recipient_name="",
        language=Language.EN,
        view=AlertView(to=archive, items=tuple(heads) or ("–",)),
        variant="finding",
    )
    post(session, services, None, letter, at=services.now())


def _show(services: Services, kind: ReviewKind, at: datetime, content: Mapping[str, Any]) -> None:
    """The artifact `review-<kind>` shows this review."""
    with services.reading() as session:
        rows = display.board_rows(session, services, orders.open_orders(session))
    view = ReviewView(
        kind=str(kind),
        at=at,
        since=datetime.fromisoformat(content["since"]),
        rows=rows,
        figures=tuple(
            FigureView(key, value) for key, value in content["figures"].items() if value is not None
        ),
        changed=tuple(content["changed"]),
        decisions=tuple(content["decisions"]),
        zone=services.settings.company.timezone,
    )
    services.runs.artifact(f"review-{kind}", page(view), words.both("review", kind))
