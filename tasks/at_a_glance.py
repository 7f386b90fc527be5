"""What the order's card says beside its plan: what we wait for from the customer."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Party, State
from domain.worktime import local_date
from models import gate as gates
from models.delivery import last_delivery
from models.order import Order
from models.retrospective import survey_of
from models.timer import Timer
from tasks.receipts import known
from tasks.services import Services
from tasks.surveying import unsettled
from templates import notes, words
from templates.views import FactView


def facts(session: Session, services: Services, order: Order) -> tuple[FactView, ...]:
    """Facts for the card, in both languages."""
    return (
        *_held(session, services, order),
        *_provisional(session, order),
        *_receipt(session, services, order),
        *_survey(session, services, order),
    )


def _held(session: Session, services: Services, order: Order) -> Iterator[FactView]:
    if order.state == State.ON_HOLD:
        since = local_date(services.calendar(session), order.state_since)
        party, reason = order.hold_party or Party.US, order.hold_reason or ""
        yield FactView("hold", notes.held(party, reason, since))


def _provisional(session: Session, order: Order) -> Iterator[FactView]:
    for gate in gates.open_gates(session, order.id):
        said = [each for each in gate.votes if each.fields.get("provisional")]
        if said:
            verdict = words.both("verdict", said[-1].verdict)
            yield FactView("provisional", f"{gate.number} · {said[-1].by} · {verdict}")


def _receipt(session: Session, services: Services, order: Order) -> Iterator[FactView]:
    made = last_delivery(session, order.id)
    if made is None:
        return
    zone = services.calendar(session).zone
    if made.received_at is not None:
        day = made.received_at.astimezone(zone).date()
        yield FactView("receipt", f"D{made.round} · {day} · {made.received_by}")
    elif not known(session, made):
        yield FactView("receipt", notes.no_receipt(f"D{made.round}"))


def _survey(session: Session, services: Services, order: Order) -> Iterator[FactView]:
    survey = survey_of(session, order.id)
    if survey is None:
        if order.state == State.RETROSPECTIVE and unsettled(session, order):
            yield FactView("survey", notes.survey_waits())
    elif survey.answered_at is not None:
        yield FactView("survey", " ".join(str(each) for each in survey.answers.values()))
    else:
        calendar = services.calendar(session)
        again = session.scalar(select(Timer.due_at).where(Timer.key == f"survey:{order.order_no}"))
        days = [local_date(calendar, each) for each in (survey.sent_at, again) if each is not None]
        yield FactView("survey", notes.survey_open(*days))
