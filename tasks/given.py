"""Plain values given by somebody, taken field by field; every mistake is named."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from domain.errors import BadValue, Refusal
from tasks import content

Read = TypeVar("Read")


@dataclass(unsafe_hash=True)
class Mistakes(Refusal):
    """What was given cannot be used; every mistake is named, nothing was written."""

    found: tuple[BadValue, ...]


class Given:
    """Fields taken from plain values one by one; what cannot be used is remembered."""

    def __init__(self, values: Mapping[str, Any], where: str = "") -> None:
        """Reads from these values; `where` stands before the names of their fields."""
        self.values = values
        self.where = where
        self.mistakes: list[BadValue] = []

    def wrong(self, name: str, value: Any, expected: str) -> None:
        """One more mistake; the same one counts once."""
        mistake = BadValue(f"{self.where}{name}", shown(value), expected)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)

    def only(self, known: Sequence[str]) -> None:
        """A field that nobody knows is a mistake, perhaps of one letter."""
        for name in self.values:
            if name not in known:
                near = get_close_matches(str(name), known, 1)
                self.wrong(str(name), self.values[name], near[0] if near else ", ".join(known))

    def text(self, name: str, most: int) -> str:
        """The field as one text, empty where it is not said."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > most:
            self.wrong(name, value, f"a text of at most {most} characters")
            return ""
        return " ".join(value.split()) if name != "note" else value.strip()

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        """One of the known words; None where it is not said or wrong."""
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if value not in known:
            self.wrong(name, value, ", ".join(known))
            return None
        return str(value)

    def mail(self, name: str = "mail") -> str:
        """A mail address, lower case."""
        value = self.text(name, 254).lower()
        local, _, domain = value.partition("@")
        if value and (not local or "." not in domain or " " in value or "@" in domain):
            self.wrong(name, value, "name@company.example")
        return value

    def currency(self) -> str:
        """Three capital letters."""
        value = self.text("currency", 3).upper()
        if value and not (len(value) == 3 and value.isascii() and value.isalpha()):
            self.wrong("currency", value, "CNY, EUR, USD, …")
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool | None):
            self.wrong(name, value, "true, false")
        return value is True

    def day(self, name: str) -> date | None:
        """A day, or None."""
        return self._value(name, content.as_date)

    def number(self, name: str) -> Decimal | None:
        """A number above zero, or None; a JSON fraction is taken as it is written."""
        return self._value(name, content.as_number)

    def _value(self, name: str, reader: Callable[[str, Any], Read | None]) -> Read | None:
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, bool | list | dict):
            self.wrong(name, value, "a number or a date as text")
            return None
        try:
            return reader(name, value)
        except BadValue as mistake:
            self.wrong(name, mistake.value, mistake.expected)
            return None


def shown(value: Any) -> str:
    """The value as it is named in a sentence, short."""
    return "–" if value is None else str(value)[:80]


def refuse(given: Sequence[Given]) -> None:
    """Raises Mistakes where any of these has one."""
    found = tuple(mistake for each in given for mistake in each.mistakes)
    if found:
        raise Mistakes(found)


def words(value: Any) -> list[str]:
    """Words of a list, or of a text with blanks, commas or semicolons between them."""
    if isinstance(value, str):
        value = value.replace(";", " ").replace(",", " ").replace("、", " ").split()
    return [str(each) for each in value or ()]


def table(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file with a head line, empty cells left out; UTF-8 or GB 18030."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")  # what Excel writes on a Chinese desktop
    first = text.partition("\n")[0]
    rows = csv.DictReader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    return [
        {str(name).strip(): str(cell).strip() for name, cell in row.items() if cell and name}
        for row in rows
        if any(row.values())
    ]
