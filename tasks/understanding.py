"""Pure reading of one mail, for people who want to see what would be understood."""

from typing import Any

from domain.calendars.china import company_calendar, official_days
from domain.mail.as_json import as_json
from domain.mail.decode import read
from domain.mail.limits import limits
from domain.mail.meaning import Context
from domain.mail.message import Mail
from domain.mail.understand import understand
from domain.worktime import Calendar, is_workday
from tasks.settings import Company

YEARS_AROUND = (-1, 0, 1)


def understood(raw: bytes, name: str) -> dict[str, Any]:
    """What the mail means; `quarantined` with the reason where it must not be parsed."""
    reason = limits(raw)
    if reason is not None:
        return {"id": name, "kind": None, "quarantined": reason, "needs_person": True}
    mail = read(raw)
    return as_json(understand(mail, context_for(mail)), name)


def context_for(mail: Mail) -> Context:
    """What a company as shipped knows when this mail comes in: its names, its days off."""
    company = Company()
    calendar = _calendar(mail.sent_at.year if mail.sent_at else None)
    return Context(
        our_domains=frozenset({company.domain}),
        our_names=(company.name_zh, company.name_en),
        our_server=f"mail.{company.domain}",
        workday=lambda day: is_workday(calendar, day),
    )


def _calendar(year: int | None) -> Calendar:
    """The company's calendar around the mail's year; a plain week where the mail has no date."""
    if year is None or not 2005 <= year <= 2100:
        return company_calendar(())
    return company_calendar([d for n in YEARS_AROUND for d in official_days(year + n)])
