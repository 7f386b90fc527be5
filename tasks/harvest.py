"""Taking what a person has typed into the engine's form: once, through the door, then deleted."""

from collections.abc import Callable
from functools import partial

from connectors.runs import StoredAnswer
from domain.errors import BadValue, Refusal
from domain.names import Channel, Language, Verdict
from models import gate as gates
from models import run as runs
from models.run import Run
from tasks.deciding import Answer, decide_one
from tasks.driving import Wait, form_key, shown
from tasks.services import Services
from templates.errors import sentence

LOOK_AGAIN = "look_again"
VERDICTS = {
    "approve": Verdict.APPROVE,
    "reject": Verdict.REJECT,
    "changes": Verdict.CHANGES,
    "end_wait": Verdict.APPROVE,
}
PLAIN = ("decision", "approver", "code", "comment")


def harvest(
    services: Services, flow_run_id: str, wait: Wait, refused: Callable[[str], None]
) -> bool:
    """True if the run's form was answered and the answer decided the gate.

    The answer is removed from the engine before it is used: it holds a code. `refused` hears,
    in both languages, why an answer did not count.
    """
    if not wait.asks:
        return False
    key = form_key(wait.number, wait.asks)
    stored = services.runs.answer(flow_run_id, key)
    if stored is None:
        return False
    services.runs.forget_answer(flow_run_id, key)
    try:
        answer = _answer(wait, stored, key)
        if answer is None:
            return False
        decide_one(services, answer)
    except Refusal as refusal:
        refused(" / ".join(sentence(refusal, each) for each in (Language.ZH, Language.EN)))
        return False
    return True


def take_answer(services: Services, run_id: int, flow_run_id: str) -> None:
    """What a person typed into the form of a run that died before it read it still counts."""
    with services.reading() as session:
        run = session.get_one(Run, run_id)
        if run.flow_run_id != flow_run_id:
            return
        waits = [Wait.at(gate) for gate in shown(session, run, limit=2)]

    for wait in waits:
        harvest(services, flow_run_id, wait, partial(_refused, services, run_id, wait))


def _refused(services: Services, run_id: int, wait: Wait, why: str) -> None:
    with services.writing() as session:
        gates.note(session, wait.gate_id, why)
        runs.wake_run(session, run_id)  # the form is asked again, with the note


def _answer(wait: Wait, stored: StoredAnswer, key: str) -> Answer | None:
    """The answer of a person; None for the service's own word and for "look again".

    BadValue for a decision that this version does not know: an older one has asked the form.
    """
    value = {name: str(each).strip() for name, each in stored.value.items()}
    decision = value.get("decision", "")
    nobody = not value.get("approver") and not value.get("code") and not value.get("comment")
    if decision == LOOK_AGAIN or nobody:
        return None
    if decision not in VERDICTS:
        raise BadValue("decision", decision, ", ".join(VERDICTS))
    return Answer(
        gate=wait.number,
        verdict=VERDICTS[decision],
        by=value.get("approver", ""),
        channel=Channel.PREFECT_UI,
        code=value.get("code", ""),
        comment=value.get("comment", ""),
        fields={name: each for name, each in value.items() if name not in PLAIN},
        evidence=f"form {key}",
        given_at=stored.stored_at,
    )
