"""What a benchmark says of processes and processor time."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.usage import usage


def test_processes_are_counted_by_the_part_that_started_them(tmp_path: Path) -> None:
    waits = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        pids = {"up": os.getpid(), "portal": child.pid}
        (tmp_path / "run.json").write_text(json.dumps({"pids": pids}))
        found = usage(tmp_path, 0.001)
        child.kill()
    assert found.shares.keys() >= {"up", "portal"}
    assert found.processes >= 2
    assert usage(tmp_path, 0.001).processes == found.processes - 1
