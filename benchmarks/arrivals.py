"""How long a mail takes from the mailbox to the row of its order, on a running installation."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from benchmarks import latency
from benchmarks.installation import installation
from benchmarks.result import Result
from benchmarks.running import wait_for
from domain.names import GateKind
from tasks.rehearsal.cast import Cast

SAMPLES = 20
USER = "orders"


def arrivals(samples: int = SAMPLES) -> list[Result]:
    """Seconds from an APPEND by IMAP, and from a file in the Maildir, to the order's row."""
    with _mailbox() as (settings, append), installation(settings) as services:
        cast = Cast(services)
        by_file = [_seconds(cast, _handed(cast)) for _ in range(samples)]
        by_imap = [_seconds(cast, append) for _ in range(samples)] if append else []
    return [
        *_told("Maildir file → order row", by_file, 0.5),
        *_told("IMAP APPEND → order row", by_imap, 1.5),
    ]


@contextmanager
def _mailbox() -> Iterator[tuple[dict[str, str], Callable[[bytes], None] | None]]:
    """Settings of a mailbox on a Dovecot of its own, and what puts a mail into it."""
    from tests.dovecot import PASSWORD, PROGRAM, running_dovecot

    if not PROGRAM.exists():
        yield {}, None
        return
    with running_dovecot() as server:
        settings = {
            "ORDERFLOW_MAIL__IMAP": f'["imaps://{USER}@127.0.0.1:{server.tls}/INBOX"]',
            "ORDERFLOW_MAIL__IMAP_PASSWORD": PASSWORD.get_secret_value(),
            "SSL_CERT_FILE": str(server.home / "cert.pem"),
        }
        yield settings, lambda raw: server.deliver(USER, raw)


def _handed(cast: Cast) -> Callable[[bytes], object]:
    return lambda raw: cast.send(raw, latency.CUSTOMER)


def _seconds(cast: Cast, put: Callable[[bytes], object]) -> float:
    po = f"PO-{uuid4().hex[:10]}"
    raw = latency.order_mail(cast.services, po).as_bytes()
    began = time.perf_counter()
    put(raw)
    wait_for(lambda: latency.number_of(cast.services, po), f"an order for {po}", every=0.02)
    seconds = time.perf_counter() - began
    cast.asked(latency.number_of(cast.services, po), GateKind.CONFIRM)  # idle again
    return seconds


def _told(name: str, seconds: list[float], target: float) -> Iterator[Result]:
    if not seconds:
        return
    ordered = sorted(seconds)
    slow = ordered[round(0.95 * (len(ordered) - 1))]
    middle = f"p50 {statistics.median(ordered):.2f} s, {len(ordered)} mails"
    yield Result(f"{name}, p95", slow, "s", target, higher_is_better=False, detail=middle)
