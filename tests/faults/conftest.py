"""Disasters have an installation of their own: nobody else should live through them."""

from collections.abc import Iterator

import pytest

from tests.installation import Installation, running


@pytest.fixture(scope="module")
def doomed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The whole product, to be killed in every way."""
    with running(tmp_path_factory.mktemp("doomed")) as one:
        yield one
