"""The engine's form of a gate: flat fields in a fixed order, labelled in both languages."""

from typing import Any, Literal

from prefect.input import RunInput
from pydantic import ConfigDict, Field, create_model

from domain.names import GateKind
from tasks.driving import Asked
from tasks.fields import CHOICES, GATE_FIELDS
from templates import words


class GateForm(RunInput):
    """What every form asks; a field that a later version adds must have a default."""

    # A form that waits outlives the code that made it: unknown fields are passed over.
    model_config = ConfigDict(extra="ignore")


def form(asked: Asked) -> type[RunInput]:
    """The form of this opening; `decision` has no default, so that an answer is always stored."""
    made: dict[str, Any] = {
        "decision": (_decisions(asked), _labelled("decision", ...)),
        "approver": (str, _labelled("approver", "")),
        "code": (str, _labelled("code", "")),
        "comment": (str, _labelled("comment", "")),
    }
    for name in GATE_FIELDS.get(GateKind(asked.kind), ()):
        made[name] = (_type_of(name), _labelled(name, _default(name)))
    return create_model(f"Gate_{asked.kind}", __base__=GateForm, **made)


def _decisions(asked: Asked) -> Any:
    if asked.only_waits:
        return Literal["look_again", "end_wait"]
    if asked.kind in (GateKind.INTAKE, GateKind.CANCEL, GateKind.TROUBLE):
        return Literal["approve", "reject"]
    return Literal["approve", "reject", "changes"]


def _type_of(name: str) -> Any:
    return Literal[CHOICES[name]] if name in CHOICES else str


def _default(name: str) -> str:
    return CHOICES[name][0] if name in CHOICES else ""


def _labelled(name: str, default: Any) -> Any:
    return Field(default, title=words.both("form", name))
