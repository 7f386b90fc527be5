"""Prefect over its HTTP interface."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

import httpx

from connectors.errors import Rejected, Unreachable
from connectors.runs import (
    FINAL,
    IDS_IN_ONE_QUESTION,
    Answer,
    Happened,
    RunState,
    RunType,
    StoredAnswer,
    form_key,
)

# A busy or restarting server: the same request may succeed in a moment.
_PASSING = frozenset({429, 500, 502, 503, 504})
_PAUSES = (0.1, 0.4, 1.2)  # seconds between the tries of one request

_NOT_FOUND = 404
_NO_ID = 422  # what Prefect answers to something that is not the id of a run


class PrefectRuns:
    """The runs of one Prefect server. One connection pool, closed with `close`."""

    def __init__(
        self,
        api: str,
        *,
        auth: str = "",
        timeout: float = 15.0,
        transport: httpx.BaseTransport | None = None,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        """`api` ends in /api; `auth` is user:password or empty; times in seconds."""
        user, _, password = auth.partition(":")
        self._http = httpx.Client(
            base_url=api.rstrip("/"),
            auth=httpx.BasicAuth(user, password) if auth else None,
            timeout=timeout,
            transport=transport,
            trust_env=False,
            verify=api.startswith("https:"),
        )
        self._pauses = tuple(pauses)
        self._deployments: dict[str, str] = {}

    def close(self) -> None:
        """The connections are given back."""
        self._http.close()

    def deployment_id(self, name: str) -> str:
        """Id of a deployment `flow/name`, asked once."""
        if name not in self._deployments:
            flow, _, deployment = name.partition("/")
            reply = self._ask("GET", f"/deployments/name/{flow}/{deployment}")
            self._deployments[name] = str(reply.json()["id"])
        return self._deployments[name]

    def start(
        self,
        deployment: str,
        *,
        parameters: Mapping[str, Any],
        name: str,
        tags: tuple[str, ...],
        idempotency_key: str,
    ) -> str:
        """Id of a run that is due now; the same key gives the same run, for ever."""
        body = {
            "parameters": dict(parameters),
            "name": name,
            "tags": list(tags),
            "idempotency_key": idempotency_key,
        }
        path = f"/deployments/{self.deployment_id(deployment)}/create_flow_run"
        reply = self._request("POST", path, body)
        if reply.status_code == _NOT_FOUND:  # deployed anew under another id
            self._deployments.pop(deployment, None)
            path = f"/deployments/{self.deployment_id(deployment)}/create_flow_run"
            reply = self._request("POST", path, body)
        return str(_accepted(reply, f"start {deployment}").json()["id"])

    def states(self, ids: Sequence[str]) -> dict[str, RunState]:
        """State by run id; what is missing is gone."""
        found: dict[str, RunState] = {}
        for first in range(0, len(ids), IDS_IN_ONE_QUESTION):
            some = list(ids[first : first + IDS_IN_ONE_QUESTION])
            reply = self._ask("POST", "/flow_runs/filter", {"flow_runs": {"id": {"any_": some}}})
            found.update((state.flow_run_id, state) for state in map(_run_state, reply.json()))
        return found

    def count_waiting(self, ids: Sequence[str]) -> int:
        """How many of these runs are there and wait; far cheaper than their states."""
        waits = {"type": {"any_": [RunType.PAUSED]}}
        wanted = {"flow_runs": {"id": {"any_": list(ids)}, "state": waits}}
        return int(self._ask("POST", "/flow_runs/count", wanted).json())

    def resume(self, flow_run_id: str, answer: Answer) -> bool:
        """Whether this call has woken the waiting run; False for one that does not wait."""
        if "__prefect_kind" in json.dumps(answer):  # Prefect would evaluate it as a template
            raise Rejected("resume", "the answer holds a template of the engine")
        body = {"run_input": answer}
        reply = self._request("POST", f"/flow_runs/{flow_run_id}/resume", body, repeat_500=False)
        if reply.status_code == httpx.codes.INTERNAL_SERVER_ERROR:
            # So Prefect 3.9 answers for a run that it does not know.
            if flow_run_id not in self.states([flow_run_id]):
                return False
            _refuse(reply, "resume")
        if reply.status_code == httpx.codes.CONFLICT:  # another one's answer came in this instant
            return False
        return bool(_accepted(reply, "resume").json().get("status") == "ACCEPT")

    def crash(self, flow_run_id: str, reason: str) -> None:
        """The run counts as crashed, whatever its process says; nothing for a run that is gone."""
        self._force(flow_run_id, RunType.CRASHED, "Crashed", reason)

    def cancel(self, flow_run_id: str) -> None:
        """The run is cancelled now (its process is not asked); nothing for a run that is gone."""
        self._force(flow_run_id, RunType.CANCELLED, "Cancelled", "")

    def complete(self, flow_run_id: str, name: str, message: str) -> None:
        """The run has ended well, in a state of this name; nothing for a run that is gone."""
        self._force(flow_run_id, RunType.COMPLETED, name, message)

    def ended_since(self, deployment: str, instant: datetime) -> Sequence[RunState]:
        """Runs that ended at or after the instant, and those that are being cancelled."""
        ours = {"deployment_id": {"any_": [self.deployment_id(deployment)]}}
        final = {"type": {"any_": sorted(FINAL)}}
        ended = {**ours, "state": final, "end_time": {"after_": instant.isoformat()}}
        leaving = {**ours, "state": {"type": {"any_": [RunType.CANCELLING]}}}
        return [*self._all_runs(ended), *self._all_runs(leaving)]

    def retag(self, flow_run_id: str, name: str | None, tags: tuple[str, ...]) -> None:
        """The run carries these tags only, and the name if one is given."""
        body: dict[str, Any] = {"tags": list(tags)}
        if name is not None:
            body["name"] = name
        self._ask("PATCH", f"/flow_runs/{flow_run_id}", body)

    def answer(self, flow_run_id: str, key: str) -> StoredAnswer | None:
        """What was sent through the form that was asked under this key."""
        name = form_key(key)
        body = {"prefix": name, "limit": 10}
        reply = self._ask("POST", f"/flow_runs/{flow_run_id}/input/filter", body)
        for row in reply.json():
            if row["key"] == name:
                return StoredAnswer(
                    json.loads(row["value"]), datetime.fromisoformat(row["created"])
                )
        return None

    def forget_answer(self, flow_run_id: str, key: str) -> None:
        """The engine no longer holds what was sent under this key."""
        reply = self._request("DELETE", f"/flow_runs/{flow_run_id}/input/{form_key(key)}")
        if reply.status_code != _NOT_FOUND:
            _accepted(reply, "forget answer")

    def artifact(
        self, key: str, markdown: str, description: str, flow_run_id: str | None = None
    ) -> None:
        """A new version of the page `key` (lower case, digits, dashes) is shown."""
        self._artifact(key, "markdown", markdown, description, flow_run_id)

    def artifact_table(self, key: str, rows: Sequence[Mapping[str, Any]], description: str) -> None:
        """A new version of the table `key` is shown."""
        self._artifact(key, "table", json.dumps([dict(row) for row in rows]), description, None)

    def emit(self, happened: Sequence[Happened]) -> None:
        """The events are in the engine's feed, for display; a repeated id counts once."""
        events = [
            {
                "id": each.event_id,
                "occurred": each.occurred.isoformat(),
                "event": each.event,
                "resource": dict(each.resource),
                "payload": dict(each.payload),
            }
            for each in happened
        ]
        self._ask("POST", "/events", events)

    def _artifact(
        self, key: str, kind: str, data: str, description: str, flow_run_id: str | None
    ) -> None:
        body = {"key": key, "type": kind, "data": data, "description": description}
        if flow_run_id:
            body["flow_run_id"] = flow_run_id
        self._ask("POST", "/artifacts/", body)

    def _force(self, flow_run_id: str, kind: RunType, name: str, message: str) -> None:
        body = {"state": {"type": kind, "name": name, "message": message}, "force": True}
        reply = self._request("POST", f"/flow_runs/{flow_run_id}/set_state", body)
        if reply.status_code not in (_NOT_FOUND, _NO_ID):
            _accepted(reply, name)

    def _all_runs(self, runs: Mapping[str, Any]) -> Iterator[RunState]:
        """States of all runs that fit the filter, page by page."""
        offset = 0
        while True:
            body = {"flow_runs": runs, "sort": "ID_DESC", "offset": offset}
            page = self._ask("POST", "/flow_runs/filter", body).json()
            yield from map(_run_state, page)
            offset += len(page)
            if len(page) < IDS_IN_ONE_QUESTION:
                return

    def _ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return _accepted(self._request(method, path, body), f"{method} {path}")

    def _request(
        self, method: str, path: str, body: Any = None, *, repeat_500: bool = True
    ) -> httpx.Response:
        """The reply, repeating what failed in passing; `Unreachable` when that does not help."""
        passing = _PASSING if repeat_500 else _PASSING - {500}
        reason = ""
        for pause in (*self._pauses, None):
            try:
                reply = self._http.request(method, path, json=body)
            except httpx.TransportError as error:
                reason = f"{type(error).__name__}: {error}"
            else:
                if reply.status_code not in passing:
                    return reply
                reason = f"HTTP {reply.status_code}"
            if pause is not None:
                time.sleep(pause)
        raise Unreachable("Prefect", reason)


def _accepted(reply: httpx.Response, what: str) -> httpx.Response:
    if not reply.is_success:
        _refuse(reply, what)
    return reply


def _refuse(reply: httpx.Response, what: str) -> NoReturn:
    if reply.status_code in _PASSING:
        raise Unreachable("Prefect", f"{what}: HTTP {reply.status_code}")
    raise Rejected("Prefect", f"{what}: HTTP {reply.status_code} {reply.text[:300]}")


def _run_state(row: Mapping[str, Any]) -> RunState:
    """The state in a run's JSON; a run without one counts as scheduled since its creation."""
    state = row.get("state") or {"type": "SCHEDULED", "name": "", "timestamp": row["created"]}
    return RunState(
        flow_run_id=str(row["id"]),
        type=RunType(state["type"]),
        name=str(state["name"]),
        timestamp=datetime.fromisoformat(state["timestamp"]),
    )
