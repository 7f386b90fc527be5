"""Mails from views: one template per purpose, variant and language; subject, text and HTML."""

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.names import Language, Purpose
from templates import words
from templates.views import customer, team

FOLDER = Path(__file__).parent / "mail"

MAILS: dict[tuple[Purpose, str | None], type] = {
    (Purpose.RECEIVED, None): customer.ReceivedView,
    (Purpose.QUESTION, None): customer.AskedView,
    (Purpose.CONFIRMATION, None): customer.ConfirmationView,
    (Purpose.PLAN_RELEASED, "customer"): customer.ScheduleView,
    (Purpose.PLAN_RELEASED, "team"): team.TeamPlanView,
    (Purpose.ASSIGNMENT, None): team.AssignmentView,
    (Purpose.APPROVAL, None): team.ApprovalView,
    (Purpose.REMINDER, "gate"): team.PendingView,
    (Purpose.REMINDER, "progress"): team.PendingView,
    (Purpose.REMINDER, "customer_info"): customer.NudgeView,
    (Purpose.REMINDER, "customer_confirmation"): customer.NudgeView,
    (Purpose.REMINDER, "acceptance"): customer.NudgeView,
    (Purpose.DELIVERY, None): customer.DeliveryView,
    (Purpose.DELIVERY, "reminder"): customer.DeliveryView,
    (Purpose.ACCEPTANCE, None): customer.AcceptanceView,
    (Purpose.CERTIFICATE, None): customer.CertificateView,
    (Purpose.SURVEY, None): customer.SurveyView,
    (Purpose.SURVEY, "reminder"): customer.SurveyView,
    (Purpose.REPORT, "customer"): customer.ClosingView,
    (Purpose.REPORT, "progress"): customer.ProgressView,
    (Purpose.REPORT, "retrospective"): team.LookBackView,
    (Purpose.NOTICE, "refused"): customer.NewsView,
    (Purpose.NOTICE, "cancelled"): customer.NewsView,
    (Purpose.NOTICE, "held"): customer.NewsView,
    (Purpose.NOTICE, "resumed"): customer.NewsView,
    (Purpose.NOTICE, "promise_moved"): customer.NewsView,
    (Purpose.NOTICE, "provisional"): customer.NewsView,
    (Purpose.NOTICE, "code_blocked"): team.AlertView,
    (Purpose.NOTICE, "mail_failed"): team.AlertView,
    (Purpose.NOTICE, "escalated"): team.AlertView,
    (Purpose.NOTICE, "finding"): team.AlertView,
    (Purpose.NOTICE, "heads"): team.AlertView,
    (Purpose.NOTICE, "review_minutes"): team.AlertView,
    (Purpose.NOTICE, "review_agenda"): team.AlertView,
    (Purpose.NOTICE, "trouble"): team.AlertView,
    (Purpose.NOTICE, "mail"): team.AlertView,
}
"""Every mail that exists, with the only view that its template accepts."""


@dataclass(frozen=True)
class Rendered:
    """A mail in words: a subject of one line, a plain text and an HTML page."""

    subject: str
    text: str
    html: str


def mail(
    purpose: Purpose,
    variant: str | None,
    language: Language,
    view: customer.CustomerMail | team.TeamMail,
) -> Rendered:
    """The mail of this purpose in this language; values of the view appear as they are written."""
    expected = MAILS[purpose, variant]
    if type(view) is not expected:
        raise TypeError(f"{purpose} {variant or ''} takes {expected.__name__}, not {type(view)!r}")
    name = _name(purpose, variant)
    plain = tidy(view)
    subject, text, page = (
        _template(name, language, escaped).render(v=plain, part=part)
        for part, escaped in (("subject", False), ("text", False), ("html", True))
    )
    return Rendered(words.one_line(subject), _spaced(text), page)


def tidy(value: Any) -> Any:
    """The same view with every text on one line and free of control characters: a value from a
    mail can then neither begin a line of its own nor turn the direction of what follows."""
    if isinstance(value, str) and type(value) is str:
        return words.one_line(value)
    if isinstance(value, tuple):
        return tuple(tidy(each) for each in value)
    if isinstance(value, dict):
        return {tidy(key): tidy(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: tidy(getattr(value, each.name)) for each in fields(value)}
        )
    return value


def _spaced(text: str) -> str:
    """Plain text with single empty lines only and one line break at its end."""
    lines: list[str] = []
    for line in text.splitlines():
        stripped = line.rstrip()
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    return "\n".join(lines).strip("\n") + "\n"


@cache
def _environment(language: Language, escaped: bool) -> Environment:
    """The templates' surroundings for one language; built at first use, kept afterwards."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=escaped,  # noqa: S701 - plain text and subjects are no HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters |= {
        "day": lambda on, provisional=False: words.day(on, language, provisional),
        "instant": lambda at, zone: words.instant(at, zone, language),
        "number": words.number,
        "money": lambda amount, currency, tax=None: words.money(amount, currency, language, tax),
        "word": lambda key, kind: words.word(kind, str(key), language),
        "size": words.size,
        "typed": lambda value, key: words.typed(key, value),
        "said": lambda value, zone="Asia/Shanghai": words.said(value, language, zone),
    }
    made.globals |= {
        "zh": language is Language.ZH,
        "language": str(language),
        "html": escaped,
    }
    made.globals["p"] = made.get_template("parts.j2").module
    return made


def compile_all() -> None:
    """Every mail's template is compiled: a process that forks does it once for its children."""
    for purpose, variant in MAILS:
        for language in Language:
            for escaped in (False, True):
                _template(_name(purpose, variant), language, escaped)


def _name(purpose: Purpose, variant: str | None) -> str:
    return f"{purpose}_{variant}" if variant else str(purpose)


@cache
def _template(name: str, language: Language, escaped: bool) -> Any:
    return _environment(language, escaped).get_template(f"{name}.{language}.html.j2")
