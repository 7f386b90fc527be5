"""The person for an order: named as contact, else the one who signs."""

import re
from collections.abc import Iterator

from domain.mail.extract import persons, signatures
from domain.mail.extract.callers import Caller
from domain.mail.extract.labels import Labelled
from domain.mail.extract.values import Field
from domain.mail.message import Address

_SELF = re.compile(r"(?:me|myself|as above|same|see (?:above|below|signature)|本人|同上)\b", re.I)


def contact_of(
    text: str,
    tail: str,
    labels: tuple[Labelled, ...],
    sender: Address,
    rang: Caller | None,
    company: Field[str] | None,
) -> Field[str] | None:
    """The person named as contact, else the one who rang, else the one who signs."""
    for said in labels:
        wanted = said.key == "contact" and not _SELF.match(said.value)
        if wanted and (name := persons.named_in(said.value)):
            return Field(name, f"text:{said.start}-{said.end}", "label", 0.9)
    if rang is not None:
        return Field(rang.who, "text", "caller", 0.85) if rang.who else None
    shown = persons.of_display(sender.name)
    if shown and not _is_firm(shown, company):
        fuller = persons.full_name(shown, f"{tail}\n{text}")
        if fuller:
            return Field(fuller, "signature", "full_name", 0.85)
        return Field(shown, "header:from", "display_name", 0.85)
    if own := persons.introduced(text):
        return Field(own, "text", "introduced", 0.85)
    name_at_end = next(_signed(tail, company), None) or persons.asked_for(text)
    return Field(name_at_end, "signature", "signed", 0.8) if name_at_end else None


def _signed(tail: str, company: Field[str] | None) -> Iterator[str]:
    firm = company.value if company else ""
    for name in (
        *signatures.latin_names(tail),
        *signatures.before_firm(tail, firm),
        *persons.signed(tail),
        *persons.last_word(tail),
    ):
        if not _is_firm(name, company):
            yield name


def _is_firm(name: str, company: Field[str] | None) -> bool:
    """True for a name that is the company's, or its beginning."""
    return company is not None and company.value.lower().startswith(name.lower())
