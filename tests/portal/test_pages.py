"""What every answer carries, and what no page ever contains."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from domain.names import GateKind, Language
from models.delivery import Acceptance, Document
from models.gate import Gate
from models.message import Message
from models.order import Line, Order, Requirement
from portal.web.app import portal as served
from templates.briefing import briefing
from templates.pages import markdown
from templates.words import one_line, wording
from tests.portal.conftest import CUSTOMER, ORDER, Site
from tests.templates import samples
from tests.templates.hostile import ALL_AT_ONCE, HOSTILE

At = Callable[[str], Site]
HERE = "http://127.0.0.1:8080"


class Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        """Reads the page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with its attributes."""
        self.tags.append((tag, dict(attrs)))
        self.text += " ".join(value or "" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.text += data


def insist_on_harmless(page: str) -> Tags:
    found = Tags(page)
    for tag, attributes in found.tags:
        assert tag not in ("script", "style", "iframe", "object", "embed", "base", "meta-refresh")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            address = attributes.get(name) or ""
            assert re.match(r"^(/[^/]|[#?]|$|http://127\.0\.0\.1|/$)", address), (tag, address)
    return found


def test_texts_of_others_appear_as_they_were_written(site: At) -> None:
    portal = site("crossroads")

    def spoil(session: object) -> None:
        execute = session.execute  # type: ignore[attr-defined]
        execute(update(Order).values(title=ALL_AT_ONCE[:300], customer_name=HOSTILE[3]))
        execute(update(Order).values(delivery_place=HOSTILE[4], hold_reason=HOSTILE[0]))
        execute(update(Line).values(item=HOSTILE[3], model=HOSTILE[0], criterion=ALL_AT_ONCE))
        execute(update(Requirement).values(text=ALL_AT_ONCE))
        execute(update(Document).values(name=HOSTILE[4] + ".pdf"))
        execute(update(Message).values(subject=HOSTILE[3], new_text=ALL_AT_ONCE))
        execute(update(Gate).values(comment=HOSTILE[3], note=ALL_AT_ONCE))
        asked = session.scalars(select(Acceptance)).one()  # type: ignore[attr-defined]
        asked.criteria = [{**each, "text": ALL_AT_ONCE} for each in asked.criteria]

    portal.change(spoil)
    paths = [portal.link("customer_acceptance", CUSTOMER), portal.link("cancel", "li.ming")]
    pages = [portal.client.get(path) for path in paths]
    portal.enter("li.ming")
    paths = ["/inbox?view=team", "/orders", f"/order/{ORDER}", f"/orders?q={HOSTILE[3]}"]
    pages += [portal.client.get(path) for path in paths]
    for page in pages:
        assert page.status_code == 200
        insist_on_harmless(page.text)
    assert ALL_AT_ONCE in Tags(pages[0].text).text
    assert HOSTILE[3] in Tags(pages[4].text).text


@pytest.mark.parametrize("kind", list(GateKind))
@pytest.mark.parametrize("language", list(Language))
def test_a_briefing_keeps_what_was_written_and_nothing_of_it_acts(
    kind: GateKind, language: Language
) -> None:
    view = samples.briefing(kind)
    excerpts = tuple(replace(each, text=ALL_AT_ONCE) for each in view.excerpts)
    order = replace(view.order, title=ALL_AT_ONCE, requirements=HOSTILE)
    view = replace(view, excerpts=excerpts, order=order, risks=HOSTILE, reasons=HOSTILE)
    page = insist_on_harmless(str(markdown.html(briefing(kind, view), language)))
    assert one_line(ALL_AT_ONCE) in page.text
    assert "&#" not in page.text.replace(ALL_AT_ONCE, "").replace(HOSTILE[-2], "")


def test_a_briefing_speaks_one_language() -> None:
    text = briefing(GateKind.CONFIRM, samples.briefing(GateKind.CONFIRM))
    zh, en = (str(markdown.html(text, language)) for language in (Language.ZH, Language.EN))
    assert "检查" in zh
    assert "Checks" not in zh
    assert "Checks" in en
    assert "检查" not in en


def test_every_answer_keeps_the_page_to_itself(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    answers = [portal.client.get(each) for each in (path, "/", "/x", "/gate/x", "/healthz")]
    answers.append(portal.client.post(path, data={"a": "b"}))
    answers.append(portal.client.post(path, content=b"x" * 300_000))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
    assert answers[-1].status_code == 413


def test_a_page_that_fails_says_so_without_a_trace(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    portal.change(lambda s: s.execute(update(Order).values(state="no such state")))
    shown = portal.client.get(f"/order/{ORDER}")
    assert shown.status_code == 500
    assert "Traceback" not in shown.text
    assert "no such state" not in shown.text
    assert "Nothing was decided" in shown.text
    assert "content-security-policy" in shown.headers


def test_a_refusal_is_said_in_both_languages(site: At) -> None:
    shown = site("confirm").client.get("/gate/x?lang=en").text
    assert "This link is not valid" in shown
    assert "链接" in shown


def test_the_language_is_the_choice_then_the_readers_then_the_browsers(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    english = {"accept-language": "en-GB,en;q=0.9"}
    assert 'lang="en"' in portal.client.get("/", headers=english).text
    assert '<html lang="zh-CN"' in portal.client.get(path, headers=english).text
    assert '<html lang="en"' in portal.client.get(f"{path}?lang=en").text
    assert '<html lang="en"' in portal.client.get(path).text


def test_the_log_names_pages_and_no_tokens(site: At, caplog: pytest.LogCaptureFixture) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    with caplog.at_level(logging.INFO, "orderflow.portal"):
        portal.client.get(path)
        portal.client.get("/gate/forged-token")
    assert "GET /gate/{token} 200" in caplog.text
    assert path.removeprefix("/gate/")[:20] not in caplog.text
    assert "forged-token" not in caplog.text


def test_nothing_that_is_sent_breaks_a_page(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    mark = portal.mark(path)
    for value in ("\x00", "\ud800", "9" * 5000, "{{7*7}}", "%00", "‮", "٣"):
        form = {"mark": mark, "verdict": value, "comment": value, "promised_at": value}
        clean = {k: v.encode("utf-8", "replace").decode() for k, v in form.items()}
        assert portal.client.post(path, data=clean).status_code < 500
        assert portal.client.get("/orders", params={"q": clean["comment"]}).status_code < 500
    files = {"comment": ("a.txt", b"x")}
    assert portal.client.post(path, data={"mark": mark}, files=files).status_code == 400


def test_the_page_is_a_form_on_which_enter_decides_nothing(site: At) -> None:
    portal = site("confirm")
    text = portal.client.get(portal.link("confirm", "li.ming")).text
    buttons = [attrs for tag, attrs in Tags(text).tags if tag == "button"]
    assert "disabled" in buttons[0]
    assert text.count('method="post"') - text.count("/code") - text.count("/enter") == 1


def test_both_languages_say_the_same_things() -> None:
    zh, en = (wording("pages/words", language) for language in Language)
    for kind in zh.keys() | en.keys():
        assert zh[kind].keys() == en[kind].keys()
        for key in zh[kind]:
            slots = [set(re.findall(r"\{\w+\}", each[kind][key])) for each in (zh, en)]
            assert slots[0] == slots[1], key


def test_it_is_well_while_the_database_answers(site: At) -> None:
    portal = site("confirm")
    assert portal.client.get("/healthz").text == "ok"


def test_by_https_browsers_are_told_to_stay_there(site: At) -> None:
    portal = site("confirm")
    settings = portal.services.settings
    public = settings.portal.model_copy(update={"public_url": "https://orders.zheling.example"})
    services = replace(portal.services, settings=settings.model_copy(update={"portal": public}))
    client = TestClient(served(services), base_url="https://orders.zheling.example")
    assert "max-age" in client.get("/").headers["strict-transport-security"]
