"""Orders and files for our own people; files and pictures also for whoever holds a signed path."""

import unicodedata
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from portal.web.inbox_pages import signed_in
from portal.web.look import Look, look
from tasks.portal_views import files, inbox, orders
from tasks.portal_views.files import File

router = APIRouter()

Seen = Annotated[Look, Depends(look)]
MIMES = ("application/pdf", "image/svg+xml", "application/zip", "text/plain")
PICTURE_HEADERS = {
    # The picture is drawn within Prefect's own pages, which have another port.
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


@router.get("/orders")
def show_orders(seen: Seen, q: str = "") -> Response:
    """Open orders, most urgent first."""
    signed_in(seen)
    rows = inbox.open_orders(seen.services, q[:100])
    cut = len(rows) if len(rows) >= inbox.SHOWN else 0
    return seen.page("orders", rows=rows, q=q[:100], cut=cut, here="orders")


@router.get("/order/{order_no}")
def show_order(order_no: str, seen: Seen) -> Response:
    """Everything of one order."""
    visitor = signed_in(seen)
    card = orders.order_card(seen.services, order_no, visitor.person, seen.language)
    return seen.page("order", card=card, here="orders")


@router.get("/pictures/{order_no}/schedule.svg")
def show_picture(order_no: str, seen: Seen, t: str = "") -> Response:
    """The newest schedule of the order."""
    if t:
        file = files.picture(seen.services, order_no, t)
    else:
        signed_in(seen)
        file = files.picture_for_us(seen.services, order_no)
    if file is None:
        raise HTTPException(404)
    return Response(file.data, media_type="image/svg+xml", headers=PICTURE_HEADERS)


@router.get("/documents/{sha256}")
def hand_out(sha256: str, seen: Seen, t: str = "") -> Response:
    """A file, always as something to keep, never as a page."""
    if t:
        file = files.document(seen.services, sha256, t)
    else:
        signed_in(seen)
        file = files.document_for_us(seen.services, sha256)
    if file is None:
        raise HTTPException(404)
    return _attachment(file)


def _attachment(file: File) -> Response:
    mime = file.mime if file.mime in MIMES else "application/octet-stream"
    name = "".join(c for c in file.name if c not in '\\/"' and unicodedata.category(c)[0] != "C")
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    said = f"attachment; filename=\"{plain[-100:] or 'file'}\"; filename*=UTF-8''{quote(name)}"
    return Response(file.data, media_type=mime, headers={"content-disposition": said})
