"""Who writes: company, person and telephone numbers, from labels, signature and the From header."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.mail.extract import firms, persons
from domain.mail.extract.callers import Caller, caller_of
from domain.mail.extract.countries import countries_of
from domain.mail.extract.labels import Labelled, first
from domain.mail.extract.phones import phones_in
from domain.mail.extract.values import Field
from domain.mail.message import Address

_EN_NAME_LINE = re.compile(
    r"^[A-ZÀ-Ž0-9][\w&'’.À-ž-]*(?: (?:[A-ZÀ-Ž&][\w&'’.À-ž-]*|of|and|de|&)){0,5}$"
)
_TITLE = re.compile(
    r"\b(?:manager|buyer|engineer|planner|controller|director|purchas\w+|procurement"
    r"|department|dept|sales|head|brewer"
    r"|assistant|officer|coordinator|supervisor|chain|logistics|technician|owner|lead|team"
    r"|foreman|clerk|regards|cheers"
    r"|thanks|thank|rgds|best|kind|sincerely|greetings|works|stores|project|production"
    r"|engineering|sent from)\b",
    re.I,
)
MAX_CLOSING = 5


@dataclass(frozen=True)
class Sender:
    """The sender as far as the mail says; `phones` in international form, fax left out."""

    company: Field[str] | None
    contact: Field[str] | None
    phones: Field[tuple[str, ...]] | None


def sender_of(
    text: str,
    signature: str,
    labels: tuple[Labelled, ...],
    sender: Address,
    ours: Sequence[str],
    clock: datetime | None = None,
) -> Sender:
    """Company, person and numbers of the one who wrote `text`; `ours` are names that are us.

    `clock` is the writer's time with its zone, where the mail tells it.
    """
    tail, whole = _tail(text, signature), f"{text}\n{signature}"
    rang = caller_of(text) if not sender.address else None
    return Sender(
        _company(text, tail, labels, sender, rang, ours),
        _contact(text, labels, sender, rang, tail),
        phones_in(whole, countries_of(whole, sender.domain, clock)),
    )


def closing_of(body: str, writer: Address) -> str:
    """The last lines of a whole mail from the writer's own name on: below a quote, too."""
    lines = [line.strip() for line in body.splitlines() if line.strip()][-MAX_CLOSING:]
    name = persons.of_display(writer.name)
    own = (n for n, line in enumerate(lines) if name and line.startswith(name) and len(line) < 60)
    start = next(own, None)
    return "\n".join(lines[start:]) if start is not None else ""


def _tail(text: str, signature: str) -> str:
    """The signature, or the last lines of a text without one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return f"{chr(10).join(lines[-6:])}\n{signature}"


def _company(
    text: str,
    tail: str,
    labels: tuple[Labelled, ...],
    sender: Address,
    rang: Caller | None,
    ours: Sequence[str],
) -> Field[str] | None:
    said = first(labels, "customer")
    if said and not _ours(said.value, ours):
        return Field(said.value, f"text:{said.start}-{said.end}", "label", 0.9)
    for source, rule, confidence, names in _named(text, tail, sender, rang):
        for name in names:
            if not _ours(name, ours):
                return Field(_in_full(name, f"{text}\n{tail}"), source, rule, confidence)
    return None


def _in_full(name: str, words: str) -> str:
    """The legal name in the text of which this one is the short form, else the name itself."""
    return next((full for full in firms.legal_names(words) if name in full), name)


def _named(
    text: str, tail: str, sender: Address, rang: Caller | None
) -> Iterator[tuple[str, str, float, Iterable[str]]]:
    """Companies by source, rule and confidence; the surest first."""
    writer = persons.of_display(sender.name) or ""
    shown = firms.of_display(sender.name) if not writer else None
    below = _line_below(tail, sender)
    yield "text", "caller", 0.85, (rang.firm,) if rang else ()
    yield "signature", "company_form", 0.9, firms.legal_names(tail)
    yield "header:from", "company_form", 0.8, firms.legal_names(sender.name)
    yield "signature", "beside_writer", 0.85, firms.beside_writer(tail, writer)
    yield "text", "by_domain", 0.85, firms.by_domain(f"{sender.name}\n{text}\n{tail}", sender)
    yield "header:from", "display_name", 0.8, (shown,) if shown else ()
    yield "text", "company_form", 0.75, firms.legal_names(text)
    yield "signature", "trade", 0.75, firms.trade_names(tail)
    yield "signature", "line_below_name", 0.75, (below,) if below else ()
    yield "text", "trade", 0.7, firms.trade_names(text)


def _ours(name: str, ours: Sequence[str]) -> bool:
    low = name.lower()
    return any(one and (one.lower() in low or low in one.lower()) for one in ours)


def _line_below(tail: str, sender: Address) -> str | None:
    """The line under the writer's name, where it is neither a title nor a number."""
    lines = [line.strip(" ,|") for line in tail.splitlines() if line.strip()]
    words = [w for w in re.split(r"[\s,]+", sender.name) if len(w) > 1]
    at = [
        n for n, line in enumerate(lines) if words and any(w.lower() in line.lower() for w in words)
    ]
    for start in reversed(at):
        beside = re.split(r"\s+[-–|/]\s+|,\s", lines[start])[1:]
        for line in [*beside, *lines[start + 1 : start + 4]]:
            if _is_firm_line(line) and not any(w.lower() in line.lower() for w in words):
                return line
    return None


def _is_firm_line(line: str) -> bool:
    other = _TITLE.search(line) or re.search(r"\d{4}|@", line)
    return bool(_EN_NAME_LINE.match(line)) and not other


def _contact(
    text: str,
    labels: tuple[Labelled, ...],
    sender: Address,
    rang: Caller | None,
    tail: str,
) -> Field[str] | None:
    said = first(labels, "contact")
    if said and not re.match(r"(?:me|myself|as above|same|本人|同上)\b", said.value, re.I):
        name = re.match(r"[\u4e00-\u9fff]{2,4}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}", said.value)
        if name:
            return Field(name[0], f"text:{said.start}-{said.end}", "label", 0.9)
    if rang is not None:
        return Field(rang.who, "text", "caller", 0.85)
    if shown := persons.of_display(sender.name):
        return Field(shown, "header:from", "display_name", 0.85)
    if own := persons.introduced(text):
        return Field(own, "text", "introduced", 0.85)
    name_at_end = next(persons.signed(tail), None)
    return Field(name_at_end, "signature", "signed", 0.75) if name_at_end else None
