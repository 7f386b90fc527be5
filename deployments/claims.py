"""The worker's questions to Prefect: what is due, may I have it, what was cancelled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

_SECONDS = 15.0


@dataclass(frozen=True)
class Claim:
    """A run that is ours now: its JSON and the dotted name of its flow."""

    flow_run_id: str
    run: Mapping[str, Any]
    entrypoint: str

    @property
    def claimed_as(self) -> str:
        """Id of the state that the claim has given to the run."""
        return str(self.run["state"]["id"])


class Claims:
    """One work pool as a worker sees it. Errors are `httpx.HTTPError`: try again later."""

    def __init__(self, api: str, pool: str, auth: str = "") -> None:
        """`api` ends in /api; `auth` is user:password or empty."""
        user, _, password = auth.partition(":")
        self._http = httpx.Client(
            base_url=api.rstrip("/"),
            auth=httpx.BasicAuth(user, password) if auth else None,
            timeout=_SECONDS,
            trust_env=False,
            verify=api.startswith("https:"),
        )
        self._pool = pool
        self._entrypoints: dict[str, str] = {}

    def close(self) -> None:
        """The connections are closed; a forked child drops its copies so."""
        self._http.close()

    def beat(self, worker: str, seconds: int) -> None:
        """Prefect shows the worker as online for about three times so many seconds."""
        body = {"name": worker, "heartbeat_interval_seconds": seconds}
        self._post(f"/work_pools/{self._pool}/workers/heartbeat", body)

    def due(self, now: datetime, limit: int) -> list[str]:
        """Runs of the pool that are due, oldest first."""
        body = {"scheduled_before": now.isoformat(), "limit": limit}
        rows = self._post(f"/work_pools/{self._pool}/get_scheduled_flow_runs", body)
        return [str(row["flow_run"]["id"]) for row in rows]

    def look(self, flow_run_id: str) -> Mapping[str, Any] | None:
        """The run as Prefect has it; None for one that is gone."""
        reply = self._http.get(f"/flow_runs/{flow_run_id}")
        if reply.status_code == httpx.codes.NOT_FOUND:
            return None
        found: Mapping[str, Any] = reply.raise_for_status().json()
        return found

    def claim(self, run: Mapping[str, Any], now: datetime) -> Claim | None:
        """The run is ours (Pending), or None: not due, not of this pool, taken by another."""
        state = run.get("state") or {}
        if state.get("type") != "SCHEDULED" or run.get("work_pool_name") != self._pool:
            return None
        at = (state.get("state_details") or {}).get("scheduled_time")
        if at is not None and datetime.fromisoformat(at) > now:
            return None
        entrypoint = self._entrypoint(str(run["deployment_id"]))
        reply = self._set_state(str(run["id"]), "PENDING", "", force=False)
        if reply.get("status") != "ACCEPT":
            return None
        return Claim(str(run["id"]), {**run, "state": reply["state"]}, entrypoint)

    def cancelling(self, ids: Iterable[str]) -> list[str]:
        """Those of the runs that are to be stopped."""
        states = {"type": {"any_": ["CANCELLING"]}}
        body = {"flow_runs": {"id": {"any_": list(ids)}, "state": states}}
        return [str(row["id"]) for row in self._post("/flow_runs/filter", body)]

    def has_died(self, flow_run_id: str, how: str, claimed_as: str = "") -> str | None:
        """The state that a run is given whose process has ended; None when it has a good one.

        `claimed_as` is the id of the state under which the process had the run: what has been
        claimed again since is carried by another process, and not ours to end.
        """
        run = self.look(flow_run_id)
        kind = ((run or {}).get("state") or {}).get("type")
        half_asked = kind == "PAUSED" and not self._can_be_answered(run or {})
        if kind not in ("CANCELLING", "PENDING", "RUNNING") and not half_asked:
            return None
        if claimed_as and self._claimed_since(flow_run_id, claimed_as):
            return None
        ended = "CANCELLED" if kind == "CANCELLING" else "CRASHED"
        self._set_state(flow_run_id, ended, how, force=True)
        return ended.capitalize()

    def _claimed_since(self, flow_run_id: str, claimed_as: str) -> bool:
        reply = self._http.get("/flow_run_states/", params={"flow_run_id": flow_run_id})
        claims = {
            str(state["id"]): datetime.fromisoformat(state["timestamp"])
            for state in reply.raise_for_status().json()
            if state["type"] == "PENDING"
        }
        ours = claims.get(claimed_as)
        return ours is not None and max(claims.values()) > ours

    def _can_be_answered(self, run: Mapping[str, Any]) -> bool:
        """Whether the run's form is there: Prefect keeps it only after the run counts as waiting,
        and a run whose process was killed in between could never be resumed."""
        keys = (run["state"].get("state_details") or {}).get("run_input_keyset")
        if not keys:
            return True
        asked = {"prefix": keys["schema"], "limit": 10}
        rows = self._post(f"/flow_runs/{run['id']}/input/filter", asked)
        return any(row["key"] == keys["schema"] for row in rows)

    def _entrypoint(self, deployment_id: str) -> str:
        if deployment_id not in self._entrypoints:
            reply = self._http.get(f"/deployments/{deployment_id}").raise_for_status()
            self._entrypoints[deployment_id] = str(reply.json()["entrypoint"])
        return self._entrypoints[deployment_id]

    def _set_state(self, run: str, kind: str, message: str, *, force: bool) -> dict[str, Any]:
        state = {"type": kind, "name": kind.capitalize(), "message": message}
        reply: dict[str, Any] = self._post(
            f"/flow_runs/{run}/set_state", {"state": state, "force": force}
        )
        return reply

    def _post(self, path: str, body: object) -> Any:
        reply = self._http.post(path, json=body).raise_for_status()
        return reply.json() if reply.content else None
