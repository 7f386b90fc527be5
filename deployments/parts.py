"""What `up` starts, and what each part is told by its environment."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from deployments import ports, prefect_server
from deployments.home import Home
from deployments.postgres import Cluster, cluster_in
from deployments.supervise import Part
from domain.names import Language
from tasks.settings import Settings, load

COMMANDS = {
    "mail": "deployments.mail_loop",
    "worker": "deployments.worker",
    "service": "deployments.service",
    "portal": "portal.web",
}
"""The module that each part of ours is."""


@dataclass(frozen=True)
class Wish:
    """What `up` is asked for: postgres, sqlite or a URL (empty: as configured); ports, 0 = any."""

    database: str = ""
    prefect_port: int = 4200
    portal_port: int = 8080
    smtp_port: int = 2525
    samples: bool = True
    language: str = Language.ZH


@dataclass(frozen=True)
class Plan:
    """Where everything of this start will be."""

    home: Home
    root: Path
    cluster: Cluster | None
    database_url: str
    prefect_database_url: str
    prefect_port: int
    portal_port: int
    smtp_port: int
    auth: str
    mailbox: str
    environment: dict[str, str]

    @property
    def prefect_ui(self) -> str:
        """Where a person approves."""
        return f"http://{ports.HOST}:{self.prefect_port}"

    @property
    def prefect_api(self) -> str:
        """Where programs ask Prefect."""
        return f"{self.prefect_ui}/api"

    @property
    def portal(self) -> str:
        """Where links in mails lead."""
        return f"http://{ports.HOST}:{self.portal_port}"

    def prefect_part(self) -> Part:
        """Prefect's server."""
        told = prefect_server.server_environment(
            self.prefect_database_url, self.prefect_port, self.auth
        )
        return prefect_server.server_part(
            self.home, self.prefect_port, {**self.environment, **told}
        )

    def facts(self) -> dict[str, object]:
        """The addresses as HOME/run.json has them."""
        return {
            "prefect_ui": self.prefect_ui,
            "prefect_api": self.prefect_api,
            "portal": self.portal,
            "smtp": {"host": ports.HOST, "port": self.smtp_port},
            "maildir": str(self.home.maildir),
            "database_url": self.database_url,
        }

    def addresses(self) -> dict[str, str]:
        """The addresses for a person."""
        return {
            "prefect": f"{self.prefect_ui}/runs?state=Suspended",
            "portal": self.portal,
            "smtp": f"{ports.HOST}:{self.smtp_port}",
            "maildir": str(self.home.maildir),
            "command": _command(),
            "mailbox": self.mailbox,
        }


def _command() -> str:
    """How the command line is called from where the person stands."""
    own = Path(sys.executable).with_name("orderflow")
    near = own.is_relative_to(Path.cwd())
    return str(own.relative_to(Path.cwd())) if near else str(own)


def plan_for(home: Home, root: Path, wish: Wish) -> Plan:
    """Free ports and addresses for this start, or a refusal that names what is in the way."""
    settings = load(home.path)
    prefect_port = ports.usable("Prefect", wish.prefect_port, "--prefect-port")
    portal_port = ports.usable("portal", wish.portal_port, "--portal-port")
    smtp_port = ports.usable("SMTP", wish.smtp_port, "--smtp-port")
    database = wish.database or settings.database.url or "postgres"
    prefect_url = settings.prefect.database
    embedded = database == "postgres" or not prefect_url
    cluster = cluster_in(home) if embedded else None
    if cluster is not None:
        prefect_url = prefect_url or cluster.url("prefect", "asyncpg")
        database = cluster.url("orderflow", "psycopg") if database == "postgres" else database
    if database == "sqlite":
        database = f"sqlite+pysqlite:///{home.data / 'orderflow.db'}"
    plan = Plan(
        home=home,
        root=root,
        cluster=cluster,
        database_url=database,
        prefect_database_url=prefect_url,
        prefect_port=prefect_port,
        portal_port=portal_port,
        smtp_port=smtp_port,
        auth=settings.prefect.auth.get_secret_value(),
        mailbox=settings.mail.inboxes[0],
        environment={},
    )
    plan.environment.update(_environment(plan, settings))
    return plan


def _environment(plan: Plan, settings: Settings) -> dict[str, str]:
    """What every part is told. What the file says about a real mail server is left alone."""
    kept = {
        name: text for name, text in os.environ.items() if name != "ORDERFLOW_PREFECT__DATABASE"
    }
    told = {
        "ORDERFLOW_HOME": str(plan.home.path),
        "ORDERFLOW_BOOT": plan.home.boot(),
        "ORDERFLOW_DATABASE__URL": plan.database_url,
        "ORDERFLOW_PREFECT__API": plan.prefect_api,
        "ORDERFLOW_PREFECT__UI": plan.prefect_ui,
        "ORDERFLOW_PORTAL__URL": plan.portal,
        "ORDERFLOW_PORTAL__PORT": str(plan.portal_port),
        "ORDERFLOW_WORKER_SOCKET": str(plan.home.worker_socket),
        "PYTHONUNBUFFERED": "1",
    }
    if not settings.mail.port:
        told["ORDERFLOW_MAIL__HOST"] = ports.HOST
        told["ORDERFLOW_MAIL__PORT"] = str(plan.smtp_port)
    if not settings.mail.maildir:
        told["ORDERFLOW_MAIL__MAILDIR"] = str(plan.home.maildir)
    client = prefect_server.client_environment(plan.home, plan.prefect_api, plan.auth)
    return {**kept, **client, **told}


def own_parts(plan: Plan, commands: dict[str, str]) -> dict[str, Part]:
    """The processes of ours by name; each gets --home."""
    more = {"mail": ("--port", str(plan.smtp_port))}
    answers = {
        "mail": lambda: ports.answers(plan.smtp_port),
        "portal": lambda: ports.answers(plan.portal_port),
        "worker": plan.home.worker_socket.exists,
    }
    plan.home.worker_socket.unlink(missing_ok=True)  # left by a worker that was killed
    home = ("--home", str(plan.home.path))
    return {
        name: Part(
            name=name,
            command=(sys.executable, "-m", module, *home, *more.get(name, ())),
            log=plan.home.log(name),
            environment=plan.environment,
            folder=plan.root,
            answers=answers.get(name, lambda: True),
        )
        for name, module in commands.items()
    }
