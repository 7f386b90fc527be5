"""Documents as PDF: a Typst source of ours per document, the view as data, never as source."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from domain.names import Language
from templates import views, words

FOLDER = Path(__file__).parent / "documents"

DOCUMENTS: Mapping[str, type] = {
    "scope_statement": views.ScopeStatementView,
    "delivery_note": views.DeliveryNoteView,
    "acceptance_certificate": views.AcceptanceCertificateView,
    "project_summary": views.ProjectSummaryView,
    "user_manual": views.UserManualView,
    "test_report": views.TestReportView,
    "retrospective_report": views.RetrospectiveReportView,
}
"""Every document that exists, with the only view that it accepts."""

_KEYED = {"result": "result", "severity": "severity", "method": "method"}
"""Fields whose text is a code word, with the table that has its words."""

_PRICES = frozenset({"amount", "unit_price"})


def pdf(
    name: str, view: views.DocumentView, language: Language, second: Language | None = None
) -> bytes:
    """The document as PDF bytes, equal for equal views: labels in the language, below them in the
    second one, values in the first."""
    expected = DOCUMENTS[name]
    if type(view) is not expected:
        raise TypeError(f"{name} takes {expected.__name__}, not {type(view)!r}")
    languages = (language,) if second in (None, language) else (language, second)
    made = typst.compile(
        str(FOLDER / f"{name}.typ"),
        root=str(FOLDER),
        font_paths=_fonts(),
        sys_inputs={"data": _data(name, view, tuple(each for each in languages if each))},
        timestamp=view.made_at.replace(microsecond=0),
        package_path=str(FOLDER / "none"),
        package_cache_path=str(FOLDER / "none"),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{name} became {type(made)!r}, not one file")
    return made


def _data(name: str, view: views.DocumentView, languages: tuple[Language, ...]) -> str:
    """The view in words as JSON; a value that reads differently in the two languages is a list."""
    shown = _shown(view, languages, view.order.zone)
    company = view.order.company
    names = {Language.ZH: company.name_zh, Language.EN: company.name_en}
    return json.dumps(
        {
            "v": shown,
            "languages": [str(each) for each in languages],
            "title": [words.word("document", name, each) for each in languages],
            "company": [words.one_line(names[each]) for each in languages],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _shown(value: Any, languages: tuple[Language, ...], zone: str) -> Any:
    """A view as dictionaries, lists and texts in words."""
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, views.FactView):
            return {
                "label": [words.word("field", value.key, each) for each in languages],
                "value": [
                    words.said(words.typed(value.key, value.value), each, zone)
                    for each in languages
                ],
            }
        return {each.name: _field(value, each.name, languages, zone) for each in fields(value)}
    if isinstance(value, tuple):
        return [_shown(each, languages, zone) for each in value]
    match value:
        case None:
            return None
        case Enum() | bool() | datetime() | date():
            return [words.said(value, each, zone) for each in languages]
        case Decimal():
            return words.number(value)
        case int():
            return value
    return _breakable(words.one_line(value))


def _breakable(text: str) -> str:
    """The text with invisible breaks in words that are longer than a hash: nothing may run out
    of the page that somebody signs."""
    return re.sub(r"[^\s\u2e80-\uffdc]{65,}", lambda found: _cut(found[0]), text)


def _cut(long: str) -> str:
    return "\u200b".join(long[at : at + 30] for at in range(0, len(long), 30))


def _field(holder: Any, name: str, languages: tuple[Language, ...], zone: str) -> Any:
    value = getattr(holder, name)
    if name in _KEYED and value:
        return [words.word(_KEYED[name], value, each) for each in languages]
    if name in _PRICES and value is not None:
        tax = getattr(holder, "tax_included", None)
        return [words.money(value, holder.currency, each, tax) for each in languages]
    if name == "size":
        return words.size(value)
    if name in ("on", "promised_on") and value is not None:
        return [words.day(value, each, holder.provisional) for each in languages]
    return _shown(value, languages, zone)


@cache
def _fonts() -> typst.Fonts:
    """The font that comes with the zhplot wheel, and no other: the same bytes on every machine."""
    found = find_spec("zhplot")
    folders = (
        [Path(each) / "fonts" for each in (found.submodule_search_locations or [])] if found else []
    )
    return typst.Fonts(
        include_system_fonts=not folders,
        include_embedded_fonts=False,
        font_paths=[str(each) for each in folders],
    )
