"""Decisions, requests and reports from the command line end at the same doors as all others."""

import pytest
from sqlalchemy import select, update

from models.order import Order
from models.run import Run
from tests.portal_cli.conftest import ORDER, Terminal


def code_of(terminal: Terminal, person: str, *gates: str) -> str:
    """A code that the command line itself gives in a sample installation."""
    named = [word for gate in gates for word in ("--gate", gate)]
    return str(terminal.json("code", person, *named)["code"])


def test_an_answer_moves_the_order(terminal: Terminal) -> None:
    code = code_of(terminal, "li.ming", "G-1")
    answer = ("answer", "g-1", "approve", "--by", "li.ming", "--code", code)
    assert terminal.json(*answer)[0] == {
        "gate": "G-1",
        "order_no": ORDER,
        "state": "approved",
        "recorded": False,
        "refused": None,
    }
    card = terminal.json("order", ORDER)
    assert card["waiting_for"] == "customer_confirmation"
    assert card["gates"][0]["votes"][0]["channel"] == "cli"


def test_a_wrong_code_decides_nothing(terminal: Terminal) -> None:
    code_of(terminal, "li.ming")
    answer = ("answer", "G-1", "approve", "--by", "li.ming", "--code", "0000", "--lang", "en")
    code, out, err = terminal.run(*answer)
    assert (code, out) == (1, "")
    assert "4 tries left" in err
    assert terminal.json("gates")[0]["votes"] == []


def test_one_refused_of_several_answers_is_named_and_the_rest_count(terminal: Terminal) -> None:
    terminal.run("cancel", ORDER, "--reason", "客户破产")
    code = code_of(terminal, "li.ming")
    words = ("answer", "G-1", "G-2", "reject", "--by", "li.ming", "--code", code)
    exit_code, _, err = terminal.run(*words)
    assert exit_code == 1
    assert len(err.strip().splitlines()) == 2
    exit_code, out, _ = terminal.run(
        *("answer", "G-2", "G-1", "reject", "--by", "li.ming", "--comment", "不做"),
        *("--code", code_of(terminal, "li.ming")),
    )
    assert exit_code == 0
    assert out.count(ORDER) == 2


def test_codes_are_given_in_sample_installations_only(terminal: Terminal) -> None:
    settings = terminal.home / "orderflow.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("samples = true", "samples = false"), "utf-8")
    code, out, err = terminal.run("code", "li.ming")
    assert (code, out) == (1, "")
    assert "samples" in err


def test_what_somebody_sets_goes_with_the_answer(terminal: Terminal) -> None:
    code = code_of(terminal, "li.ming")
    words = ("answer", "G-1", "approve", "--by", "li.ming", "--code", code)
    terminal.json(*words, "--set", "promised_at=2026-12-28")
    assert terminal.json("orders")[0]["promised_at"] == "2026-12-28"


def test_a_day_without_work_is_refused_as_a_promise(terminal: Terminal) -> None:
    code = code_of(terminal, "li.ming")
    words = ("answer", "G-1", "approve", "--by", "li.ming", "--code", code)
    exit_code, _, err = terminal.run(*words, "--set", "promised_at=2026-12-26")
    assert exit_code == 1
    assert "2026-12-26" in err


def test_hold_resume_and_cancel_say_where_the_order_stands(terminal: Terminal) -> None:
    held = terminal.json("hold", ORDER, "--reason", "图纸待定", "--party", "customer")
    assert (held["state"], held["gate"]) == ("on_hold", "G-2")
    assert terminal.json("resume", ORDER)["state"] == "confirming"
    asked = terminal.json("cancel", ORDER, "--reason", "客户破产", "--by", "chen.yu")
    assert (asked["state"], asked["gate"]) == ("confirming", "G-3")
    assert terminal.json("verify") == []


def test_progress_of_a_task_that_is_not_there_is_refused(terminal: Terminal) -> None:
    words = ("progress", ORDER, "T9", "--percent", "50", "--by", "wang.lei", "--lang", "en")
    code, _, err = terminal.run(*words)
    assert code == 1
    assert "no task T9" in err


def test_due_actions_are_listed_dry_and_acted_on_once(terminal: Terminal) -> None:
    dry = terminal.json("tick", "--at", "2030-01-01T00:00+00:00", "--dry-run")
    assert dry
    acted = terminal.json("tick", "--at", "2030-01-01T00:00+00:00")
    assert [each["id"] for each in acted] == [each["id"] for each in dry]
    with terminal.world.services.reading() as session:
        order = session.scalars(select(Order)).one()
        assert order.state == "confirming"
    assert terminal.json("order", ORDER)["messages"][-1]["purpose"] in ("reminder", "notice")


@pytest.mark.parametrize("at", ["yesterday", "2026-11-24T09:00"])
def test_an_instant_needs_its_offset(terminal: Terminal, at: str) -> None:
    code, _, err = terminal.run("tick", "--at", at)
    assert code == 1
    assert at in err


def test_a_parked_order_has_its_form_again(terminal: Terminal) -> None:
    assert not terminal.json("unpark", ORDER)["unparked"]
    with terminal.world.services.writing() as session:
        session.execute(update(Run).values(parked_at=terminal.world.services.now()))
    assert terminal.json("unpark", ORDER)["unparked"]
    code, out, _ = terminal.run("unpark", ORDER, "--lang", "en")
    assert (code, out.strip()) == (0, f"{ORDER} was not parked")
