"""Checklists: the risks that each kind of order brings, proposed until somebody strikes them."""

from dataclasses import dataclass

from domain.names import OrderType
from domain.planning.problem import TaskId

BANDS = ((15, "critical"), (10, "high"), (5, "medium"), (0, "low"))


@dataclass(frozen=True)
class RiskDraft:
    """A risk proposed for the register: cause, event, effect; both numbers from 1 to 5."""

    code: str
    text_zh: str
    text_en: str
    probability: int
    impact: int
    response_zh: str
    response_en: str
    task: TaskId | None = None

    @property
    def score(self) -> int:
        """Probability times impact."""
        return self.probability * self.impact

    @property
    def band(self) -> str:
        """critical, high, medium or low."""
        return next(name for least, name in BANDS if self.score >= least)


CHECKLISTS: dict[OrderType, tuple[RiskDraft, ...]] = {
    OrderType.MANUFACTURE_TO_ORDER: (
        RiskDraft(
            "material_late",
            "材料交期不稳,到货可能推迟,加工无法按时开始",
            "Material may arrive late, so that machining cannot start",
            3,
            3,
            "下单时确认交期,准备替代供应商",
            "Confirm the date when ordering, know a second source",
        ),
        RiskDraft(
            "drawing_changed",
            "图纸在投产后变更,可能造成返工",
            "Drawings may change after release and cause rework",
            2,
            4,
            "投产前由客户签认图纸版本",
            "Have the drawing version signed before release",
        ),
    ),
    OrderType.ENGINEERING_SERVICE: (
        RiskDraft(
            "site_not_ready",
            "客户现场条件不具备,安装人员可能窝工",
            "The site may not be ready and installers wait",
            3,
            4,
            "进场前五个工作日核对现场条件清单",
            "Check the site list five working days ahead",
        ),
        RiskDraft(
            "scope_grows",
            "现场临时要求增加,工期与费用可能超出",
            "Wishes on site may exceed time and cost",
            3,
            3,
            "口头变更当日书面确认并走变更流程",
            "Write down spoken changes the same day",
        ),
    ),
    OrderType.SOFTWARE: (
        RiskDraft(
            "requirements_unclear",
            "需求理解不一致,可能返工",
            "Requirements may be understood differently and cause rework",
            3,
            4,
            "原型评审并书面确认规格",
            "Review a prototype, confirm the specification in writing",
        ),
        RiskDraft(
            "interface_late",
            "第三方接口或数据提供延迟,联调可能推迟",
            "Interfaces or data of others may come late and delay integration",
            3,
            3,
            "先用模拟接口开发",
            "Develop against a mock first",
        ),
    ),
    OrderType.AFTER_SALES: (
        RiskDraft(
            "fault_not_reproducible",
            "故障无法复现,诊断时间可能超出",
            "The fault may not be reproducible and diagnosis takes longer",
            2,
            3,
            "请客户提供照片、录像和运行记录",
            "Ask for photos, video and operating records",
        ),
        RiskDraft(
            "part_not_in_stock",
            "备件无库存,修复可能推迟",
            "A spare part may not be in stock",
            3,
            3,
            "诊断当日核查库存并预留",
            "Check and reserve stock on the day of the diagnosis",
        ),
    ),
    OrderType.SUBCONTRACT: (
        RiskDraft(
            "supplier_late",
            "供应商产能不足,交付可能推迟",
            "The supplier may be short of capacity and deliver late",
            3,
            4,
            "合同约定里程碑,每周报告进度",
            "Milestones in the contract, weekly progress reports",
        ),
        RiskDraft(
            "supplier_quality",
            "供应商质量不稳,到货可能不合格",
            "The supplier's quality may not hold at incoming inspection",
            3,
            3,
            "过程中间检查,首件确认",
            "Check on the way, approve the first piece",
        ),
    ),
    OrderType.INTERNAL: (
        RiskDraft(
            "customers_first",
            "客户订单优先,内部工作可能被推迟",
            "Customer orders go first, internal work may slip",
            4,
            2,
            "预留固定时间段",
            "Reserve fixed hours",
        ),
    ),
}
