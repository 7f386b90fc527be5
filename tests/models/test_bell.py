"""A bell is heard when its transaction commits, by whoever listens, and only then."""

import pytest

from models.base import engine, writing
from models.bell import Bell, listen, ring, rings


@pytest.mark.slow
def test_a_bell_is_heard_once_its_transaction_has_committed(postgres_url: str) -> None:
    bound = engine(postgres_url)
    ear = listen(bound, seconds=20)
    assert next(ear) == frozenset()
    with writing(bound) as session:
        ring(session, Bell.RUNS)
        ring(session, Bell.RUNS)
    assert next(ear) == {"runs"}
    with pytest.raises(KeyError), writing(bound) as session:
        ring(session, Bell.MAIL_OUT)
        raise KeyError
    with writing(bound) as session:
        ring(session, Bell.MAIL_IN)
    assert next(ear) == {"mail_in"}  # what was rolled back has not rung
    ear.close()
    bound.dispose()


def test_on_sqlite_nothing_rings_and_nothing_breaks(sqlite_url: str) -> None:
    bound = engine(sqlite_url)
    assert not rings(bound)
    with writing(bound) as session:
        ring(session, Bell.RUNS)
    bound.dispose()
