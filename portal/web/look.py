"""How one request is answered: in whose language, for whom, as which page."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import Request
from starlette.datastructures import URL
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.names import Language
from portal.web.asked import LANGUAGE_COOKIE, ForeignForm, Form, chosen_language, language_of
from tasks import sessions
from tasks.services import Services
from tasks.sessions import SignedIn, Visitor
from templates.pages import page as pages

SESSION_COOKIE = "orderflow_session"


@dataclass(frozen=True)
class Look:
    """One request with what is known of the person behind it."""

    request: Request
    services: Services
    visitor: Visitor | None
    language: Language

    @property
    def session_mark(self) -> str:
        """What the forms of this session carry."""
        held = self.visitor.session.id if self.visitor else "sign-in"
        return sessions.form_mark(self.services, held)

    def reading_as(self, language: str | None) -> "Look":
        """The same, in the reader's own language unless another was chosen."""
        return replace(self, language=language_of(self.request, language))

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the pages in the reader's language."""
        return pages.say(key, self.language, **facts)

    def page(self, name: str, status: int = 200, **shown: object) -> Response:
        """The page, with the session kept alive."""
        company = self.services.settings.company
        zh = self.language is Language.ZH
        every: dict[str, object] = {
            "company": company.name_zh if zh else company.name_en,
            "visitor": self.visitor,
            "session_mark": self.session_mark,
            "switch": self._switch(),
            "here": "",
            "zone": company.timezone,
        }
        body = pages.page(name, self.language, {**every, **shown})
        return self._kept(HTMLResponse(body, status))

    def to(self, path: str, held: SignedIn | None = None) -> Response:
        """The browser goes on to another page of ours, in a new session if one was begun."""
        response = RedirectResponse(path, 303)
        if held is None:
            return self._kept(response)
        return self._with_session(response, held)

    def _kept(self, response: Response) -> Response:
        chosen = chosen_language(self.request)
        if chosen is not None:
            response.set_cookie(
                LANGUAGE_COOKIE,
                chosen,
                max_age=31_536_000,
                httponly=True,
                secure=self._secure,
                samesite="lax",
            )
        if self.visitor is not None:
            return self._with_session(response, self.visitor.session)
        return response

    def _with_session(self, response: Response, held: SignedIn) -> Response:
        response.set_cookie(
            SESSION_COOKIE,
            sessions.cookie(self.services, held),
            httponly=True,
            secure=self._secure,
            samesite="strict",
        )
        return response

    @property
    def _secure(self) -> bool:
        return self.services.settings.public_url.startswith("https:")

    def _switch(self) -> str:
        """The same page in the other language; only pages that can be looked at again have one."""
        if self.request.method not in ("GET", "HEAD"):
            return ""
        other = Language.EN if self.language is Language.ZH else Language.ZH
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k != "lang"]
        return "?" + urlencode([*kept, ("lang", str(other))])


def look(request: Request) -> Look:
    """How this request is answered."""
    services: Services = request.app.state.services
    cookie = request.cookies.get(SESSION_COOKIE, "")
    visitor = sessions.visitor(services, cookie) if cookie else None
    if visitor is not None and visitor.session.id in request.app.state.signed_out:
        visitor = None
    language = language_of(request, visitor.language if visitor else None)
    return Look(request, services, visitor, language)


def insist_on_mark(seen: Look, bound: str, form: Form) -> None:
    """Raise ForeignForm unless the form carries the mark that we wrote into it."""
    if not sessions.is_form_mark(seen.services, bound, form["mark"]):
        raise ForeignForm


def path_and_query(url: URL) -> str:
    """Where the request was going, for coming back to it."""
    return url.path + (f"?{url.query}" if url.query else "")
