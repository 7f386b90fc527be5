"""The worker with legs that need no Prefect: they do what the run's parameters say."""

import os
import signal
import sys
import time
from pathlib import Path

import httpx

from deployments.claims import Claim
from deployments.home import Home
from deployments.warm import Warm
from deployments.worker import main


def loads(home: Home, api: str, auth: str) -> Warm:
    """The "code" is the text of the file HOME/code; one that says `broken` cannot be loaded."""
    code = (home.path / "code").read_text()
    if code == "broken":
        raise ImportError("the new code is broken")

    def note(file: str, text: str) -> None:
        with (home.path / file).open("a") as notes:
            notes.write(f"{text} {os.getpid()}\n")

    def becomes(run: str, kind: str) -> None:
        body = {"state": {"type": kind, "name": kind.capitalize()}, "force": True}
        httpx.post(f"{api}/flow_runs/{run}/set_state", json=body)

    def act(claim: Claim) -> int:
        run, mode = claim.flow_run_id, str(claim.run["parameters"]["mode"])
        becomes(run, "RUNNING")
        note(run, code)
        if mode == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if mode == "pause":
            becomes(run, "PAUSED")
        while mode in ("long", "pause") and not (home.path / f"go-{run}").exists():
            time.sleep(0.01)
        if mode != "pause":
            becomes(run, "COMPLETED")
        return 0

    def hear(_: Path) -> None:
        note("listener", "hears")
        signal.pause()

    return Warm(act, hear)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], loads))
