"""Artifacts that are kept up to date: an order's card, the board, a review."""

from collections.abc import Iterable, Sequence

from templates import words
from templates.markdown import (
    Markdown,
    bullets,
    cell,
    escape_markdown,
    facts,
    link,
    own,
    page,
    table,
    term,
)
from templates.markdown import section as _section
from templates.views import BoardRow, CardView, Light, ReviewView

LIGHTS = {Light.RED: "🔴", Light.AMBER: "🟡", Light.GREEN: "🟢", Light.NONE: "⚪"}
_URGENT = [Light.RED, Light.AMBER, Light.NONE, Light.GREEN]


def card(view: CardView) -> str:
    """One order at a glance, as Markdown."""
    order = view.order
    waiting = term("gate", view.waiting_for) if view.waiting_for else None
    if waiting and view.waiting_party:
        waiting = Markdown(f"{waiting} ({cell(view.waiting_party)})")
    promised = order.promised_on and Markdown(
        cell(order.promised_on) + (" (暂定 / provisional)" if order.provisional else "")
    )
    rows = (
        ("客户 / Customer", order.customer),
        ("主题 / Title", order.title),
        ("状态 / State", order.state),
        ("阶段 / Stage", Markdown(f"{cell(view.stage)} r{view.round}")),
        ("优先级 / Priority", _with(view.priority, view.priority_reason)),
        ("负责人 / Owner", view.owner or order.owner_name),
        ("期望交期 / Requested", order.requested_on),
        ("承诺交期 / Promised", promised),
        ("正在等待 / Waiting for", waiting),
        ("下一步 / Next", _with(view.next_action, view.next_action_at)),
    )
    light = f"{LIGHTS[view.light]} {escape_markdown(view.light_reason)}".strip()
    return page(
        f"## {escape_markdown(order.order_no)} · {escape_markdown(order.customer)}",
        light,
        facts(rows, order.zone),
        _section("要点 / Facts", facts((term("field", f.key), f.value) for f in view.facts)),
        _section("订单行 / Lines", _lines(view)),
        _section("任务 / Tasks", _tasks(view)),
        _section("审批 / Approvals", _gates(view)),
        _section("文件 / Documents", table(("文件 / File", "大小 / Size"), _files(view))),
        link("打开订单页 / Open in the portal", view.link) if view.link else "",
        f"更新于 / as of {cell(view.as_of, order.zone)}" if view.as_of else "",
    )


def _with(value: str, why: object) -> Markdown | None:
    if not value:
        return None
    return Markdown(escape_markdown(value) + (f" ({cell(why)})" if why else ""))


def _lines(view: CardView) -> str:
    rows = [
        (
            e.no,
            e.item,
            e.model,
            Markdown(f"{cell(e.quantity)} {escape_markdown(e.unit)}".strip()),
            e.due_on,
        )
        for e in view.order.lines
    ]
    heads = ("#", "名称 / Item", "型号 / Model", "数量 / Quantity", "交期 / Due")
    return table(heads, rows)


def _tasks(view: CardView) -> str:
    rows = [
        (e.no, e.name, e.who, e.start_on, e.finish_on, Markdown(f"{e.percent}%"), e.blocked)
        for e in view.tasks
    ]
    heads = (
        *("任务 / Task", "名称 / Name", "谁 / Who", "开始 / Start"),
        *("完成 / Finish", "进度 / Done", "受阻 / Blocked"),
    )
    return table(heads, rows)


def _gates(view: CardView) -> str:
    rows = [
        (link(e.gate, e.link) if e.link else e.gate, e.kind, e.asked_by, e.asked_at, e.due_at)
        for e in view.gates
    ]
    heads = ("审批 / Approval", "种类 / Kind", "提出 / By", "时间 / At", "期限 / Deadline")
    return table(heads, rows, view.order.zone)


def _files(view: CardView) -> Sequence[Sequence[object]]:
    return [(each.name, words.size(each.size)) for each in view.files]


def board(rows: Iterable[BoardRow], total: int = 0, portal: str = "") -> str:
    """The open orders as Markdown, red ones first; of more in total the portal has the rest."""
    ordered = sorted(rows, key=_urgency)
    if not ordered:
        return page("## 订单看板 / Board", "没有未结订单。 / No open orders.")
    counts = " · ".join(
        f"{LIGHTS[light]} {sum(row.light is light for row in ordered)}" for light in _URGENT
    )
    more = total - len(ordered)
    said = f"另有 {more} 个未结订单见门户 / {more} more open orders are in the portal"
    rest = (link(said, portal) if portal else said) if more > 0 else ""
    return page("## 订单看板 / Board", counts, _board_table(ordered), rest)


def _urgency(row: BoardRow) -> tuple[int, str, str]:
    return _URGENT.index(row.light), row.priority or "P9", row.order_no


def _board_table(rows: Iterable[BoardRow]) -> str:
    heads = (
        *("", "订单 / Order", "客户 / Customer", "状态 / State", "优先级 / Priority"),
        *("负责人 / Owner", "承诺 / Promised", "预测 / Forecast"),
        *("等待 / Waiting for", "下一步 / Next", "原因 / Reason"),
    )
    return table(heads, [_row(each) for each in rows])


def _row(row: BoardRow) -> Sequence[object]:
    waiting = term("gate", row.waiting_for) if row.waiting_for else None
    if waiting and row.waiting_party:
        waiting = Markdown(f"{waiting} ({cell(row.waiting_party)})")
    if waiting and row.parked:
        waiting = Markdown(f"{waiting} · 已停放 / parked (orderflow unpark)")
    return (
        Markdown(LIGHTS[row.light]),
        link(row.order_no, row.link) if row.link else row.order_no,
        row.customer,
        row.state,
        row.priority,
        row.owner,
        row.promised_on,
        row.forecast_on,
        waiting,
        Markdown(f"{cell(row.next_action)} {cell(row.next_action_at)}")
        if row.next_action or row.next_action_at
        else None,
        row.reason,
    )


def review(view: ReviewView) -> str:
    """A daily, weekly or monthly review as Markdown."""
    title = f"## {own(words.both('review', view.kind))} · {cell(view.at, view.zone)}"
    if view.not_run:
        return page(title, f"未进行 / did not take place: {escape_markdown(view.not_run)}")
    figures = [(term("field", e.key), e.value, e.before) for e in view.figures]
    heads = ("指标 / Figure", "本期 / Now", "上期 / Before")
    since = f"自 / since {cell(view.since, view.zone)}" if view.since else ""
    late = f"补开,原定 / held late, was due on {cell(view.missed)}" if view.missed else ""
    return page(
        title,
        late,
        since,
        _section("指标 / Figures", table(heads, figures, view.zone)),
        _section("需要决定 / Decisions needed", bullets(view.decisions)),
        _section("订单 / Orders", _board_table(view.rows)),
        _section("变化 / What changed", bullets(view.changed)),
        _section("行动项 / Actions", bullets(view.actions)),
    )
