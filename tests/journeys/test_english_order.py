"""An order in English, approved by mail and command line, accepted through the mailed link."""

import re

import httpx
import pytest

from tests.conversation import body
from tests.installation import Installation
from tests.journeys.play import ENGLISH, Play, begin

pytestmark = pytest.mark.engine


def link_in(text: str) -> str:
    """The address of the page that a mail leads to."""
    found = re.search(r"http://127\.0\.0\.1:\d+/gate/[\w.~-]+", text)
    assert found is not None, text
    return found.group()


def by_link(link: str, **said: str) -> httpx.Response:
    """The page behind a link, answered as a browser answers it."""
    with httpx.Client(trust_env=False, follow_redirects=True) as browser:
        page = browser.get(link)
        mark = re.search(r'name="mark" value="([^"]+)"', page.text)
        assert mark is not None, page.text
        return browser.post(
            link, data={"mark": mark.group(1), **said}, headers={"Origin": origin(link)}
        )


def origin(link: str) -> str:
    """What a browser sends as the origin of a form."""
    url = httpx.URL(link)
    return f"{url.scheme}://{url.host}:{url.port}"


def approved_by_command(play: Play, kind: str, person: str) -> None:
    """The code and the vote come from the command line."""
    number = play.story.open_gate(kind).number
    code = play.installation.command("code", person, "--gate", number).stdout.strip()
    done = play.installation.command("answer", number, "approve", "--by", person, "--code", code)
    assert done.returncode == 0, done.stderr


def test_an_order_is_accepted_through_its_link(installation: Installation) -> None:
    play = begin(installation, ENGLISH, "alice.fenwick@brentmoor.example")
    customer, no = play.customer, play.no
    approved_by_command(play, "confirm", "zhao.wen")
    asked_for = customer.mail("confirmation", no)
    assert "GR-120" in body(asked_for)
    assert asked_for["Content-Language"] in (None, "en")
    customer.reply(asked_for, "Confirmed")
    play.story.open_gate("plan")
    manager = play.colleague("li.ming")
    manager.reply(manager.mail("approval", no), "同意")
    play.story.open_gate("work")
    play.worked()
    play.passed()

    link = link_in(body(customer.mail("acceptance", no)))
    assert httpx.get(link, trust_env=False).status_code == 200
    assert play.story.open_gate("customer_acceptance"), "looking decides nothing"
    done = by_link(link, verdict="approve", comment="")
    assert done.status_code == 200, done.text
    customer.mail("certificate", no)
    assert httpx.get(link, trust_env=False).status_code == 410
    approved_by_command(play, "close", "li.ming")
    play.story.becomes("closed")
    ways = {gate.kind: gate.answered_via for gate in play.story.gates()}
    assert ways["plan"] == "mail"
    assert ways["customer_acceptance"] == "link"
    assert ways["close"] == "cli"
