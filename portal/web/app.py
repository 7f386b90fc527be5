"""The portal as one application: its pages, its guard, what it says when something fails."""

from fastapi import FastAPI, HTTPException
from starlette.responses import PlainTextResponse, Response

from portal.web import enrol_pages, faults, inbox_pages, link_pages, order_pages
from portal.web.guard import Guard
from portal.web.pace import Pace
from tasks.portal_views.health import database_answers
from tasks.services import Services
from templates.pages.page import ASSETS, asset

PAGES = (link_pages, inbox_pages, order_pages, enrol_pages)


def application(services: Services) -> FastAPI:
    """The pages of this installation, without the guard around them."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.services = services
    app.state.pace = Pace()
    app.state.signed_out = set()
    for pages in PAGES:
        app.include_router(pages.router)
    app.get("/static/{name}")(static)
    app.get("/healthz")(lambda: healthz(services))
    faults.install(app)
    return app


def portal(services: Services) -> Guard:
    """What the server serves."""
    return Guard(application(services), secure=services.settings.public_url.startswith("https:"))


def static(name: str) -> Response:
    """The style sheet and the mark; they hold nothing of any order."""
    if name not in ASSETS:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=3600"}
    return Response(asset(name), media_type=ASSETS[name], headers=headers)


def healthz(services: Services) -> Response:
    """`ok` while the database answers."""
    well = database_answers(services)
    return PlainTextResponse("ok" if well else "no database", 200 if well else 503)
