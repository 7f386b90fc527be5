"""The whole way once more where the database is one file."""

from collections.abc import Iterator

import pytest

from domain.names import Stage
from tests.installation import Installation, running
from tests.journeys.play import begin

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product with SQLite for its own data."""
    with running(tmp_path_factory.mktemp("small"), "--database", "sqlite") as one:
        yield one


def test_an_order_is_lived_through_on_sqlite(small: Installation) -> None:
    play = begin(small)
    play.delivered()
    play.customer.reply(play.customer.mail("acceptance", play.no), "验收通过")
    play.manager.answers(play.story.open_gate("close"))
    play.story.becomes("closed")
    assert small.facts["database_url"].startswith("sqlite")
    assert play.story.steps() == [(stage, 1) for stage in Stage]
    done = small.command("verify")
    assert done.returncode == 0, done.stdout + done.stderr
