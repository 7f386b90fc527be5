"""What is entered by hand: read whole, refused whole, opened once."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.portal_cli.conftest import Terminal

CALL: dict[str, Any] = {
    "id": "call-17",
    "channel": "phone",
    "customer": "苏州砺嘉精密",
    "contact": "刘强",
    "mail": "liu.qiang@lijia.example",
    "lines": [{"item": "法兰", "quantity": 3, "unit": "件", "unit_price": 120.55}],
    "due_date": "2026-12-18",
    "special_requirements": "none",
    "caller": "刘强 0512-1234567",
    "note": "下午再打一次",
}


def written(terminal: Terminal, value: object) -> str:
    """A file that holds the value as JSON."""
    file = terminal.home / "call.json"
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return str(file)


def test_a_call_becomes_an_order_and_its_number_is_printed(terminal: Terminal) -> None:
    code, out, _ = terminal.run("receive", written(terminal, CALL))
    assert code == 0
    card = terminal.json("order", out.strip())
    assert (card["channel"], card["requested_on"]) == ("phone", "2026-12-18")
    assert card["lines"][0]["unit_price"] == {"amount": "120.55", "currency": "CNY"}
    assert card["amount"] == {"amount": "361.65", "currency": "CNY"}
    assert card["events"][-1]["payload"]["caller"] == CALL["caller"]
    assert card["customer_code"] == "LIJIA"


def test_the_same_id_gives_the_same_order(terminal: Terminal) -> None:
    first = terminal.json("receive", written(terminal, CALL))
    again = terminal.json("receive", written(terminal, CALL))
    assert (first["new"], again["new"]) == (True, False)
    assert first["order_no"] == again["order_no"]


def test_an_id_means_one_content(terminal: Terminal) -> None:
    terminal.json("receive", written(terminal, CALL))
    code, _, err = terminal.run("receive", written(terminal, {**CALL, "contact": "王芳"}))
    assert code == 1
    assert "call-17" in err


def test_every_mistake_is_named_and_nothing_is_written(terminal: Terminal) -> None:
    wrong = {
        **CALL,
        "custmer_po_no": "1",
        "due_date": "18.12.2026",
        "mail": "liu",
        "channel": "fax",
        "open_date": "no",
        "lines": [{"item": "法兰", "quantity": "many"}, {"unit": "件"}, 3],
    }
    code, out, err = terminal.run("receive", written(terminal, wrong), "--lang", "en")
    assert (code, out) == (1, "")
    lines = err.strip().splitlines()
    assert len(lines) == 8
    for field in ("custmer_po_no", "due_date", "mail", "channel", "open_date"):
        assert sum(field in line for line in lines) >= 1, field
    for field in ("lines[1].quantity", "lines[2].item", "lines[3]"):
        assert sum(field in line for line in lines) == 1, field
    assert len(terminal.json("orders")) == 1


def test_an_order_is_read_from_standard_input(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CALL)))
    assert terminal.run("receive", "-")[0] == 0


@pytest.mark.parametrize("value", ["{", "[1]", '"order"'])
def test_what_is_no_order_is_refused(terminal: Terminal, value: str) -> None:
    file = terminal.home / "no.json"
    file.write_text(value, "utf-8")
    code, _, err = terminal.run("receive", str(file))
    assert code == 1
    assert len(err.strip().splitlines()) == 1


def mail(folder: Path, name: str) -> Path:
    file = folder / f"{name}.eml"
    file.write_bytes(
        b"From: =?utf-8?b?5YiY5by6?= <liu@lijia.example>\r\nTo: orders@zheling.example\r\n"
        b"Subject: order\r\nDate: Tue, 24 Nov 2026 09:00:00 +0800\r\nMessage-ID: <1@x>\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + "请供货:法兰 DN50 3 件,交期 2026-12-18。\r\n".encode()
    )
    return file


def test_mails_are_understood_without_any_installation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from portal.cli import main

    files = [str(mail(tmp_path, name)) for name in ("a1", "a2")]
    home = tmp_path / "none"
    assert main(["mail", "understand", *files, "--jsonl", "--home", str(home)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in found] == ["a1", "a2"]
    assert found[0]["fields"]["due_date"]["value"] == "2026-12-18"
    assert main(["mail", "understand", *files, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert not home.exists()
