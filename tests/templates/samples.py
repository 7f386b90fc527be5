"""Full sample views of our own, one per mail, document and briefing; any text can be replaced."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.checks import Weight
from domain.names import Channel, GateKind, Language, Party, Purpose, Stage, State
from templates import views as v

AT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
DUE = date(2026, 12, 18)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COMPANY = v.CompanyView("北辰样机", "Beichen Prototypes", "城南路 8 号", "orders@beichen.example")
LINES = (
    v.LineView(
        1, "导轨支架", "DG-40", Decimal("16.00"), "件", Decimal("2300"), "CNY", DUE, "平面度 0.05"
    ),
    v.LineView(2, "防护罩", "", None, "", None, "", None),
)


def order(language: Language = Language.ZH) -> v.OrderView:
    """An order with every field filled."""
    return v.OrderView(
        order_no="SO-2026-00123",
        title="导轨支架一批",
        customer="南屏机电",
        contact="周敏",
        state=State.CONFIRMING,
        language=language,
        company=COMPANY,
        lines=LINES,
        requested_on=date(2026, 12, 15),
        promised_on=DUE,
        provisional=True,
        requirements=("防锈油封装", "随货附检验单"),
        delivery_place="二号库",
        amount=Decimal("36800"),
        currency="CNY",
        tax_included=True,
        customer_po_no="NP-77",
        owner_name="李敏",
        owner_mail="li.min@beichen.example",
        version=2,
        sha256=SHA,
    )


GATE = v.GateView(
    "G-12",
    GateKind.CONFIRM,
    Stage.CONFIRM,
    2,
    "李敏",
    AT,
    AT,
    "http://127.0.0.1:1/g/12",
    "http://127.0.0.1:2/run",
)
QUESTIONS = (
    v.QuestionView(1, "quantity", 2, "防护罩"),
    v.QuestionView(2, "due_date", written="12月中旬", alternatives=(date(2026, 12, 10), DUE)),
    v.QuestionView(3, "special_requirements"),
    v.QuestionView(4, "currency", written="36800"),
)
CHANGES = (
    v.ChangeView("quantity", Decimal(16), Decimal("18.0"), 1),
    v.ChangeView("scope", None, "加培训"),
)
CRITERIA = (v.CriterionView(1, "平面度不大于 0.05", 1, "pass"), v.CriterionView(2, "外观无划痕"))
PUNCH = (v.PunchView(1, "铭牌歪斜", "minor", 1, DUE),)
FILES = (
    v.FileView("检验报告.pdf", 38_000, SHA, "test_report"),
    v.FileView("a.zip", 2_400_000, SHA),
)
MILESTONES = (
    v.MilestoneView("加工完成", date(2026, 12, 10)),
    v.MilestoneView("交付", DUE, provisional=True),
)
STEPS = (v.StepView("车削", DUE, DUE, 40), v.StepView("镀铬"))
DUTIES = (v.DutyView("提供样件", date(2026, 12, 1)), v.DutyView("安排收货"))
TASKS = (
    v.TaskView("T3", "下料", "王工", date(2026, 12, 1), date(2026, 12, 2), Decimal(8), None, 0),
    v.TaskView(
        "T4",
        "装配",
        "赵工",
        date(2026, 12, 3),
        DUE,
        Decimal(12),
        Decimal("6.5"),
        50,
        "等外协件",
        ("T3",),
    ),
)
FACTS = (
    v.FactView("amount", v.MoneyView(Decimal("36800"), "CNY")),
    v.FactView("earliest_finish", DUE),
    v.FactView("chance", "8/10"),
    v.FactView("asked_at", AT),
    v.FactView("state", State.CONFIRMING),
)
CHECKS = (
    v.CheckView("credit_limit", Weight.OK),
    v.CheckView("amount", Weight.WARN, {"amount": "36800.0"}, "高于最近三单 12%"),
    v.CheckView("duplicate_po", Weight.STOP, {"customer_po_no": "NP-77", "round": 2}),
)
SHARES = (
    v.ShareView(Party.US, Decimal("61"), 61),
    v.ShareView(Party.CUSTOMER, Decimal("24.5"), 24),
)
ESTIMATES = (v.EstimateView("T4", "装配", Decimal(8), Decimal(12)),)
EARLIER = v.ProvisionalView("顾宁", "changes", ("第 2 项改为 6 件",))
LINK = "http://127.0.0.1:1/o/1"
ALERTS = (
    "code_blocked",
    "mail_failed",
    "escalated",
    "finding",
    "heads",
    "review_minutes",
    "review_agenda",
    "trouble",
    "mail",
)


def mails(language: Language = Language.ZH) -> dict[tuple[Purpose, str | None], Any]:
    """A full view for every mail."""
    o, to = order(language), "周敏"
    nudge = v.NudgeView(o, to, 2, AT, LINK, QUESTIONS, CRITERIA)
    news = v.NewsView(o, to, "材料延期", DUE, date(2026, 12, 15), DUE, True)
    alert = v.AlertView(
        to,
        o,
        "李敏",
        15,
        "x@y.example",
        "主题",
        "地址不存在",
        GATE,
        FACTS,
        ("一", "二"),
        LINK,
        None,
        None,
        "weekly",
    )
    pending = v.PendingView(o, to, 1, GATE, TASKS, AT, LINK)
    delivery = v.DeliveryView(
        o, to, "D-1", 2, "ship", AT, LINES, FILES, SHA, "顺路", "YD1", LINK, DUE
    )
    notices = {
        (Purpose.NOTICE, name): news
        for name in ["refused", "cancelled", "held", "resumed", "promise_moved", "provisional"]
    }
    alerts = {(Purpose.NOTICE, name): alert for name in ALERTS}
    return {
        (Purpose.RECEIVED, None): v.ReceivedView(o, to, QUESTIONS, AT),
        (Purpose.QUESTION, None): v.AskedView(o, to, QUESTIONS, AT),
        (Purpose.CONFIRMATION, None): v.ConfirmationView(
            o, to, CHANGES, LINK, AT, DUE, ("图纸有效",), DUTIES, EARLIER
        ),
        (Purpose.PLAN_RELEASED, "customer"): v.ScheduleView(o, to, MILESTONES, DUTIES, LINK),
        (Purpose.PLAN_RELEASED, "team"): v.TeamPlanView(o, to, TASKS, MILESTONES, DUE, DUE, LINK),
        (Purpose.ASSIGNMENT, None): v.AssignmentView(o, to, TASKS, LINK, AT),
        (Purpose.APPROVAL, None): v.ApprovalView(o, to, GATE, FACTS, CHECKS, CHANGES, "王总"),
        (Purpose.REMINDER, "gate"): pending,
        (Purpose.REMINDER, "progress"): pending,
        (Purpose.REMINDER, "customer_info"): nudge,
        (Purpose.REMINDER, "customer_confirmation"): nudge,
        (Purpose.REMINDER, "acceptance"): nudge,
        (Purpose.DELIVERY, None): delivery,
        (Purpose.DELIVERY, "reminder"): delivery,
        (Purpose.ACCEPTANCE, None): v.AcceptanceView(o, to, CRITERIA, 2, LINK, AT, EARLIER),
        (Purpose.CERTIFICATE, None): v.CertificateView(o, to, "AC-1", AT, "周敏", DUE, PUNCH),
        (Purpose.SURVEY, None): v.SurveyView(o, to, LINK, DUE),
        (Purpose.SURVEY, "reminder"): v.SurveyView(o, to, LINK, DUE),
        (Purpose.REPORT, "customer"): v.ClosingView(o, to, DUE, DUE, DUE, DUE, 2, 1, ("提前备料",)),
        (Purpose.REPORT, "progress"): v.ProgressView(
            *(o, to, DUE, STEPS, 1, 3, STEPS, ("材料晚到三天,已改用库存",), STEPS, DUTIES),
            *(("是否接受分批交货",), True),
        ),
        (Purpose.REPORT, "retrospective"): v.LookBackView(
            o, to, FACTS, SHARES, ESTIMATES, ("先备料",), ("T4 加 4 小时",), LINK
        ),
        **notices,
        **alerts,
    }


def documents(language: Language = Language.ZH) -> dict[str, Any]:
    """A full view for every document."""
    o = order(language)
    results = (
        v.TestResultView(1, "平面度", "pass", "0.03", "钱工", AT),
        v.TestResultView(2, "外观", "waived"),
    )
    return {
        "scope_statement": v.ScopeStatementView(
            o, AT, CRITERIA, MILESTONES, ("图纸有效",), DUTIES, ("安装",), "货到 30 天", DUE, (1,)
        ),
        "delivery_note": v.DeliveryNoteView(
            o, AT, "D-1", 2, "ship", LINES, FILES, SHA, "顺路", "YD1"
        ),
        "acceptance_certificate": v.AcceptanceCertificateView(
            o,
            AT,
            "AC-1",
            "D-1",
            2,
            "accepted",
            "周敏",
            AT,
            Channel.MAIL,
            CRITERIA,
            PUNCH,
            SHA,
            SHA,
            DUE,
        ),
        "project_summary": v.ProjectSummaryView(o, AT, MILESTONES, ("加工", "装配"), ("无",)),
        "user_manual": v.UserManualView(o, AT, ("开箱前除油",), FILES, DUE),
        "test_report": v.TestReportView(o, AT, results, "全部合格"),
        "retrospective_report": v.RetrospectiveReportView(
            o, AT, FACTS, SHARES, ESTIMATES, ("先备料",), ("T4 加 4 小时",)
        ),
    }


def briefing(kind: GateKind) -> v.BriefingView:
    """A briefing with every part."""
    return v.BriefingView(
        order(),
        replace(GATE, kind=kind),
        FACTS,
        CHECKS,
        CHANGES,
        QUESTIONS,
        CRITERIA,
        PUNCH,
        FILES,
        TASKS,
        ("T4 等数控机床到周二",),
        ("外协延期",),
        (v.ExcerptView("邮件正文", "第一行\n第二行"),),
        SHARES,
        ESTIMATES,
        ("先备料",),
        {"due_date": "正文 10-16"},
        "http://127.0.0.1:1/g/12/schedule.png",
        ("wang.zong",),
        "已由邮件答复 / answered by mail",
        understood=(v.ReadView("due_date", "2026-10-16", "交期:⟦10-16⟧", "text:3-8", "due", 0.9),),
        typed=("泵 | CP-50 | 3 台",),
    )


CARD = v.CardView(
    *(order(), Stage.PLAN, 1, v.Light.AMBER, "缓冲不足", "P2", "36 + 15 + 4", "li.min"),
    *(GateKind.PLAN, Party.US, "提醒", AT, FACTS, TASKS, (GATE,), FILES, LINK, AT),
)
ROWS = (
    v.BoardRow("SO-2026-00001", "甲", State.EXECUTING, v.Light.GREEN),
    v.BoardRow(
        *("SO-2026-00002", "乙", State.CONFIRMING, v.Light.RED, "逾期", "P1", "li.min"),
        *(GateKind.CONFIRM, Party.US, DUE, DUE, "催办", AT, LINK),
    ),
)
REVIEW = v.ReviewView(
    *("weekly", AT, AT, ROWS, (v.FigureView("on_time", "92 %", "88 %"),)),
    *(("SO-2026-00002 转红",), ("是否加班",), ("李敏:催外协",)),
)


def spoilt(value: Any, text: str, keep: frozenset[str] = frozenset()) -> Any:
    """The same view with every text replaced, except the fields named."""
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(spoilt(each, text, keep) for each in value)
    if isinstance(value, dict):
        return {key: spoilt(each, text, keep) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: spoilt(getattr(value, each.name), text, keep)
            for each in fields(value)
            if each.name not in keep
        }
        return replace(value, **changed)
    return value
