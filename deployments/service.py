"""Orderflow's service: inboxes read, outbox sent, timers fired, orders and runs kept in step.

One per installation is enough, several may run. Each duty has a thread of its own, so that a slow
mail server does not delay an approval; a duty that fails says so and tries again.
"""

import argparse
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from connectors.errors import Rejected, Unreachable
from connectors.inbox import Inbox
from connectors.reader_confined import ConfinedReader
from connectors.registry import imap_inboxes, inboxes_for
from deployments.bells import Bells
from deployments.health import Pulse
from deployments.wake import wake
from models.bell import Bell
from tasks import (
    display,
    engine,
    fence,
    parking,
    reviews,
    routing,
    second_opinion,
    sending,
    storing,
    sweeping,
    timers,
)
from tasks.dispatch import Dispatch
from tasks.effect import GROUND_LOST
from tasks.services import Services, build
from tasks.settings import load

log = logging.getLogger("orderflow.service")

LONGEST_PAUSE_SECONDS = 30.0


@dataclass(frozen=True)
class Duty:
    """Something done again and again; it returns whether there may be more to do at once."""

    name: str
    act: Callable[[], bool]
    every_seconds: float
    bell: Bell | None = None
    """Rings when there is something to do; where it rings, the duty need not look so often."""


def duties(services: Services, distant: Sequence[Inbox] = ()) -> list[Duty]:
    """All that the service does; distant inboxes are read besides the Maildirs."""
    mail = services.settings.mail
    inboxes = [*inboxes_for(Path(mail.maildir), mail.inboxes), *distant]
    socket = os.environ.get("ORDERFLOW_WORKER_SOCKET", "")

    sent = Dispatch(services)

    def runs() -> bool:
        moved = sent.round()
        for flow_run_id in moved:
            if socket:
                wake(Path(socket), flow_run_id)
        return bool(moved)

    def care() -> bool:
        return bool(engine.notice_ended(services) + engine.check_runs(services))

    swept, left = [0], [services.now() - sweeping.LOOK_BACK]

    def sweep() -> bool:
        left[0] = sweeping.end_left(services, left[0])
        done = sweeping.sweep(services, swept[0])
        swept[0] = done.upto
        return bool(done.lost)  # where one is lost there are more: the rest is looked at now

    def parking_lot() -> bool:
        return bool(parking.park_waits(services) + parking.let_go(services))

    shown: list[display.Shown | None] = [None]

    def board() -> bool:
        shown[0] = display.show_board(services, shown[0])
        return False

    def ours() -> bool:
        fence.look_around(services)
        return False

    reader = second_opinion.reader_of(services)
    asked = (
        [Duty("opinion", lambda: second_opinion.ask_next(services, reader), 2.0)] if reader else []
    )

    return [
        *asked,
        Duty("fence", ours, 2.0),
        Duty("inbox", lambda: bool(storing.empty(services, inboxes)), 0.1),
        Duty("reading", lambda: bool(routing.read_all(services)), 0.2, Bell.MAIL_IN),
        Duty("outbox", lambda: bool(sending.send_due(services)), 0.2, Bell.MAIL_OUT),
        Duty("runs", runs, 0.1, Bell.RUNS),
        Duty("care", care, 2.0),
        Duty("sweep", sweep, 5.0),
        Duty("parking", parking_lot, 5.0),
        Duty("timers", lambda: bool(timers.fire_due(services)), 1.0),
        Duty("display", lambda: bool(display.show_changes(services)), 0.3),
        Duty("events", lambda: bool(display.tell_events(services)), 1.0),
        Duty("board", board, 15.0),
        Duty("reviews", lambda: bool(reviews.look_after(services)), 60.0),
    ]


def serve(services: Services, stopped: threading.Event) -> None:
    """All duties are done until the event is set."""
    mail = services.settings.mail
    distant = imap_inboxes(mail.imap, mail.imap_password, mail.imap_token_command)
    for inbox in distant:
        inbox.listen(stopped)
    pulse = Pulse(services.settings.home)
    serve_duties(duties(services, distant), pulse, stopped, services.engine)


def serve_duties(
    duties: list[Duty], pulse: Pulse, stopped: threading.Event, bound: Engine | None = None
) -> None:
    """Each is done in a thread of its own until the event is set, at once when a bell rings."""
    bells = Bells(bound, stopped)
    threads = [
        threading.Thread(target=_repeat, args=(duty, bells, stopped, pulse), name=duty.name)
        for duty in duties
    ]
    for thread in (bells, *threads):
        thread.daemon = True
        thread.start()
    stopped.wait()
    bells.ring_all()
    for thread in threads:
        thread.join(timeout=5)


def _repeat(duty: Duty, bells: Bells, stopped: threading.Event, pulse: Pulse) -> None:
    failed = 0.0
    while not stopped.is_set():
        pause = bells.pause(duty.bell, duty.every_seconds)
        bells.hush(duty.bell)  # what rings from here on is for the next round
        try:
            if duty.act():
                pause = 0.0
            failed = 0.0
        except (Unreachable, Rejected) as away:
            pause = failed = _longer(failed)
            log.warning("%s: %s; tried again in %.0f s", duty.name, away, pause)
        except GROUND_LOST as lost:
            pause = failed = _longer(failed)
            line = str(lost).partition("\n")[0]
            log.warning("%s: %s; tried again in %.0f s", duty.name, line, pause)
        except Exception:  # an edge that must not die: the other orders go on
            pause = failed = _longer(failed)
            log.exception("%s failed; tried again in %.0f s", duty.name, pause)
        pulse.beat(duty.name)
        if failed:
            stopped.wait(pause)  # no bell hurries what has just failed
        else:
            bells.wait(duty.bell, pause)


def _longer(pause: float) -> float:
    return min(max(pause, 0.5) * 2, LONGEST_PAUSE_SECONDS)


def main(words: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m deployments.service")
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args(words).home
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.Formatter.converter = time.gmtime
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    reader = ConfinedReader()
    reader.start()
    serve(replace(build(load(home)), reader=reader), stopped)
    reader.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
