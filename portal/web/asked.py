"""What a request says: in which language, what its form holds. Foreign forms stop here."""

import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.formparsers import MultiPartException

from domain.names import Language
from portal.web.pace import TooMany, pace_of
from tasks.services import Services

LANGUAGE_COOKIE = "orderflow_language"
LONGEST_VALUE = 4000
MOST_FIELDS = 400


class ForeignForm(Exception):
    """A form that does not come from a page of ours."""


@dataclass(frozen=True)
class Form:
    """The fields of a form as clean text; one that was not sent is empty."""

    values: dict[str, str]
    gates: tuple[str, ...] = field(default_factory=tuple)
    """All values of the boxes that were ticked."""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def code(self) -> str:
        """The code with the digits that a Chinese keyboard makes wide turned into plain ones."""
        plain = unicodedata.normalize("NFKC", self["code"])
        return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


async def posted(request: Request) -> Form:
    """The form of this request. Raises ForeignForm and TooMany."""
    services: Services = request.app.state.services
    if _is_foreign(request, services):
        raise ForeignForm
    client = request.client.host if request.client else "?"
    if not pace_of(request.app).allows(f"{client} {request.url.path}", at=services.now()):
        raise TooMany
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            pairs = [(name, clean(value)) for name, value in form.multi_items() if value_of(value)]
    except (MultiPartException, ValueError):
        raise HTTPException(400) from None
    return Form(dict(pairs), tuple(value for name, value in pairs if name == "gate"))


def value_of(value: object) -> bool:
    """True for plain text; a file is no part of any form of ours."""
    return isinstance(value, str)


def clean(value: object) -> str:
    """The text without control characters, at most 4,000 characters long."""
    text = str(value).replace("\r\n", "\n")
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign)[0] != "C")
    return "".join(kept)[:LONGEST_VALUE].strip()


def language_of(request: Request, preferred: str | None) -> Language:
    """?lang=, then the choice made before, then the reader's own, then the browser's."""
    wanted = (
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        preferred,
        *_accepted(request.headers.get("accept-language", "")),
    )
    return next((known for each in wanted if (known := _known(each))), Language.ZH)


def chosen_language(request: Request) -> Language | None:
    """The language that this very request chooses."""
    return _known(request.query_params.get("lang"))


def _known(text: str | None) -> Language | None:
    short = (text or "").strip().lower()[:2]
    return {"zh": Language.ZH, "en": Language.EN}.get(short)


def _accepted(header: str) -> list[str]:
    return [part.partition(";")[0] for part in header[:200].split(",")]


def _is_foreign(request: Request, services: Services) -> bool:
    """True where the browser says that another page sent this."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return False
    settings = services.settings
    ours = {_origin(settings.public_url), _origin(settings.portal.url)}
    ours.add(f"{request.url.scheme}://{request.headers.get('host', '')}")
    return origin not in ours


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
