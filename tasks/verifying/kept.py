"""What a passed stage owes: frozen versions, baselines, papers, mails, the archive."""

import hashlib
import json
from collections.abc import Iterator

from domain.content import digest
from domain.names import Event, GateKind, Purpose, Stage, State
from models.activity import Activity, Baseline
from models.delivery import Acceptance, Delivery, Document
from models.outbox import Owed
from models.retrospective import Archive
from models.version import OrderVersion
from tasks.verifying.case import Case, Ground

TO_US = frozenset({Purpose.APPROVAL, Purpose.ASSIGNMENT})
"""Mails that go to our own people; all others need an address of the customer."""


def versions(case: Case, ground: Ground) -> Iterator[str]:
    """What was offered is unchanged; what was confirmed is frozen."""
    for each in case.of(OrderVersion):
        if digest(each.snapshot) != each.sha256:
            yield f"version {each.n} was changed"
    agreed = [each for each in case.of(OrderVersion) if each.confirmed_at]
    if case.happened(Event.CUSTOMER_CONFIRMED) and not agreed:
        yield "confirmed without a frozen version"


def baseline(case: Case, ground: Ground) -> Iterator[str]:
    """An approved plan is kept as it was approved."""
    if case.happened(Event.PLAN_APPROVED) and not case.of(Baseline):
        yield "planned without a baseline"


def papers(case: Case, ground: Ground) -> Iterator[str]:
    """What was delivered is listed and kept; what was accepted is certified."""
    kinds = {each.kind for each in case.of(Document)}
    if case.happened(Event.CUSTOMER_ACCEPTED) and "acceptance_certificate" not in kinds:
        yield "accepted without a certificate"
    if case.order.sample:
        return
    if len(case.of(Delivery)) != len(case.happened(Event.ORDER_DELIVERED)):
        yield "delivered without a delivery on record"
    signed = [each for each in case.of(Acceptance) if each.certificate_no]
    if case.happened(Event.CUSTOMER_ACCEPTED) and not signed:
        yield "accepted, but the acceptance is not signed"
    for each in case.of(Delivery):
        for entry in each.manifest:
            if entry.get("sha256") not in ground.blobs:
                yield f"{entry.get('name')} of delivery {each.round} is gone"


def archive(case: Case, ground: Ground) -> Iterator[str]:
    """A closed order is archived, its manifest unchanged, every file of it there."""
    found = case.of(Archive)
    if case.order.state == State.CLOSED and not found:
        yield "closed without an archive"
    for each in found:
        text = json.dumps(each.manifest, sort_keys=True, ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != each.sha256:
            yield "the manifest of the archive was changed"
        for entry in each.manifest:
            if entry.get("sha256") not in ground.blobs:
                yield f"{entry.get('name')} of the archive is gone"


def mails(case: Case, ground: Ground) -> Iterator[str]:
    """Every mail that the process table promises has been owed, sent or not."""
    if case.order.sample:  # its past was told, nobody was ever written to
        return
    process = case.order.process
    tells = {event: purposes for step in process.steps for event, purposes in step.tells.items()}
    tells |= dict(process.anytime_tells)
    for event, purposes in tells.items():
        for purpose in purposes if case.happened(event) else ():
            if _due(case, purpose) and not _owed(case, purpose):
                yield f"{event}: no mail {purpose} is owed"
    for gate in case.gates:
        rule = process.gate(GateKind(gate.kind), Stage(gate.stage))
        for purpose in rule.tells:
            if _due(case, purpose) and not _owed(case, purpose, gate.id):
                yield f"{gate.number}: no mail {purpose} is owed"


def _due(case: Case, purpose: Purpose) -> bool:
    """Whether there is somebody to write to."""
    if purpose is Purpose.ASSIGNMENT:
        return any(each.person for each in case.of(Activity))
    return purpose in TO_US or bool(case.order.contact_mail)


def _owed(case: Case, purpose: Purpose, gate_id: int | None = None) -> bool:
    return any(
        each.purpose == purpose and gate_id in (None, each.gate_id) for each in case.of(Owed)
    )
