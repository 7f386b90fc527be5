"""The parts of Prefect that a leg does without have the names by which we replace them."""

import importlib
import ssl

from deployments.leg import NOT_NEEDED


def test_prefect_still_has_the_private_parts_that_are_replaced() -> None:
    engine = importlib.import_module("prefect.flow_engine")
    assert [name for name in NOT_NEEDED if not callable(getattr(engine, name, None))] == []
    assert importlib.import_module("prefect.client.orchestration").ssl is ssl
