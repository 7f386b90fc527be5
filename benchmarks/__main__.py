"""Runs the named benchmarks and prints a table, or one JSON document."""

import argparse
import json
import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from benchmarks.conformance import conformance
from benchmarks.lifecycle import lifecycle
from benchmarks.result import Result

BENCHMARKS: Mapping[str, Callable[[], list[Result]]] = {
    "lifecycle": lifecycle,
    "conformance": conformance,
}


def main() -> int:
    """0 when every benchmark ran; 1 when one could not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="+", choices=sorted(BENCHMARKS))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found: list[Result] = []
    for name in asked.names:
        made = BENCHMARKS[name]()
        if not made:
            print(f"{name}: could not run here")
            return 1
        found += made
    if asked.json:
        machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}"
        results = [each.as_json() for each in found]
        told = {"machine": machine, "at": datetime.now(UTC).isoformat(), "results": results}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(each.line())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
