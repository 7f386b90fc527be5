"""Who writes: company, person and telephone numbers, from labels, signature and the From header."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.mail.extract import firms, named_domains, persons
from domain.mail.extract.callers import Caller, caller_of
from domain.mail.extract.contacts import contact_of
from domain.mail.extract.countries import countries_of
from domain.mail.extract.labels import Labelled
from domain.mail.extract.phones import phones_in
from domain.mail.extract.signatures import beside, is_writer, shows
from domain.mail.extract.values import Field
from domain.mail.message import Address
from domain.mail.plain import narrow

MAX_CLOSING = 5
MAX_TAIL = 6
_MACHINE = re.compile(
    r"no-?reply|do-?not-?reply|notif|notice@|system@|portal|network|平台|系统|招采|采招", re.I
)


@dataclass(frozen=True)
class Written:
    """What somebody wrote: his words, the notes of his files below them, his signature."""

    words: str
    notes: str
    signature: str
    subject: str = ""

    @property
    def tail(self) -> str:
        """The signature, or the last lines of a text without one."""
        lines = self.words.rstrip().splitlines()
        filled = [n for n, line in enumerate(lines) if line.strip()][-MAX_TAIL:]
        return "\n".join([*(lines[filled[0] :] if filled else ()), self.signature])

    @property
    def whole(self) -> str:
        """Everything that was written, in its order."""
        return f"{self.words}\n{self.notes}\n{self.signature}"


@dataclass(frozen=True)
class Sender:
    """The sender as far as the mail says; `phones` in international form, fax left out."""

    company: Field[str] | None
    contact: Field[str] | None
    phones: Field[tuple[str, ...]] | None


def sender_of(
    written: Written,
    labels: tuple[Labelled, ...],
    sender: Address,
    ours: Sequence[str],
    clock: datetime | None = None,
) -> Sender:
    """Company, person and numbers of the one who wrote; `ours` are names that are us.

    `clock` is the writer's time with its zone, where the mail tells it. A note of our own staff
    has no sender's address: then the one who rang is meant.
    """
    rang = caller_of(written.words, written.subject) if not sender.address else None
    company = _company(written, labels, sender, rang, ours)
    return Sender(
        company,
        contact_of(written.words, written.tail, labels, sender, rang, company),
        phones_in(
            f"{written.whole}\n{sender.address.partition('@')[0]}"
            if sender.address.startswith("+")
            else written.whole,
            countries_of(written.whole, sender.domain, clock),
            countries_of(written.whole, sender.domain, None),
        ),
    )


def closing_of(body: str, writer: Address) -> str:
    """The last lines of a whole mail from the writer's own name on: below a quote, too."""
    lines = [line.strip() for line in body.splitlines() if line.strip()][-MAX_CLOSING:]
    name = persons.of_display(writer.name)
    own = (n for n, line in enumerate(lines) if name and line.startswith(name) and len(line) < 60)
    start = next(own, None)
    return "\n".join(lines[start:]) if start is not None else ""


def _company(
    written: Written,
    labels: tuple[Labelled, ...],
    sender: Address,
    rang: Caller | None,
    ours: Sequence[str],
) -> Field[str] | None:
    writer = persons.of_display(sender.name) or ""
    for said in labels:
        name = _labelled(said) if said.key == "customer" else ""
        if name and not _ours(name, ours) and not (writer and is_writer(name, writer)):
            return Field(name, f"text:{said.start}-{said.end}", "label", 0.9)
    for source, rule, confidence, names in _named(written, sender, rang, writer):
        for name in names:
            if not _ours(name, ours):
                return Field(_in_full(name, written.whole), source, rule, confidence)
    return None


def _labelled(said: Labelled) -> str:
    """The company behind its label, without what else stands there."""
    full = next(firms.legal_names(said.value), None)
    return full or re.split(r"[,，;；]|\s[-–|/]\s|[(（](?![^)）]*[)）]\S)", said.value)[0].strip(
        ' "“”'
    )


def _in_full(name: str, words: str) -> str:
    """The legal name in the text of which this one is the short form, else the name itself."""
    even = narrow(name)
    return next((full for full in firms.legal_names(words) if even in narrow(full)), name)


def _named(
    written: Written, sender: Address, rang: Caller | None, writer: str
) -> Iterator[tuple[str, str, float, Iterable[str]]]:
    """Companies by source, rule and confidence; the surest first."""
    text, tail, shown = f"{written.words}\n{written.notes}", written.tail, sender.name
    display = firms.of_display(shown, sender) if not writer else None
    signer = _signer(tail, writer)
    closing = [n for n in firms.signed(tail, sender, signer) if not _is_person(n)]
    if signer != writer:
        closing = [name for name in closing if any(name in line for line in _last(tail, 3))]
    portal = bool(_MACHINE.search(f"{sender.address} {shown}"))
    known = [name for name in closing if named_domains.confirms(sender, name)]
    legal = list(firms.legal_names(tail))
    yield "text", "caller", 0.85, (rang.firm,) if rang and rang.firm else ()
    yield "text", "buyer", 0.8, firms.of_buyer(f"{written.subject}\n{text}") if portal else ()
    yield "signature", "company_form", 0.9, [n for n in legal if named_domains.confirms(sender, n)]
    yield "signature", "company_form", 0.9, [n for n in legal if _near(n, tail, writer or shown)]
    yield "signature", "domain_and_place", 0.9, known
    yield "header:from", "company_form", 0.8, firms.legal_names(shown)
    yield "text", "introduced", 0.8, firms.introduced(text)
    yield (
        "signature",
        "beside_writer",
        0.82 if signer == writer else 0.75,
        closing if signer else (),
    )
    yield "text", "by_domain", 0.82, named_domains.by_domain(f"{shown}\n{text}\n{tail}", sender)
    yield "signature", "company_form", 0.8, legal
    yield "header:from", "display_name", 0.75, (display,) if display else ()
    yield "text", "company_form", 0.75, firms.legal_names(text)
    yield "signature", "last_lines", 0.7, closing
    yield "signature", "trade", 0.75, firms.trade_names(tail)
    yield "text", "trade", 0.7, firms.trade_names(text)
    yield "text", "opening_trade", 0.7, firms.opening_trade(text)
    yield "text", "for_whom", 0.7, firms.for_whom(text)


def _signer(tail: str, writer: str) -> str:
    """The writer as the closing lines name him, where the From header has but a nickname."""
    if shows(tail, writer):
        return writer
    return next(persons.signed("\n".join(_last(tail, 2))), writer)


def _last(tail: str, count: int) -> list[str]:
    """The last such lines of a tail that hold more than a number."""
    return [line for line in tail.splitlines() if re.search(r"[^\W\d]{2}", line)][-count:]


def _is_person(name: str) -> bool:
    return persons.is_person(re.sub(r"[(（].*", "", name))


def _near(name: str, tail: str, writer: str) -> bool:
    """True for a legal name that stands as a piece of its own in the closing lines."""
    even = narrow(name)
    return any(
        piece in even or piece.startswith(even) for piece in beside(tail, writer) if len(piece) > 3
    )


def _ours(name: str, ours: Sequence[str]) -> bool:
    low = name.lower()
    return any(one and (one.lower() in low or low in one.lower()) for one in ours)
