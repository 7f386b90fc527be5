"""Standing at a gate: the stored answer of the form is harvested, else the run is suspended."""

from prefect.flow_runs import suspend_flow_run

from connectors.runs import StoredAnswer
from domain.errors import Refusal
from domain.names import Channel, Language, Verdict
from tasks.deciding import Answer, decide_one
from tasks.driving import Ride, Wait, ask_again, form_key, note_refusal
from tasks.forms import form
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


def stand_at(services: Services, ride: Ride, wait: Wait) -> None:
    """The form's answer is through the door, or the run is suspended with a fresh form.

    Does not return where it suspends: the engine ends the execution and starts it again later.
    """
    if wait.asks and harvest(services, ride, wait):
        return
    asked = ask_again(services, ride, wait.gate_id)
    if asked is not None:
        shown = form(asked).with_initial_data(description=asked.briefing)
        suspend_flow_run(wait_for_input=shown, key=asked.key, timeout=None)


def harvest(services: Services, ride: Ride, wait: Wait) -> bool:
    """True if the form was answered and the answer decided the gate.

    The answer is removed from the engine before it is used: it holds a code.
    """
    key = form_key(wait.number, wait.asks)
    stored = services.runs.answer(ride.flow_run_id, key)
    if stored is None:
        return False
    services.runs.forget_answer(ride.flow_run_id, key)
    answer = _answer(wait, stored, key)
    if answer is None:
        return False
    try:
        decide_one(services, answer)
    except Refusal as refusal:
        both = [sentence(refusal, language) for language in (Language.ZH, Language.EN)]
        note_refusal(services, ride, wait.gate_id, " / ".join(both))
        return False
    return True


def _answer(wait: Wait, stored: StoredAnswer, key: str) -> Answer | None:
    """The answer of a person; None for the service's own word and for "look again"."""
    value = {name: str(each).strip() for name, each in stored.value.items()}
    decision = value.get("decision", "")
    nobody = not value.get("approver") and not value.get("code") and not value.get("comment")
    if decision == LOOK_AGAIN or nobody:
        return None
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
