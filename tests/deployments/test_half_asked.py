"""A process that is killed between waiting and asking leaves a run that nobody could answer."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deployments.claims import Claims

pytestmark = pytest.mark.engine

KEYS = {word: f"suspended-g-1-1-{word}" for word in ("schema", "response", "description")}


def waiting(engine: Any) -> str:
    """A run that counts as waiting for the form of these keys, which is not there yet."""
    run: str = engine.runs.start(
        "order/order", parameters={}, name="half", tags=(), idempotency_key=uuid4().hex
    )
    details = {"run_input_keyset": KEYS, "pause_reschedule": True, "pause_key": "g-1-1"}
    state = {"type": "PAUSED", "name": "Suspended", "state_details": details}
    body = {"state": state, "force": True}
    httpx.post(f"{engine.api}/flow_runs/{run}/set_state", json=body).raise_for_status()
    return run


def test_a_run_without_its_form_has_died(engine: Any) -> None:
    run = waiting(engine)
    assert Claims(engine.api, "orderflow").has_died(run, "killed") == "Crashed"


def test_a_run_with_its_form_waits_on(engine: Any) -> None:
    run = waiting(engine)
    body = {"key": KEYS["schema"], "value": "{}"}
    httpx.post(f"{engine.api}/flow_runs/{run}/input", json=body).raise_for_status()
    assert Claims(engine.api, "orderflow").has_died(run, "killed") is None


def test_only_the_newest_claim_of_a_run_can_die(engine: Any) -> None:
    run = engine.runs.start(
        "order/order", parameters={}, name="twice", tags=(), idempotency_key=uuid4().hex
    )
    claims, found = Claims(engine.api, "orderflow"), []
    for _ in range(2):
        claim = claims.claim(claims.look(run) or {}, datetime.now(UTC))
        assert claim is not None
        found.append(claim.claimed_as)
        state = {"state": {"type": "SCHEDULED", "name": "Scheduled"}, "force": True}
        httpx.post(f"{engine.api}/flow_runs/{run}/set_state", json=state).raise_for_status()
    first, second = found
    running = {"state": {"type": "RUNNING", "name": "Running"}, "force": True}
    httpx.post(f"{engine.api}/flow_runs/{run}/set_state", json=running).raise_for_status()
    assert claims.has_died(run, "killed", first) is None
    assert claims.has_died(run, "killed", second) == "Crashed"
