"""The command line in front of an installation that has a home, a database and one order."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portal.cli import main
from tests.world import World, make_world

ORDER = "SO-2026-00001"
MAIL = """您好,请按以下内容下单:
订单号:PO-2026-118
品名:传动轴
型号:CX-40
数量:16件
单价:1200元
交货日期:2026年12月25日
特殊要求:表面镀铬

刘强
苏州砺嘉精密有限公司
"""


@dataclass
class Terminal:
    """A shell in which `orderflow` is typed."""

    home: Path
    capture: pytest.CaptureFixture[str]
    world: World

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self.capture.readouterr()
        code = main([*words, "--home", str(self.home)])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def json(self, *words: str) -> Any:
        """The one JSON document of a command that does what was asked."""
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose order waits for its internal confirmation."""
    home = tmp_path_factory.mktemp("home")
    world = make_world(f"sqlite+pysqlite:///{home / 'orderflow.db'}", home)
    world.write(MAIL, subject="采购订单 PO-2026-118")
    assert world.drive() == "confirm"
    world.services.engine.dispose()
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A copy of the home of this test's own, its settings pointing at its own database."""
    own = tmp_path / "home"
    shutil.copytree(template, own)
    (own / "secret.key").write_text("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "ascii")
    (own / "orderflow.toml").write_text(
        f"samples = true\n[database]\nurl = 'sqlite+pysqlite:///{own / 'orderflow.db'}'\n"
        "[portal]\nurl = 'http://127.0.0.1:8080'\n[policy]\npreset = 'samples'\n",
        "utf-8",
    )
    return own


@pytest.fixture
def terminal(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """The command line on that home, in Chinese unless asked otherwise."""
    from tasks.installed import services_of

    monkeypatch.delenv("ORDERFLOW_HOME", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    world = World(services_of(home, {}), [], None)  # type: ignore[arg-type]  # only its rows
    return Terminal(home, capsys, world)


Said = Callable[..., tuple[int, str, str]]
