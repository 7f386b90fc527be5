"""Planted: decisions that nobody took, that are lost, or that count twice."""

from collections.abc import Mapping
from typing import Any

from benchmarks.simulation.planted.drivers import Planted, _nothing
from benchmarks.simulation.replaced import replaced
from connectors.runs_memory import MemoryRuns
from domain.errors import Refusal
from domain.names import Channel, Verdict
from models import gate as gates
from models import timer as timer_rows
from models import vote as votes
from models.person import people
from models.timer import Timer
from tasks import approving, codes, deciding, harvest, links, timers
from tasks.deciding import Answer


def a_look_at_a_link_decides() -> Planted:
    """Whoever opens the link of a mail has approved."""
    real = links.read

    def read(services: Any, purpose: str, text: str) -> links.Pass:
        granted = real(services, purpose, text)
        by = granted.person
        answer = Answer(granted.subject, Verdict.APPROVE, by, Channel.LINK, proven=True)
        deciding.decide_one(services, answer)
        return granted

    return replaced(links, read=read)


def the_word_that_wakes_approves() -> Planted:
    """What the service sends to wake a run counts as the approver's word."""
    real = harvest._answer

    def answer(wait: Any, stored: Any, key: str) -> Answer | None:
        if stored.value.get("approver") or stored.value.get("decision") != "approve":
            return real(wait, stored, key)
        by = {"confirm": "li.ming", "plan": "li.ming", "close": "li.ming"}.get(
            wait.kind, "zhou.min"
        )
        return Answer(wait.number, Verdict.APPROVE, by, Channel.PREFECT_UI, proven=True)

    return replaced(harvest, _answer=answer)


def a_read_answer_stays_in_the_engine() -> Planted:
    """The code that a person typed is not deleted."""
    return replaced(MemoryRuns, forget_answer=_nothing)


def an_answer_is_deleted_unread() -> Planted:
    """What was typed into a form is thrown away."""
    return replaced(harvest, _answer=lambda *_: None)


def a_wrong_code_is_good() -> Planted:
    """Any code will do."""
    return replaced(codes, is_spent=lambda *_, **__: True)


def anybody_may_decide() -> Planted:
    """Authority is not looked at."""
    real = approving.allowed

    def allowed(session: Any, services: Any, gate: Any) -> Mapping[str, str]:
        everybody = {each.person: each.person for each in people(session)}
        return {**everybody, **real(session, services, gate)}

    return replaced(approving, allowed=allowed)


def the_last_word_wins() -> Planted:
    """A decided gate takes another answer."""
    real = gates.answer

    def answer(session: Any, gate: Any, word: Any, **more: Any) -> Any:
        if gate.state not in ("withdrawn", "superseded", "expired"):
            gate.state = "open"
            session.flush()
        return real(session, gate, word, **more)

    return replaced(gates, answer=answer)


def a_late_word_counts() -> Planted:
    """A word that came after the decision counts like one before it."""
    real = votes.cast

    def cast(*values: Any, counts: bool, **more: Any) -> None:
        real(*values, counts=True, **more)

    return replaced(gates, cast=cast)


def a_refused_decision_is_said_to_count() -> Planted:
    """Whoever decides is told that it counts, although it was not kept."""

    def through(services: Any, answer: Answer) -> deciding.Decided:
        try:
            with services.writing() as session:
                decided = deciding.answered(session, services, answer)
                session.rollback()
                return decided
        except Refusal as refusal:
            return deciding.Decided(answer.gate, "", "refused", refusal=refusal)

    return replaced(deciding, _through=through)


def gates_stay_open() -> Planted:
    """What an order has left behind is still asked."""
    return replaced(gates, withdraw=_nothing)


def a_timer_fires_twice() -> Planted:
    """The claim on a timer is not looked at."""

    def claim(session: Any, timer_id: int, *, at: Any) -> bool:
        session.get_one(Timer, timer_id).done_at = at
        return True

    return replaced(timer_rows, claim=claim)


def a_timer_is_done_when_it_is_looked_at() -> Planted:
    """The timer is crossed out first, and acted on in another transaction."""
    real = timers._fire

    def fire(services: Any, timer_id: int, as_of: Any) -> None:
        with services.writing() as session:
            if not timer_rows.claim(session, timer_id, at=services.now()):
                return
        with replaced(timer_rows, claim=lambda *_, **__: True):
            real(services, timer_id, as_of)

    return replaced(timers, _fire=fire)


def a_wait_never_ends() -> Planted:
    """The clock does not let an order go on."""
    return replaced(timers, _go_on=_nothing)


def an_expired_offer_is_forgotten() -> Planted:
    """The gate of an expired offer is closed, and nothing follows."""
    return replaced(timers, _happen=_nothing)
