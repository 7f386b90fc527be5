"""What an installation's database and mailboxes say, without what may differ after a fault."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarks.faults.checker import chain_breaks, delivered

QUESTIONS = {
    "order": 'select state, stage, round, customer_po_no from "order"',
    "line": "select line_no, item, quantity, unit_price, delivered, accepted from line",
    "step": "select stage, round, event from step",
    "gate": "select kind, stage, round, state, answered_via from gate",
    "vote": "select g.kind, v.verdict, v.channel from vote v join gate g on g.id = v.gate_id"
    " where v.counts",
    "mail": "select purpose, recipient, state from outbox",
    "message": "select sender, subject, state, kind from message",
    "activity": "select number, state, percent from activity",
    "document": "select kind, version, language from document",
    "version": "select n, confirmed_at is null from order_version",
    "delivery": "select round, received_by from delivery",
    "acceptance": "select round, result from acceptance",
    "survey": "select answered_at is null from survey",
    "lesson": "select order_type from lesson",
    "archive": "select count(*) from archive",
    "timer": "select t.kind, g.kind, t.done_at is null from timer t"
    " left join gate g on g.id = t.gate_id",
}
"""By noun, the facts that are the same however often a process died on the way."""

MAY_DIFFER = ("run_replaced", "vote_cast", "mail_received")
"""Events that say that a run was replaced, or that somebody said again what was known."""


def picture(database: Connection, maildir: Path) -> Mapping[str, Counter[str]]:
    """The facts by noun, each with how often it is so."""
    found = {noun: _rows(database, sql) for noun, sql in QUESTIONS.items()}
    kinds = _rows(database, "select kind from event")
    found["event"] = Counter({k: n for k, n in kinds.items() if k not in MAY_DIFFER})
    found["delivered"] = Counter(
        f"{copies[0].purpose} {address}"
        for address, box in delivered(maildir).items()
        for copies in box.values()
    )
    return found


def differences(
    seen: Mapping[str, Counter[str]], expected: Mapping[str, Counter[str]]
) -> Iterator[str]:
    """What is there too often or not often enough, one line each."""
    for noun, counted in expected.items():
        yield from (f"{noun} too many: {fact} × {n}" for fact, n in (seen[noun] - counted).items())
        yield from (f"{noun} missing: {fact} × {n}" for fact, n in (counted - seen[noun]).items())


def broken(database: Connection) -> Iterator[str]:
    """Histories that do not hold."""
    for order_id in database.scalars(text('select id from "order"')):
        yield from chain_breaks(database, order_id)


def _rows(database: Connection, sql: str) -> Counter[str]:
    rows = database.execute(text(sql)).all()
    return Counter(" ".join(_plain(value) for value in row) for row in rows)


def _plain(value: object) -> str:
    """Equal on both databases, one of which has no true and false."""
    return str(int(value)) if isinstance(value, bool) else str(value)
