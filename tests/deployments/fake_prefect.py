"""As much of Prefect's API as a worker asks for, in this process and at once."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from uuid import uuid4

TAKEN = ("PENDING", "RUNNING", "CANCELLING", "CANCELLED")
"""States from which Prefect lets nobody claim a run."""


class FakePrefect:
    """Runs of the pool `orderflow` and every state that they had."""

    def __init__(self) -> None:
        """No run yet."""
        self.away = False
        self.api = ""
        self.workers: set[str] = set()
        self._runs: dict[str, dict[str, Any]] = {}
        self._states: dict[str, list[dict[str, Any]]] = {}
        self._lock = Lock()

    def start(self, mode: str, deployment: str = "order") -> str:
        """Id of a new run that is due."""
        run = str(uuid4())
        self._runs[run] = {
            "id": run,
            "work_pool_name": "orderflow",
            "deployment_id": deployment,
            "parameters": {"mode": mode},
        }
        self._states[run] = []
        self.becomes(run, "SCHEDULED")
        return run

    def becomes(self, run: str, kind: str, message: str = "") -> dict[str, Any]:
        """The new state."""
        now = datetime.now(UTC).isoformat()
        state = {"id": str(uuid4()), "type": kind, "message": message, "timestamp": now}
        self._states[run].append(state)
        return state

    def state(self, run: str) -> str:
        """The type of the state in which the run is."""
        return str(self._states[run][-1]["type"])

    def message(self, run: str) -> str:
        """What is said about this state."""
        return str(self._states[run][-1]["message"])

    def states(self, run: str) -> list[str]:
        """The types of all states that the run had."""
        return [str(state["type"]) for state in self._states[run]]

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Status and JSON of the reply."""
        if self.away:
            return 503, {}
        if path.endswith("/heartbeat"):
            self.workers.add(body["name"])
            return 204, None
        if path.endswith("/get_scheduled_flow_runs"):
            due = [run for run in self._runs if self.state(run) == "SCHEDULED"]
            return 200, [{"flow_run": {"id": run}} for run in due[: body["limit"]]]
        if path == "/flow_runs/filter":
            asked = set(body["flow_runs"]["id"]["any_"])
            found = [run for run in asked if self.state(run) == "CANCELLING"]
            return 200, [{"id": run} for run in found]
        if method == "GET" and path == "/deployments/order":
            return 200, {"entrypoint": "flows.order.carry_order"}
        return self._about_one_run(method, path, body)

    def _about_one_run(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        found = re.search(r"[0-9a-f-]{36}", path)
        run = found.group() if found else ""
        if run not in self._runs:
            return 404, {}
        if path.startswith("/flow_run_states/"):
            return 200, self._states[run]
        if method == "GET":
            return 200, {**self._runs[run], "state": self._states[run][-1]}
        with self._lock:
            kind = body["state"]["type"]
            if not body.get("force") and kind == "PENDING" and self.state(run) in TAKEN:
                return 200, {"status": "ABORT", "state": None}
            state = self.becomes(run, kind, body["state"].get("message", ""))
            return 201, {"status": "ACCEPT", "state": state}


@contextmanager
def serving() -> Iterator[FakePrefect]:
    """It answers on 127.0.0.1 for as long as the block."""
    fake = FakePrefect()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _reply(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"null")
            status, reply = fake.answer(self.command, self.path.removeprefix("/api"), body)
            content = b"" if reply is None else json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _reply  # noqa: N815  # names of the standard library

        def log_message(self, *_: object) -> None:
            """Nothing is written about requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    fake.api = f"http://127.0.0.1:{server.server_port}/api"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
