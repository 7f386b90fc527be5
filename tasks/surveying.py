"""The survey: asked once a contact and not while something is open, reminded once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import OURSELVES, Channel, Event, Fact, Purpose
from domain.survey import LOOK_AGAIN_HOURS, LOOKS, REMIND_HOURS
from domain.worktime import add_workdays, local_date
from models import event as events
from models.activity import Activity
from models.delivery import Acceptance, PunchItem
from models.message import Message
from models.order import Order
from models.retrospective import Survey, survey_of
from models.timer import Timer, set_timer
from tasks import showing
from tasks.post import Letter, post
from tasks.services import Services
from tasks.telling_customer import letter_to
from templates.views import SurveyView

ANSWER_DAYS = 10
"""Working days that the mail gives for an answer."""


def ask(
    session: Session, services: Services, order: Order, event: Event, at: datetime
) -> list[Letter]:
    """Five numbers that we ask for; nothing as long as the customer waits for something."""
    return _asked(session, services, order, 1, at)


def ask_again(
    session: Session, services: Services, order: Order, timer: Timer, as_of: datetime
) -> None:
    """The survey is owed now, if what kept us from asking is settled."""
    at = services.now()
    for letter in _asked(session, services, order, int(timer.payload["nth"]) + 1, at):
        post(session, services, order, letter, at=at)


def _asked(
    session: Session, services: Services, order: Order, nth: int, at: datetime
) -> list[Letter]:
    if not order.contact_mail or survey_of(session, order.id) is not None:
        return []
    if unsettled(session, order):
        if nth <= LOOKS:
            _set(session, services, order, f"survey_ask:{nth}", LOOK_AGAIN_HOURS, {"nth": nth}, at)
        return []
    session.add(Survey(order_id=order.id, contact_mail=order.contact_mail, sent_at=at))
    _set(session, services, order, "survey", REMIND_HOURS, {}, at)
    return [_letter(session, services, order, None, at)]


def _set(
    session: Session,
    services: Services,
    order: Order,
    name: str,
    hours: int,
    payload: dict[str, int],
    at: datetime,
) -> None:
    set_timer(
        session,
        Timer(
            key=f"{name}:{order.order_no}",
            kind=name.partition(":")[0],
            order_id=order.id,
            due_at=services.due(session, hours, at=at),
            payload=payload,
        ),
    )


def _letter(
    session: Session, services: Services, order: Order, variant: str | None, at: datetime
) -> Letter:
    calendar = services.calendar(session)
    view = SurveyView(
        order=showing.order_view(session, services, order),
        to=order.contact_name,
        answer_by=add_workdays(calendar, local_date(calendar, at), ANSWER_DAYS),
    )
    key = f"survey:{variant}" if variant else "survey"
    return letter_to(order, Purpose.SURVEY, view, key, variant=variant)


def unsettled(session: Session, order: Order) -> bool:
    """True while the customer waits for something: a mail that nobody has looked at, or a
    punch item that is neither put right nor being tested again."""
    unread = select(Message.id).where(Message.order_id == order.id, Message.state == "needs_person")
    done = (
        select(Activity.id)
        .where(Activity.order_id == order.id, Activity.number == PunchItem.activity_number)
        .where(Activity.state == "done")
    )
    punch = (
        select(PunchItem.id)
        .join(Acceptance, Acceptance.id == PunchItem.acceptance_id)
        .where(Acceptance.order_id == order.id, PunchItem.state == "open", ~done.exists())
    )
    return any(session.scalar(each.limit(1)) is not None for each in (unread, punch))


def remind(
    session: Session, services: Services, order: Order, timer: Timer, as_of: datetime
) -> None:
    """Who has not answered is asked once more, unless something is open by now."""
    survey = survey_of(session, order.id)
    if survey is None or survey.answered_at is not None or unsettled(session, order):
        return
    at = services.now()
    post(session, services, order, _letter(session, services, order, "reminder", at), at=at)
    events.append(
        session,
        order.id,
        Fact.REMINDER_SENT,
        by=OURSELVES,
        channel=Channel.CLOCK,
        at=at,
        payload={"kind": "survey", "as_of": as_of.isoformat()},
    )
