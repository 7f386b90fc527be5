"""Communication plan: who hears what, how often, by which way; more for a larger order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.names import Party, Role
from domain.planning.problem import Task

MEDIUM_HOURS = 40
LARGE_HOURS = 200


class Size(StrEnum):
    """How large an order is by hours of our work: under 40, under 200, more."""

    S = "S"
    M = "M"
    L = "L"


@dataclass(frozen=True)
class CommunicationRow:
    """One line of the plan; `owner` is the role that sees to it."""

    audience_zh: str
    audience_en: str
    content_zh: str
    content_en: str
    cadence_zh: str
    cadence_en: str
    channel: str
    owner: Role


def size_of(tasks: Sequence[Task]) -> Size:
    """The size of an order from the hours that we plan for it."""
    hours = sum(task.hours for task in tasks if task.party is Party.US)
    if hours < MEDIUM_HOURS:
        return Size.S
    return Size.M if hours < LARGE_HOURS else Size.L


def communication_plan(tasks: Sequence[Task]) -> tuple[CommunicationRow, ...]:
    """The rows for an order with these tasks."""
    size, parties = size_of(tasks), {task.party for task in tasks}
    rows = [ASSIGNMENT, MILESTONES]
    if size is not Size.S:
        rows += [WEEKLY_TEAM, WEEKLY_CUSTOMER]
    if size is Size.L:
        rows.append(STEERING)
    if Party.CUSTOMER in parties:
        rows.append(DUTIES)
    if Party.SUPPLIER in parties:
        rows.append(SUPPLIER)
    return (*rows, DEVIATION)


ASSIGNMENT = CommunicationRow(
    "项目成员", "Team",
    "各自的任务、日期与检查点", "Own tasks, dates, checkpoints; progress by reply",
    "发布计划时,以后每个工作日", "At release, then every working day",
    "mail", Role.OWNER,
)  # fmt: skip
MILESTONES = CommunicationRow(
    "客户", "Customer",
    "里程碑完成与日期变更", "Milestones reached and dates moved",
    "发生时", "When it happens",
    "mail", Role.OWNER,
)  # fmt: skip
WEEKLY_TEAM = CommunicationRow(
    "项目成员", "Team",
    "进度、偏差、风险与待决事项", "Progress, deviations, risks, decisions needed",
    "每周第一个工作日", "First working day of the week",
    "meeting", Role.OWNER,
)  # fmt: skip
WEEKLY_CUSTOMER = CommunicationRow(
    "客户", "Customer",
    "进度报告:已完成、当前进度、问题与对策、下一步", "Report: done, progress, problems, next steps",
    "每周", "Weekly",
    "mail", Role.OWNER,
)  # fmt: skip
STEERING = CommunicationRow(
    "双方负责人", "Managers of both sides",
    "成本、交期、变更与重大风险", "Cost, dates, changes, major risks",
    "每月", "Monthly",
    "meeting", Role.MANAGER,
)  # fmt: skip
DUTIES = CommunicationRow(
    "客户", "Customer",
    "客户需完成的事项及日期", "What the customer has to do, and until when",
    "到期前两个工作日", "Two working days ahead",
    "mail", Role.OWNER,
)  # fmt: skip
SUPPLIER = CommunicationRow(
    "供应商", "Supplier",
    "进度百分比、预计日期、问题", "Percent done, expected date, problems",
    "每周", "Weekly",
    "mail", Role.BUYER,
)  # fmt: skip
DEVIATION = CommunicationRow(
    "订单负责人与其经理", "Owner and the owner's manager",
    "偏差、原因与所需决定", "Deviation, cause, decision needed",
    "发现后一个工作日内", "Within one working day",
    "mail", Role.OWNER,
)  # fmt: skip
