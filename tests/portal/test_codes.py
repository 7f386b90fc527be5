"""Codes: asked of whoever has an authenticator, counted, spent once; the mail stays open."""

from collections.abc import Callable

from sqlalchemy import func, select

from models.outbox import Owed
from models.person import CodeAttempt
from tests.portal.conftest import CUSTOMER, Site

At = Callable[[str], Site]


def wrong(portal: Site) -> int:
    with portal.services.reading() as session:
        return session.scalar(select(func.count()).select_from(CodeAttempt)) or 0


def test_who_has_an_authenticator_gives_its_code_on_the_link(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    path = portal.link("confirm", "li.ming")
    assert 'name="code"' in portal.client.get(path).text
    assert portal.send(path, verdict="approve").status_code == 403
    shown = portal.send(path, verdict="approve", code=portal.totp("li.ming"))
    assert shown.status_code == 200
    assert portal.gate("confirm").votes[-1].evidence.endswith("with code")


def test_a_wrong_code_asks_again_and_counts(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    path = portal.link("confirm", "li.ming")
    shown = portal.send(f"{path}?lang=en", to=path, verdict="approve", code="000000", comment="why")
    assert shown.status_code == 403
    assert "4 tries left" in shown.text
    assert "why" in shown.text
    assert wrong(portal) == 1
    assert portal.gate("confirm").state == "open"


def test_wide_digits_of_a_chinese_keyboard_are_digits(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    wide = "".join(chr(ord(each) + 0xFEE0) for each in portal.totp("li.ming"))
    shown = portal.send(portal.link("confirm", "li.ming"), verdict="approve", code=wide)
    assert shown.status_code == 200


def test_five_wrong_codes_block_signing_in_but_not_the_mailed_link(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    for _ in range(5):
        portal.send("/", to="/session", person="li.ming", code="000000")
    blocked = portal.send("/", to="/session", person="li.ming", code=portal.totp("li.ming"))
    assert blocked.status_code == 429
    path = portal.link("confirm", "li.ming")
    assert portal.send(path, verdict="approve", code="111111").status_code == 403
    shown = portal.send(path, verdict="approve", code=portal.totp("li.ming"))
    assert shown.status_code == 200
    assert portal.gate("confirm").state == "approved"


def test_the_link_has_a_budget_of_its_own(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    path = portal.link("confirm", "li.ming")
    for _ in range(5):
        assert portal.send(path, verdict="approve", code="000000").status_code == 403
    right = portal.send(path, verdict="approve", code=portal.totp("li.ming"))
    assert right.status_code == 429
    portal.later(minutes=16)
    assert portal.send(path, verdict="approve", code=portal.totp("li.ming")).status_code == 200


def test_whoever_is_guessed_at_is_told_by_mail(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    for _ in range(5):
        portal.send("/", to="/session", person="li.ming", code="000000")
    with portal.services.reading() as session:
        told = session.scalars(select(Owed).where(Owed.key.contains("codes_blocked"))).all()
    assert [each.recipient for each in told] == ["li.ming@zheling.example"]


def test_a_code_for_the_form_is_shown_once_to_whoever_has_no_authenticator(site: At) -> None:
    portal = site("confirm")
    path = portal.link("confirm", "li.ming")
    shown = portal.send(path, to=f"{path}/code")
    assert shown.status_code == 200
    assert portal.client.get(f"{path}/code").status_code == 405
    portal.give_authenticator("li.ming")
    assert portal.send(path, to=f"{path}/code").status_code == 403


def test_a_customer_gets_neither_code_nor_session(site: At) -> None:
    portal = site("customer_confirmation")
    path = portal.link("customer_confirmation", CUSTOMER)
    assert portal.send(path, to=f"{path}/code").status_code == 403
    assert portal.send(path, to=f"{path}/enter").status_code == 403


def test_a_code_issued_for_one_gate_opens_no_session(site: At) -> None:
    portal = site("confirm")
    bound = portal.issued("li.ming", portal.gate("confirm").number)
    assert portal.send("/", to="/session", person="li.ming", code=bound).status_code == 403
    free = portal.issued("li.ming")
    assert portal.send("/", to="/session", person="li.ming", code=free).status_code == 303


def test_signing_in_does_not_tell_who_works_here(site: At) -> None:
    portal = site("confirm")
    known = portal.send("/", to="/session", person="li.ming", code="000000")
    unknown = portal.send("/", to="/session", person="no.one", code="000000")
    assert known.status_code == unknown.status_code == 403
    assert known.text.replace("li.ming", "") == unknown.text.replace("no.one", "").replace(
        "li.ming", ""
    )
