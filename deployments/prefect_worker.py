"""`prefect worker start --type orderflow --pool orderflow`: Prefect's command becomes our worker.

Prefect finds this module through the entry-point group `prefect.collections`. Its command has an
event loop and threads, from which no leg could be forked. A child of ours beside it would leave two
processes that have to pass signals, exit codes and deaths to each other, and one of them would only
sit in memory. So the process is replaced: what has started it (a shell, systemd, a container) goes
on holding the worker itself by the same process number.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
from prefect.workers.process import ProcessWorker

UNSERVED = {"--run-once", "--with-healthcheck", "--work-queue", "-q"}
"""Words of Prefect's command that would be promises which our worker does not keep."""


class OrderflowWorker(ProcessWorker):
    """A worker for pools of type `process`: Prefect's own serves them just as well, only later."""

    type = "orderflow"
    _display_name = "Orderflow"
    _description = "Carries out orders in processes forked from one that has everything loaded."

    def __init__(self, **given: Any) -> None:
        """What Prefect's command gives to a worker, by name."""
        super().__init__(**given)
        self._given = given

    async def start(
        self,
        run_once: bool = False,
        with_healthcheck: bool = False,
        printer: Callable[..., None] = print,
    ) -> None:
        """This process is the worker of `deployments.worker` from now on; does not return."""
        from deployments.deploy import make_pool
        from deployments.prefect_server import ROOT

        refused = UNSERVED & {word.partition("=")[0] for word in sys.argv}
        if refused:
            raise SystemExit(f"A worker of type orderflow does not know {', '.join(refused)}.")
        environment = self._environment()
        if self._given.get("create_pool_if_not_found", True):
            with suppress(httpx.HTTPError):  # away just now: the worker waits for it anyway
                make_pool(self._given["work_pool_name"])
        printer(f"Worker for pool {self._given['work_pool_name']!r} starts.")
        sys.stdout.flush()
        os.chdir(ROOT)
        os.execve(sys.executable, self._command(environment), environment)  # noqa: S606

    def _command(self, environment: dict[str, str]) -> list[str]:
        words = ["--home", environment["ORDERFLOW_HOME"], "--pool", self._given["work_pool_name"]]
        for word in ("name", "limit"):
            if self._given.get(word):
                words += [f"--{word}", str(self._given[word])]
        return [sys.executable, "-m", "deployments.worker", *words]

    def _environment(self) -> dict[str, str]:
        """What legs need: where the installation is, and how what runs there is reached."""
        from prefect.settings import get_current_settings

        from tasks.installed import addresses
        from tasks.settings import default_home

        home, prefect = default_home(), get_current_settings().api
        told = {**os.environ, **addresses(home), "ORDERFLOW_HOME": str(home)}
        if prefect.url:  # what Prefect's command itself speaks to
            told["ORDERFLOW_PREFECT__API"] = prefect.url
        if prefect.auth_string is not None:
            told["ORDERFLOW_PREFECT__AUTH"] = prefect.auth_string.get_secret_value()
        return told
