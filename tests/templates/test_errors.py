"""Every refusal has a sentence: what, which order, what to do next."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from types import ModuleType
from typing import Any, get_type_hints

import pytest

import connectors
import domain
from domain.errors import BadLink, IllegalMove, NotAllowed, Refusal, WrongCode
from domain.names import Event, Language, State
from templates.errors import has_sentence, sentence


def refusals() -> list[type[Refusal]]:
    """All kinds of refusal in the domain and the connectors."""
    for package in (domain, connectors):
        load(package)
    return sorted(below(Refusal), key=lambda each: each.__name__)


def load(package: ModuleType) -> None:
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(each.name)


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        if each.__module__.split(".")[0] in ("domain", "connectors", "models", "tasks"):
            yield each
        yield from below(each)


def sample(kind: type[Refusal], text: str = "x.。") -> Refusal:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for each in fields(kind) if is_dataclass(kind) else ():
        wanted = hints[each.name]
        if isinstance(wanted, type) and issubclass(wanted, State | Event):
            values[each.name] = next(iter(wanted))
        else:
            values[each.name] = {int: 4, date: date(2026, 12, 18)}.get(wanted, text)
    return kind(**values)


@pytest.mark.parametrize("language", Language)
def test_every_refusal_has_a_sentence(language: Language) -> None:
    assert not [each.__name__ for each in refusals() if not has_sentence(each, language)]


@pytest.mark.parametrize("language", Language)
def test_every_sentence_is_one_line_and_says_what_to_do(language: Language) -> None:
    for kind in refusals():
        said = sentence(sample(kind), language)
        assert "\n" not in said
        assert "{" not in said
        assert said.count("。" if language is Language.ZH else ".") >= 1


def test_a_fact_is_never_read_as_a_format() -> None:
    said = sentence(NotAllowed("G-1", "{state}", "{0.__class__}", "{why}\r\nx"), Language.EN)
    assert "{0.__class__}" in said
    assert "{why} x" in said


def test_sentences_name_the_order_and_its_state_in_words() -> None:
    refusal = IllegalMove("SO-2026-00007", State.CANCELLED, Event.ORDER_HELD)
    assert "SO-2026-00007" in sentence(refusal, Language.ZH)
    assert "已取消" in sentence(refusal, Language.ZH)


def test_the_wrong_code_says_how_many_tries_are_left() -> None:
    expected = "The code for li.ming was wrong; 4 tries left. Use the newest code."
    assert sentence(WrongCode("li.ming", 4), Language.EN) == expected


@pytest.mark.parametrize("reason", ["forged", "expired", "used", "superseded"])
def test_a_bad_link_says_why_and_what_then(reason: str) -> None:
    assert reason not in sentence(BadLink(reason), Language.ZH)


def test_an_unknown_refusal_still_gets_an_answer() -> None:
    class Odd(Refusal):
        """Made here."""

    assert "Odd" in sentence(Odd(), Language.EN)
