"""The passages of which briefings are made; each is empty where the view has nothing for it."""

from collections.abc import Mapping

from domain.checks import Weight
from domain.names import Language
from templates import words
from templates.markdown import (
    Markdown,
    bullets,
    cell,
    escape_markdown,
    facts,
    own,
    picture,
    quotation,
    section,
    table,
    term,
)
from templates.views import BriefingView

MARKS = {Weight.OK: "✔", Weight.WARN: "⚠", Weight.STOP: "✖"}


def order(view: BriefingView) -> str:
    """The order without its lines."""
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


def lines(view: BriefingView) -> str:
    """The order lines with prices as the customer pays them."""
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


def requirements(view: BriefingView) -> str:
    """What must be true of the result."""
    return section("要求 / Requirements", bullets(view.order.requirements))


def given(view: BriefingView) -> str:
    """The facts that matter for this decision."""
    rows = [(term("field", each.key), words.typed(each.key, each.value)) for each in view.facts]
    return section("要点 / Facts", facts(rows, view.order.zone))


def checks(view: BriefingView) -> str:
    """Named checks with their mark and reason."""
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
        f"{term('field', key)}: {cell(words.typed(key, value))}"
        for key, value in seen.items()
        if value not in (None, "")
    ]
    return "; ".join(parts) or words.NONE


def changes(view: BriefingView) -> str:
    """Differences to the last version."""
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


def questions(view: BriefingView) -> str:
    """What the customer still has to say."""
    rows = [
        (
            each.no,
            term("field", each.field),
            each.line_no,
            each.item,
            each.written,
            tuple(words.typed(each.field, one) for one in each.alternatives),
        )
        for each in view.questions
    ]
    heads = (
        *("#", "缺少 / Missing", "行 / Line", "名称 / Item"),
        *("客户原文 / As written", "可能 / Readings"),
    )
    return section("待补充 / Open questions", table(heads, rows))


def sources(view: BriefingView) -> str:
    """Where each field comes from."""
    rows = [(term("field", key), source) for key, source in view.sources.items()]
    return section("来源 / Sources", table(("字段 / Field", "出处 / From"), rows))


def excerpts(view: BriefingView) -> str:
    """Passages of mails as they were written."""
    parts = [f"{escape_markdown(each.source)}\n\n{quotation(each.text)}" for each in view.excerpts]
    return section("邮件原文 / From the mail", "\n\n".join(parts))


def criteria(view: BriefingView) -> str:
    """Acceptance criteria with their results."""
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


def punch(view: BriefingView) -> str:
    """What is to be corrected."""
    rows = [
        (each.no, each.text, term("severity", each.severity), each.line_no, each.due_on)
        for each in view.punch
    ]
    heads = ("#", "问题 / Item", "程度 / Severity", "行 / Line", "期限 / Due")
    return section("遗留问题 / Punch list", table(heads, rows))


def files(view: BriefingView) -> str:
    """Files with the beginning of their hash."""
    rows = [
        (
            each.name,
            words.size(each.size) if each.size else None,
            Markdown(escape_markdown(each.sha256[:16])),
        )
        for each in view.files
    ]
    return section("文件 / Files", table(("文件 / File", "大小 / Size", "SHA-256"), rows))


def schedule(view: BriefingView) -> str:
    """The picture of the schedule, from our own portal."""
    return picture("排程 / Schedule", view.picture_url) if view.picture_url else ""


def tasks(view: BriefingView) -> str:
    """Who does what, when, how far it is."""
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


def reasons(view: BriefingView) -> str:
    """Why it is so."""
    return section("原因 / Why", bullets(view.reasons))


def risks(view: BriefingView) -> str:
    """What may go wrong."""
    return section("风险 / Risks", bullets(view.risks))


def load(view: BriefingView) -> str:
    """Who is busy in which week."""
    return section("人员负荷 / Load", bullets(view.load))


def communication(view: BriefingView) -> str:
    """Who hears what, how often, by which way."""
    return section("沟通计划 / Communication plan", bullets(view.communication))


def shares(view: BriefingView) -> str:
    """Where time went, by party."""
    rows = [(each.party, each.hours, Markdown(f"{each.percent}%")) for each in view.shares]
    return section("时间 / Time", table(("一方 / Party", "工时 / Hours", "份额 / Share"), rows))


def estimates(view: BriefingView) -> str:
    """Estimated and actual hours."""
    rows = [(e.task, e.name, e.planned_hours, e.actual_hours) for e in view.estimates]
    heads = ("任务 / Task", "名称 / Name", "估算 / Estimated", "实际 / Actual")
    return section("估算与实际 / Estimates", table(heads, rows))


def lessons(view: BriefingView) -> str:
    """What was learnt."""
    return section("经验与改进 / Lessons and improvements", bullets(view.lessons))


def recording(view: BriefingView) -> str:
    """How a word of the customer that came elsewhere is recorded."""
    return own(
        "登记客户答复时,请在表单中写明联系人、方式和凭证;须由第二人确认后才生效。"
        " To record a customer's word, name contact, method and evidence in the form;"
        " it counts once a second person has confirmed it."
    )
