"""The demo on the running product."""

import json
from pathlib import Path

import pytest

from tests.installation import Installation


@pytest.mark.engine
def test_three_orders_are_lived_through_and_closed(installation: Installation) -> None:
    done = installation.command("demo", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ok"]
    assert told["stuck"] == {}
    ends = {each["story"]: (each["state"], each["round"]) for each in told["orders"]}
    assert set(ends) == {"table", "english", "telephone"}
    assert {state for state, _ in ends.values()} == {"closed"}


def test_without_an_installation_the_demo_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from portal.cli import main

    assert main(["--home", str(tmp_path), "--lang", "en", "demo"]) == 1
    assert "Start it with orderflow up" in capsys.readouterr().err
