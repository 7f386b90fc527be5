"""What a person reads in Prefect before deciding: one briefing per kind of gate."""

from collections.abc import Callable, Mapping, Sequence

from domain.names import GateKind, Language
from templates import passages as p
from templates import understood as u
from templates import words
from templates.cards import board, card, review
from templates.markdown import Markdown, cell, escape_markdown, facts, link, page, quotation
from templates.views import BriefingView, ExcerptView, FactView, ReadView

__all__ = ["board", "briefing", "card", "escape_markdown", "mail_briefing", "review"]

Section = Callable[[BriefingView], str]


def briefing(kind: GateKind, view: BriefingView) -> str:
    """The briefing of a gate as Markdown, labels in both languages, mail text only escaped."""
    return page(_head(view), *(part(view) for part in SECTIONS[kind]), _foot(view))


def mail_briefing(
    seen: Sequence[FactView],
    excerpts: Sequence[ExcerptView],
    read: tuple[ReadView, ...] = (),
    typed: tuple[str, ...] = (),
    opinion: tuple[ReadView, ...] = (),
) -> str:
    """The briefing of a mail that needs a person and belongs to no order's gate."""
    question = " ".join(words.word("gate_question", GateKind.INTAKE, each) for each in Language)
    rows = [(words.both("field", each.key), each.value) for each in seen]
    texts = [f"#### {escape_markdown(e.source)}\n\n{quotation(e.text)}" for e in excerpts]
    return page(question, facts(rows), u.fields(read), u.typed(typed), u.opinion(opinion), *texts)


def _head(view: BriefingView) -> str:
    gate, order = view.gate, view.order
    question = " ".join(words.word("gate_question", gate.kind, each) for each in Language)
    stage = f"{cell(gate.stage)} r{gate.round}"
    answered = f"**{escape_markdown(view.answered)}**" if view.answered else ""
    rows = (
        ("审批 / Approval", Markdown(f"{escape_markdown(gate.gate)} · {cell(gate.kind)}")),
        ("阶段 / Stage", Markdown(stage)),
        ("提出 / Asked", Markdown(f"{cell(gate.asked_by)} · {cell(gate.asked_at, order.zone)}")),
        ("期限 / Deadline", gate.due_at),
        ("审批人 / Approvers", view.approvers),
    )
    title = f"### {escape_markdown(order.order_no)} · {escape_markdown(order.customer)}"
    return page(title, question, answered, facts(rows, order.zone)).rstrip()


def _foot(view: BriefingView) -> str:
    links = (
        link("打开订单页 / Open in the portal", view.gate.link),
        link("Prefect", view.gate.prefect_url),
    )
    return " · ".join(each for each in links if each)


_CONTENT: tuple[Section, ...] = (p.order, p.lines, p.requirements)

SECTIONS: Mapping[GateKind, tuple[Section, ...]] = {
    GateKind.INTAKE: (p.given, p.checks, p.questions, *_CONTENT, u.understood, p.excerpts),
    GateKind.CONFIRM: (
        p.checks,
        p.given,
        p.changes,
        *_CONTENT,
        p.reasons,
        p.risks,
        p.sources,
        p.excerpts,
    ),
    GateKind.CUSTOMER_CONFIRMATION: (p.recording, p.given, p.changes, *_CONTENT, p.excerpts),
    GateKind.PLAN: (
        p.schedule,
        p.given,
        p.checks,
        p.tasks,
        p.reasons,
        p.load,
        p.risks,
        p.communication,
        p.lessons,
        p.changes,
        p.order,
    ),
    GateKind.COMPLETION: (p.checks, p.given, p.criteria, p.punch, p.files, p.tasks, *_CONTENT),
    GateKind.CUSTOMER_ACCEPTANCE: (p.recording, p.given, p.criteria, p.punch, p.files, p.order),
    GateKind.CLOSE: (p.given, p.checks, p.shares, p.estimates, p.lessons, p.files, p.order),
    GateKind.CANCEL: (p.given, p.reasons, p.tasks, p.order, p.excerpts),
    GateKind.TROUBLE: (p.given, p.reasons, p.checks, p.order, p.excerpts),
    GateKind.CUSTOMER_INFO: (p.given, p.questions, p.order, p.lines, p.excerpts),
    GateKind.WORK: (p.given, p.checks, p.tasks, p.schedule, p.reasons, p.order),
    GateKind.HOLD: (p.given, p.reasons, p.tasks, p.order),
    GateKind.UNTIL: (p.given, p.reasons, p.tasks, p.order),
}
"""What each kind of gate shows, in this order; a section without content leaves itself out."""
