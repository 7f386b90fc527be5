"""A one-time link by which a person sets up an authenticator."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.responses import Response

from domain.errors import WrongCode
from portal.web.asked import Form, posted
from portal.web.look import Look, insist_on_mark, look
from tasks import sessions
from tasks.portal_views import enrolling
from tasks.portal_views.enrolling import Enrolment

router = APIRouter(prefix="/enrol")

Seen = Annotated[Look, Depends(look)]
Posted = Annotated[Form, Depends(posted)]


@router.get("/{token}")
def offer(token: str, seen: Seen) -> Response:
    """What the link is for; a program that fetches it sees no secret."""
    who = enrolling.enrolment(seen.services, token)
    return _page(seen.reading_as(who.language), token, who)


@router.post("/{token}")
def go_on(token: str, seen: Seen, form: Posted) -> Response:
    """The QR code is shown, then the first code makes the authenticator active."""
    who = enrolling.enrolment(seen.services, token)
    seen = seen.reading_as(who.language)
    insist_on_mark(seen, token, form)
    if form["step"] != "activate":
        return _page(seen, token, who, qr=qr_code(who.address))
    try:
        enrolling.activate(seen.services, token, form.code)
    except WrongCode:
        problem = seen.say("enrol_wrong")
        return _page(seen, token, who, qr=qr_code(who.address), problem=problem)
    return seen.page("done", heading=seen.say("enrol_done"), lead=seen.say("enrol_done_lead"))


def qr_code(text: str) -> Markup:
    """The text as an SVG picture that is part of the page."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=1
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704  # made of squares, not of text


def _page(
    seen: Look, token: str, who: Enrolment, *, qr: Markup | str = "", problem: str = ""
) -> Response:
    mark = sessions.form_mark(seen.services, token)
    return seen.page("enrol", 403 if problem else 200, who=who, qr=qr, problem=problem, mark=mark)
