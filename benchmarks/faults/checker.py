"""An independent look at what is left after disaster: plain SQL, mailboxes, Prefect's API.

Nothing of the product's code is used here, so that a mistake in it cannot hide itself.
"""

import email
import email.policy
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
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
LOST, DOUBLED, STUCK, BROKEN = "lost", "doubled", "stuck", "broken"
"""Kinds of problems; the first three are counted apart."""
CLOSED_ALONE = ("expired", "withdrawn", "superseded")
DEPLOYED = {"is_null_": False}
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
        """One line for each thing that is not as it must be, beginning with its kind."""
        orders = self._orders()
        count = Counter(order["customer_po_no"] for order in orders)
        found = [f"{LOST}: {po} has no order" for po in self.po_numbers if not count[po]]
        found += [f"{DOUBLED}: {po} has {n} orders" for po, n in count.items() if n > 1]
        for order in orders:
            for check in (self._ended, self._steps, self._chain, self._gates, self._mails):
                found += [f"{problem}, {order['order_no']}" for problem in check(order)]
            if self.prefect is not None:
                no = order["order_no"]
                found += [f"{problem}, {no}" for problem in _engine(self.prefect, no)]
        found += self._doubles()
        if self.prefect is not None:
            known = {row["flow_run_id"] for row in self._rows("select flow_run_id from run")}
            found += _orphans(self.prefect, known)
        return found

    def duplicates(self) -> int:
        """How many mails lie in a mailbox more than once (allowed, under the same Message-ID)."""
        boxes = self._boxes.values()
        return sum(len(copies) - 1 for box in boxes for copies in box.values())

    @cached_property
    def _boxes(self) -> dict[str, dict[str, list[Copy]]]:
        return delivered(self.maildir)

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self.database.execute(text(sql), values).mappings()]

    def _orders(self) -> list[dict[str, Any]]:
        every = self._rows('select * from "order" order by id')
        return [o for o in every if o["customer_po_no"] in self.po_numbers]

    def _ended(self, order: dict[str, Any]) -> Iterator[str]:
        if order["state"] != "closed":
            yield f"{STUCK}: is {order['state']}"
        runs = self._rows("select ended_at from run where order_id = :id", id=order["id"])
        if len(runs) != 1 or runs[0]["ended_at"] is None:
            yield f"{STUCK}: its driver has not ended: {runs}"

    def _steps(self, order: dict[str, Any]) -> Iterator[str]:
        rows = self._rows("select stage, round from step where order_id = :id", id=order["id"])
        counted = Counter((row["stage"], row["round"]) for row in rows)
        once = Counter((stage, 1) for stage in STAGES)
        if once - counted:
            yield f"{LOST}: without steps {sorted(once - counted)}"
        if any(n > 1 for n in counted.values()) or (counted - once and not self.rounds):
            yield f"{DOUBLED}: steps {sorted(counted.items())}"

    def _chain(self, order: dict[str, Any]) -> Iterator[str]:
        yield from chain_breaks(self.database, order["id"])
        rows = self._rows("select kind from event where order_id = :id", id=order["id"])
        moves = Counter(row["kind"] for row in rows)
        for kind in ("order_received", "customer_confirmed", "plan_approved", "order_closed"):
            if moves[kind] != 1:
                yield f"{DOUBLED if moves[kind] else LOST}: {kind} {moves[kind]} times"

    def _gates(self, order: dict[str, Any]) -> Iterator[str]:
        gates = self._rows("select * from gate where order_id = :id", id=order["id"])
        kinds = Counter(gate["kind"] for gate in gates)
        for kind in MAIN_LINE:
            if not kinds[kind] or (kinds[kind] > 1 and not self.rounds):
                yield f"{DOUBLED if kinds[kind] else LOST}: {kinds[kind]} gates {kind}"
        for gate in gates:
            stage = MAIN_LINE.get(gate["kind"], gate["stage"])
            over = self.rounds and gate["state"] in CLOSED_ALONE
            if (gate["state"] != "approved" and not over) or gate["stage"] != stage:
                yield f"{STUCK}: gate {gate['kind']} of {gate['stage']} is {gate['state']}"
            votes = self._rows("select * from vote where gate_id = :id and counts", id=gate["id"])
            if len(votes) != (gate["state"] == "approved"):
                yield f"{DOUBLED}: gate {gate['kind']} has {len(votes)} votes that count"

    def _mails(self, order: dict[str, Any]) -> Iterator[str]:
        rows = self._rows("select * from outbox where order_id = :id", id=order["id"])
        for row in rows:
            if row["state"] != "sent":
                yield f"{STUCK}: mail {row['purpose']} to {row['recipient']} is {row['state']}"
            elif row["message_id"].strip("<>") not in self._boxes[row["recipient"]]:
                yield f"{LOST}: mail {row['purpose']} never reached {row['recipient']}"
        to = order["contact_mail"]
        sent = Counter(row["purpose"] for row in rows if row["recipient"] == to)
        for purpose in TO_CUSTOMER:
            if not sent[purpose]:
                yield f"{LOST}: the customer was not owed {purpose}"
            elif sent[purpose] > 1 and not self.rounds:
                yield f"{DOUBLED}: the customer was owed {purpose} {sent[purpose]} times"

    def _doubles(self) -> Iterator[str]:
        """Two different mails under one Message-ID, and mails of ours that nobody owed."""
        owed = {
            row["message_id"].strip("<>") for row in self._rows("select message_id from outbox")
        }
        for address, box in self._boxes.items():
            for message_id, copies in box.items():
                if len({hashlib.sha256(each.body).hexdigest() for each in copies}) > 1:
                    yield f"{DOUBLED}: {address} has different mails {message_id}"
                if message_id not in owed:
                    yield f"{DOUBLED}: nobody owed {message_id} to {address}"


def _engine(prefect: httpx.Client, order_no: str) -> Iterator[str]:
    body = {"flow_runs": {"tags": {"all_": [f"order:{order_no}"]}}}
    runs = prefect.post("/flow_runs/filter", json=body).raise_for_status().json()
    left = [run["state_name"] for run in runs if run["state_type"] in ALIVE]
    if left:
        yield f"{STUCK}: runs left: {left}"
    closed = [run for run in runs if run["state_name"] == "Closed"]
    if len(closed) != 1:
        names = [run["state_name"] for run in runs]
        yield f"{DOUBLED if closed else LOST}: {len(closed)} runs have closed it: {names}"
    for run in runs:
        asked = {"prefix": "suspended-", "limit": 200}
        kept = prefect.post(f"/flow_runs/{run['id']}/input/filter", json=asked).json()
        answers = [row["key"] for row in kept if row["key"].endswith("-response")]
        if answers and any(_has_code(row["value"]) for row in kept if row["key"] in answers):
            yield f"{BROKEN}: a code lies in Prefect: {answers}"


def _orphans(prefect: httpx.Client, known: Collection[str]) -> Iterator[str]:
    """Runs that have not ended and that no order and no gate knows."""
    body = {"flow_runs": {"state": {"type": {"any_": list(ALIVE)}}, "deployment_id": DEPLOYED}}
    for run in prefect.post("/flow_runs/filter", json=body).raise_for_status().json():
        if run["id"] not in known and "order:" in " ".join(run["tags"]):
            yield f"{DOUBLED}: run {run['name']} is nobody's and {run['state_name']}"


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
            yield f"{BROKEN}: event {row['seq']} does not hold"
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
