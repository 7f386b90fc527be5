"""People who answer at once: by the mail's link, in the portal, and through the door itself."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from benchmarks.robots import Opened, opened, word_for
from domain.errors import Refusal
from models.gate import Gate
from tasks.codes import issue
from tasks.deciding import decide_one
from tasks.services import Services
from tasks.showing import gate_link

WAYS = ("link", "portal", "door")
TRIES = 5
BUSY = (429, 502, 503, 504)
DONE = (200, 303)


@dataclass(frozen=True)
class Answered:
    """What came of an answer: by which way, whether it counted, how long the answer itself took,
    and how often something had to be asked once more."""

    way: str
    counted: bool
    seconds: float
    repeated: int


@dataclass(frozen=True)
class Desk:
    """One person in front of one gate, ready to answer."""

    way: str
    act: Callable[[], Answered]

    def answer(self) -> Answered:
        """The gate is answered."""
        return self.act()


def desks(services: Services, numbers: Sequence[str]) -> list[Desk]:
    """A person for the open gate of each of these orders; ways take turns."""
    gates = opened(services, numbers)
    return [_desk(services, gate, WAYS[nth % len(WAYS)]) for nth, gate in enumerate(gates)]


def _desk(services: Services, gate: Opened, way: str) -> Desk:
    word = word_for(services, gate)
    if way == "door":
        return Desk(way, lambda: _by_door(services, gate))
    if way == "link":
        with services.reading() as session:
            row = session.get_one(Gate, int(gate.number[2:]))
            path = gate_link(services, row, word.by).removeprefix(services.settings.public_url)
        return Desk(way, lambda: Browser(services).by_link(path))
    with services.writing() as session:
        at = services.now()
        codes = (
            issue(session, services, word.by, [], at=at),
            issue(session, services, word.by, [gate.number], at=at),
        )
    return Desk(way, lambda: Browser(services).by_portal(word.by, gate.number, codes))


def _by_door(services: Services, gate: Opened) -> Answered:
    word = word_for(services, gate)
    began = time.perf_counter()
    try:
        decide_one(services, word)
    except Refusal:
        return Answered("door", False, time.perf_counter() - began, 0)
    return Answered("door", True, time.perf_counter() - began, 0)


class Browser:
    """One person's browser at the portal; what is busy is asked again."""

    def __init__(self, services: Services) -> None:
        """Nothing is open yet."""
        self._http = httpx.Client(
            base_url=services.settings.portal.url, timeout=60, trust_env=False
        )
        self._repeated = 0

    def by_link(self, path: str) -> Answered:
        """The page of the mailed link is opened, read and answered."""
        page = self._ask("GET", path)
        return self._press("link", path, {"mark": _mark(page), "verdict": "approve"})

    def by_portal(self, person: str, gate: str, codes: tuple[str, str]) -> Answered:
        """The person signs in, looks into the inbox, opens the gate and answers with a code."""
        sign_in = {"mark": _mark(self._ask("GET", "/")), "person": person, "code": codes[0]}
        self._ask("POST", "/session", sign_in)
        self._ask("GET", "/inbox")
        path = f"/gates/{gate}"
        mark = _mark(self._ask("GET", path))
        return self._press("portal", path, {"mark": mark, "verdict": "approve", "code": codes[1]})

    def _press(self, way: str, path: str, form: dict[str, str]) -> Answered:
        began = time.perf_counter()
        reply = self._ask("POST", path, form)
        seconds = time.perf_counter() - began
        self._http.close()
        return Answered(way, reply.status_code in DONE, seconds, self._repeated)

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        for left in reversed(range(TRIES)):
            try:
                reply = self._http.request(method, path, data=form)
            except httpx.TransportError:
                if not left:
                    raise
            else:
                if reply.status_code not in BUSY or not left:
                    return reply
            self._repeated += 1
            time.sleep(1)
        raise AssertionError("unreachable")


def _mark(page: httpx.Response) -> str:
    """The mark in the last form of the page; the first one may be for signing out."""
    marks: list[str] = ["", *re.findall(r'name="mark" value="(\w+)"', page.text)]
    return marks[-1]
