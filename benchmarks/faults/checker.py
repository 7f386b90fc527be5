"""An independent look at what is left after disaster: plain SQL, mailboxes, Prefect's API.

Nothing of the product's code is used here, so that a mistake in it cannot hide itself.
"""

import email
import email.policy
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, text

MAIN_LINE = {
    "confirm": "confirm",
    "customer_confirmation": "confirm",
    "plan": "plan",
    "work": "execute",
    "completion": "review",
    "customer_acceptance": "accept",
    "close": "retrospective",
}
STAGES = (
    *("receive", "confirm", "classify", "plan", "execute"),
    *("review", "deliver", "accept", "retrospective"),
)
TO_CUSTOMER = (
    *("received", "confirmation", "plan_released", "delivery"),
    *("acceptance", "certificate", "survey", "report"),
)
ALIVE = ("RUNNING", "PENDING", "PAUSED", "SCHEDULED", "CANCELLING")


@dataclass(frozen=True)
class Copy:
    """One mail of ours in somebody's box."""

    purpose: str
    body: bytes


@dataclass(frozen=True)
class Checker:
    """What is wrong with the orders that these customers' numbers began; nothing if all is well.

    Without Prefect's API only the database and the mailboxes are looked at.
    """

    database: Connection
    maildir: Path
    prefect: httpx.Client | None
    po_numbers: tuple[str, ...]
    rounds: bool = False
    """Whether a stage may have been done in further rounds."""

    def problems(self) -> list[str]:
        """One line for each thing that is not as it must be."""
        found: list[str] = []
        orders = self._orders()
        wrong = {po: n for po, n in Counter(o["customer_po_no"] for o in orders).items() if n != 1}
        found += [f"{po}: {n} orders" for po, n in wrong.items()]
        missing = set(self.po_numbers) - {o["customer_po_no"] for o in orders}
        found += [f"{po}: no order" for po in missing]
        for order in orders:
            no = order["order_no"]
            for check in (self._ended, self._steps, self._chain, self._gates, self._mails):
                found += [f"{no}: {problem}" for problem in check(order)]
            if self.prefect is not None:
                found += [f"{no}: {problem}" for problem in _engine(self.prefect, no)]
        found += self._doubles()
        return found

    def duplicates(self) -> int:
        """How many mails lie in a mailbox more than once (allowed, under the same Message-ID)."""
        boxes = delivered(self.maildir)
        return sum(len(copies) - 1 for box in boxes.values() for copies in box.values())

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self.database.execute(text(sql), values).mappings()]

    def _orders(self) -> list[dict[str, Any]]:
        every = self._rows('select * from "order" order by id')
        return [o for o in every if o["customer_po_no"] in self.po_numbers]

    def _ended(self, order: dict[str, Any]) -> Iterator[str]:
        if order["state"] != "closed":
            yield f"is {order['state']}"
        runs = self._rows("select ended_at from run where order_id = :id", id=order["id"])
        if len(runs) != 1 or runs[0]["ended_at"] is None:
            yield f"its driver has not ended: {runs}"

    def _steps(self, order: dict[str, Any]) -> Iterator[str]:
        rows = self._rows("select stage, round from step where order_id = :id", id=order["id"])
        counted = Counter((row["stage"], row["round"]) for row in rows)
        once = Counter((stage, 1) for stage in STAGES)
        wrong = once - counted or any(n != 1 for n in counted.values())
        if wrong or (counted != once and not self.rounds):
            yield f"steps {sorted(counted.items())}"

    def _chain(self, order: dict[str, Any]) -> Iterator[str]:
        yield from chain_breaks(self.database, order["id"])
        rows = self._rows("select kind from event where order_id = :id", id=order["id"])
        moves = Counter(row["kind"] for row in rows)
        for kind in ("order_received", "customer_confirmed", "plan_approved", "order_closed"):
            if moves[kind] != 1:
                yield f"{kind} {moves[kind]} times"

    def _gates(self, order: dict[str, Any]) -> Iterator[str]:
        gates = self._rows("select * from gate where order_id = :id", id=order["id"])
        kinds = Counter(gate["kind"] for gate in gates)
        if any(kinds[kind] != 1 for kind in MAIN_LINE):
            yield f"gates {sorted(kinds.items())}"
        for gate in gates:
            stage = MAIN_LINE.get(gate["kind"], gate["stage"])
            if gate["state"] != "approved" or gate["stage"] != stage:
                yield f"gate {gate['kind']} of {gate['stage']} is {gate['state']}"
            votes = self._rows("select * from vote where gate_id = :id and counts", id=gate["id"])
            if len(votes) != 1:
                yield f"gate {gate['kind']} has {len(votes)} votes that count"

    def _mails(self, order: dict[str, Any]) -> Iterator[str]:
        rows = self._rows("select * from outbox where order_id = :id", id=order["id"])
        boxes = delivered(self.maildir)
        for row in rows:
            if row["state"] != "sent":
                yield f"mail {row['purpose']} to {row['recipient']} is {row['state']}"
            if row["message_id"].strip("<>") not in boxes[row["recipient"]]:
                yield f"mail {row['purpose']} never reached {row['recipient']}"
        to = order["contact_mail"]
        sent = Counter(row["purpose"] for row in rows if row["recipient"] == to)
        for purpose in TO_CUSTOMER:
            if sent[purpose] != 1:
                yield f"the customer was owed {purpose} {sent[purpose]} times"

    def _doubles(self) -> Iterator[str]:
        """Two different mails under one Message-ID, and mails of ours that nobody owed."""
        owed = {
            row["message_id"].strip("<>") for row in self._rows("select message_id from outbox")
        }
        for address, box in delivered(self.maildir).items():
            for message_id, copies in box.items():
                if len({hashlib.sha256(each.body).hexdigest() for each in copies}) > 1:
                    yield f"{address}: different mails are called {message_id}"
                if message_id not in owed:
                    yield f"{address}: nobody owed {message_id}"


def _engine(prefect: httpx.Client, order_no: str) -> Iterator[str]:
    body = {"flow_runs": {"tags": {"all_": [f"order:{order_no}"]}}}
    runs = prefect.post("/flow_runs/filter", json=body).raise_for_status().json()
    left = [run["state_name"] for run in runs if run["state_type"] in ALIVE]
    if left:
        yield f"runs left: {left}"
    closed = [run for run in runs if run["state_name"] == "Closed"]
    if len(closed) != 1:
        yield f"{len(closed)} runs have closed it: {[run['state_name'] for run in runs]}"
    for run in runs:
        asked = {"prefix": "suspended-", "limit": 200}
        kept = prefect.post(f"/flow_runs/{run['id']}/input/filter", json=asked).json()
        answers = [row["key"] for row in kept if row["key"].endswith("-response")]
        if answers and any(_has_code(row["value"]) for row in kept if row["key"] in answers):
            yield f"a code lies in Prefect: {answers}"


def delivered(maildir: Path) -> dict[str, dict[str, list[Copy]]]:
    """By address and Message-ID, the copies of mails of ours in its box."""
    boxes: dict[str, dict[str, list[Copy]]] = defaultdict(lambda: defaultdict(list))
    for file in maildir.glob("*/*/new/*"):
        raw = file.read_bytes()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        if mail["X-Orderflow-Purpose"]:
            copy = Copy(str(mail["X-Orderflow-Purpose"]), raw.partition(b"\n\n")[2])
            address = f"{file.parts[-3]}@{file.parts[-4]}"
            boxes[address][str(mail["Message-ID"]).strip("<>")].append(copy)
    return boxes


def chain_breaks(database: Connection, order_id: int) -> Iterator[str]:
    """Events of the order at which its history does not hold."""
    sql = text("select * from event where order_id = :id order by seq")
    before = "0" * 64
    for number, row in enumerate(database.execute(sql, {"id": order_id}).mappings(), start=1):
        if row["seq"] != number or row["prev_hash"] != before or row["hash"] != _link(dict(row)):
            yield f"event {row['seq']} does not hold"
        before = row["hash"]


def _link(row: Mapping[str, Any]) -> str:
    """The hash of an event by its documented rule: SHA-256 of its content as compact JSON."""
    payload = row["payload"] if isinstance(row["payload"], dict) else json.loads(row["payload"])
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(row["at"])
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    content = {
        "order": row["order_id"],
        "seq": row["seq"],
        "kind": row["kind"],
        "at": at.isoformat(timespec="microseconds"),
        "actor": row["actor"],
        "channel": row["channel"],
        "payload": payload,
        "prev": row["prev_hash"],
    }
    compact = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(compact.encode()).hexdigest()


def _has_code(value: Any) -> bool:
    said = json.loads(value) if isinstance(value, str) else value
    return bool(said.get("code"))
