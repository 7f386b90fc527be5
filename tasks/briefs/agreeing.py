"""Briefings until both sides have agreed: intake, questions, confirmation."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.content import digest, snapshot
from models import delivery as deliveries
from models import event as events
from models import message as messages
from models import version as versions
from models.order import Order
from tasks import telling_customer
from tasks.approving import in_company_currency
from tasks.briefs import understood
from tasks.briefs.brief import Brief
from tasks.content import content
from tasks.services import Services
from templates.views import CheckView, ExcerptView, FactView, FileView, Level


def intake(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """What the record lacks, what was understood from where, and the mail itself."""
    last = events.history(session, order.id)[-1]
    why = str(last.payload.get("comment") or last.payload.get("why") or "")
    facts = (FactView("reason", why),) if why else ()
    return Brief(
        parts={
            "facts": facts,
            "questions": telling_customer.questions(order),
            "understood": understood.of_order(session, order),
            "typed": understood.typed(order),
            "excerpts": excerpts(session, order),
        },
        decided={"content": digest(snapshot(content(order))), "why": why},
        requested_by="orderflow",
    )


def customer_info(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """What the customer was asked."""
    return Brief(
        parts={
            "questions": telling_customer.questions(order),
            "sources": sources(order),
            "excerpts": excerpts(session, order),
        },
        decided={"questions": list(order.questions)},
        requested_by="orderflow",
    )


def confirm(session: Session, services: Services, order: Order, at: datetime) -> Brief:
    """The offered version with its checks; the hash covers content and paper."""
    version = versions.latest(session, order.id)
    paper = deliveries.newest(session, order.id, "scope_statement")
    amount = in_company_currency(services, order)
    parts = {
        "facts": _offer_facts(order),
        "checks": check_views(order),
        "changes": telling_customer.changes(version.differences) if version else (),
        "files": _paper(paper),
        "sources": sources(order),
        "excerpts": excerpts(session, order) if order.round > 1 else (),
    }
    return Brief(
        parts=parts,
        subject={"amount": str(amount) if amount is not None else None},
        decided={
            "version": version.sha256 if version else "",
            "paper": paper.sha256 if paper else "",
        },
    )


def customer_confirmation(
    session: Session, services: Services, order: Order, at: datetime
) -> Brief:
    """The version that the customer confirms."""
    version = versions.latest(session, order.id)
    paper = deliveries.newest(session, order.id, "scope_statement")
    return Brief(
        parts={
            "changes": telling_customer.changes(version.differences) if version else (),
            "files": _paper(paper),
        },
        decided={
            "version": version.sha256 if version else "",
            "paper": paper.sha256 if paper else "",
        },
    )


def _offer_facts(order: Order) -> tuple[FactView, ...]:
    found = [FactView("promised_on", order.promised_on)]
    if order.sources.get("earliest_on"):
        found.append(FactView("earliest_finish", order.sources["earliest_on"]))
    if order.duplicate_of:
        found.append(FactView("duplicate_of", order.duplicate_of))
    return tuple(found)


def check_views(order: Order) -> tuple[CheckView, ...]:
    """The stored results of the named checks as they are shown."""
    return tuple(
        CheckView(each["rule"], Level(each["weight"]), facts=each["facts"])
        for each in order.sources.get("checks", ())
    )


def sources(order: Order) -> dict[str, str]:
    """Where each understood field came from."""
    return {
        name: str(value.get("source", ""))
        for name, value in order.sources.items()
        if isinstance(value, dict) and value.get("source") and ":" not in name
    }


def excerpts(session: Session, order: Order) -> tuple[ExcerptView, ...]:
    """The newest mails of the customer, as they were written."""
    return tuple(
        ExcerptView(f"{each.sender} · {each.subject}"[:200], (each.new_text or each.text)[:2000])
        for each in messages.of_order(session, order.id)[-2:]
    )


def _paper(paper: deliveries.Document | None) -> tuple[FileView, ...]:
    if paper is None:
        return ()
    return (FileView(paper.name, 0, paper.sha256, paper.kind),)
