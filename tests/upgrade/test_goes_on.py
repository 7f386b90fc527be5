"""The real system: a backup of a running installation, restored beside it, held, taking over."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.names import GateKind
from models.outbox import Owed
from models.run import Run
from tasks.entering import enter
from tasks.rehearsal.cast import Cast
from tests.installation import Installation, running
from tests.upgrade.test_form_changed import CALL

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture(scope="module")
def order(installation: Installation) -> str:
    """An order that waits for its confirmation in the original."""
    given: dict[str, Any] = CALL | {"customer_po_no": "PO-BEFORE-THE-BACKUP"}
    number = enter(installation.services, given).order_no
    Cast(installation.services).asked(number, GateKind.CONFIRM)
    return number


@pytest.fixture(scope="module")
def copy(
    installation: Installation, order: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The copy, restored from a backup made while the original runs, and started."""
    folder = tmp_path_factory.mktemp("copies")
    file, home = str(folder / "one.backup"), folder / "copy"
    made = installation.command("backup", file, "--with-key", "--json")
    assert json.loads(made.stdout)["orders"] > 0, made.stderr
    other = Installation(home)
    done = other.command("restore", file, "--database", "sqlite", "--json")
    assert json.loads(done.stdout)["violations"] == [], done.stderr
    with running(home) as one:
        yield one


def owed(installation: Installation) -> int:
    """Mails that have left the installation."""
    with installation.services.reading() as session:
        return session.scalar(select(func.count()).where(Owed.state == "sent")) or 0


def started(installation: Installation) -> int:
    """Runs that Prefect has been asked for."""
    with installation.services.reading() as session:
        return session.scalar(select(func.count()).where(Run.flow_run_id.is_not(None))) or 0


def test_a_copy_is_held_then_takes_over_and_its_orders_go_on(
    installation: Installation, copy: Installation, order: str
) -> None:
    sent = owed(copy)
    assert json.loads(copy.command("status", "--json").stdout)["held"] == "restored"
    assert json.loads(copy.command("tick", "--json").stdout) == []
    assert (started(copy), owed(copy)) == (0, sent)
    boxes = {each.parts[-3] for each in copy.home.glob("mail/*/*/new/*")}
    assert boxes <= {"orders", "archive"}  # nobody has got a mail: these came with the backup

    assert copy.command("take-over").returncode == 0
    cast = Cast(copy.services)
    asked = cast.asked(order, GateKind.CONFIRM)
    assert copy.prefect.get(f"/flow_runs/{asked.flow_run_id}").json()["name"].startswith(order)
    cast.fill(order, GateKind.CONFIRM, cast.approver(order, GateKind.CONFIRM))
    cast.asked(order, GateKind.CUSTOMER_CONFIRMATION)
    done = copy.command("verify")
    assert done.returncode == 0, done.stdout + done.stderr

    assert Cast(installation.services).stands(order).waiting_for == GateKind.CONFIRM
