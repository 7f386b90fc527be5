"""People and customers join: one by one or from a table, and the first administrator by a link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import BadValue, Refusal, UnknownPerson
from domain.names import Language, Role
from models.person import PersonRow, SubstitutionRow, person_row
from tasks import codes
from tasks.given import Given, refuse, words
from tasks.portal_views.enrolling import enrol_link
from tasks.services import Services

PERSON_FIELDS = (
    *("person", "name", "mail", "language", "roles", "skills"),
    *("limit", "manager", "hours_per_day", "hourly_rate"),
)
UNLIMITED = Decimal(-1)
"""What stands in a person's row for any amount."""


@dataclass(unsafe_hash=True)
class NotEmpty(Refusal):
    """The first administrator joins an empty installation only."""

    people: int


@dataclass(frozen=True)
class Joined:
    """How many rows of a table were new, and how many changed what was known."""

    added: tuple[str, ...]
    changed: tuple[str, ...]


def add(services: Services, given: Mapping[str, Any]) -> Joined:
    """The person works here, as given; a known short word is changed. Raises Mistakes."""
    return add_all(services, [given])


def add_all(services: Services, rows: Sequence[Mapping[str, Any]]) -> Joined:
    """All of these people work here, or none of them is taken. Raises Mistakes."""
    read = [(row_name(number, len(rows)), values) for number, values in enumerate(rows, start=1)]
    with services.writing() as session:
        known = set(session.scalars(select(PersonRow.person)))
        known |= {str(each.get("person") or "").strip().lower() for each in rows}
        given = [_person(Given(values, where), known) for where, values in read]
        _unique_mails(session, given)
        refuse(given)
        return joined([(each.text("person", 40), _keep_person(session, each)) for each in given])


def row_name(number: int, of: int) -> str:
    """What stands before the fields of a row in a sentence; nothing for a single one."""
    return f"{number}." if of > 1 else ""


def _person(given: Given, known: set[str]) -> Given:
    given.only(PERSON_FIELDS)
    word = given.text("person", 40)
    if not word or word != word.lower() or not all(c.isalnum() or c in "._-" for c in word):
        given.wrong("person", word, "a short word such as li.ming")
    if not given.text("name", 120):
        given.wrong("name", None, "the person's name")
    if not given.mail():
        given.wrong("mail", given.values.get("mail"), "name@company.example")
    given.one_of("language", tuple(Language))
    roles = words(given.values.get("roles"))
    if not roles or not set(roles) <= set(Role):
        given.wrong("roles", ", ".join(roles) or None, ", ".join(Role))
    manager = given.text("manager", 40).lower()
    if manager and (manager not in known or manager == word):
        given.wrong("manager", manager, "the short word of another person")
    for name in ("hours_per_day", "hourly_rate"):
        given.number(name)
    _limit(given)
    return given


def _limit(given: Given) -> Decimal | None:
    if str(given.values.get("limit") or "").strip().lower() == "unlimited":
        return UNLIMITED
    return given.number("limit")


def _unique_mails(session: Session, found: Iterable[Given]) -> None:
    taken = {
        row.mail.lower(): row.person
        for row in session.execute(select(PersonRow.mail, PersonRow.person))
    }
    for each in found:
        word, mail = each.text("person", 40), each.mail()
        if mail and taken.setdefault(mail, word) != word:
            each.wrong("mail", mail, f"an address that {taken[mail]} does not have")


def _keep_person(session: Session, given: Given) -> bool:
    """True if the person is new here."""
    word = given.text("person", 40)
    row = session.scalar(select(PersonRow).where(PersonRow.person == word))
    new = row is None
    if row is None:
        row = PersonRow(person=word)
        session.add(row)
    row.name, row.mail = given.text("name", 120), given.mail()
    row.language = given.one_of("language", tuple(Language)) or Language.ZH
    row.roles = words(given.values.get("roles"))
    row.skills = words(given.values.get("skills"))
    row.limit = _limit(given)
    row.manager = given.text("manager", 40).lower() or None
    row.hours_per_day = given.number("hours_per_day") or Decimal(8)
    row.hourly_rate = given.number("hourly_rate") or Decimal(200)
    row.active = True
    session.flush()
    return new


def invite(services: Services, person: str) -> str:
    """The one-time link by which the person sets up an authenticator."""
    with services.reading() as session:
        if person_row(session, person) is None:
            raise UnknownPerson(person)
        return enrol_link(session, services, person, at=services.now())


def enrol(services: Services, person: str) -> str:
    """The `otpauth://` address of a fresh authenticator; an older one is void."""
    with services.writing() as session:
        return codes.enrol(session, services, person)


def first_administrator(services: Services, given: Mapping[str, Any]) -> str:
    """The one-time link of the first person of an empty installation. Raises NotEmpty."""
    with services.reading() as session:
        people = len(session.scalars(select(PersonRow.id)).all())
    if people:
        raise NotEmpty(people)
    add(services, {"roles": [Role.ADMIN], **given})
    return invite(services, str(given["person"]))


def absent(
    services: Services, person: str, substitute: str, since: date, until: date
) -> SubstitutionRow:
    """The substitute answers for the person from the first day up to, not including, `until`."""
    with services.writing() as session:
        rows = [person_row(session, each) for each in (person, substitute)]
        for word, found in zip((person, substitute), rows, strict=True):
            if found is None:
                raise UnknownPerson(word)
        away, stand_in = (each.person for each in rows if each is not None)
        if away == stand_in:
            raise BadValue("substitute", substitute, "another person")
        if until <= since:
            raise BadValue("until", str(until), f"a day after {since}")
        row = SubstitutionRow(absent=away, substitute=stand_in, since=since, until=until)
        session.add(row)
        session.flush()
        return row


def joined(kept: Sequence[tuple[str, bool]]) -> Joined:
    """What came of the rows: each word once, with whether it was new."""
    added = tuple(dict.fromkeys(word for word, new in kept if new))
    changed = tuple(dict.fromkeys(w for w, new in kept if not new and w not in added))
    return Joined(added, changed)
