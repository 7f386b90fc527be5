"""Days and sums found in the texts of the Recognizers specs, where those are present."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.result import NotHere, Result
from domain.mail.extract.dates import days_in
from domain.mail.extract.money import sums_in
from domain.mail.extract.values import SURE
from domain.mail.plain import narrow

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "mail" / "extract-recognizers"
LANGUAGES = {"zh": "Chinese", "en": "English"}
OF_DAYS = ("DateParser", "DateTimeParser", "MergedParser", "DateExtractor", "DateTimeExtractor")
RECALL = {"date": {"zh": 0.80, "en": 0.70}, "money": {"zh": 0.85, "en": 0.75}}
PRECISION = 0.90
_MOON = "农历|初|大年|正月|腊月|三十"
_NOW = "2016-11-07T00:00:00"


@dataclass(frozen=True)
class Wanted:
    """What a spec wants found: the place of the words, and the values that are right there."""

    start: int
    end: int
    values: frozenset[str]


@dataclass(frozen=True)
class Case:
    """One text of a spec with all that is to be found in it."""

    text: str
    now: str
    wanted: tuple[Wanted, ...]


Found = tuple[int, int, str]
Finder = Callable[[Case], Sequence[Found]]


def recognizers(folder: Path = DATA) -> list[Result]:
    """Recall and precision of days and sums, Chinese and English. Raises NotHere without specs.

    The `unseen` figures are of every third text, at which nobody looks who writes a rule.
    """
    if not folder.is_dir():
        raise NotHere(f"the Recognizers specs are not at {folder}")
    found: list[Result] = []
    for short, language in LANGUAGES.items():
        days = list(_cases(folder / "DateTime" / language, OF_DAYS, ("date", "datetime")))
        found += _figures("date", short, days, _days)
        sums = list(_cases(folder / "NumberWithUnit" / language, ("CurrencyModel",), ("currency",)))
        found += _figures("money", short, sums, _sums)
    return found


def _days(case: Case) -> list[Found]:
    now = datetime.fromisoformat(case.now[:19]).replace(tzinfo=UTC)
    days = days_in(narrow(case.text), now, ahead=False)
    return [(d.start, d.end, d.value.isoformat()) for d in days if d.confidence >= SURE]


def _sums(case: Case) -> list[Found]:
    return [(s.start, s.end, f"{s.amount.normalize():f}") for s in sums_in(narrow(case.text))]


def _figures(name: str, language: str, cases: list[Case], find: Finder) -> list[Result]:
    """Recall and precision over all cases and over the unseen ones; none without cases."""
    if not cases:
        return []
    results = shares(f"{name}_{language}", cases, find)
    targets = (RECALL[name][language], PRECISION)
    held_out = shares(f"{name}_{language}", cases[2::3], find)
    return [
        *(replace(one, target=goal) for one, goal in zip(results, targets, strict=True)),
        *(replace(one, name=f"{one.name}_unseen") for one in held_out),
    ]


def shares(name: str, cases: list[Case], find: Finder) -> list[Result]:
    """Recall and precision of what `find` finds in these cases."""
    right = wanted = found = 0
    for case in cases:
        readings = find(case)
        wanted += len(case.wanted)
        found += len(readings)
        right += sum(any(_is(one, want) for one in readings) for want in case.wanted)
    detail = f"n={len(cases)} texts"
    return [
        Result(f"{name}_recall", right / max(wanted, 1), "share", detail=detail),
        Result(f"{name}_precision", right / max(found, 1), "share", detail=detail),
    ]


def _is(found: Found, wanted: Wanted) -> bool:
    """True where the places meet and the value is one of the right ones, if any is given."""
    start, end, value = found
    meets = start < wanted.end and end > wanted.start
    return meets and (not wanted.values or value in wanted.values)


def _cases(folder: Path, files: Sequence[str], kinds: Sequence[str]) -> Iterator[Case]:
    """Texts whose results are all of these kinds, each once with its reference day."""
    seen: set[tuple[str, str]] = set()
    for file in files:
        path = folder / f"{file}.json"
        specs = json.loads(path.read_text("utf-8-sig")) if path.exists() else []
        for spec in specs:
            results = spec["Results"]
            types = [str(one.get("Type") or one.get("TypeName")) for one in results]
            plain = all(one.rpartition(".")[2] in kinds for one in types)
            now = spec.get("Context", {}).get("ReferenceDateTime", "")
            if (spec["Input"], now) in seen or not plain:
                continue
            seen.add((spec["Input"], now))
            yield Case(
                spec["Input"], now or _NOW, tuple(_wanted(one, spec["Input"]) for one in results)
            )


def _exists(result: dict[str, Any]) -> bool:
    """False for a day that the spec itself calls impossible, such as 30 February."""
    return not re.search(r"0001-01-01|not resolved", json.dumps(result))


def _wanted(result: dict[str, Any], text: str) -> Wanted:
    start = result.get("Start", text.find(result["Text"]))
    length = len(result["Text"])
    return Wanted(start, start + length, frozenset(_values(result)))


def _values(result: dict[str, Any]) -> Iterator[str]:
    """Each value that the spec calls right: of the future, of the past, or of the unit.

    Days of the moon calendar have none: the specs give them without converting them.
    """
    value = result.get("Value") or {}
    if re.search(_MOON, result["Text"]):
        return
    for side in ("FutureResolution", "PastResolution"):
        for said in (value.get(side) or {}).values():
            yield str(said)[:10]
    for one in (value.get("values") or ()) if isinstance(value, dict) else ():
        yield str(one.get("value", ""))[:10]
    amount = (result.get("Resolution") or {}).get("value")
    if amount is not None:
        yield f"{float(amount):f}".rstrip("0").rstrip(".")
