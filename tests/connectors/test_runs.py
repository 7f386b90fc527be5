"""What the runs connector does when Prefect is busy, away or says no."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from connectors.errors import Rejected, Unreachable
from connectors.runs import RunState, RunType
from connectors.runs_prefect import PrefectRuns

RUN = "00000000-0000-0000-0000-000000000001"
MOMENT = "2026-11-24T09:00:00+00:00"


def row(run_id: str = RUN) -> dict[str, Any]:
    return {"id": run_id, "state": {"type": "PAUSED", "name": "Suspended", "timestamp": MOMENT}}


class Server:
    """Gives the replies in turn (the last one for ever) and keeps what was asked."""

    def __init__(self, *replies: httpx.Response | type[httpx.TransportError]) -> None:
        self.replies = list(replies)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, type):
            raise reply("gone")
        return reply


def runs(server: Server, auth: str = "") -> PrefectRuns:
    transport = httpx.MockTransport(server)
    return PrefectRuns("http://x/api", auth=auth, transport=transport, pauses=(0, 0))


def test_a_busy_server_is_asked_again() -> None:
    server = Server(httpx.Response(503), httpx.ReadError, httpx.Response(200, json=[row()]))
    moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert runs(server).states([RUN]) == {RUN: RunState(RUN, RunType.PAUSED, "Suspended", moment)}


def test_a_server_that_stays_away_is_unreachable() -> None:
    server = Server(httpx.ConnectError)
    with pytest.raises(Unreachable):
        runs(server).states([RUN])
    assert len(server.asked) == 3


def test_a_refusal_is_not_repeated() -> None:
    server = Server(httpx.Response(409, text="no"))
    with pytest.raises(Rejected):
        runs(server).retag(RUN, None, ())
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["REJECT", "ABORT"])
def test_only_accept_counts_as_woken(status: str) -> None:
    assert not runs(Server(httpx.Response(200, json={"status": status}))).resume(RUN, {"a": "b"})
    assert runs(Server(httpx.Response(201, json={"status": "ACCEPT"}))).resume(RUN, {"a": "b"})


def test_a_run_that_prefect_does_not_know_is_not_woken() -> None:
    assert not runs(Server(httpx.Response(500), httpx.Response(200, json=[]))).resume(RUN, {})


def test_an_answer_never_becomes_a_template() -> None:
    server = Server(httpx.Response(201, json={"status": "ACCEPT"}))
    with pytest.raises(Rejected):
        runs(server).resume(RUN, {"comment": {"__prefect_kind": "jinja", "template": "{{ 1 }}"}})
    assert server.asked == []


def test_many_runs_are_asked_for_in_portions() -> None:
    server = Server(httpx.Response(200, json=[]))
    runs(server).states([RUN] * 401)
    portions = [json.loads(one.content)["flow_runs"]["id"]["any_"] for one in server.asked]
    assert [len(portion) for portion in portions] == [200, 200, 1]


def test_a_deployment_is_looked_up_once() -> None:
    server = Server(httpx.Response(200, json={"id": RUN}))
    one = runs(server)
    assert one.deployment_id("order/order") == one.deployment_id("order/order") == RUN
    assert [str(request.url) for request in server.asked] == [
        "http://x/api/deployments/name/order/order"
    ]


def test_the_name_is_left_alone_when_only_the_tags_change() -> None:
    server = Server(httpx.Response(204))
    runs(server).retag(RUN, None, ("stage:plan",))
    assert json.loads(server.asked[0].content) == {"tags": ["stage:plan"]}


def test_a_password_goes_into_every_request() -> None:
    server = Server(httpx.Response(200, json=[]))
    runs(server, auth="user:secret").states([RUN])
    assert server.asked[0].headers["Authorization"].startswith("Basic ")
