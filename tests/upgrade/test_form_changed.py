"""A form that waits while a new version comes: its answer counts, or is refused in words."""

import json

import pytest
from sqlalchemy import select

from domain.names import GateKind
from models.gate import Gate
from tasks import engine
from tasks.driving import Wait, form_key
from tasks.entering import enter
from tasks.harvest import harvest
from tasks.rehearsal.cast import Asked, Cast
from tests.installation import Installation
from tests.upgrade.population import ORDER, drive
from tests.world import World

OF_ANOTHER_VERSION = {
    "title": "Gate",
    "type": "object",
    "properties": {
        name: {"type": "string", "default": ""}
        for name in ("decision", "approver", "code", "comment", "signature")
    },
}
CALL = {
    "channel": "phone",
    "customer": "恒川水务集团",
    "contact": "许澜",
    "mail": "xu.lan@hengchuan.example",
    "language": "zh-CN",
    "customer_po_no": "PO-OF-ANOTHER-VERSION",
    "open_date": True,
    "special_requirements": "none",
    "lines": [{"item": "泵", "model": "P-1", "quantity": 2, "unit": "台", "unit_price": 900}],
}


def test_a_decision_that_nobody_knows_any_more_is_refused_in_words(world: World) -> None:
    world.write(ORDER.format(number=1), subject="采购订单 PO-2026-1")
    runs = world.services.runs
    [run] = engine.start_runs(world.services)
    assert drive(world.services, "SO-2026-00001") == "confirm"
    with world.services.reading() as session:
        gate = session.scalars(select(Gate)).one()
    wait = Wait(gate.id, gate.number, gate.kind, asks=1)
    runs.claim(run)  # type: ignore[attr-defined]
    runs.suspend(run, form_key(gate.number, 1))  # type: ignore[attr-defined]
    runs.resume(run, {"decision": "agree", "approver": "li.ming", "code": "123456"})
    heard: list[str] = []
    assert not harvest(world.services, run, wait, heard.append)
    assert "agree" in heard[0]
    assert runs.answer(run, form_key(gate.number, 1)) is None
    assert world.gate("confirm") == gate.number


def ask_as_another_version(installation: Installation, asked: Asked) -> None:
    """The form in Prefect is as an older version has asked it."""
    run = installation.prefect.get(f"/flow_runs/{asked.flow_run_id}").json()
    key = run["state"]["state_details"]["run_input_keyset"]["schema"]
    where = f"/flow_runs/{asked.flow_run_id}/input"
    installation.prefect.delete(f"{where}/{key}").raise_for_status()
    old = {"key": key, "value": json.dumps(OF_ANOTHER_VERSION)}
    installation.prefect.post(where, json=old).raise_for_status()


@pytest.mark.engine
def test_a_form_of_another_version_is_answered_and_asked_again(installation: Installation) -> None:
    cast = Cast(installation.services)
    order = enter(installation.services, CALL).order_no
    first = cast.asked(order, GateKind.CONFIRM)
    ask_as_another_version(installation, first)
    by = cast.approver(order, GateKind.CONFIRM)
    said = {"decision": "agree", "approver": by, "code": cast.code(by, first.number)}
    resumed = installation.prefect.post(
        f"/flow_runs/{first.flow_run_id}/resume", json={"run_input": said | {"signature": "x"}}
    )
    assert resumed.json()["status"] == "ACCEPT"
    again = cast.until(
        lambda: found if (found := cast.asked(order, GateKind.CONFIRM)).note else None,
        "the gate asked again",
    )
    assert (again.number, "agree" in again.note) == (first.number, True)
    ask_as_another_version(installation, again)
    said = {"decision": "approve", "approver": by, "code": cast.code(by, first.number)}
    installation.prefect.post(
        f"/flow_runs/{again.flow_run_id}/resume", json={"run_input": said | {"signature": "x"}}
    ).raise_for_status()
    cast.asked(order, GateKind.CUSTOMER_CONFIRMATION)
