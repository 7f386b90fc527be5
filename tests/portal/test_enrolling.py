"""An authenticator is set up by a one-time link, and active with its first right code."""

import re
from collections.abc import Callable

import pyotp

from tasks.portal_views.enrolling import enrol_link
from tests.portal.conftest import Site

At = Callable[[str], Site]


def enrolling(portal: Site, person: str = "li.ming") -> str:
    with portal.services.writing() as session:
        url = enrol_link(session, portal.services, person, at=portal.clock[0])
    return url.removeprefix(portal.services.settings.portal.url)


def secret(portal: Site, path: str) -> str:
    shown = portal.send(path, step="show")
    found = re.search(r'<span class="mono">([A-Z2-7]{32})</span>', shown.text)
    assert found is not None
    assert "<svg" in shown.text
    return found[1]


def test_whatever_fetches_the_link_sees_no_secret(site: At) -> None:
    portal = site("confirm")
    shown = portal.client.get(enrolling(portal))
    assert shown.status_code == 200
    assert "<svg" not in shown.text
    assert "otpauth" not in shown.text


def test_the_first_right_code_makes_it_active(site: At) -> None:
    portal = site("confirm")
    path = enrolling(portal)
    totp = pyotp.TOTP(secret(portal, path))
    assert portal.send(path, step="activate", code="000000").status_code == 403
    first = totp.at(portal.clock[0])
    assert portal.send(path, step="activate", code=first).status_code == 200
    assert portal.send("/", to="/session", person="li.ming", code=first).status_code == 403
    portal.later(seconds=30)
    following = totp.at(portal.clock[0])
    assert portal.send("/", to="/session", person="li.ming", code=following).status_code == 303


def test_the_link_is_good_once(site: At) -> None:
    portal = site("confirm")
    path, other = enrolling(portal), enrolling(portal)
    code = pyotp.TOTP(secret(portal, path)).at(portal.clock[0])
    portal.send(path, step="activate", code=code)
    assert portal.client.get(path).status_code == 410
    assert portal.client.get(other).status_code == 410


def test_the_link_ends_after_three_days(site: At) -> None:
    portal = site("confirm")
    path = enrolling(portal)
    portal.later(hours=73)
    assert portal.client.get(path).status_code == 410


def test_looking_changes_nothing(site: At) -> None:
    portal = site("confirm")
    portal.give_authenticator("li.ming")
    path = enrolling(portal)
    secret(portal, path)
    form = {"person": "li.ming", "code": portal.totp("li.ming")}
    assert portal.send("/", to="/session", **form).status_code == 303
