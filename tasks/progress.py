"""Progress of work: reported by mail or command line; the stage ends when its tasks have ended."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.errors import BadValue, NotAllowed, UnknownActivity, UnknownPerson
from domain.names import Channel, Fact, GateKind, Party, Verdict
from models import activity as activities
from models import event as events
from models import gate as gates
from models import order as orders
from models import run as runs
from models.activity import Activity, Progress
from models.order import Order
from models.person import person_row
from models.vote import Word
from tasks.reading import Read, settle
from tasks.services import Services
from tasks.transition import follow


@dataclass(frozen=True)
class Report:
    """What somebody says about one task; None is "not said". Hours are working hours."""

    activity: str
    percent: int | None = None
    remaining: Decimal | None = None
    blocked: str = ""
    note: str = ""


def report(services: Services, order_no: str, said: Report, *, by: str, channel: Channel) -> None:
    """The task's progress is kept; the order goes on where this was its last open task.

    Raises UnknownOrder, UnknownActivity, UnknownPerson, BadValue, NotAllowed.
    """
    with services.writing() as session:
        order = orders.locked(session, orders.numbered(session, order_no).id)
        row = person_row(session, by)
        if row is None:
            raise UnknownPerson(by)
        take(session, services, order, said, by=row.person, channel=channel)
        end_if_done(session, services, order, by=row.person, channel=channel)


def by_mail(services: Services, mail: Read) -> bool:
    """True if at least one line of the mail was a report about a task of the order."""
    with services.writing() as session:
        order = orders.locked(session, mail.order_id or 0)
        person = mail.person or ""
        taken = []
        for each in mail.found.progress:
            label = each.task or _only_task(session, order, person)
            said = Report(
                activity=label,
                percent=each.percent,
                remaining=each.remaining_hours,
                blocked=each.note if each.blocked else "",
                note=each.note,
            )
            try:
                take(session, services, order, said, by=person, channel=Channel.MAIL)
                taken.append(label)
            except (UnknownActivity, BadValue, NotAllowed):
                continue
        if not taken:
            return False
        settle(session, mail, "linked", reason=f"progress {', '.join(taken)}")
        end_if_done(session, services, order, by=person, channel=Channel.MAIL)
    return True


def _only_task(session: Session, order: Order, person: str) -> str:
    """A report that names no task means the person's only open one."""
    own = [e for e in activities.unfinished(session, order.id) if e.person == person]
    return own[0].label if len(own) == 1 else ""


def take(
    session: Session, services: Services, order: Order, said: Report, *, by: str, channel: Channel
) -> None:
    """The report is kept with the task. The caller's transaction holds the order's row."""
    if said.percent is not None and not 0 <= said.percent <= 100:
        raise BadValue("percent", str(said.percent), "0 to 100")
    if said.remaining is not None and said.remaining < 0:
        raise BadValue("remaining", str(said.remaining), "hours from 0 on")
    row = activities.numbered(session, order.id, order.order_no, said.activity)
    if row.state not in ("released", "started", "done"):
        raise NotAllowed(row.label, order.order_no, by, "not_released")
    at = services.now()
    _apply(row, said, at)
    session.add(
        Progress(
            order_id=order.id,
            number=row.number,
            at=at,
            by=by,
            channel=channel,
            percent=said.percent,
            remaining_hours=said.remaining,
            blocked=said.blocked,
            note=said.note,
        )
    )
    facts = {
        "task": row.label,
        "percent": row.percent,
        "remaining_hours": str(row.remaining_hours),
        "blocked": row.blocked,
        "note": said.note[:300],
    }
    events.append(
        session, order.id, Fact.PROGRESS_REPORTED, by=by, channel=channel, at=at, payload=facts
    )
    runs.wake_display(session, order.id)


def _apply(row: Activity, said: Report, at: datetime) -> None:
    done = said.percent == 100 or (said.percent is None and said.remaining == 0)
    if said.percent is not None:
        row.percent = said.percent
    if said.remaining is not None:
        row.remaining_hours = said.remaining
        if said.percent is None and row.work_hours:
            share = 1 - said.remaining / max(row.work_hours, said.remaining)
            row.percent = min(int(share * 100), 99)
    elif said.percent is not None:
        row.remaining_hours = row.work_hours * (100 - said.percent) / 100
    if row.started_at is None and (row.percent > 0 or said.remaining is not None):
        row.started_at, row.state = at, "started"
    blocked = bool(said.blocked)
    row.blocked_since = (row.blocked_since or at) if blocked else None
    row.blocked = said.blocked
    row.blocked_party = Party.SUPPLIER if blocked and _theirs(said.blocked) else ""
    if done:
        row.percent, row.remaining_hours, row.state = 100, Decimal(0), "done"
        row.finished_at, row.blocked, row.blocked_since = row.finished_at or at, "", None
    elif row.state == "done":
        row.state, row.finished_at = "started", None


def _theirs(text: str) -> bool:
    return any(word in text.lower() for word in ("外协", "供应商", "来料", "supplier", "vendor"))


def end_if_done(
    session: Session, services: Services, order: Order, *, by: str, channel: Channel
) -> None:
    """The wait for work is over when every released task has ended."""
    session.flush()
    if activities.unfinished(session, order.id):
        return
    waits = [g for g in gates.open_gates(session, order.id) if g.kind == GateKind.WORK]
    for gate in waits:
        at = services.now()
        word = Word(by=by, verdict=Verdict.APPROVE, channel=channel, comment="")
        moved = gates.answer(session, gate, word, allowed={by: order.owner}, at=at)
        if moved is not None:
            follow(session, services, order, moved, at=at)
