"""A gate's own fields on its page: which, of which kind, with which choices."""

from dataclasses import dataclass

from domain.names import GateKind, Language
from portal.web.asked import Form
from tasks.fields import CHOICES, GATE_FIELDS
from tasks.portal_views.gates import GatePage
from templates.pages.page import page_word

DATES = ("promised_at", "condition_due")
LONG = ("lines", "special_requirements")
OF_A_MAIL = ("kind", "order_no")
"""What a person says of a mail that belongs to no order yet."""


@dataclass(frozen=True)
class Field:
    """One field; with options it is a choice. `kind` is an input's type, or `area`."""

    name: str
    value: str
    kind: str
    options: tuple[tuple[str, str], ...]


def names_of(page: GatePage) -> tuple[str, ...]:
    """The fields that this gate's form has."""
    names = GATE_FIELDS.get(page.kind, ())
    if page.kind is not GateKind.INTAKE:
        return names
    return tuple(each for each in names if not (page.order_no and each in OF_A_MAIL))


def fields_of(page: GatePage, form: Form, language: Language) -> tuple[Field, ...]:
    """The fields as they are shown, with what was typed before."""
    return tuple(
        Field(
            name=name,
            value=form[name],
            kind=_kind(name),
            options=tuple(
                (each, page_word(each or "as_is", "choice", language))
                for each in CHOICES.get(name, ())
            ),
        )
        for name in names_of(page)
    )


def _kind(name: str) -> str:
    if name in LONG:
        return "area"
    return "date" if name in DATES else "text"


def given(page: GatePage, form: Form) -> dict[str, str]:
    """What the form says of the gate's own fields."""
    return {name: form[name] for name in names_of(page) if form[name]}
