"""Retry or give up: the one place where that is decided."""

from typing import Any

from httpx import HTTPError
from sqlalchemy.exc import InterfaceError, OperationalError

from connectors.errors import Unreachable

DELAYS_SECONDS = [1.0, 5.0, 20.0]
"""Waits between the attempts of one stage."""

GROUND_LOST = (OperationalError, InterfaceError, HTTPError)
"""Database or engine went away beneath the work: no fault of the order, so no person is asked.
The run ends here; another one begins where the rows say that the order stands."""


def try_again(task: Any, run: Any, state: Any) -> bool:
    """True for what may be different in a moment: something outside could not be reached."""
    try:
        state.result()
    except (Unreachable, *GROUND_LOST):
        return True
    except Exception:  # noqa: BLE001  # the reason is judged, not handled: the driver handles it
        return False
    return False
