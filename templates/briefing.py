"""What a person reads in Prefect before deciding: one briefing per kind of gate."""

from collections.abc import Callable, Mapping

from domain.checks import Weight
from domain.names import GateKind, Language
from templates import words
from templates.cards import board, card, review
from templates.markdown import (
    Markdown,
    bullets,
    cell,
    escape_markdown,
    facts,
    link,
    own,
    page,
    picture,
    quotation,
    section,
    table,
    term,
)
from templates.views import BriefingView

__all__ = ["board", "briefing", "card", "escape_markdown", "review"]

MARKS = {Weight.OK: "✔", Weight.WARN: "⚠", Weight.STOP: "✖"}

Section = Callable[[BriefingView], str]


def briefing(kind: GateKind, view: BriefingView) -> str:
    """The briefing of a gate as Markdown, labels in both languages, mail text only escaped."""
    return page(_head(view), *(part(view) for part in SECTIONS[kind]), _foot(view))


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


def _order(view: BriefingView) -> str:
    order = view.order
    rows = (
        ("主题 / Title", order.title),
        ("联系人 / Contact", order.contact),
        ("客户订单号 / Customer's order no.", order.customer_po_no),
        ("版本 / Version", Markdown(f"v{order.version}") if order.version else None),
        ("期望交期 / Requested", order.requested_on),
        ("承诺交期 / Promised", _promised(view)),
        ("金额 / Amount", _amount(view)),
        ("交货地点 / Place of delivery", order.delivery_place),
    )
    return section("订单 / Order", facts(rows, order.zone))


def _promised(view: BriefingView) -> Markdown | None:
    on = view.order.promised_on
    if on is None:
        return None
    return Markdown(cell(on) + (" (暂定 / provisional)" if view.order.provisional else ""))


def _amount(view: BriefingView) -> str:
    order = view.order
    if order.amount is None:
        return ""
    return words.money(order.amount, order.currency, Language.EN)


def _lines(view: BriefingView) -> str:
    rows = [
        (
            each.no,
            each.item,
            each.model,
            Markdown(f"{cell(each.quantity)} {escape_markdown(each.unit)}".strip()),
            words.money(each.unit_price, each.currency, Language.EN),
            each.due_on,
            each.criterion,
        )
        for each in view.order.lines
    ]
    heads = (
        *("#", "名称 / Item", "型号 / Model", "数量 / Quantity"),
        *("单价 / Price", "交期 / Due", "验收标准 / Criterion"),
    )
    return section("订单行 / Lines", table(heads, rows))


def _requirements(view: BriefingView) -> str:
    return section("要求 / Requirements", bullets(view.order.requirements))


def _facts(view: BriefingView) -> str:
    rows = [(term("field", each.key), each.value) for each in view.facts]
    return section("要点 / Facts", facts(rows, view.order.zone))


def _checks(view: BriefingView) -> str:
    rows = [
        (
            Markdown(MARKS[each.weight]),
            term("check", each.rule),
            Markdown(_why(each.reason, each.facts)),
        )
        for each in view.checks
    ]
    return section("检查 / Checks", table(("", "检查 / Check", "原因 / Reason"), rows))


def _why(reason: str, seen: Mapping[str, object]) -> str:
    parts = [escape_markdown(reason)] if reason else []
    parts += [
        f"{term('field', key)}: {cell(words.typed(key, value))}" for key, value in seen.items()
    ]
    return "; ".join(parts) or words.NONE


def _changes(view: BriefingView) -> str:
    rows = [
        (
            each.line_no,
            term("change", each.what),
            words.typed(each.what, each.before),
            words.typed(each.what, each.after),
        )
        for each in view.changes
    ]
    heads = ("行 / Line", "变更 / Change", "原 / Before", "现 / Now")
    return section("与上一版的差别 / Differences to the last version", table(heads, rows))


def _questions(view: BriefingView) -> str:
    rows = [
        (
            each.no,
            term("field", each.field),
            each.line_no,
            each.item,
            each.written,
            each.alternatives,
        )
        for each in view.questions
    ]
    heads = (
        *("#", "缺少 / Missing", "行 / Line", "名称 / Item"),
        *("客户原文 / As written", "可能 / Readings"),
    )
    return section("待补充 / Open questions", table(heads, rows))


def _sources(view: BriefingView) -> str:
    rows = [(term("field", key), source) for key, source in view.sources.items()]
    return section("来源 / Sources", table(("字段 / Field", "出处 / From"), rows))


def _excerpts(view: BriefingView) -> str:
    parts = [f"{escape_markdown(each.source)}\n\n{quotation(each.text)}" for each in view.excerpts]
    return section("邮件原文 / From the mail", "\n\n".join(parts))


def _criteria(view: BriefingView) -> str:
    rows = [
        (
            each.no,
            each.text,
            each.line_no,
            term("result", each.result) if each.result else None,
            each.remark,
        )
        for each in view.criteria
    ]
    heads = ("#", "标准 / Criterion", "行 / Line", "结果 / Result", "备注 / Remark")
    return section("验收标准 / Criteria", table(heads, rows))


def _punch(view: BriefingView) -> str:
    rows = [
        (each.no, each.text, term("severity", each.severity), each.line_no, each.due_on)
        for each in view.punch
    ]
    heads = ("#", "问题 / Item", "程度 / Severity", "行 / Line", "期限 / Due")
    return section("遗留问题 / Punch list", table(heads, rows))


def _files(view: BriefingView) -> str:
    rows = [
        (each.name, words.size(each.size), Markdown(escape_markdown(each.sha256[:16])))
        for each in view.files
    ]
    return section("文件 / Files", table(("文件 / File", "大小 / Size", "SHA-256"), rows))


def _picture(view: BriefingView) -> str:
    return picture("排程 / Schedule", view.picture_url) if view.picture_url else ""


def _tasks(view: BriefingView) -> str:
    rows = [
        (
            each.no,
            each.name,
            each.who,
            each.start_on,
            each.finish_on,
            each.hours,
            each.waits_for,
            Markdown(f"{each.percent}%"),
            each.blocked,
        )
        for each in view.tasks
    ]
    heads = (
        *("任务 / Task", "名称 / Name", "谁 / Who", "开始 / Start", "完成 / Finish"),
        *("工时 / Hours", "在其后 / After", "进度 / Done", "受阻 / Blocked"),
    )
    return section("任务 / Tasks", table(heads, rows))


def _reasons(view: BriefingView) -> str:
    return section("原因 / Why", bullets(view.reasons))


def _risks(view: BriefingView) -> str:
    return section("风险 / Risks", bullets(view.risks))


def _shares(view: BriefingView) -> str:
    rows = [(each.party, each.hours, Markdown(f"{each.percent}%")) for each in view.shares]
    return section("时间 / Time", table(("一方 / Party", "工时 / Hours", "份额 / Share"), rows))


def _estimates(view: BriefingView) -> str:
    rows = [(e.task, e.name, e.planned_hours, e.actual_hours) for e in view.estimates]
    heads = ("任务 / Task", "名称 / Name", "估算 / Estimated", "实际 / Actual")
    return section("估算与实际 / Estimates", table(heads, rows))


def _lessons(view: BriefingView) -> str:
    return section("经验与改进 / Lessons and improvements", bullets(view.lessons))


def _recording(view: BriefingView) -> str:
    return own(
        "登记客户答复时,请在表单中写明联系人、方式和凭证;须由第二人确认后才生效。"
        " To record a customer's word, name contact, method and evidence in the form;"
        " it counts once a second person has confirmed it."
    )


_CONTENT: tuple[Section, ...] = (_order, _lines, _requirements)

SECTIONS: Mapping[GateKind, tuple[Section, ...]] = {
    GateKind.INTAKE: (_facts, _checks, _questions, *_CONTENT, _sources, _excerpts),
    GateKind.CONFIRM: (_checks, _facts, _changes, *_CONTENT, _reasons, _risks, _sources, _excerpts),
    GateKind.CUSTOMER_CONFIRMATION: (_recording, _facts, _changes, *_CONTENT, _excerpts),
    GateKind.PLAN: (_picture, _facts, _checks, _tasks, _reasons, _risks, _changes, _order),
    GateKind.COMPLETION: (_checks, _facts, _criteria, _punch, _files, _tasks, *_CONTENT),
    GateKind.CUSTOMER_ACCEPTANCE: (_recording, _facts, _criteria, _punch, _files, _order),
    GateKind.CLOSE: (_facts, _checks, _shares, _estimates, _lessons, _files, _order),
    GateKind.CANCEL: (_facts, _reasons, _tasks, _order, _excerpts),
    GateKind.TROUBLE: (_facts, _reasons, _checks, _order, _excerpts),
    GateKind.CUSTOMER_INFO: (_facts, _questions, _order, _lines, _excerpts),
    GateKind.WORK: (_facts, _checks, _tasks, _picture, _reasons, _order),
    GateKind.HOLD: (_facts, _reasons, _tasks, _order),
    GateKind.UNTIL: (_facts, _reasons, _tasks, _order),
}
"""What each kind of gate shows, in this order; a section without content leaves itself out."""
