"""`orderflow up`: everything answers, nothing is left behind, and what is in the way is named."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any
from uuid import uuid4

import httpx
import pytest

from connectors.runs import RunType
from connectors.runs_prefect import PrefectRuns
from deployments.home import home_at, processes_of
from deployments.parts import Wish
from deployments.prefect_server import ROOT
from deployments.up import up

Until = Callable[[Callable[[], object]], bool]

STUB_SERVICE = "import time\nwhile True:\n    time.sleep(0.2)\n"
STUB_PORTAL = (
    "import http.server, os\n"
    "at = ('127.0.0.1', int(os.environ['ORDERFLOW_PORTAL__PORT']))\n"
    "http.server.HTTPServer(at, http.server.SimpleHTTPRequestHandler).serve_forever()\n"
)
RUN_UP = """
    import sys
    from pathlib import Path
    from deployments.parts import COMMANDS, Wish
    from deployments.up import up

    home, root = Path(sys.argv[1]), Path(sys.argv[2])
    wish = Wish(prefect_port=0, portal_port=0, smtp_port=0, language="en")
    commands = {**COMMANDS, "service": "stub_service", "portal": "stub_portal"}
    prepared = lambda home, url, samples: (home / "prepared").write_text(url)
    sys.exit(up(home, wish, sys.stdout, sys.stderr, prepare=prepared, root=root, commands=commands))
"""


@pytest.fixture(scope="module")
def checkout(
    tmp_path_factory: pytest.TempPathFactory, stub_checkout: Callable[[Path], Path]
) -> Path:
    root = stub_checkout(tmp_path_factory.mktemp("up") / "checkout")
    (root / "stub_service.py").write_text(STUB_SERVICE)
    (root / "stub_portal.py").write_text(STUB_PORTAL)
    (root / "run_up.py").write_text(dedent(RUN_UP))
    return root


def start(home: Path, checkout: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(checkout), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, str(checkout / "run_up.py"), str(home), str(checkout)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "orderflow"


@pytest.fixture(scope="module")
def first(home: Path, checkout: Path, until: Until) -> Iterator[subprocess.Popen[str]]:
    process = start(home, checkout)
    assert until((home / "run.json").exists), process.communicate(timeout=1)
    yield process
    process.kill()
    process.communicate()


def send(port: int, recipient: str, mail: str) -> None:
    """One mail by hand: no word is sent before the answer to the last one."""
    words = ["EHLO x", "MAIL FROM:<a@b.example>", f"RCPT TO:<{recipient}>", "DATA", f"{mail}\r\n."]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        replies = line.makefile("rb")
        for word in ["", *words]:
            line.sendall(f"{word}\r\n".encode() if word else b"")
            while (reply := replies.readline())[3:4] == b"-":
                pass
            assert reply[:1] in b"23", reply


def facts(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "run.json").read_text())
    return found


@pytest.mark.engine
def test_every_address_of_run_json_answers(home: Path, first: subprocess.Popen[str]) -> None:
    said = facts(home)
    assert httpx.get(f"{said['prefect_api']}/health").is_success
    assert httpx.get(str(said["portal"])).status_code < 500
    assert (home / "prepared").read_text() == said["database_url"]
    assert said["pids"].keys() >= {"up", "postgres", "prefect", "mail", "worker", "service"}
    send(said["smtp"]["port"], "orders+x@zheling.example", "Subject: hello")
    (mail,) = (Path(said["maildir"]) / "zheling.example" / "orders" / "new").iterdir()
    assert b"Delivered-To: orders+x@zheling.example" in mail.read_bytes()


@pytest.mark.engine
def test_a_second_up_on_the_same_folder_says_so(
    home: Path, checkout: Path, first: subprocess.Popen[str]
) -> None:
    second = start(home, checkout)
    _, said = second.communicate(timeout=30)
    assert second.returncode == 1
    assert said.count("\n") == 1
    assert str(first.pid) in said
    assert (home / "run.json").exists()


@pytest.mark.engine
def test_a_part_that_dies_is_started_again(
    home: Path, first: subprocess.Popen[str], until: Until
) -> None:
    for name in ("service", "worker", "prefect", "postgres"):
        before = facts(home)["pids"][name]
        os.kill(before, signal.SIGKILL)
        assert until(lambda: facts(home)["pids"][name] != before)  # noqa: B023 (called at once)
    runs = PrefectRuns(str(facts(home)["prefect_api"]), pauses=[1] * 20)
    run = runs.start(
        "order/order",
        parameters={"mode": "quick"},
        name="after all that",
        tags=(),
        idempotency_key=uuid4().hex,
    )
    assert until(lambda: runs.states([run])[run].type is RunType.COMPLETED)


@pytest.mark.engine
def test_a_killed_up_leaves_nothing_and_the_next_goes_on(
    home: Path, checkout: Path, first: subprocess.Popen[str], until: Until
) -> None:
    deployed = (home / "data" / "deployed").stat().st_mtime
    first.kill()
    first.wait()
    second = start(home, checkout)
    assert until(lambda: (home / "run.json").exists() and facts(home)["pids"]["up"] == second.pid)
    assert (home / "data" / "deployed").stat().st_mtime == deployed  # unchanged: not done again
    second.send_signal(signal.SIGTERM)
    out, err = second.communicate(timeout=60)
    assert (second.returncode, err) == (0, "")
    assert "Ctrl-C" in out
    assert not (home / "run.json").exists()
    assert processes_of(home_at(home)) == ()


def refused(home: Path, wish: Wish) -> str:
    out, err = StringIO(), StringIO()
    assert up(home, wish, out, err, prepare=lambda *_: None) == 1
    assert err.getvalue().count("\n") == 1
    return err.getvalue()


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(tmp_path / "home", Wish(smtp_port=port, prefect_port=0, language="en"))
    assert str(port) in said
    assert "--smtp-port" in said


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, language: str) -> None:
    (tmp_path / "file").write_text("in the way")
    said = refused(tmp_path / "file" / "home", Wish(language=language))
    assert str(tmp_path / "file" / "home") in said
