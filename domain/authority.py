"""Who may answer which gate: roles, amounts, substitutes, and never the requester."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.names import Role

LONGEST_CHAIN = 3
"""Substitutes of substitutes are followed so far; a longer chain ends unanswered."""


class Approvers(StrEnum):
    """The rule by which the people who may answer a gate are found."""

    CLERK_OR_OWNER = "clerk_or_owner"
    MANAGER_BY_AMOUNT = "manager_by_amount"
    MANAGER_OF_OWNER = "manager_of_owner"
    UNINVOLVED_QUALITY = "uninvolved_quality"
    CUSTOMER_CONTACT = "customer_contact"
    OWNER = "owner"


@dataclass(frozen=True)
class Person:
    """Somebody who works here. `limit` is the largest amount in the company's currency that they
    may approve; None means that they approve no amounts, infinite means any."""

    person: str
    name: str
    mail: str
    language: str
    roles: frozenset[Role]
    limit: Decimal | None = None
    manager: str | None = None


@dataclass(frozen=True)
class Substitution:
    """`substitute` answers for `absent` from the first day up to, not including, `until`."""

    absent: str
    substitute: str
    since: date
    until: date


@dataclass(frozen=True)
class Subject:
    """What the rules need to know of the thing that is decided."""

    owner: str
    requester: str
    amount: Decimal | None = None
    late: bool = False
    involved: frozenset[str] = field(default_factory=frozenset)


def approvers(
    rule: Approvers,
    subject: Subject,
    people: Iterable[Person],
    substitutions: Iterable[Substitution] = (),
    *,
    on: date,
) -> Mapping[str, str]:
    """Short words of the people who may answer, each with the person for whom they answer."""
    known = {each.person: each for each in people}
    entitled = sorted(_entitled(rule, subject, known), key=lambda each: each.person)
    answers = {each.person: each.person for each in entitled}
    for each in entitled:
        stand_in = _stand_in(each.person, subject, known, tuple(substitutions), on)
        if stand_in is not None:
            answers.setdefault(stand_in, each.person)
    if rule in (Approvers.OWNER, Approvers.CLERK_OR_OWNER, Approvers.CUSTOMER_CONTACT):
        return answers
    own = {subject.requester, subject.owner}
    return {person: of for person, of in answers.items() if person not in own}


def _entitled(rule: Approvers, subject: Subject, known: Mapping[str, Person]) -> list[Person]:
    everybody = list(known.values())
    match rule:
        case Approvers.OWNER | Approvers.CUSTOMER_CONTACT:
            return [known[subject.owner]] if subject.owner in known else []
        case Approvers.CLERK_OR_OWNER:
            return [p for p in everybody if Role.CLERK in p.roles or p.person == subject.owner]
        case Approvers.UNINVOLVED_QUALITY:
            return [
                p for p in everybody if Role.QUALITY in p.roles and p.person not in subject.involved
            ]
        case Approvers.MANAGER_OF_OWNER:
            owner = known.get(subject.owner)
            manager = known.get(owner.manager or "") if owner else None
            if manager is None or subject.late or manager.person == subject.requester:
                return _directors(everybody)
            return [manager]
        case Approvers.MANAGER_BY_AMOUNT:
            amount = subject.amount
            if amount is None:
                return _directors(everybody)
            able = [
                p
                for p in everybody
                if Role.MANAGER in p.roles
                and p.limit is not None
                and p.limit >= amount
                and p.person != subject.requester
            ]
            return able or _directors(everybody)


def _directors(people: Iterable[Person]) -> list[Person]:
    return [each for each in people if Role.DIRECTOR in each.roles]


def _stand_in(
    absent: str,
    subject: Subject,
    known: Mapping[str, Person],
    substitutions: tuple[Substitution, ...],
    on: date,
) -> str | None:
    """The substitute who answers for the absent today; one who is the requester is passed over."""
    seen = {absent}
    current = absent
    for _ in range(LONGEST_CHAIN):
        following = next(
            (
                each.substitute
                for each in substitutions
                if each.absent == current and each.since <= on < each.until
            ),
            None,
        )
        if following is None or following in seen or following not in known:
            break
        seen.add(following)
        current = following
        if current != subject.requester and not _away(current, substitutions, on):
            return current
    return None


def _away(person: str, substitutions: tuple[Substitution, ...], on: date) -> bool:
    return any(each.absent == person and each.since <= on < each.until for each in substitutions)
