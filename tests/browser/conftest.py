"""A browser on the running product. It goes nowhere but to this machine, and says where it went."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visit:
    """A page, and every host that it asked for something."""

    page: Page
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).hostname or "")

    @property
    def foreign(self) -> set[str]:
        """Hosts that are not this machine."""
        return self.hosts - {"127.0.0.1", ""}


@pytest.fixture(scope="module")  # its event loop must not outlive the browser's tests
def playwright() -> Iterator[Playwright]:
    """Playwright, where Debian's Chromium is installed."""
    if not CHROMIUM.exists():
        if os.environ.get("ORDERFLOW_TESTS_MUST_NOT_SKIP"):
            pytest.fail("Chromium is missing: apt-get install chromium fonts-noto-cjk")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests."""
    made = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
    yield made
    made.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A fresh page on a desktop screen."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="zh-CN")
    yield Visit(context.new_page())
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Visit]:
    """A fresh page on a small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="zh-CN")
    yield Visit(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: $ORDERFLOW_PICTURES (`make pictures`: docs/pictures), else not kept."""
    wanted = os.environ.get("ORDERFLOW_PICTURES")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
