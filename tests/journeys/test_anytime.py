"""What may happen at any time: held, resumed, cancelled in Prefect, many answered at once."""

import pytest

from tests.installation import Installation, until
from tests.journeys.play import Play, begin

pytestmark = pytest.mark.engine


def cancel_in_prefect(play: Play) -> str:
    """Somebody presses Cancel on the waiting run; its id comes back."""
    (run,) = [each for each in play.story.runs() if each["state_type"] == "PAUSED"]
    state = {"type": "CANCELLING", "name": "Cancelling"}
    reply = play.installation.prefect.post(
        f"/flow_runs/{run['id']}/set_state", json={"state": state}
    )
    assert reply.is_success
    return str(run["id"])


def test_cancelling_a_run_only_asks(installation: Installation) -> None:
    play = begin(installation)
    play.manager.form(play.story.open_gate("confirm"))
    old = cancel_in_prefect(play)
    play.manager.answers(play.story.open_gate("cancel"), "reject", comment="客户要继续")
    play.approved()
    play.customer.mail("confirmation", play.no)
    runs = {run["id"]: run["state_type"] for run in play.story.runs()}
    assert runs.pop(old) == "CANCELLED"
    assert len(runs) == 1

    play.manager.form(play.story.open_gate("customer_confirmation"))
    cancel_in_prefect(play)
    play.manager.answers(play.story.open_gate("cancel"))
    play.story.becomes("cancelled")
    assert [g.kind for g in play.story.gates() if g.state == "open"] == []
    play.customer.mail("notice", play.no)
    until(lambda: not alive(play), "no run is left")


def alive(play: Play) -> list[str]:
    """States of the order's runs that have not ended."""
    ended = ("COMPLETED", "CANCELLED", "CRASHED", "FAILED")
    return [run["state_type"] for run in play.story.runs() if run["state_type"] not in ended]


def test_a_held_order_goes_on_where_it_stood(installation: Installation) -> None:
    play = begin(installation)
    gate = play.story.open_gate("confirm")
    held = installation.command("hold", play.no, "--reason", "图纸待定", "--party", "customer")
    assert held.returncode == 0, held.stderr
    play.operator("chen.yu").form(play.story.open_gate("hold"))
    assert play.story.order.state == "on_hold"
    until(lambda: "waiting:hold" in tags(play), "the tag says so")
    resumed = installation.command("resume", play.no)
    assert resumed.returncode == 0, resumed.stderr
    assert play.story.open_gate("confirm").number == gate.number
    play.approved()
    play.customer.mail("confirmation", play.no)


def tags(play: Play) -> set[str]:
    """All tags of the order's runs."""
    return {tag for run in play.story.runs() for tag in run["tags"]}


def test_one_code_answers_many_gates_at_once(installation: Installation) -> None:
    plays = [begin(installation) for _ in range(3)]
    numbers = [play.story.open_gate("confirm").number for play in plays]
    code = installation.command("code", "li.ming", *gates(numbers)).stdout.strip()
    done = installation.command("answer", *numbers, "approve", "--by", "li.ming", "--code", code)
    assert done.returncode == 0, done.stderr
    for play in plays:
        play.customer.mail("confirmation", play.no)
    again = installation.command("answer", *numbers, "approve", "--by", "li.ming", "--code", code)
    assert again.returncode == 1


def gates(numbers: list[str]) -> list[str]:
    """Options that bind a code to these gates."""
    return [word for number in numbers for word in ("--gate", number)]
