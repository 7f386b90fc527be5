"""A gate on a page for a customer's contact: confirm a version, accept a delivery."""

from decimal import Decimal, InvalidOperation

from starlette.responses import Response

from domain.names import Channel, GateKind, Verdict
from portal.web.asked import Form
from portal.web.look import Look
from tasks.deciding import Answer
from tasks.portal_views.customer import CustomerPage
from tasks.portal_views.gates import Closed, Guest
from templates.pages.page import page_word
from templates.views import LineView
from templates.words import instant, number

EMPTY = Form({})
THANKS = {
    (GateKind.CUSTOMER_CONFIRMATION, Verdict.APPROVE): "thanks_confirmed",
    (GateKind.CUSTOMER_CONFIRMATION, Verdict.CHANGES): "thanks_changes",
    (GateKind.CUSTOMER_CONFIRMATION, Verdict.REJECT): "thanks_declined",
    (GateKind.CUSTOMER_ACCEPTANCE, Verdict.APPROVE): "thanks_accepted",
    (GateKind.CUSTOMER_ACCEPTANCE, Verdict.REJECT): "thanks_refused",
    (GateKind.CUSTOMER_ACCEPTANCE, Verdict.CHANGES): "thanks_refused",
}


def show(
    seen: Look, page: CustomerPage, mark: str, form: Form = EMPTY, problem: str = ""
) -> Response:
    """The page; after a problem with what was typed."""
    return seen.page(
        str(page.kind),
        422 if problem else 200,
        page=page,
        mark=mark,
        problem=problem,
        given=_typed(page, form),
        # A colleague of ours who opens a customer's link sees what the customer sees.
        visitor=None,
    )


def answer(seen: Look, page: CustomerPage, guest: Guest, form: Form) -> Answer | str:
    """What the contact says as an answer, or a sentence about what is missing."""
    verdict = Verdict(form["verdict"]) if form["verdict"] in list(Verdict) else None
    if verdict is None:
        return seen.say("say_why")
    accepting = page.kind is GateKind.CUSTOMER_ACCEPTANCE
    fields, lines = _judged(page, form, verdict) if accepting else _wanted(seen, page, form)
    failed = [str(each.no) for each in page.criteria if form[f"result_{each.no}"] == "fail"]
    if verdict is Verdict.APPROVE and failed:
        return seen.say("marked_failed", points=", ".join(failed))
    if verdict is Verdict.APPROVE and not accepting:
        fields = {}  # who confirms the version confirms it as it is
    comment = "\n".join([*lines, *([form["comment"]] if form["comment"] else [])])
    if verdict is not Verdict.APPROVE and not comment:
        return seen.say("say_why")
    return Answer(
        gate=guest.gate,
        verdict=verdict,
        by=guest.person,
        channel=Channel.LINK,
        comment=comment if verdict is not Verdict.APPROVE else form["comment"],
        fields=fields,
        proven=True,
        sha256=page.sha256,
    )


def done(seen: Look, page: CustomerPage, verdict: Verdict) -> Response:
    """Thanks, and what happens now."""
    order = page.order
    lead = seen.say("questions_to", name=order.owner_name)
    heading = seen.say(THANKS[page.kind, verdict])
    return seen.page("done", heading=heading, lead=lead, visitor=None)


def closed(seen: Look, guest: Guest, ended: Closed) -> Response:
    """The question has its answer already; of ours nobody is named."""
    key = f"{guest.kind}_{ended.state}"
    zone = seen.services.settings.company.timezone
    facts = {
        "state": page_word(key, "customer_result", seen.language),
        "at": instant(ended.at, zone, seen.language),
        "by": ended.by,
    }
    lead = seen.say("closed_by" if ended.by else "closed_at", **facts)
    heading = seen.say("closed_for_customer")
    return seen.page("closed", 410, heading=heading, lead=lead, visitor=None)


def _judged(
    page: CustomerPage, form: Form, verdict: Verdict
) -> tuple[dict[str, object], list[str]]:
    """Points that failed, or remarks on what is accepted, one line each."""
    refused = verdict is not Verdict.APPROVE
    items = []
    for each in page.criteria:
        remark = form[f"remark_{each.no}"]
        if (form[f"result_{each.no}"] == "fail") if refused else remark:
            items.append(f"{each.text}: {remark}" if remark else each.text)
    return ({"items": items} if items else {}), (items if refused else [])


def _wanted(seen: Look, page: CustomerPage, form: Form) -> tuple[dict[str, object], list[str]]:
    """What the contact wants otherwise, line by line: as change items and in words."""
    items: list[dict[str, object]] = []
    for line in page.order.lines:
        wanted = form[f"quantity_{line.no}"]
        if wanted and not _same(wanted, line.quantity):
            items.append(_item("quantity", line, number(line.quantity), wanted))
        day = form[f"due_date_{line.no}"]
        if day and day != str(line.due_on or ""):
            items.append(_item("due_date", line, str(line.due_on or ""), day))
    words = [f"{e['line_no']}. {e['item']}: {e['before'] or '–'} → {e['after']}" for e in items]
    return ({"changes": items} if items else {}), words


def _item(what: str, line: LineView, before: str, after: str) -> dict[str, object]:
    name = line.item or line.model
    return {"what": what, "line_no": line.no, "item": name, "before": before, "after": after}


def _same(text: str, quantity: Decimal | None) -> bool:
    try:
        return quantity is not None and Decimal(text.replace(",", "")) == quantity
    except InvalidOperation:
        return False


def _typed(page: CustomerPage, form: Form) -> dict[str, object]:
    names = [f"{kind}_{each.no}" for each in page.criteria for kind in ("result", "remark")]
    names += [f"{k}_{each.no}" for each in page.order.lines for k in ("quantity", "due_date")]
    typed: dict[str, object] = {name: form[name] for name in names}
    typed["changed"] = any(typed.values())
    return {**typed, "comment": form["comment"]}
