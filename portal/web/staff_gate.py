"""A gate on a page for our own people, reached by a mailed link or from the inbox."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from domain.errors import BadValue, CommentNeeded, Refusal
from domain.names import Channel, GateKind, GateState, Verdict
from portal.web.asked import Form
from portal.web.faults import status_of
from portal.web.fields import fields_of, given
from portal.web.look import Look
from tasks import pictures
from tasks.deciding import Answer, Decided
from tasks.portal_views.gates import GatePage
from templates.errors import sentence
from templates.pages import markdown
from templates.words import instant, word


@dataclass(frozen=True)
class Door:
    """How the person came to the gate: what marks the form, whether a code is asked, whether the
    page offers a code and the inbox; `path` is that of the link, empty within a session."""

    mark: str
    asks_code: bool
    offers: bool = False
    path: str = ""


EMPTY = Form({})
WITH_PICTURE = (GateKind.PLAN, GateKind.WORK)


def show(
    seen: Look, page: GatePage, door: Door, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response:
    """The page; after a refusal with its sentence and with what was typed."""
    status = status_of(refusal) if refusal else 200
    is_open = page.state is GateState.OPEN
    return seen.page(
        "gate",
        status,
        page=page,
        briefing=markdown.html(page.briefing, seen.language),
        picture=_picture(seen, page, door),
        problem=sentence(refusal, seen.language) if refusal else "",
        fields=fields_of(page, form, seen.language),
        comment=form["comment"],
        mark=door.mark,
        needs_code=door.asks_code,
        shows_code=door.offers and is_open,
        enters=door.offers and is_open,
        link_path=door.path,
        here="inbox" if seen.visitor and not door.path else "",
    )


def answer(page: GatePage, person: str, channel: Channel, form: Form) -> Answer:
    """What the form says as an answer; BadValue and CommentNeeded before a code is spent."""
    verdict = verdict_of(form)
    if verdict is not Verdict.APPROVE and not form["comment"]:
        raise CommentNeeded(page.gate, page.order_no or "–")
    return Answer(
        gate=page.gate,
        verdict=verdict,
        by=person,
        channel=channel,
        code=form.code,
        comment=form["comment"],
        fields=given(page, form),
        sha256=page.sha256,
    )


def verdict_of(form: Form) -> Verdict:
    """The button that was pressed; BadValue for none of ours."""
    try:
        return Verdict(form["verdict"])
    except ValueError:
        offered = ", ".join(each.value for each in Verdict)
        raise BadValue("verdict", form["verdict"][:40], offered) from None


def done(seen: Look, page: GatePage, decided: Decided) -> Response:
    """What became of the answer."""
    if decided.recorded:
        return seen.page("done", heading=seen.say("recorded"), lead=seen.say("recorded_lead"))
    zone = seen.services.settings.company.timezone
    state = word("gate_state", decided.state, seen.language)
    at = instant(seen.services.now(), zone, seen.language)
    return seen.page(
        "done",
        heading=seen.say("decided", gate=page.gate, state=state),
        lead=seen.say("decided_lead", at=at, order=decided.order_no or "–"),
    )


def _picture(seen: Look, page: GatePage, door: Door) -> str:
    """The path of the schedule: signed for whoever came by a link."""
    has = any(each.kind == "schedule" for each in page.papers)
    if page.kind not in WITH_PICTURE or not has:
        return ""
    path = f"/pictures/{quote(page.order_no)}/schedule.svg"
    if not door.path:
        return path
    url = pictures.picture_url(seen.services, page.order_no, seen.services.now())
    return f"{path}?{url.partition('?')[2]}"
