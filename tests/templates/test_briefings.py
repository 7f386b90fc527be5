"""Briefings and cards: our Markdown works, everything else is shown as it was written."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from domain.names import GateKind
from templates.briefing import board, briefing, card, escape_markdown, review
from templates.cards import LIGHTS
from templates.views import BoardRow, ExcerptView, Light
from templates.words import one_line
from tests.templates import samples
from tests.templates.hostile import HOSTILE, SPLIT

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = frozenset({"link", "prefect_url", "picture_url", "zone", "order_no", "gate", "currency"})


def shown(markdown: str) -> str:
    """What a browser shows of the Markdown."""
    return html.unescape(re.sub(r"<[^>]*>", "", READER.render(markdown)))


@pytest.mark.parametrize("kind", GateKind)
def test_every_kind_of_gate_has_a_briefing_in_both_languages(kind: GateKind) -> None:
    text = briefing(kind, samples.briefing(kind))
    assert "SO-2026-00123" in text
    assert "审批 / Approval" in text
    assert "None" not in text
    assert "Undefined" not in text


@pytest.mark.parametrize("kind", GateKind)
def test_mail_text_in_a_briefing_is_dead(kind: GateKind) -> None:
    for text in HOSTILE:
        page = READER.render(briefing(kind, samples.spoilt(samples.briefing(kind), text, OURS)))
        assert set(re.findall(r"(?:src|href)=\"(.*?)\"", page)) <= {
            samples.GATE.link,
            samples.GATE.prefect_url,
            samples.briefing(kind).picture_url,
        }
        assert "<script" not in page
        assert "<code" not in page
        assert text in html.unescape(re.sub(r"<[^>]*>", "", page))


def test_a_text_of_several_lines_stays_in_its_cell() -> None:
    for kind in GateKind:
        view = replace(samples.briefing(kind), excerpts=())
        assert "\nBcc" not in briefing(kind, samples.spoilt(view, SPLIT, OURS))


def test_an_excerpt_keeps_its_lines() -> None:
    view = replace(
        samples.briefing(GateKind.INTAKE), excerpts=(ExcerptView("mail", "# a\n- b\n```\n> c"),)
    )
    assert "# a\n- b\n```\n> c" in re.sub(r" *\n", "\n", shown(briefing(GateKind.INTAKE, view)))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_an_escaped_text_is_shown_as_it_was_written(text: str) -> None:
    page = READER.render(f"x{escape_markdown(text)}x")
    assert html.unescape(page) == f"<p>x{one_line(text)}x</p>\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_an_escaped_text_may_stand_at_the_beginning(text: str) -> None:
    assert html.unescape(READER.render(escape_markdown(text))) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text", ["http://e.example", "HTTPS://e.example", "www.e.example", "a@e.example", "mailto:a@e"]
)
def test_a_bare_address_is_broken_for_readers_that_link_it(text: str) -> None:
    assert text not in escape_markdown(text)


def test_the_plan_shows_its_picture_from_our_portal_only() -> None:
    view = samples.briefing(GateKind.PLAN)
    assert f"]({view.picture_url})" in briefing(GateKind.PLAN, view)
    for url in ("javascript:alert(1)", "data:image/png;base64,x", "x) ![y](http://e"):
        assert "![" not in briefing(GateKind.PLAN, replace(view, picture_url=url))


def test_the_board_puts_red_first() -> None:
    text = board(samples.ROWS)
    assert text.index("SO-2026-00002") < text.index("SO-2026-00001")
    assert f"{LIGHTS[Light.RED]} 1" in text


def test_an_order_without_data_is_not_green() -> None:
    assert LIGHTS[Light.NONE] in board([BoardRow("SO-1", "x", samples.order().state)])


def test_an_empty_board_says_so() -> None:
    assert "No open orders" in board([])


def test_a_board_that_cannot_show_all_says_how_many_more_and_where() -> None:
    text = board(samples.ROWS, 100_000, samples.LINK)
    assert f"{100_000 - len(samples.ROWS)} more open orders" in text
    assert f"({samples.LINK})" in text
    assert "more open" not in board(samples.ROWS, len(samples.ROWS), samples.LINK)


def test_cards_and_reviews_keep_foreign_text_dead() -> None:
    for text in HOSTILE:
        dead = card(samples.spoilt(samples.CARD, text, OURS))
        dead += board(samples.spoilt(samples.ROWS, text, OURS))
        dead += review(samples.spoilt(samples.REVIEW, text, OURS | {"kind"}))
        page = READER.render(dead)
        assert set(re.findall(r"(?:src|href)=\"(.*?)\"", page)) <= {samples.LINK, samples.GATE.link}
        assert "<script" not in page


def test_a_review_that_did_not_take_place_says_why() -> None:
    text = review(replace(samples.REVIEW, not_run="国庆节 / National Day"))
    assert "National Day" in text
    assert "did not take place" in text
