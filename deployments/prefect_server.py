"""Prefect's server of the installation: its settings, and the deployments of prefect.yaml."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import yaml  # type: ignore[import-untyped]

from deployments.errors import NeverAnswered
from deployments.home import Home
from deployments.supervise import Part, last_line

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: where prefect.yaml and the flows are."""

POOL = "orderflow"


def client_environment(home: Home, api: str, auth: str = "") -> dict[str, str]:
    """What every process that speaks to Prefect is told; also that nothing goes elsewhere."""
    told = {
        "PREFECT_HOME": str(home.data / "prefect"),  # never the settings of whoever starts us
        "PREFECT_API_URL": api,
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_COLORS": "false",
    }
    if auth:
        told["PREFECT_API_AUTH_STRING"] = auth
    return told


def server_environment(database_url: str, port: int, auth: str = "") -> dict[str, str]:
    """What the server on this port is told beyond that."""
    origin = f"http://127.0.0.1:{port}"
    told = {
        "PREFECT_API_DATABASE_CONNECTION_URL": database_url,
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # V2 calls outside even with analytics off
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_UI_API_URL": f"{origin}/api",
        # No page from elsewhere may speak to it through a browser.
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": f"{origin},http://localhost:{port}",
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "false",
        # It reads every waiting run each time; our waits have deadlines of their own.
        "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS": "600",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    }
    if auth:
        told["PREFECT_SERVER_API_AUTH_STRING"] = auth
    return told


SHARED = {
    "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
    "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
    "PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_QUEUE_STORAGE": "prefect_redis.cleanup_queue",
    # Of several servers that start at once, one would find the other at this work and end.
    "PREFECT_API_DATABASE_MIGRATE_ON_START": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
}
"""Several servers keep in Redis what one alone keeps in its memory; `install` does the rest."""

REDIS_URLS = (
    "PREFECT_REDIS_MESSAGING_URL",
    "PREFECT_REDIS_WORKER_CLEANUP_QUEUE_URL",
    "PREFECT_SERVER_DOCKET_URL",
)


def shared_environment(redis_url: str) -> dict[str, str]:
    """What each of several servers, and their background services, is told besides."""
    return {**SHARED, **dict.fromkeys(REDIS_URLS, redis_url)}


def server_part(home: Home, port: int, environment: Mapping[str, str]) -> Part:
    """The server as one process on 127.0.0.1."""
    where = ("--host", "127.0.0.1", "--port", str(port))
    return Part(
        name="prefect",
        command=(sys.executable, "-m", "prefect", "server", "start", *where),
        log=home.log("prefect"),
        environment=environment,
        folder=home.data,
        answers=lambda: healthy(f"http://127.0.0.1:{port}/api"),
    )


def healthy(api: str) -> bool:
    """Whether the server answers."""
    try:
        return httpx.get(f"{api}/health", timeout=2.0, trust_env=False).is_success
    except httpx.TransportError:
        return False


def deploy(
    home: Home, api: str, environment: Mapping[str, str], *, auth: str = "", root: Path = ROOT
) -> bool:
    """The pool and the deployments are as prefect.yaml says; whether there was something to do."""
    kept = home.data / "deployed"
    wanted = fingerprint(root)
    if kept.exists() and kept.read_text() == wanted and not missing(api, auth, root):
        return False
    log = home.log("deploy")
    kept.unlink(missing_ok=True)
    with log.open("ab") as file:
        command = [sys.executable, "-m", "deployments.deploy"]
        done = subprocess.run(
            command, check=False, cwd=root, env=dict(environment), stdout=file, stderr=file
        )
    if done.returncode or missing(api, auth, root):
        raise NeverAnswered("prefect deploy", str(log), last_line(log))
    kept.write_text(wanted)
    return True


def fingerprint(root: Path) -> str:
    """Changes with prefect.yaml, the flows, Prefect's version and the place of the checkout."""
    mark = hashlib.sha256(os.fsencode(root))
    for file in (
        root / "prefect.yaml",
        root / "requirements.lock",
        *sorted((root / "flows").glob("*.py")),
    ):
        if file.exists():
            mark.update(file.name.encode() + b"\0" + file.read_bytes())
    return mark.hexdigest()


def missing(api: str, auth: str, root: Path) -> set[str]:
    """Deployments of prefect.yaml that the server lacks."""
    wanted = {one["name"] for one in deployments_of(root)}
    body = {"work_pools": {"name": {"any_": [POOL]}}}
    user, _, password = auth.partition(":")
    try:
        with httpx.Client(auth=(user, password) if auth else None, trust_env=False) as http:
            reply = http.post(f"{api}/deployments/filter", json=body, timeout=30.0)
        reply.raise_for_status()
    except httpx.HTTPError as error:
        raise NeverAnswered("prefect", "logs/prefect.log", str(error)) from error
    return wanted - {one["name"] for one in reply.json()}


def deployments_of(root: Path) -> list[dict[str, str]]:
    """Name and entry point of what prefect.yaml deploys."""
    read = yaml.safe_load((root / "prefect.yaml").read_text("utf-8"))
    return [{"name": one["name"], "entrypoint": one["entrypoint"]} for one in read["deployments"]]
