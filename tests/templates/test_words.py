"""Words and figures as people read them."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from domain import names
from domain.checks import Weight
from templates import words
from templates.document import DOCUMENTS, FOLDER
from templates.render import MAILS
from templates.views import Light

ZH, EN = names.Language.ZH, names.Language.EN
KINDS = {
    "state": names.State,
    "customer_state": names.State,
    "stage": names.Stage,
    "gate": names.GateKind,
    "gate_question": names.GateKind,
    "gate_state": names.GateState,
    "verdict": names.Verdict,
    "party": names.Party,
    "role": names.Role,
    "channel": names.Channel,
    "order_type": names.OrderType,
    "purpose": names.Purpose,
    "light": Light,
    "level": Weight,
}


def keys(tables: dict[str, object], prefix: str = "") -> Iterator[str]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{key}.")
        else:
            yield prefix + key


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", names.Language)
def test_every_code_word_has_words(kind: str, language: names.Language) -> None:
    assert not [each for each in KINDS[kind] if not words.known(kind, each, language)]


@pytest.mark.parametrize("language", names.Language)
def test_every_event_fact_document_and_notice_has_words(language: names.Language) -> None:
    happened: list[StrEnum] = [*names.Event, *names.Fact]
    assert not [each for each in happened if not words.known("event", each, language)]
    assert not [each for each in DOCUMENTS if not words.known("document", each, language)]
    notices = [variant for purpose, variant in MAILS if purpose is names.Purpose.NOTICE]
    assert not [each for each in notices if not words.known("notice", str(each), language)]


@pytest.mark.parametrize("name", ["words", "errors"])
def test_both_languages_say_the_same_things(name: str) -> None:
    assert sorted(keys(dict(words.wording(name, ZH)))) == sorted(
        keys(dict(words.wording(name, EN)))
    )


def test_documents_have_their_labels_in_both_languages() -> None:
    zh, en = (
        tomllib.loads((FOLDER / f"words.{each}.toml").read_text("utf-8")) for each in (ZH, EN)
    )
    assert list(zh) == list(en)


@pytest.mark.parametrize(
    ("language", "expected"),
    [(ZH, "2026年12月18日(周五)(暂定)"), (EN, "Fri 18 Dec 2026 (provisional)")],
)
def test_a_date_carries_its_weekday_and_its_doubt(language: names.Language, expected: str) -> None:
    assert words.day(date(2026, 12, 18), language, provisional=True) == expected


def test_a_moment_is_told_in_the_zone_of_the_order() -> None:
    at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert words.instant(at, "Asia/Shanghai", ZH) == "2027年1月1日(周五)00:30(北京时间)"
    assert words.instant(at, "Europe/Berlin", EN) == "Thu 31 Dec 2026, 17:30 (Europe/Berlin)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("16.00", "16"), ("2.50", "2.5"), ("1E+3", "1000"), ("0.000", "0"), ("-0", "0"), ("NaN", "–")],
)
def test_a_quantity_has_no_trailing_zeros(value: str, expected: str) -> None:
    assert words.number(Decimal(value)) == expected


def test_an_amount_says_currency_and_tax() -> None:
    assert words.money(Decimal("36800"), "CNY", ZH, True) == "CNY 36,800.00(含税)"
    assert words.money(Decimal("-1.5"), "EUR", EN, False) == "EUR -1.50 (without tax)"
    assert words.money(Decimal("0.0125"), "USD", EN) == "USD 0.0125"


def test_text_keeps_to_one_line_and_cannot_hide() -> None:
    assert words.one_line("a\r\nb\x00\u202ec\u200bd\te") == "a bcd e"


def test_a_day_kept_as_text_is_told_as_a_day() -> None:
    assert words.typed("requested_on", "2026-12-18") == date(2026, 12, 18)
    assert words.typed("requested_on", "2026-13-18") == "2026-13-18"
    assert words.typed("item", "2026-12-18") == "2026-12-18"
    assert words.typed("quantity", "16.0") == Decimal("16.0")
