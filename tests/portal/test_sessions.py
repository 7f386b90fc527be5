"""Sessions: begun with a code or a link, idle after eight hours, over after a day or a word."""

from collections.abc import Callable

from sqlalchemy import update

from models.person import PersonRow
from portal.web.look import SESSION_COOKIE
from tests.portal.conftest import Site

At = Callable[[str], Site]


def test_a_session_begins_with_a_code_and_goes_where_one_wanted(site: At) -> None:
    portal = site("confirm")
    sent = portal.client.get("/order/SO-2026-00001")
    assert sent.status_code == 303
    page = sent.headers["location"]
    form = {"person": "li.ming", "code": portal.issued("li.ming"), "next": "/order/SO-2026-00001"}
    entered = portal.send(page, to="/session", **form)
    assert entered.headers["location"] == "/order/SO-2026-00001"
    assert portal.client.get("/order/SO-2026-00001").status_code == 200


def test_signing_in_never_leads_to_a_foreign_page(site: At) -> None:
    portal = site("confirm")
    for path in ("https://evil.example/", "//evil.example", "/\\evil.example", "/inbox\r\nx: y"):
        form = {"person": "li.ming", "code": portal.issued("li.ming"), "next": path}
        assert portal.send("/", to="/session", **form).headers["location"] == "/inbox"
        portal.leave()


def test_the_cookie_is_closed_to_scripts_and_foreign_pages(site: At) -> None:
    portal = site("confirm")
    form = {"person": "li.ming", "code": portal.issued("li.ming")}
    cookie = portal.send("/", to="/session", **form).headers["set-cookie"].lower()
    assert cookie.startswith(SESSION_COOKIE)
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_an_idle_session_ends_and_a_used_one_ends_after_a_day(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    portal.later(hours=8)
    assert portal.client.get("/inbox").status_code == 303
    portal.enter("li.ming")
    for _ in range(3):
        portal.later(hours=7)
        assert portal.client.get("/inbox").status_code == 200
    portal.later(hours=3)
    assert portal.client.get("/inbox").status_code == 303


def test_signing_out_ends_every_copy_of_the_session(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    kept = portal.client.cookies[SESSION_COOKIE]
    assert portal.send("/inbox", to="/session/end").status_code == 303
    portal.leave()
    portal.client.cookies.set(SESSION_COOKIE, kept)
    assert portal.client.get("/inbox").status_code == 303


def test_a_session_ends_with_the_person_and_with_their_authenticator(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    portal.give_authenticator("li.ming")
    assert portal.client.get("/inbox").status_code == 303
    portal.enter("li.ming")
    portal.change(lambda s: s.execute(update(PersonRow).values(active=False)))
    assert portal.client.get("/inbox").status_code == 303


def test_a_made_up_cookie_is_nobody(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    genuine = portal.client.cookies[SESSION_COOKIE]
    for forged in ("x", genuine[:-3] + "abc", genuine.replace(".", ".A", 1)):
        portal.leave()
        portal.client.cookies.set(SESSION_COOKIE, forged)
        assert portal.client.get("/inbox").status_code == 303


def test_a_link_lets_its_holder_look_but_answers_need_a_code(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    entered = portal.send(path, to=f"{path}/enter")
    assert entered.headers["location"] == "/inbox"
    number = portal.gate("confirm").number
    assert number in portal.client.get("/inbox").text
    assert portal.send(f"/gates/{number}", verdict="approve").status_code == 403
    assert portal.gate("confirm").state == "open"


def test_whoever_has_an_authenticator_enters_with_its_code_only(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    path = portal.link("confirm", "li.ming")
    assert portal.send(path, to=f"{path}/enter").status_code == 403


def test_an_identity_that_a_header_claims_is_nobody(site: At) -> None:
    portal = site("confirm")
    for name in ("x-forwarded-user", "x-remote-user", "remote-user", "authorization"):
        assert portal.client.get("/inbox", headers={name: "li.ming"}).status_code == 303
