"""From rows to the views that templates may see."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from domain.names import GateKind, Language, Stage, State
from domain.worktime import is_provisional
from models import version as versions
from models.activity import Activity
from models.gate import Gate
from models.order import Order
from models.person import person_row
from models.run import of_gate, of_order
from tasks import links
from tasks.services import Services
from templates import words
from templates.views import CompanyView, GateView, LineView, OrderView, TaskView


def order_view(session: Session, services: Services, order: Order) -> OrderView:
    """The order as its customer may see it."""
    company = services.settings.company
    owner = person_row(session, order.owner)
    version = versions.latest(session, order.id)
    promised = order.promised_on
    return OrderView(
        order_no=order.order_no,
        title=order.title,
        customer=order.customer_name,
        contact=order.contact_name,
        state=State(order.state),
        language=Language(order.language),
        company=CompanyView(company.name_zh, company.name_en, mail=services.settings.mail.sender),
        lines=lines(order),
        requested_on=order.requested_on,
        promised_on=promised,
        provisional=bool(promised and is_provisional(services.calendar(session), promised)),
        requirements=tuple(each.text for each in order.requirements if each.state != "dropped"),
        delivery_place=order.delivery_place,
        amount=order.amount,
        currency=order.currency,
        customer_po_no=order.customer_po_no,
        owner_name=owner.name if owner else order.owner,
        owner_mail=owner.mail if owner else "",
        version=version.n if version else 0,
        sha256=version.sha256 if version else "",
        zone=company.timezone,
    )


def lines(order: Order) -> tuple[LineView, ...]:
    """The order's lines as the customer may see them."""
    return tuple(
        LineView(
            no=each.line_no,
            item=each.item,
            model=each.model,
            quantity=each.quantity,
            unit=each.unit,
            unit_price=each.unit_price,
            currency=order.currency if each.unit_price is not None else "",
            due_on=each.due_on,
            criterion=each.criterion,
        )
        for each in order.lines
    )


def gate_view(session: Session, services: Services, gate: Gate, person: str = "") -> GateView:
    """The gate as it is named to people; with a person, the link is theirs."""
    return GateView(
        gate=gate.number,
        kind=GateKind(gate.kind),
        stage=Stage(gate.stage),
        round=gate.round,
        asked_by=gate.requested_by,
        asked_at=gate.asked_at,
        due_at=gate.due_at,
        link=gate_link(services, gate, person) if person else _order_link(session, services, gate),
        prefect_url=prefect_url(session, services, gate),
    )


def _order_link(session: Session, services: Services, gate: Gate) -> str:
    """The order's page on our portal, for people who have signed in."""
    order = session.get(Order, gate.order_id) if gate.order_id else None
    base = services.settings.public_url
    return f"{base}/order/{order.order_no}" if order and base else ""


def gate_link(services: Services, gate: Gate, person: str) -> str:
    """The page on which this person answers the gate."""
    until = gate.asked_at + timedelta(days=links.DAYS_VALID)
    granted = links.Pass(links.GATE, gate.number, person, gate.subject_sha256, until)
    return links.link(services, granted)


def prefect_url(session: Session, services: Services, gate: Gate) -> str:
    """The page of the run that stands at the gate, or nothing while it has not begun."""
    run = of_order(session, gate.order_id) if gate.order_id else of_gate(session, gate.id)
    return run_url(services, run.flow_run_id) if run and run.flow_run_id else ""


def run_url(services: Services, flow_run_id: str) -> str:
    """The page of a run in the engine's own pages."""
    return f"{services.settings.prefect.ui.rstrip('/')}/runs/flow-run/{flow_run_id}"


BOTH = "both"
"""Instead of a language: texts in Chinese and English, for operators."""


def _name(each: Activity, language: str) -> str:
    if language == BOTH and each.name_zh != each.name_en:
        return f"{each.name_zh} / {each.name_en}"
    return each.name_zh if language.startswith("zh") else each.name_en


def _party(each: Activity, language: str) -> str:
    if language == BOTH:
        return words.both("party", each.party)
    return words.word("party", each.party, Language(language))


def task_views(
    session: Session, services: Services, activities: Iterable[Activity], language: str
) -> tuple[TaskView, ...]:
    """Activities as the people who do them see them, with dates in the company's zone."""
    zone = services.calendar(session).zone
    return tuple(
        TaskView(
            no=each.label,
            name=_name(each, language),
            who=each.person or _party(each, language),
            start_on=each.starts_at.astimezone(zone).date() if each.starts_at else None,
            finish_on=each.finishes_at.astimezone(zone).date() if each.finishes_at else None,
            hours=each.work_hours,
            remaining_hours=each.remaining_hours,
            percent=each.percent,
            blocked=each.blocked,
            waits_for=tuple(str(link["after"]) for link in each.links),
        )
        for each in activities
    )
