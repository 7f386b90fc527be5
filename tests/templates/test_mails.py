"""Mails: each in each language, nothing undefined, texts of others as they were written."""

import html
import re
from typing import Any

import pytest

from domain.names import Language, Purpose
from templates.render import FOLDER, MAILS, mail
from templates.views import ConfirmationView
from tests.templates import samples
from tests.templates.hostile import ALL_AT_ONCE, HOSTILE, SPLIT

EVERY = [(*key, language) for key in MAILS for language in Language]
OURS = frozenset({"link", "prefect_url", "zone", "order_no", "kind", "severity", "result", "what"})
"""Fields that hold no text of others: addresses of our portal, code words, numbers of ours."""


def named(key: tuple[Any, ...]) -> str:
    return "_".join(str(each) for each in key if each)


@pytest.mark.parametrize("key", EVERY, ids=named)
def test_every_mail_is_said_in_every_language(key: tuple[Purpose, str | None, Language]) -> None:
    purpose, variant, language = key
    made = mail(purpose, variant, language, samples.mails(language)[purpose, variant])
    assert made.subject.startswith("[SO-2026-00123] ")
    assert "\n" not in made.subject
    assert made.html.startswith("<!doctype html>")
    assert "</html>" in made.html
    assert not re.search(r"<[a-z/]|Undefined|None|&[a-z#]", made.text)
    assert "Decimal(" not in made.html


def test_each_purpose_has_a_mail_and_each_file_a_purpose() -> None:
    assert {purpose for purpose, _ in MAILS} == set(Purpose)
    expected = {f"{named(key)}.{each}.html.j2" for key in MAILS for each in Language}
    assert {each.name for each in FOLDER.glob("*.html.j2")} == expected


def test_chinese_mails_speak_chinese_and_english_ones_english() -> None:
    for (purpose, variant), view in samples.mails().items():
        english = mail(purpose, variant, Language.EN, samples.spoilt(view, "x", OURS))
        assert not re.search("[\u4e00-\u9fff]", english.subject + english.text + english.html)


@pytest.mark.parametrize("key", MAILS, ids=named)
def test_what_others_wrote_comes_out_as_written(key: tuple[Purpose, str | None]) -> None:
    made = mail(*key, Language.ZH, samples.spoilt(samples.mails()[key], ALL_AT_ONCE, OURS))
    assert ALL_AT_ONCE in made.text
    assert ALL_AT_ONCE in html.unescape(made.html)
    assert "<script" not in made.html
    assert "<img" not in made.html


@pytest.mark.parametrize("text", HOSTILE)
def test_each_hostile_text_alone_comes_out_as_written(text: str) -> None:
    view = samples.spoilt(samples.mails()[Purpose.APPROVAL, None], text, OURS)
    made = mail(Purpose.APPROVAL, None, Language.EN, view)
    assert text in made.subject
    assert text in made.text
    assert text in html.unescape(made.html)


@pytest.mark.parametrize("key", MAILS, ids=named)
def test_no_text_of_others_begins_a_line_of_its_own(key: tuple[Purpose, str | None]) -> None:
    made = mail(*key, Language.EN, samples.spoilt(samples.mails()[key], SPLIT, OURS))
    assert "\n" not in made.subject
    assert "\r" not in made.subject + made.text + made.html
    assert not re.search(r"^\s*(Bcc:|同意|- two)", made.text, re.MULTILINE)


def test_a_mail_fetches_nothing() -> None:
    for key, view in samples.mails().items():
        page = mail(*key, Language.EN, view).html
        assert not re.search(r"(?i)<(img|link|script|iframe|object)|@import|url\(", page)


def test_a_view_of_another_mail_is_refused() -> None:
    view = samples.mails()[Purpose.SURVEY, None]
    with pytest.raises(TypeError):
        mail(Purpose.CONFIRMATION, None, Language.ZH, view)


def test_a_changed_line_is_marked_with_before_and_after() -> None:
    view = samples.mails()[Purpose.CONFIRMATION, None]
    made = mail(Purpose.CONFIRMATION, None, Language.ZH, view)
    assert "第 1 行 数量:16 → 18" in made.text
    assert "← 有变更" in made.text
    assert "<del>16</del>" in made.html
    assert isinstance(view, ConfirmationView)
    assert view.order.sha256 in made.text


def test_questions_are_numbered_one_a_line() -> None:
    text = mail(Purpose.QUESTION, None, Language.EN, samples.mails()[Purpose.QUESTION, None]).text
    assert "1. What is the quantity of line 2 “防护罩”?\n2. Requested date: you wrote" in text


def test_an_assignment_has_a_line_to_edit_for_each_task() -> None:
    text = mail(
        Purpose.ASSIGNMENT, None, Language.ZH, samples.mails()[Purpose.ASSIGNMENT, None]
    ).text
    assert "\n[T3] 0% 剩余8h\n[T4] 50% 剩余6.5h\n" in text
