"""Settings of one installation: HOME/orderflow.toml, overridden by the environment."""

import os
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from domain.errors import BadValue

PREFIX = "ORDERFLOW_"
FILE = "orderflow.toml"


class Section(BaseModel):
    """A section of the file; an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Company(Section):
    """Who we are."""

    name_zh: str = "柘岭工程装备"
    name_en: str = "Zheling Engineering"
    domain: str = "zheling.example"
    timezone: str = "Asia/Shanghai"
    calendar: str = "CN"
    currency: str = "CNY"
    languages: list[str] = ["zh-CN", "en"]


class Mail(Section):
    """How mail comes in and goes out. The defaults are the local loop."""

    inboxes: list[str] = ["orders@zheling.example"]
    imap: list[str] = []
    """Folders that are read besides: imaps://user@host/folder, or imap:// for STARTTLS."""
    imap_password: SecretStr = SecretStr("")
    imap_token_command: str = ""
    """Prints an access token (XOAUTH2) for $ORDERFLOW_IMAP_USER; used instead of a password."""
    sender: str = "orders@zheling.example"
    host: str = "127.0.0.1"
    port: int = 0
    tls: str = "none"
    """none (only for the local loop), starttls or ssl."""
    user: str = ""
    password: SecretStr = SecretStr("")
    maildir: str = ""
    archive: str = ""
    """Every day's heads of the event chains go here, and a copy of each mail of ours."""
    archive_box: str = ""
    """Where these can be read again; empty in the local loop: the box of that address there."""
    authserv_id: str = ""


class Database(Section):
    """Where the truth is kept."""

    url: str = ""


class Prefect(Section):
    """Where the engine answers."""

    api: str = ""
    database: str = ""
    """Prefect's own PostgreSQL; empty: the embedded one."""
    auth: SecretStr = SecretStr("")
    ui: str = ""


class Portal(Section):
    """Where people answer in a browser; `public_url` is what links in mails begin with."""

    url: str = ""
    port: int = 0
    public_url: str = ""


class Policy(Section):
    """Deadlines and thresholds. `samples` makes minutes of hours."""

    preset: str = "standard"
    rates: dict[str, float] = {"CNY": 1.0}
    """Value of one unit of each currency in the company's; unknown ones go to the director."""
    question_rounds: int = 2
    lease_seconds: int = 40
    leg_seconds: float = 900.0
    stage_attempts: int = 3
    planning_trials: int = 8
    promise_runs: int = 400
    confirm_reminders_days: list[int] = [2, 4]
    confirm_expires_days: int = 10
    warranty_months: int = 12
    retention_years: int = 10
    look_back_days: int = 1
    survey_days: int = 2
    park_after_days: int = 14
    """As long as a customer's confirmation stays open: what waits longer is not looked at daily."""

    @property
    def park_after(self) -> timedelta | None:
        """After so long a run that only waits is parked; None: never, as in a sample company."""
        never = self.quick or self.park_after_days <= 0
        return None if never else timedelta(days=self.park_after_days)

    @property
    def quick(self) -> bool:
        """True where a whole order is to be lived through in a quarter of an hour."""
        return self.preset == "samples"


class Opinion(Section):
    """A language model that is asked about mails that wait for a person; off without an address."""

    url: str = ""
    """Of an OpenAI-compatible server, up to /chat/completions; https, or http on this machine."""
    model: str = ""
    key: SecretStr = SecretStr("")
    timeout_seconds: float = 20.0


class Settings(Section):
    """Everything that an installation can be told."""

    home: Path
    samples: bool = False
    company: Company = Company()
    mail: Mail = Mail()
    database: Database = Database()
    prefect: Prefect = Prefect()
    portal: Portal = Portal()
    policy: Policy = Policy()
    opinion: Opinion = Opinion()
    chat: dict[str, Any] = {}
    trackers: dict[str, Any] = {}

    @property
    def public_url(self) -> str:
        """What links in mails begin with."""
        return (self.portal.public_url or self.portal.url).rstrip("/")


def load(home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this home; BadValue names the key that cannot be used."""
    file = home / FILE
    try:
        read: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except tomllib.TOMLDecodeError as mistake:
        raise BadValue(FILE, str(mistake), "TOML") from None
    kept_in_file = {"password", "imap_password"} & {*read.get("mail", {})}
    elsewhere = "auth" in read.get("prefect", {}) or "key" in read.get("opinion", {})
    if kept_in_file or elsewhere:
        raise BadValue(FILE, "password", "a secret in the environment, not in the file")
    for name, text in (os.environ if environment is None else environment).items():
        _override(read, name, text)
    try:
        return Settings.model_validate({**read, "home": home})
    except ValidationError as mistake:
        first = mistake.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadValue(key, str(first.get("input", ""))[:80], first["msg"]) from None


def _override(read: dict[str, Any], name: str, text: str) -> None:
    section, _, key = name.removeprefix(PREFIX).partition("__")
    if not name.startswith(PREFIX) or not key:
        return
    within = read.setdefault(section.lower(), {})
    if isinstance(within, dict):
        field = Settings.model_fields.get(section.lower())
        lists = field is not None and key.lower() in ("inboxes", "imap", "languages")
        within[key.lower()] = text.split(",") if lists else text


def default_home(environment: Mapping[str, str] | None = None) -> Path:
    """$ORDERFLOW_HOME, else `.orderflow` in the working directory."""
    given = (os.environ if environment is None else environment).get("ORDERFLOW_HOME")
    return Path(given).expanduser().absolute() if given else Path.cwd() / ".orderflow"
