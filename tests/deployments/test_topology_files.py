"""The files for several machines say the same as the code, and give nothing away."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import prefect.settings
import pytest
import yaml
from prefect_redis.cleanup_queue import RedisWorkerCleanupQueueSettings
from prefect_redis.client import RedisMessagingSettings

from deployments.home import home_at
from deployments.prefect_server import REDIS_URLS, SHARED, client_environment, server_environment
from tasks.settings import Settings
from tests.deployments.chart import documents

FOLDER = Path(__file__).parent.parent.parent / "deployments"
OWN = {"ORDERFLOW_HOME", "ORDERFLOW_WORKER_SOCKET"}
OF_IMAGES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "PGPASSWORD", "REDIS_PASSWORD"}
ONCE = {"tables", "install"}
WITHOUT_PORT = {"background"}
"""Parts that nobody can ask: they end when they cannot go on."""
ADDRESSES = {"PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_UI_API_URL"}
ADDRESSES |= {"PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"}
REDIS = {"PREFECT_REDIS_MESSAGING": RedisMessagingSettings}
REDIS |= {"PREFECT_REDIS_WORKER_CLEANUP_QUEUE": RedisWorkerCleanupQueueSettings}


@cache
def compose() -> dict[str, Any]:
    """The compose file."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return read


def parts() -> dict[str, dict[str, Any]]:
    """Its containers of our image."""
    return {k: v for k, v in compose()["services"].items() if v["image"].startswith("orderflow")}


@cache
def chart() -> dict[str, Any]:
    """The values of the chart."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / "helm/values.yaml").read_text("utf-8"))
    return read


def pods() -> dict[str, dict[str, Any]]:
    """What the chart lays out: the one container of each pod, by its name."""
    found = [each["spec"]["template"]["spec"] for each in workloads()]
    return {pod["containers"][0]["name"]: pod["containers"][0] for pod in found}


def workloads() -> list[dict[str, Any]]:
    """Deployments and jobs of the chart."""
    return [each for each in documents(FOLDER / "helm") if "template" in each["spec"]]


def secrets() -> dict[str, str]:
    """The names that the example of the secrets has, with what stands behind them."""
    lines = (FOLDER / "secrets.env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


def environments() -> Iterator[Mapping[str, str]]:
    """Every mapping of names to values that a file of ours gives to a process."""
    yield from (
        each["environment"] for each in compose()["services"].values() if "environment" in each
    )
    yield chart()["environment"]
    yield secrets()


def commands() -> dict[str, tuple[str, ...]]:
    """How each part is started, without `python -m`."""
    named = {f"compose {name}": each["command"] for name, each in parts().items()}
    named |= {f"helm {name}": each["args"] for name, each in pods().items()}
    return {name: tuple(words) for name, words in named.items()}


def is_known(name: str) -> bool:
    """Whether somebody reads this variable."""
    if name.startswith("ORDERFLOW_") and "__" in name:
        section, key = name.removeprefix("ORDERFLOW_").lower().split("__")
        kind: Any = Settings.model_fields[section].annotation
        return key in kind.model_fields
    redis = next((each for each in REDIS if name.startswith(each)), None)
    if redis is not None:
        return name.removeprefix(f"{redis}_").lower() in REDIS[redis].model_fields
    if name.startswith("PREFECT_"):
        return hasattr(prefect.settings, name)
    return name in OWN | OF_IMAGES | {"DO_NOT_TRACK"}


def test_every_variable_is_one_that_somebody_reads() -> None:
    assert {name for each in environments() for name in each if not is_known(name)} == set()


def test_a_variable_that_nobody_reads_would_be_found() -> None:
    wrong = ("PREFECT_MESSAGING_BROKERS", "PREFECT_REDIS_MESSAGING_URI", "ORDERFLOW_MAIL__HOSTS")
    assert [name for name in wrong if is_known(name)] == []


@pytest.mark.parametrize("name", ["compose", "helm"])
def test_prefects_servers_are_told_what_the_code_says(name: str, tmp_path: Path) -> None:
    told = chart()["environment"] if name == "helm" else parts()["api"]["environment"]
    wanted = {**server_environment("", 4200), **SHARED}
    wanted |= client_environment(home_at(tmp_path), "")
    left_out = ADDRESSES | {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_CLI_COLORS"}
    client = {each for each in wanted if each.startswith("PREFECT_CLIENT_")}  # the worker's own
    assert {k: told.get(k) for k in wanted if k not in left_out | client} == {
        k: v for k, v in wanted.items() if k not in left_out | client
    }
    assert set(REDIS_URLS) <= set(secrets())


def test_every_command_is_a_module_of_ours_or_prefects() -> None:
    assert {words[0] for words in commands().values() if find_spec(words[0]) is None} == set()


@pytest.mark.parametrize(
    "words", sorted({words for words in commands().values() if words[0] != "prefect"}), ids=" ".join
)
def test_our_commands_know_their_options(words: tuple[str, ...]) -> None:
    spec = find_spec(words[0])
    assert spec is not None and spec.origin is not None
    main = spec.origin.replace("__init__", "__main__")
    source = Path(main).read_text("utf-8")
    assert [each for each in words if each.startswith("--") and f'"{each}"' not in source] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", sorted({words for words in commands().values() if words[0] == "prefect"}), ids=" ".join
)
def test_prefects_commands_know_their_options(words: tuple[str, ...]) -> None:
    plain = [each for each in words if re.fullmatch(r"[a-z]+", each)]
    done = subprocess.run(
        [sys.executable, "-m", *plain, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [each for each in words if each.startswith("-") and each not in done.stdout] == []


def test_images_are_pinned() -> None:
    lines = (FOLDER / "Dockerfile").read_text("utf-8").splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM")]
    images += [each["image"] for each in compose()["services"].values()] + [chart()["image"]]
    assert [each for each in images if not re.fullmatch(r"[a-z]+:\d+\.\d+[\w.-]*", each)] == []


def test_the_image_holds_only_what_the_lock_names() -> None:
    text = (FOLDER / "Dockerfile").read_text("utf-8")
    installs = re.findall(r"pip install (.*)", text)
    assert len(installs) == 2
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)
    assert "USER 10001" in text


def test_every_folder_of_the_code_is_in_the_image() -> None:
    copied = re.findall(r"^COPY (\w+) \./", (FOLDER / "Dockerfile").read_text("utf-8"), re.M)
    floors = [
        "connectors",
        "deployments",
        "domain",
        "flows",
        "models",
        "portal",
        "tasks",
        "templates",
    ]
    assert sorted(copied) == floors


def test_only_the_gateway_can_be_reached_and_only_from_this_machine() -> None:
    published = {k: v["ports"] for k, v in compose()["services"].items() if "ports" in v}
    assert set(published) == {"gateway"}
    assert all(each.startswith("127.0.0.1:") for each in published["gateway"])
    assert compose()["networks"]["inside"] == {"internal": True}
    kinds = {each["spec"].get("type") for each in documents(FOLDER / "helm")}
    assert kinds == {None, "ClusterIP"}


def test_no_secret_stands_in_a_file() -> None:
    secret = re.compile(r"PASSWORD|AUTH|SECRET|TOKEN")
    given = [(k, v) for each in environments() for k, v in each.items() if secret.search(k)]
    assert [(k, v) for k, v in given if v] == []
    urls = [v for each in environments() for v in each.values() if "://" in v and "@" in v]
    assert [v for v in urls if re.search(r"://[^/]*:(?!PASSWORD@)[^/@]+@", v)] == []


def test_every_pod_takes_its_secrets_by_reference() -> None:
    for name, each in pods().items():
        assert each["envFrom"] == [{"secretRef": {"name": chart()["secret"]}}], name
        assert not [e for e in each["env"] if e["name"] in secrets()], name


@pytest.mark.parametrize("name", sorted(set(compose()["services"]) - ONCE))
def test_every_container_can_be_asked_for_its_health(name: str) -> None:
    assert ("healthcheck" in compose()["services"][name]) is (name not in WITHOUT_PORT)


@pytest.mark.parametrize("name", sorted(set(pods()) - ONCE - WITHOUT_PORT))
def test_every_pod_can_be_asked_for_its_health(name: str) -> None:
    assert pods()[name]["livenessProbe"] == pods()[name]["readinessProbe"]


def test_everything_that_runs_says_what_it_needs() -> None:
    for name, each in compose()["services"].items():
        asked = each["deploy"]["resources"]
        assert "memory" in asked["limits"], name
        assert name in ONCE or {"cpus", "memory"} == set(asked["reservations"]), name
    for name, each in pods().items():
        assert {"cpu", "memory"} == set(each["resources"]["requests"]), name


def test_both_have_two_of_everything_that_may_be_there_twice() -> None:
    wanted = {"api": 2, "background": 1, "worker": 2, "service": 2, "portal": 2}
    assert {k: v["deploy"]["replicas"] for k, v in parts().items() if k not in ONCE} == wanted
    assert {k: v["replicas"] for k, v in chart()["parts"].items()} == wanted


def test_all_parts_of_ours_have_the_same_key_and_a_folder_of_their_own() -> None:
    for name, each in parts().items():
        if not each["command"][0].startswith("prefect"):
            assert {"source": "key", "target": "/home/orderflow/secret.key"} in each["secrets"], (
                name
            )
            assert any(place.startswith("/home/orderflow:") for place in each["tmpfs"]), name


@pytest.mark.parametrize("unit", sorted((FOLDER / "systemd").iterdir()), ids=lambda each: each.name)
def test_units_start_what_there_is_and_hold_no_secret(unit: Path) -> None:
    text = unit.read_text("utf-8")
    started = re.search(r"^ExecStart=/opt/orderflow/\.venv/bin/(.*)$", text, re.M)
    assert started is not None
    assert re.match(r"orderflow up |python -m deployments\.%i ", started[1])
    assert "Environment=" not in text
