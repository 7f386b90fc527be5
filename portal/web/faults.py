"""What a person sees when something cannot be done: a sentence, what to do next, no traces."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import (
    BadLink,
    BadValue,
    CodesBlocked,
    CommentNeeded,
    GateClosed,
    NoCodeYet,
    NotAllowed,
    Refusal,
    Superseded,
    UnknownActivity,
    UnknownGate,
    UnknownOrder,
    UnknownPerson,
    WrongCode,
)
from domain.names import Language
from portal.web.asked import ForeignForm
from portal.web.look import Look, look, path_and_query
from portal.web.pace import TooMany
from templates.errors import sentence
from templates.pages import page as pages

log = logging.getLogger("orderflow.portal")

STATUS: dict[type[Refusal], int] = {
    UnknownOrder: 404,
    UnknownGate: 404,
    UnknownActivity: 404,
    UnknownPerson: 403,
    NotAllowed: 403,
    WrongCode: 403,
    NoCodeYet: 403,
    CodesBlocked: 429,
    GateClosed: 410,
    Superseded: 410,
    CommentNeeded: 422,
    BadValue: 422,
}
"""What each refusal is in HTTP; any other is 409."""


class SignInFirst(Exception):
    """The page is for people of ours who have signed in."""


@dataclass(frozen=True)
class Fault:
    """What is shown: heading, and a sentence in the reader's and in the other language."""

    status: int
    heading: str
    key: str = ""
    refusal: Refusal | None = None

    def sentence(self, language: Language) -> str:
        """The sentence in this language."""
        if self.refusal is not None:
            return sentence(self.refusal, language)
        return pages.say(self.key, language)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refusal, BadLink):
        return 403 if refusal.reason == "forged" else 410
    return STATUS.get(type(refusal), 409)


def show(seen: Look, fault: Fault) -> Response:
    """The page that says so, in the reader's language and once more in the other one."""
    other = Language.EN if seen.language is Language.ZH else Language.ZH
    return seen.page(
        "fault",
        fault.status,
        heading=seen.say(fault.heading),
        lead=fault.sentence(seen.language),
        also=fault.sentence(other),
        home="/" if seen.visitor else "",
    )


def of_refusal(refusal: Refusal) -> Fault:
    """How a refusal is shown."""
    heading = {BadLink: "link_title", NotAllowed: "forbidden_title"}.get(type(refusal), "sorry")
    return Fault(status_of(refusal), heading, refusal=refusal)


def install(app: FastAPI) -> None:
    """Every way in which a request can fail ends in a page."""
    for kind in (Refusal, ForeignForm, TooMany, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _shown)
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(Exception, _broken)


def _shown(request: Request, error: Exception) -> Response:
    return show(look(request), _fault(error))


def _fault(error: Exception) -> Fault:
    if isinstance(error, Refusal):
        return of_refusal(error)
    if isinstance(error, ForeignForm):
        return Fault(403, "sorry", "foreign_form")
    if isinstance(error, TooMany):
        return Fault(429, "sorry", "too_many")
    status = error.status_code if isinstance(error, HTTPException) else 404
    return Fault(status, "not_found", "not_found_lead")


def _sign_in_first(request: Request, error: Exception) -> Response:
    if request.method not in ("GET", "HEAD"):
        return show(look(request), Fault(403, "not_signed_in", "sign_in_lead"))
    return RedirectResponse(f"/?next={quote(path_and_query(request.url), safe='')}", 303)


def _broken(request: Request, error: Exception) -> Response:
    """The last edge: it must not fail, so it asks neither database nor session."""
    log.error("a page failed", exc_info=error)
    settings = request.app.state.services.settings
    made = {
        "company": settings.company.name_en,
        "visitor": None,
        "session_mark": "",
        "switch": "",
        "here": "",
        "heading": pages.say("broken", Language.ZH),
        "lead": pages.say("broken_lead", Language.ZH),
        "also": f"{pages.say('broken', Language.EN)}. {pages.say('broken_lead', Language.EN)}",
        "home": "",
    }
    return HTMLResponse(pages.page("fault", Language.ZH, made), 500)
