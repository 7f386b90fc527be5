"""A mailed link shows; a form decides, once, for whom it was sent to."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.gate import Gate
from models.person import PersonRow
from tests.portal.conftest import CUSTOMER, Site

At = Callable[[str], Site]
AGENTS = [f"{name}/{n}" for name in ("SafeLinks", "Mozilla", "curl", "bot", "") for n in range(10)]


def test_looking_never_decides(site: At) -> None:
    portal = site("confirm")
    path, before = portal.link("confirm", "li.ming"), portal.events()
    for agent in AGENTS:
        head = {"user-agent": agent, "sec-purpose": "prefetch", "purpose": "prefetch"}
        assert portal.client.get(f"{path}?verdict=approve", headers=head).status_code == 200
        assert portal.client.head(path, headers=head).status_code in (200, 405)
    assert portal.gate("confirm").state == "open"
    assert portal.events() == before


def test_the_button_decides_and_names_how(site: At) -> None:
    portal = site("confirm")
    shown = portal.send(portal.link("confirm", "li.ming"), verdict="approve")
    gate = portal.gate("confirm")
    assert shown.status_code == 200
    assert "已同意" in shown.text
    assert (gate.state, gate.answered_by, gate.answered_via) == ("approved", "li.ming", "link")
    assert gate.votes[-1].evidence.startswith("link ")


def test_sending_the_form_twice_says_who_has_decided(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    form = {"mark": portal.mark(path), "verdict": "approve"}
    portal.client.post(path, data=form)
    again = portal.client.post(path, data=form)
    assert again.status_code == 410
    assert "li.ming" in again.text
    assert len(portal.gate("confirm").votes) == 1


def test_a_later_word_of_somebody_else_is_kept_and_changes_nothing(site: At) -> None:
    portal = site("customer_confirmation")
    path = portal.link("customer_confirmation", CUSTOMER)
    form = {"mark": portal.mark(path), "verdict": "approve"}
    portal.client.post(path, data=form)
    portal.change(lambda s: s.execute(update(Gate).values(answered_by="other@lijia.example")))
    late = portal.client.post(path, data={**form, "verdict": "reject", "comment": "no"})
    gate = portal.gate("customer_confirmation")
    assert late.status_code == 410
    assert [vote.counts for vote in gate.votes] == [True, False]
    assert gate.state == "approved"


def test_a_used_link_says_so(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    portal.send(path, verdict="approve")
    shown = portal.client.get(path)
    assert shown.status_code == 410
    assert "li.ming" in shown.text
    assert 'name="verdict"' not in shown.text


@pytest.mark.parametrize("state", ["superseded", "withdrawn"])
def test_a_link_to_what_is_no_longer_asked_says_so(site: At, state: str) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    portal.change(lambda s: s.execute(update(Gate).values(state=state)))
    shown = portal.client.get(f"{path}?lang=en")
    assert shown.status_code == 410
    assert "newer version" in shown.text


def test_a_link_to_other_content_says_so(site: At) -> None:
    portal = site("confirm")
    token = portal.token("gate", portal.gate("confirm").number, "li.ming", "f" * 64)
    assert portal.client.get(f"/gate/{token}").status_code == 410


def test_a_link_ends_after_its_time(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    mark = portal.mark(path)
    portal.later(days=31)
    assert portal.client.get(path).status_code == 410
    assert portal.client.post(path, data={"mark": mark, "verdict": "approve"}).status_code == 410
    assert portal.gate("confirm").state == "open"


def test_a_changed_link_is_refused(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    for at in range(len("/gate/"), len(path), 7):
        forged = path[:at] + ("A" if path[at] != "A" else "B") + path[at + 1 :]
        assert portal.client.get(forged).status_code == 403, at
    assert portal.client.get("/gate/x").status_code == 403


@pytest.mark.parametrize("purpose", ["picture", "document", "enrol", "session"])
def test_a_token_of_another_purpose_opens_no_gate(site: At, purpose: str) -> None:
    portal = site("confirm")
    gate = portal.gate("confirm")
    token = portal.token(purpose, gate.number, "li.ming", gate.subject_sha256)
    assert portal.client.get(f"/gate/{token}").status_code == 403


@pytest.mark.parametrize("person", ["wang.lei", "chen.yu", "nobody", CUSTOMER, "x@evil.example"])
def test_a_link_in_the_hands_of_no_approver_opens_nothing(site: At, person: str) -> None:
    portal = site("confirm")
    path = portal.link("confirm", person)
    assert portal.client.get(path).status_code == 403
    assert portal.client.post(path, data={"verdict": "approve"}).status_code == 403


def test_who_has_left_has_no_link_any_more(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    portal.change(lambda s: s.execute(update(PersonRow).values(active=False)))
    assert portal.client.get(path).status_code == 403


def test_a_form_of_a_foreign_page_does_nothing(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    form = {"mark": portal.mark(path), "verdict": "approve"}
    for head in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
    ):
        assert portal.client.post(path, data=form, headers=head).status_code == 403
    assert portal.client.post(path, data={**form, "mark": "0" * 32}).status_code == 403
    assert portal.client.post(path, json=form).status_code == 403
    assert portal.gate("confirm").state == "open"


def test_our_own_page_may_say_where_it_comes_from(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    form = {"mark": portal.mark(path), "verdict": "approve"}
    head = {"origin": portal.services.settings.portal.url, "sec-fetch-site": "same-origin"}
    assert portal.client.post(path, data=form, headers=head).status_code == 200


def test_a_return_needs_a_reason(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    assert portal.send(path, verdict="changes").status_code == 422
    assert portal.send(path, verdict="reject", comment="  ").status_code == 422
    assert portal.send(path, verdict="changes", comment="价格不对").status_code == 200
    assert portal.gate("confirm").comment == "价格不对"


def test_a_field_that_cannot_be_used_is_asked_again_with_what_was_typed(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    shown = portal.send(path, verdict="approve", promised_at="2026-12-26", comment="keep me")
    assert shown.status_code == 422
    assert "keep me" in shown.text
    assert "2026-12-26" in shown.text
    assert portal.gate("confirm").state == "open"


def test_nobody_sends_forms_without_end(site: At) -> None:
    portal = site("confirm")
    sent = [portal.client.post("/gate/x", data={"a": "b"}).status_code for _ in range(35)]
    assert sent[0] == 403
    assert sent[-1] == 429
    portal.later(minutes=2)
    assert portal.client.post("/gate/x", data={"a": "b"}).status_code == 403
