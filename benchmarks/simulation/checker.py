"""An independent look at what is left: plain SQL and the stand-ins, nothing of the product."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from benchmarks.simulation.installation import Installation
from connectors.runs import FINAL, RunType

Row = dict[str, Any]
ENDED = ("closed", "cancelled", "rejected")
OF_STAGES = {
    *("info_requested", "record_completed", "confirmation_prepared", "order_classified"),
    *("plan_proposed", "work_released", "review_prepared", "order_delivered"),
    *("acceptance_requested", "retrospective_prepared"),
}
"""What only the work of a stage makes happen."""
TOLD = {
    "record_completed": "received",
    "confirmation_approved": "confirmation",
    "work_released": "assignment",
    "order_delivered": "delivery",
    "acceptance_requested": "acceptance",
    "customer_accepted": "certificate",
    "order_closed": "report",
}
"""Which mail is owed because of what has happened."""
DUE_TIMERS = (
    'select t.* from timer t left join "order" o on o.id = t.order_id'
    " where done_at is null and due_at < ? and (o.id is null or o.state <> 'on_hold')"
)
"""Timers of a held order rest with it."""
MOVING = (RunType.SCHEDULED, RunType.PENDING, RunType.RUNNING, RunType.CANCELLING)
OWN_WORDS = ("orderflow",)
"""Who may answer a gate without a person having said it: the clock, where a gate only waits."""


class Checker:
    """Looks at one installation after a schedule."""

    def __init__(self, installation: Installation) -> None:
        self._on = installation
        self._runs = installation.engine.server.runs

    def _rows(self, sql: str, *values: Any) -> list[Row]:
        return self._on.database.rows(sql, *values)

    def quiet(self) -> bool:
        """True when nothing is left to do but to wait for people and the clock."""
        return next(self.restless(), None) is None and next(self._lost(), None) is None

    def _lost(self) -> Iterator[str]:
        for order in self._rows('select * from "order"'):
            yield from self._stands(order)

    def restless(self) -> Iterator[str]:
        """What somebody of ours has still to do."""
        for run_id, run in self._runs.items():
            if run.state.type in MOVING:
                yield f"run {run_id[-4:]} is {run.state.name}"
            elif run.state.type is RunType.PAUSED and not (run.form and run.form.shown):
                yield f"run {run_id[-4:]} waits without a form"
        for row in self._rows("select * from run where ended_at is null"):
            if row["wake_seq"] > row["seen_seq"] or not (row["flow_run_id"] or row["parked_at"]):
                yield f"driver {row['id']} is not up to date"
            elif not row["parked_at"] and self._over(row["flow_run_id"]):
                yield f"driver {row['id']} has lost its run"
        for row in self._rows("select * from outbox where state in ('pending', 'sending')"):
            yield f"mail {row['id']} {row['purpose']} is {row['state']}"
        if self._on.inbox.box.waiting(1):
            yield "a mail waits in the inbox"
        for row in self._rows("select id from message where state = 'new'"):
            yield f"message {row['id']} waits to be understood"
        now = self._on.hub.now.strftime("%Y-%m-%d %H:%M:%S")
        for row in self._rows(DUE_TIMERS, now):
            yield f"timer {row['key']} is due"

    def _over(self, run_id: str) -> bool:
        run = self._runs.get(run_id)
        return run is None or run.state.type in FINAL

    def problems(self) -> list[str]:
        """One line for each thing that is not as it must be."""
        found = [*self._on.hub.unexpected, *self.restless()]
        for order in self._rows('select * from "order" order by id'):
            for check in (self._owned, self._stands, self._steps, self._chain, self._mails):
                found += [f"{order['order_no']}: {each}" for each in check(order)]
        for each in (
            self._letters,
            self._gates,
            self._orphans,
            self._boxes,
            self._codes,
            self._timers,
        ):
            found += each()
        return found + list(self._words())

    def _owned(self, order: Row) -> Iterator[str]:
        if order["state"] not in ENDED and not (order["owner"] and order["next_action_at"]):
            yield "nobody is to act next"

    def _stands(self, order: Row) -> Iterator[str]:
        """An open order waits at an open gate, with a run that shows its form."""
        rows = self._rows("select * from run where order_id = ?", order["id"])
        if len(rows) != 1:
            yield f"{len(rows)} drivers"
            return
        gates = self._rows("select * from gate where order_id = ? and state = 'open'", order["id"])
        if order["state"] in ENDED:
            if gates:
                yield f"has ended, but {len(gates)} gates are open"
            if rows[0]["ended_at"] is None:
                yield "has ended, but its driver has not"
        elif rows[0]["ended_at"] is not None:
            yield "is open, but its driver has ended"
        elif not gates:
            yield f"is {order['state']} and stands nowhere"
        else:
            yield from self._shown(rows[0], gates)

    def _shown(self, row: Row, gates: list[Row]) -> Iterator[str]:
        if row["parked_at"] is not None:
            return
        run = self._runs.get(row["flow_run_id"])
        keys = {f"g-{gate['id']}-{gate['asks']}" for gate in gates}
        if run is None or run.state.type is not RunType.PAUSED:
            yield f"its run is {run.state.name if run else 'gone'}"
        elif run.form is None or not run.form.shown or run.form.key not in keys:
            yield f"its run shows {run.form}, not one of {sorted(keys)}"

    def _steps(self, order: Row) -> Iterator[str]:
        steps = self._rows("select stage, round, event from step where order_id = ?", order["id"])
        counted = Counter((row["stage"], row["round"]) for row in steps)
        yield from (f"step {key} {n} times" for key, n in counted.items() if n > 1)
        happened = Counter(
            row["kind"]
            for row in self._rows("select kind from event where order_id = ?", order["id"])
        )
        kept = Counter(row["event"] for row in steps)
        for kind in {*kept, *(OF_STAGES & happened.keys())}:
            number = kept[kind]
            if happened[kind] != number:
                yield f"{kind} happened {happened[kind]} times, {number} steps say so"

    def _chain(self, order: Row) -> Iterator[str]:
        rows = self._rows("select * from event where order_id = ? order by seq", order["id"])
        before, state = "0" * 64, None
        for number, row in enumerate(rows, start=1):
            if row["seq"] != number or row["prev_hash"] != before or row["hash"] != _link(row):
                yield f"event {row['seq']} does not hold"
            before = row["hash"]
            payload = json.loads(row["payload"])
            if "from" in payload and "to" in payload:
                if payload["from"] not in (state, None):
                    yield f"event {row['seq']} {row['kind']} starts at {payload['from']}"
                state = payload["to"]
        if state != order["state"]:
            yield f"is {order['state']}, but its history says {state}"

    def _mails(self, order: Row) -> Iterator[str]:
        here = {(each.message_id, each.recipient) for each in self._on.mail.delivered}
        owed = self._rows("select * from outbox where order_id = ?", order["id"])
        purposes = {row["purpose"] for row in owed}
        for row in self._rows("select kind from event where order_id = ?", order["id"]):
            if TOLD.get(row["kind"], "received") not in purposes and row["kind"] in TOLD:
                yield f"nobody was told of {row['kind']}"
        for row in owed:
            if row["state"] != "sent":
                yield f"mail {row['purpose']} is {row['state']}: {row['error']}"
            elif (row["message_id"], row["recipient"]) not in here:
                yield f"mail {row['purpose']} never reached {row['recipient']}"

    def _letters(self) -> Iterator[str]:
        """Mails that came in and are nowhere, or that count more than once."""
        kept = Counter(
            row["message_id"].strip("<>") for row in self._rows("select message_id from message")
        )
        for letter in self._on.inbox.letters:
            if kept[letter] != 1:
                yield f"mail {letter} came in and was kept {kept[letter]} times"
        orders = Counter(
            row["customer_po_no"]
            for row in self._rows("select customer_po_no from \"order\" where customer_po_no <> ''")
        )
        yield from (f"{po} is {n} orders" for po, n in orders.items() if n > 1)

    def _boxes(self) -> Iterator[str]:
        """Mails that nobody owed, and mails that came twice although nothing had gone wrong."""
        owed = {row["message_id"]: row for row in self._rows("select * from outbox")}
        came = defaultdict(list)
        for each in self._on.mail.delivered:
            came[each.message_id].append(each)
        for message_id, mails in came.items():
            if message_id not in owed:
                yield f"nobody owed mail {mails[0].purpose} {message_id}"
            elif any(each.raw != mails[0].raw for each in mails):
                yield f"two different mails are called {message_id}"
            for first, second in pairwise(mails):
                if not any(
                    self._on.hub.hurt_between(each.strand, each.began, second.step)
                    for each in (first, second)
                ):
                    yield f"mail {second.purpose} was sent twice for no reason"

    def _gates(self) -> Iterator[str]:
        results = {"approve": "approved", "reject": "rejected", "changes": "changes_requested"}
        late = (self._on.hub.now - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S")
        for gate in self._rows(
            'select g.*, o.state at from gate g left join "order" o on o.id = g.order_id'
        ):
            if (
                gate["at"] != "on_hold"
                and gate["kind"] == "until"
                and gate["state"] == "open"
                and gate["due_at"] < late
            ):
                yield f"G-{gate['id']} should have ended at {gate['due_at']}"
            votes = self._rows("select * from vote where gate_id = ? and counts", gate["id"])
            decided = gate["state"] in results.values()
            if len(votes) != int(decided):
                yield f"G-{gate['id']} {gate['kind']} is {gate['state']} by {len(votes)} votes"
            elif decided and (results[votes[0]["verdict"]], votes[0]["by"]) != (
                gate["state"],
                gate["answered_by"],
            ):
                yield f"G-{gate['id']} is {gate['state']}, the vote says {votes[0]['verdict']}"

    def _orphans(self) -> Iterator[str]:
        """Runs in the engine that nobody of ours knows."""
        known = {
            row["flow_run_id"] for row in self._rows("select * from run where ended_at is null")
        }
        for run_id, run in self._runs.items():
            if run.state.type not in FINAL and run_id not in known:
                yield f"run {run_id[-4:]} is {run.state.name} for nobody"

    def _codes(self) -> Iterator[str]:
        """Codes of people that lie in the engine."""
        for run_id, run in self._runs.items():
            for key, stored in run.answers.items():
                if stored.value.get("code"):
                    yield f"a code lies in run {run_id[-4:]} under {key}"

    def _timers(self) -> Iterator[str]:
        """Reminders that are told more often than timers said so."""
        for gate in self._rows("select * from gate"):
            number = f"G-{gate['id']}"
            fired = self._rows(
                "select payload from timer where gate_id = ? and done_at is not null", gate["id"]
            )
            most = sum("remind" in row["payload"] or "nth" in row["payload"] for row in fired)
            told = self._rows(
                "select id from event where kind = 'reminder_sent' and order_id = ?"
                " and json_extract(payload, '$.gate') = ?",
                gate["order_id"],
                number,
            )
            if len(told) > most or gate["reminded"] > most:
                yield f"{number} was reminded of {len(told)} times by {most} timers"

    def _words(self) -> Iterator[str]:
        """Votes that nobody gave, and words that were taken and are nowhere."""
        said = {(each.gate, each.by) for each in self._on.said}
        votes = self._rows("select v.*, g.kind from vote v join gate g on g.id = v.gate_id")
        for vote in votes:
            by = (f"G-{vote['gate_id']}", vote["by"])
            if (
                vote["counts"]
                and by not in said
                and not (vote["by"] in OWN_WORDS and vote["kind"] == "until")
            ):
                yield f"nobody said {vote['verdict']} as {by} through {vote['channel']}"
        kept = {(f"G-{vote['gate_id']}", vote["by"]) for vote in votes}
        for each in self._on.said:
            if each.accepted and each.channel == "cli" and (each.gate, each.by) not in kept:
                yield f"{each.by} was told that {each.verdict} at {each.gate} counts; it is lost"


def _link(row: Row) -> str:
    """The hash of an event by its documented rule: SHA-256 of its content as compact JSON."""
    content = {
        "order": row["order_id"],
        "seq": row["seq"],
        "kind": row["kind"],
        "at": datetime.fromisoformat(row["at"])
        .replace(tzinfo=UTC)
        .isoformat(timespec="microseconds"),
        "actor": row["actor"],
        "channel": row["channel"],
        "payload": json.loads(row["payload"]),
        "prev": row["prev_hash"],
    }
    compact = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(compact.encode()).hexdigest()
