"""Customers and their contacts from a table: all rows are taken, or none."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.names import Language
from models.customer import Contact, Customer
from models.installation import next_number
from models.person import PersonRow
from tasks.given import Given, refuse, words
from tasks.joining import Joined, joined, row_name
from tasks.services import Services

CUSTOMER_FIELDS = (
    *("code", "name_zh", "name_en", "aliases", "tier", "language", "timezone"),
    *("account_manager", "credit_limit"),
    *("contact_name", "contact_mail", "contact_phone", "contact_language", "can_sign"),
)


def import_customers(services: Services, rows: Sequence[Mapping[str, Any]]) -> Joined:
    """All of these customers are known, one row a contact; or none is. Raises Mistakes."""
    given = [Given(values, row_name(no, len(rows))) for no, values in enumerate(rows, start=1)]
    with services.writing() as session:
        people = set(session.scalars(select(PersonRow.person)))
        for each in given:
            _customer(each, people)
        refuse(given)
        return joined([_keep_customer(session, services, each) for each in given])


def _customer(given: Given, people: set[str]) -> None:
    given.only(CUSTOMER_FIELDS)
    if not (given.text("name_zh", 200) or given.text("name_en", 200)):
        given.wrong("name_zh", None, "the customer's name, or name_en")
    given.one_of("tier", ("A", "B", "C", "D"))
    given.one_of("language", tuple(Language))
    given.one_of("contact_language", tuple(Language))
    given.one_of("can_sign", ("yes", "no"))
    given.number("credit_limit")
    manager = given.text("account_manager", 40).lower()
    if manager and manager not in people:
        given.wrong("account_manager", manager, "the short word of one of our people")
    given.mail("contact_mail")


def _keep_customer(session: Session, services: Services, given: Given) -> tuple[str, bool]:
    """The customer's code, and whether it is new."""
    row = _known_customer(session, given)
    new = row is None
    if row is None:
        code = given.text("code", 32) or f"C{next_number(session, 'customer'):04d}"
        row = Customer(code=code, created_at=services.now())
        session.add(row)
    for name in ("name_zh", "name_en"):
        setattr(row, name, given.text(name, 200) or getattr(row, name) or "")
    row.aliases = words(given.values.get("aliases")) or row.aliases or []
    row.tier = given.one_of("tier", ("A", "B", "C", "D")) or row.tier or "C"
    row.language = given.one_of("language", tuple(Language)) or row.language or Language.ZH
    row.timezone = given.text("timezone", 64) or row.timezone or "Asia/Shanghai"
    row.account_manager = given.text("account_manager", 40).lower() or row.account_manager
    row.credit_limit = given.number("credit_limit") or row.credit_limit
    session.flush()
    _keep_contact(session, row, given)
    return row.code, new


def _known_customer(session: Session, given: Given) -> Customer | None:
    """By code where one is given, else by the name in either language."""
    code = given.text("code", 32)
    if code:
        return session.scalar(select(Customer).where(Customer.code == code))
    zh, en = given.text("name_zh", 200), given.text("name_en", 200)
    return session.scalar(
        select(Customer).where(Customer.name_zh == zh if zh else Customer.name_en == en)
    )


def _keep_contact(session: Session, customer: Customer, given: Given) -> None:
    mail = given.mail("contact_mail")
    if not mail:
        return
    row = session.scalar(
        select(Contact).where(Contact.customer_id == customer.id, Contact.mail == mail)
    )
    if row is None:
        row = Contact(customer_id=customer.id, mail=mail)
        session.add(row)
    row.name = given.text("contact_name", 120) or row.name or ""
    phone = given.text("contact_phone", 60)
    row.phones = [phone] if phone else (row.phones or [])
    spoken = given.one_of("contact_language", tuple(Language))
    row.language = spoken or row.language or customer.language
    row.can_sign = given.values.get("can_sign") != "no"
    session.flush()
