"""Hears Prefect's events: a click in its UI wakes the worker as fast as our service does."""

import asyncio
from pathlib import Path

from deployments.wake import wake

CANCELLING = "prefect.flow-run.Cancelling"
HEARD = ("prefect.flow-run.Scheduled", "prefect.flow-run.Resuming", CANCELLING)
"""What a person or our service does to a run; the runs that a cron makes are silent and polled."""
_RUN = "prefect.flow-run."
_PAUSE = 2.0  # seconds before the next try when the server is away


def subscribe(worker_socket: Path) -> None:
    """Sends the worker the id of each run that is heard of; returns only when it is stopped."""
    asyncio.run(_subscribe(worker_socket))


async def _subscribe(worker_socket: Path) -> None:
    from prefect.events.clients import get_events_subscriber
    from prefect.events.filters import EventFilter, EventNameFilter
    from websockets.exceptions import WebSocketException

    heard = EventFilter(event=EventNameFilter(name=list(HEARD)))
    while True:
        try:
            async with get_events_subscriber(filter=heard, reconnection_attempts=0) as events:
                async for event in events:
                    run = event.resource.id.removeprefix(_RUN)
                    wake(worker_socket, run, echo=event.event != CANCELLING)
        except (OSError, WebSocketException, TimeoutError):
            pass  # the worker looks by itself until the server is back
        await asyncio.sleep(_PAUSE)
