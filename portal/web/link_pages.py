"""Pages behind a mailed link: they show; only a form that was sent decides."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from domain.errors import GateClosed, NotAllowed, Refusal
from domain.names import Channel
from portal.web import customer_gate, faults, staff_gate
from portal.web.asked import Form, posted
from portal.web.look import Look, insist_on_mark, look
from portal.web.staff_gate import Door
from tasks import codes, sessions
from tasks.deciding import decide_one
from tasks.portal_views import gates
from tasks.portal_views.customer import customer_page
from tasks.portal_views.gates import Guest

router = APIRouter(prefix="/gate")

Seen = Annotated[Look, Depends(look)]
Posted = Annotated[Form, Depends(posted)]


@router.get("/{token}")
def show_gate(token: str, seen: Seen) -> Response:
    """What is decided, and a button per verdict; nothing is changed by looking."""
    seen, guest = _enter(token, seen)
    if guest.of_customer:
        if guest.closed:
            return customer_gate.closed(seen, guest, guest.closed)
        return customer_gate.show(seen, customer_page(seen.services, guest), _mark(seen, token))
    return _staff(seen, guest, token)


@router.post("/{token}")
def answer_gate(token: str, seen: Seen, form: Posted, request: Request) -> Response:
    """The answer goes through the door, once."""
    seen, guest = _enter(token, seen)
    insist_on_mark(seen, token, form)
    client = request.client.host if request.client else "?"
    evidence = f"link {hashlib.sha256(token.encode()).hexdigest()[:12]} from {client}"
    if guest.of_customer:
        return _answer_of_customer(seen, guest, form, token, evidence)
    return _answer_of_ours(seen, guest, form, token, evidence)


@router.post("/{token}/code")
def show_code(token: str, seen: Seen, form: Posted) -> Response:
    """A code for the form in Prefect, shown once, good for this gate only."""
    seen, guest = _enter(token, seen)
    insist_on_mark(seen, token, form)
    _insist_on_offer(guest)
    at = seen.services.now()
    with seen.services.writing() as session:
        code = codes.issue(session, seen.services, guest.person, (guest.gate,), at=at)
    until = at + timedelta(minutes=10)
    return seen.page("code", code=code, guest=guest, until=until, link_path=f"/gate/{token}")


@router.post("/{token}/enter")
def enter_inbox(token: str, seen: Seen, form: Posted) -> Response:
    """A session for looking; answers in it still need a code."""
    seen, guest = _enter(token, seen)
    insist_on_mark(seen, token, form)
    _insist_on_offer(guest)
    return seen.to("/inbox", sessions.begin(seen.services, guest.person))


def _enter(token: str, seen: Look) -> tuple[Look, Guest]:
    """Who holds the link; from here on everything is said in their language."""
    seen = seen.reading_as(gates.language_of_link(seen.services, token))
    return seen, gates.guest(seen.services, token)


def _mark(seen: Look, token: str) -> str:
    return sessions.form_mark(seen.services, token)


def _insist_on_offer(guest: Guest) -> None:
    """Codes and sessions are given to people of ours without an authenticator, while it waits."""
    if guest.of_customer or guest.has_authenticator:
        raise NotAllowed(guest.gate, guest.order_no, guest.person, "role")
    if guest.closed is not None:
        raise _closed(guest)


def _staff(
    seen: Look, guest: Guest, token: str, form: Form | None = None, refusal: Refusal | None = None
) -> Response:
    page = gates.gate_page(seen.services, guest.gate, guest.person)
    door = Door(
        mark=_mark(seen, token),
        asks_code=guest.has_authenticator,
        offers=not guest.has_authenticator,
        path=f"/gate/{token}",
    )
    told = refusal or (_closed(guest) if guest.closed else None)
    return staff_gate.show(seen, page, door, form or staff_gate.EMPTY, told)


def _closed(guest: Guest) -> GateClosed:
    state, by = (guest.closed.state, guest.closed.by) if guest.closed else ("", "")
    return GateClosed(guest.gate, guest.order_no, state, by or "–")


def _answer_of_ours(seen: Look, guest: Guest, form: Form, token: str, evidence: str) -> Response:
    page = gates.gate_page(seen.services, guest.gate, guest.person)
    if guest.closed and guest.closed.by == guest.person:
        return _staff(seen, guest, token)  # the same form once more
    try:
        answer = staff_gate.answer(page, guest.person, Channel.LINK, form)
        if guest.has_authenticator:
            sessions.prove_on_link(seen.services, guest.person, form.code, guest.gate)
            evidence += " with code"
        decided = decide_one(seen.services, replace(answer, proven=True, evidence=evidence))
    except Refusal as refusal:
        return _staff(seen, guest, token, form, refusal)
    return staff_gate.done(seen, page, decided)


def _answer_of_customer(
    seen: Look, guest: Guest, form: Form, token: str, evidence: str
) -> Response:
    if guest.closed and guest.closed.by == guest.person:
        return customer_gate.closed(seen, guest, guest.closed)
    page = customer_page(seen.services, guest)
    said = customer_gate.answer(seen, page, guest, form)
    if isinstance(said, str):
        return customer_gate.show(seen, page, _mark(seen, token), form, said)
    try:
        decide_one(seen.services, replace(said, evidence=evidence))
    except Refusal as refusal:
        guest = gates.guest(seen.services, token)
        if guest.closed:
            return customer_gate.closed(seen, guest, guest.closed)
        told = faults.of_refusal(refusal).sentence(seen.language)
        return customer_gate.show(seen, page, _mark(seen, token), form, told)
    return customer_gate.done(seen, page, said.verdict)
