"""Retry or give up: the one place where that is decided."""

from typing import Any

from connectors.errors import Unreachable

DELAYS_SECONDS = [1.0, 5.0, 20.0]
"""Waits between the attempts of one stage."""


def try_again(task: Any, run: Any, state: Any) -> bool:
    """True for what may be different in a moment: something outside could not be reached."""
    try:
        state.result()
    except Unreachable:
        return True
    except Exception:  # noqa: BLE001  # the reason is judged, not handled: the driver handles it
        return False
    return False
