"""Sentences for refusals: what is so, which order or approval, what to do next."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from domain.errors import Refusal
from domain.names import Language
from templates import words

UNKNOWN = "Refusal"
"""The sentence for a refusal that has none of its own."""


def sentence(refusal: Refusal, language: Language) -> str:
    """One line for a person: what could not be done, and what to do next."""
    name = type(refusal).__name__
    tables = words.wording("errors", language)
    entry = tables.get(name, tables[UNKNOWN])
    facts = _facts(refusal, language)
    facts.setdefault("name", name)
    facts["why"] = _why(entry, getattr(refusal, "reason", None))
    return words.one_line(entry["text"].format_map(facts))


def has_sentence(kind: type[Refusal], language: Language) -> bool:
    """True where this kind of refusal has a sentence of its own."""
    return kind.__name__ in words.wording("errors", language)


def _facts(refusal: Refusal, language: Language) -> dict[str, str]:
    if not is_dataclass(refusal):
        return {}
    return {
        each.name: words.said(getattr(refusal, each.name), language) for each in fields(refusal)
    }


def _why(entry: Mapping[str, Any], reason: object) -> str:
    """The words of the reason's key; a reason that is no key is shown as it was written."""
    reasons: Mapping[str, str] = entry.get("reasons", {})
    return reasons.get(str(reason), "" if reason is None else words.one_line(reason))
