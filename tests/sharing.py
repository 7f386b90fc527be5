"""How several processes share the tests: those of one running system or file stay together."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

SYSTEMS = {
    "the whole product": (
        "tests/benchmarks/test_demo.py",
        "tests/browser/",
        "tests/journeys/test_anytime.py",
        "tests/journeys/test_chinese_order.py",
        "tests/journeys/test_english_order.py",
        "tests/journeys/test_gaps.py",
        "tests/journeys/test_other_workers.py",
        "tests/journeys/test_sent_back.py",
        "tests/journeys/test_strange_mails.py",
        "tests/journeys/test_who_decides.py",
        "tests/upgrade/test_form_changed.py",
        "tests/upgrade/test_goes_on.py",
    ),
    "the engine": (
        "tests/deployments/test_half_asked.py",
        "tests/deployments/test_prefect_yaml.py",
        "tests/deployments/test_runs",
        "tests/deployments/test_worker.py",
    ),
}
"""What is started once for all tests of a process, and which tests need it."""
ALONE = "tests/simulation/test_schedules.py"
"""Tests that need nothing of each other."""


class BySystem(LoadScopeScheduling):
    """Tests of one system, else of one file, go to the same process.

    Groups by mark, which pytest-xdist has of its own, do nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ALONE):
            return nodeid
        found = (name for name, paths in SYSTEMS.items() if nodeid.startswith(paths))
        return next(found, nodeid.partition("::")[0])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of running systems begin first: they wait, and others use the machine meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("engine") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BySystem:
    """Who shares out the tests."""
    return BySystem(config, log)
