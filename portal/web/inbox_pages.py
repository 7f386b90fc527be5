"""Pages within a session: signing in and out, the inbox, one gate."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.errors import CodesBlocked, CommentNeeded, Refusal
from domain.names import Channel, Verdict
from portal.web import faults, staff_gate
from portal.web.asked import Form, posted
from portal.web.faults import SignInFirst
from portal.web.look import SESSION_COOKIE, Look, insist_on_mark, look
from portal.web.staff_gate import Door
from tasks import sessions
from tasks.deciding import Answer, Decided, decide, decide_one
from tasks.portal_views import gates
from tasks.portal_views.inbox import InboxRow, inbox, many
from tasks.sessions import Visitor
from templates.errors import sentence

router = APIRouter()

Seen = Annotated[Look, Depends(look)]
Posted = Annotated[Form, Depends(posted)]
SIGN_IN_FORM = "sign-in"
WITHIN = re.compile(r"/(inbox|orders|order/|gates/|documents/)[\w\-./?=&%]*")
"""Where signing in may lead: pages of ours only."""


def signed_in(seen: Look) -> Visitor:
    """Who has signed in; SignInFirst sends everybody else to the sign-in page."""
    if seen.visitor is None:
        raise SignInFirst
    return seen.visitor


@router.get("/")
def start(seen: Seen, next: str = "", told: str = "") -> Response:  # noqa: A002  # the URL's word
    """The sign-in page; who has signed in goes on to the inbox."""
    if seen.visitor is not None:
        return seen.to("/inbox")
    note = seen.say("signed_out") if told == "out" else ""
    return _sign_in_page(seen, next, told=note)


@router.post("/session")
def sign_in(seen: Seen, form: Posted) -> Response:
    """A session for whoever gives a right code."""
    insist_on_mark(seen, SIGN_IN_FORM, form)
    try:
        held = sessions.sign_in(seen.services, form["person"], form.code)
    except CodesBlocked as blocked:
        return _sign_in_page(seen, form["next"], 429, sentence(blocked, seen.language), form)
    except Refusal:  # the same words for a wrong code and for nobody of this name
        return _sign_in_page(seen, form["next"], 403, seen.say("sign_in_wrong"), form)
    return seen.to(_within(form["next"]), held)


@router.post("/session/end")
def sign_out(seen: Seen, form: Posted) -> Response:
    """The session is over, also for whoever has a copy of its cookie."""
    visitor = signed_in(seen)
    insist_on_mark(seen, visitor.session.id, form)
    seen.request.app.state.signed_out.add(visitor.session.id)
    response = Look(seen.request, seen.services, None, seen.language).to("/?told=out")
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/inbox")
def show_inbox(seen: Seen, view: str = "mine", kind: str = "") -> Response:
    """Open gates: the person's own, everybody's, or what is overdue."""
    signed_in(seen)
    return _inbox_page(seen, Shown(view, kind))


@router.post("/inbox")
def answer_several(seen: Seen, form: Posted, view: str = "mine", kind: str = "") -> Response:
    """The ticked gates are answered, all with one code, each as an answer of its own."""
    visitor = signed_in(seen)
    insist_on_mark(seen, visitor.session.id, form)
    shown = Shown(view, kind, tuple(each.partition(" ")[0] for each in form.gates))
    if not form.gates:
        return _inbox_page(seen, shown, form, seen.say("nothing_selected"), 422)
    try:
        results = decide(seen.services, _answers(seen, visitor, form))
    except Refusal as refusal:
        status = faults.status_of(refusal)
        return _inbox_page(seen, shown, form, sentence(refusal, seen.language), status)
    return seen.page("answers", results=[_result(seen, each) for each in results], here="inbox")


@router.get("/gates/{number}")
def show_gate(number: str, seen: Seen) -> Response:
    """One gate within a session."""
    visitor = signed_in(seen)
    page = gates.gate_page(seen.services, number, visitor.person)
    return staff_gate.show(seen, page, _door(seen))


@router.post("/gates/{number}")
def answer_gate(number: str, seen: Seen, form: Posted) -> Response:
    """The answer goes through the door; within a session a code proves it."""
    visitor = signed_in(seen)
    insist_on_mark(seen, visitor.session.id, form)
    page = gates.gate_page(seen.services, number, visitor.person)
    try:
        answer = staff_gate.answer(page, visitor.person, Channel.PORTAL, form)
        decided = decide_one(seen.services, answer)
    except Refusal as refusal:
        now = gates.gate_page(seen.services, number, visitor.person)
        return staff_gate.show(seen, now, _door(seen), form, refusal)
    return staff_gate.done(seen, page, decided)


@dataclass(frozen=True)
class Shown:
    """Which part of the inbox is shown, with which gates ticked."""

    view: str
    kind: str
    ticked: tuple[str, ...] = ()

    def has(self, row: InboxRow) -> bool:
        """True for a gate of this view, whatever its kind."""
        return {"mine": row.mine, "overdue": row.overdue}.get(self.view, True)


@dataclass(frozen=True)
class Result:
    """What became of one of several answers."""

    gate: str
    order_no: str
    state: str
    problem: str


def _door(seen: Look) -> Door:
    return Door(mark=seen.session_mark, asks_code=True)


def _answers(seen: Look, visitor: Visitor, form: Form) -> list[Answer]:
    verdict = staff_gate.verdict_of(form)
    if verdict is not Verdict.APPROVE and not form["comment"]:
        raise CommentNeeded(", ".join(each.partition(" ")[0] for each in form.gates), "–")
    rows = {each.gate: each for each in inbox(seen.services, visitor.person)}
    answers = []
    for ticked in dict.fromkeys(form.gates):
        number, _, seen_hash = ticked.partition(" ")
        row = rows.get(number)
        same = row is not None and len(seen_hash) == 16 and row.sha256.startswith(seen_hash)
        if row is not None and not row.in_bulk:
            continue
        answers.append(
            Answer(
                gate=number,
                verdict=verdict,
                by=visitor.person,
                channel=Channel.PORTAL,
                code=form.code,
                comment=form["comment"],
                sha256=row.sha256 if row is not None and same else None if row is None else "–",
            )
        )
    return answers


def _result(seen: Look, decided: Decided) -> Result:
    problem = sentence(decided.refusal, seen.language) if decided.refusal else ""
    return Result(decided.gate, decided.order_no, decided.state, problem)


def _inbox_page(
    seen: Look, shown: Shown, form: Form = staff_gate.EMPTY, problem: str = "", status: int = 200
) -> Response:
    visitor = signed_in(seen)
    every = inbox(seen.services, visitor.person)
    inside = [row for row in every if shown.has(row)]
    counts = {view: sum(Shown(view, "").has(row) for row in every) for view in VIEWS}
    return seen.page(
        "inbox",
        status,
        here="inbox",
        view=shown.view,
        kind=shown.kind,
        kinds=sorted({row.kind for row in inside}),
        rows=[row for row in inside if shown.kind in ("", row.kind)],
        tabs=[(view, seen.say(key), counts[view]) for view, key in VIEWS.items()],
        ticked=shown.ticked,
        cut=len(every) if many(every) else 0,
        comment=form["comment"],
        problem=problem,
    )


VIEWS = {"mine": "mine", "team": "team", "overdue": "overdue_only"}


def _within(path: str) -> str:
    return path if WITHIN.fullmatch(path) else "/inbox"


def _sign_in_page(
    seen: Look,
    following: str,
    status: int = 200,
    problem: str = "",
    form: Form = staff_gate.EMPTY,
    *,
    told: str = "",
) -> Response:
    return seen.page(
        "sign_in",
        status,
        mark=sessions.form_mark(seen.services, SIGN_IN_FORM),
        next=following if WITHIN.fullmatch(following) else "",
        problem=problem,
        person=form["person"],
        told=told,
    )
