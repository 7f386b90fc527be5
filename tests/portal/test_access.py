"""Every route before every kind of visitor: a new route without a row here fails."""

from collections.abc import Callable
from itertools import chain

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from models.delivery import Document
from portal.web.app import PAGES, application
from tasks.portal_views.files import document_url
from tests.portal.conftest import CUSTOMER, ORDER, Site

At = Callable[[str], Site]
NOBODY, CONTACT, COLLEAGUE, APPROVER = VISITORS = ("nobody", CUSTOMER, "sun.jie", "li.ming")

# What each of the four gets. Nobody holds a forged token, the contact a link of their own, the
# colleague a session (and a link that was not meant for them), the approver both in their own.
TABLE: dict[tuple[str, str], tuple[int, int, int, int]] = {
    ("GET", "/gate/{token}"): (403, 200, 403, 200),
    ("POST", "/gate/{token}"): (403, 422, 403, 422),
    ("POST", "/gate/{token}/code"): (403, 403, 403, 200),
    ("POST", "/gate/{token}/enter"): (403, 403, 403, 303),
    ("GET", "/"): (200, 200, 303, 303),
    ("POST", "/session"): (403, 403, 403, 403),
    ("POST", "/session/end"): (403, 403, 303, 303),
    ("GET", "/inbox"): (303, 303, 200, 200),
    ("POST", "/inbox"): (403, 403, 422, 422),
    ("GET", "/gates/{number}"): (303, 303, 200, 200),
    ("POST", "/gates/{number}"): (403, 403, 403, 200),
    ("GET", "/orders"): (303, 303, 200, 200),
    ("GET", "/order/{order_no}"): (303, 303, 200, 200),
    ("GET", "/pictures/{order_no}/schedule.svg"): (303, 303, 200, 200),
    ("GET", "/documents/{sha256}"): (303, 303, 200, 200),
    ("GET", "/enrol/{token}"): (403, 403, 403, 403),
    ("POST", "/enrol/{token}"): (403, 403, 403, 403),
    ("GET", "/static/{name}"): (200, 200, 200, 200),
    ("GET", "/healthz"): (200, 200, 200, 200),
}


def routes(portal: Site) -> set[tuple[str, str]]:
    app = application(portal.services)
    own = [each for each in app.routes if isinstance(each, APIRoute)]
    assert len(app.routes) == len(own) + len(PAGES)
    every = chain(own, *(pages.router.routes for pages in PAGES))
    return {(method, each.path) for each in every for method in each.methods}


def test_every_route_has_a_row(site: At) -> None:
    assert routes(site("crossroads")) == set(TABLE)


def address(portal: Site, path: str, visitor: str) -> str:
    kind = "customer_acceptance" if visitor == CONTACT else "cancel"
    link = portal.link(kind, visitor) if visitor != NOBODY else "/gate/" + "x" * 60
    token = link.removeprefix("/gate/")
    with portal.services.reading() as session:
        internal = session.scalars(select(Document).where(Document.kind == "schedule")).one()
    number = portal.gate("cancel").number
    return path.format(
        token=token, number=number, order_no=ORDER, sha256=internal.sha256, name="portal.css"
    )


def page_of(path: str) -> str:
    """The page on which the form stands that is sent to this path."""
    others = {"/session/end": "/inbox", "/session": "/"}
    return others.get(path, path).removesuffix("/code").removesuffix("/enter")


def visit(portal: Site, method: str, path: str, visitor: str) -> int:
    """The status with which this visitor is answered."""
    form: dict[str, str] = {}
    ours = visitor in (COLLEAGUE, APPROVER)
    if ours:
        portal.enter(visitor)
    if "{number}" in path:
        form = {"verdict": "approve", "code": portal.issued(visitor) if ours else "0"}
        form["mark"] = portal.mark("/inbox")
    wanted = address(portal, path, visitor)
    if method == "GET":
        return portal.client.get(wanted).status_code
    return portal.send(page_of(wanted), to=wanted, **form).status_code


@pytest.mark.parametrize(("method", "path"), TABLE)
def test_each_gets_what_is_theirs(site: At, method: str, path: str) -> None:
    portal = site("crossroads")
    got = tuple(visit(portal, method, path, visitor) for visitor in VISITORS)
    assert got == TABLE[method, path]


def test_a_token_for_one_file_or_picture_gives_no_other(site: At) -> None:
    portal = site("crossroads")
    with portal.services.reading() as session:
        papers = session.scalars(select(Document)).all()
        visible = [each.sha256 for each in papers if each.customer_visible]
        inner = [each.sha256 for each in papers if not each.customer_visible]
    mine = document_url(portal.services, visible[0], CUSTOMER)
    token = mine.partition("?")[2]
    assert portal.client.get(mine).status_code == 200
    assert portal.client.get(f"/documents/{visible[1]}?{token}").status_code == 403
    assert portal.client.get(f"/documents/{inner[0]}?{token}").status_code == 403
    for_inner = document_url(portal.services, inner[0], CUSTOMER)
    assert portal.client.get(for_inner).status_code == 404
    other = portal.token("picture", "SO-2026-00099", "")
    assert portal.client.get(f"/pictures/{ORDER}/schedule.svg?t={other}").status_code == 403
    right = portal.token("picture", ORDER, "")
    shown = portal.client.get(f"/pictures/{ORDER}/schedule.svg?t={right}")
    assert shown.status_code == 200
    assert shown.headers["cross-origin-resource-policy"] == "cross-origin"


def test_what_does_not_exist_is_not_found(site: At) -> None:
    portal = site("confirm")
    portal.enter("li.ming")
    for path in ("/x", "/order/SO-1", "/gates/G-99", "/gates/;--", "/documents/abc", "/static/x"):
        assert portal.client.get(path).status_code == 404, path
