"""What a review tells: minutes by mail, one a person in their language, and its page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.authority import Person
from domain.names import GateKind, Language, Party, Purpose, Role, State
from domain.portfolio import ReviewKind
from models.person import people
from tasks.post import Letter, post
from tasks.services import Services
from templates import portfolio, words
from templates.cards import review as page
from templates.views import AlertView, BoardRow, FactView, FigureView, Light, ReviewView

Content = Mapping[str, Any]
ABOVE = frozenset({Role.MANAGER, Role.DIRECTOR})


def owe(session: Session, services: Services, kind: ReviewKind, content: Content) -> None:
    """Owners, managers and directors have the minutes; of a daily check only who is concerned."""
    for person in people(session):
        own = _own(kind, content, person)
        if own is not None:
            _send(session, services, kind, own, person)


def announce(
    session: Session, services: Services, kind: ReviewKind, day: date, content: Content
) -> None:
    """Who takes part in the review of that day has its agenda, once."""
    for person in people(session):
        if _own(kind, content, person) is not None:
            _send(session, services, kind, content, person, day=day)


def _own(kind: ReviewKind, content: Content, person: Person) -> Content | None:
    """What of the review this person reads; None for nothing."""
    if not person.roles & (ABOVE | {Role.OWNER}):
        return None
    if kind is not ReviewKind.DAILY:
        return content
    own = content if person.roles & ABOVE else _of_owner(content, person.person)
    urgent = [row for row in own["orders"] if row["light"] != Light.GREEN]
    return own if urgent or own["decisions"] else None


def _of_owner(content: Content, owner: str) -> Content:
    numbers = {row["order_no"] for row in content["orders"] if row["owner"] == owner}
    parts = ("orders", "changed", "decisions", "actions")
    kept = {part: [r for r in content[part] if r["order_no"] in numbers] for part in parts}
    return {**content, **kept}


def _send(
    session: Session,
    services: Services,
    kind: ReviewKind,
    content: Content,
    person: Person,
    *,
    day: date | None = None,
) -> None:
    """The minutes; with a day that is still to come, the agenda for it."""
    language = Language(person.language)
    ui = services.settings.prefect.ui.rstrip("/")
    view = AlertView(
        to=person.name,
        kind=str(kind),
        items=tuple(portfolio.minutes(content, language)),
        facts=tuple(
            FactView(each["key"], _shown(each["value"]))
            for each in content["figures"]
            if each["value"] is not None
        ),
        link=f"{ui}/artifacts/key/review-{kind}" if ui else "",
        after=day,
    )
    letter = Letter(
        key=f"{'agenda' if day else 'review'}:{kind}:{content['period']}",
        purpose=Purpose.NOTICE,
        recipient=person.mail,
        recipient_name=person.name,
        language=person.language,
        view=view,
        variant="review_agenda" if day else "review_minutes",
    )
    post(session, services, None, letter, at=services.now())


def show(services: Services, kind: ReviewKind, at: datetime, content: Content) -> None:
    """The page `review-<kind>` of the engine shows this review."""
    view = ReviewView(
        kind=str(kind),
        at=at,
        since=datetime.fromisoformat(content["since"]),
        rows=tuple(_board_row(services, row) for row in content["orders"]),
        figures=tuple(
            FigureView(each["key"], _shown(each["value"]), _shown(each["before"]))
            for each in content["figures"]
            if each["value"] is not None or each["before"] is not None
        ),
        changed=portfolio.in_both(portfolio.change, content["changed"]),
        decisions=portfolio.in_both(portfolio.decision, content["decisions"]),
        actions=portfolio.in_both(portfolio.action, content["actions"]),
        missed=_day(content.get("missed")),
        zone=services.settings.company.timezone,
    )
    services.runs.artifact(f"review-{kind}", page(view), words.both("review", kind))


def _shown(value: Any) -> Any:
    """A stored figure as it is shown: a share in percent, others as they are."""
    return f"{value['percent']} %" if isinstance(value, Mapping) else value


def _board_row(services: Services, row: Content) -> BoardRow:
    due = row["next_action_at"]
    return BoardRow(
        order_no=row["order_no"],
        customer=row["customer"],
        state=State(row["state"]),
        light=Light(row["light"]),
        reason=portfolio.both(row["findings"]),
        priority=row["priority"],
        owner=row["owner"],
        waiting_for=GateKind(row["waiting_for"]) if row["waiting_for"] else None,
        waiting_party=Party(row["waiting_party"]) if row["waiting_party"] else None,
        promised_on=_day(row["promised_at"]),
        forecast_on=_day(row["forecast_at"]),
        next_action=row["next_action"],
        next_action_at=datetime.fromisoformat(due) if due else None,
        link=f"{services.settings.public_url}/order/{row['order_no']}",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
