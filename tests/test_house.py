"""The rules of the house, kept by looking at the source: one writer, one clock, one retry."""

import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    "domain",
    "models",
    "connectors",
    "templates",
    "tasks",
    "flows",
    "portal",
    "deployments",
    "benchmarks",
)
MODULES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
WORDS_OF_NOBODY = ("utils", "helpers", "common", "manager", "handler")


def hits(pattern: str, *, outside: tuple[str, ...] = (), also: Sequence[Path] = ()) -> list[str]:
    """Places in the source, and in these files, that match, except in these modules."""
    found = []
    for path in (*MODULES, *also):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(outside):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if re.search(pattern, line.split("#")[0]):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


def test_only_move_writes_an_orders_state() -> None:
    # The sample past is told as rows, by the same table.
    past = ("models/order.py", "tasks/samples/")
    assert hits(r"\border\.state = ", outside=past) == []


def test_the_clock_is_read_in_one_module_and_by_processes() -> None:
    clock = r"datetime\.now\(|datetime\.utcnow|date\.today\(|time\.time\("
    owners = ("tasks/services.py", "deployments/", "benchmarks/")
    assert hits(clock, outside=owners) == []


def test_smtplib_is_never_imported() -> None:
    assert hits(r"^\s*(import|from) smtplib", also=TESTS) == []


def test_retries_are_decided_in_one_module() -> None:
    assert hits(r"retry_condition_fn=(?!try_again)", outside=("tasks/effect.py",)) == []


def test_no_module_is_longer_than_300_lines() -> None:
    long = [str(p) for p in MODULES if len(p.read_text("utf-8").splitlines()) > 300]
    assert long == []


def test_no_module_is_called_utils() -> None:
    assert [str(p) for p in MODULES if p.stem in WORDS_OF_NOBODY] == []


def test_no_module_hides_one_of_the_standard_library() -> None:
    top = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert top & set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("floor", FLOORS)
def test_no_other_distribution_provides_our_names(floor: str) -> None:
    assert set(packages_distributions().get(floor, ["orderflow"])) <= {"orderflow"}


def test_importing_anything_opens_nothing() -> None:
    names = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in MODULES
        if path.name not in ("__main__.py",) and "migrations/" not in path.as_posix()
    ]
    program = (
        "import importlib, socket, sys\n"
        "def closed(*a, **k): raise OSError('a module opened a socket')\n"
        "socket.socket.connect = socket.socket.bind = closed\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]


def test_dependencies_agree() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", lock) == []
    assert all(
        "--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", lock) if "==" in block
    )
