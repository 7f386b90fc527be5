"""The installation in a folder as a command finds it: what runs there, and how to reach it."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from domain.errors import Refusal
from models import installation
from tasks.services import Services, build
from tasks.settings import Settings, load

RUN_FILE = "run.json"


@dataclass(unsafe_hash=True)
class NothingRuns(Refusal):
    """Nothing runs in this folder and no database is configured for it."""

    home: str


@dataclass(unsafe_hash=True)
class DatabaseSilent(Refusal):
    """The database of the installation does not answer, or has no tables."""

    home: str
    reason: str


@dataclass(frozen=True)
class Running:
    """What HOME/run.json says; `alive` by name of the part."""

    facts: Mapping[str, Any]
    alive: Mapping[str, bool] = field(default_factory=dict)


def running(home: Path) -> Running | None:
    """What runs in this folder, or None."""
    try:
        facts = json.loads((home / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(facts, dict):
        return None
    pids = {str(name): int(pid) for name, pid in dict(facts.get("pids") or {}).items()}
    return Running(facts, {name: alive(pid) for name, pid in pids.items()})


def alive(pid: int) -> bool:
    """Whether a process has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def settings_of(home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this folder; what runs there says where it is to be reached."""
    told = dict(os.environ if environment is None else environment)
    return load(home, {**told, **addresses(home, told)})


def addresses(home: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a process has to find in its environment to reach what runs in this folder."""
    found = running(home)
    return _told(found.facts, load(home, environment)) if found else {}


def _told(facts: Mapping[str, Any], own: Settings) -> dict[str, str]:
    """Addresses of the running parts, as the environment would say them."""
    smtp = dict(facts.get("smtp") or {})
    said = {
        "ORDERFLOW_DATABASE__URL": facts.get("database_url"),
        "ORDERFLOW_PREFECT__API": facts.get("prefect_api"),
        "ORDERFLOW_PREFECT__UI": facts.get("prefect_ui"),
        "ORDERFLOW_PORTAL__URL": facts.get("portal"),
        "ORDERFLOW_MAIL__HOST": None if own.mail.port else smtp.get("host"),
        "ORDERFLOW_MAIL__PORT": None if own.mail.port else smtp.get("port"),
        "ORDERFLOW_MAIL__MAILDIR": None if own.mail.maildir else facts.get("maildir"),
    }
    return {name: str(value) for name, value in said.items() if value}


def services_of(home: Path, environment: Mapping[str, str] | None = None) -> Services:
    """The services of the installation in this folder, its database answering."""
    settings = settings_of(home, environment)
    if not settings.database.url:
        raise NothingRuns(str(home))
    services = build(settings)
    try:
        with services.reading() as session:
            installation.value(session, "instance")
    except DBAPIError as mistake:
        reason = str(mistake.orig or mistake).strip().partition("\n")[0]
        raise DatabaseSilent(str(home), reason[:200]) from None
    return services
