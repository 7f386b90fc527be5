"""The invariants of the whole database, proven by looking at every order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tasks.services import Services
from tasks.verifying import history, kept, outside, standing
from tasks.verifying.case import Rule, cases, ground
from tasks.verifying.outside import NO_ORDER
from tasks.verifying.whole import WHOLE


@dataclass(frozen=True)
class Violation:
    """One thing that must never be so."""

    order_no: str
    rule: str
    detail: str


RULES: Mapping[str, Rule] = {
    "chain_holds": history.chain,
    "moves_by_the_table": history.moves,
    "steps_once": history.steps,
    "nothing_left_out": history.nothing_left_out,
    "next_action": standing.next_action,
    "owner": standing.owner,
    "run": standing.run,
    "stands_somewhere": standing.somewhere,
    "promise_on_workday": standing.promise,
    "gates_decided_once": standing.votes,
    "overdue_is_told": standing.overdue,
    "versions_frozen": kept.versions,
    "baseline": kept.baseline,
    "papers": kept.papers,
    "archive": kept.archive,
    "mails_owed": kept.mails,
}
"""Every rule that each order must keep; the keys are its names in the command's output."""


def violations(
    services: Services, *, blobs: bool = True, tell: Callable[[str], None] = lambda _: None
) -> list[Violation]:
    """Everything in the database that must never be so; empty where all holds.

    Without `blobs` the bytes of documents and mails are not read, nor is the archive. `tell` hears
    what was looked at.
    """
    found: list[Violation] = []
    with services.reading() as session:
        around = ground(session, services)
        for case in cases(session):
            number = case.order.order_no
            for name, rule in RULES.items():
                found += [Violation(number, name, detail) for detail in rule(case, around)]
            tell(number)
        for name, check in WHOLE.items():
            if blobs or name != "blobs_match":
                found += [Violation(NO_ORDER, name, detail) for detail in check(session)]
                tell(name)
        if blobs:
            wrong = outside.heads(session, services)
            found += [Violation(number, "kept_outside", detail) for number, detail in wrong]
            tell("kept_outside")
    return found
