"""Blueprint of work that we order from ourselves."""

from domain.names import OrderType, Role
from domain.planning.blueprint import After, Blueprint, Estimate, Skill, Step

BLUEPRINT = Blueprint(
    OrderType.INTERNAL,
    1,
    (
        Step(
            "goal",
            "目标与方案",
            "Goal and approach",
            Estimate(2, 4, 8),
            Role.ENGINEER,
            deliverable_zh="方案说明",
            deliverable_en="Approach",
        ),
        Step(
            "resources",
            "资源准备",
            "Get what is needed",
            Estimate(1, 2, 6),
            Role.BUYER,
            Skill.PURCHASING,
            after=(After("goal"),),
        ),
        Step(
            "work",
            "实施",
            "Do the work",
            Estimate(6, 10, 20),
            Role.ENGINEER,
            after=(After("goal"), After("resources")),
            per_line=True,
            growth=0.2,
            deliverable_zh="实施结果",
            deliverable_en="Result",
        ),
        Step(
            "check",
            "检查结果",
            "Check the result",
            Estimate(1, 2, 4),
            Role.QUALITY,
            Skill.INSPECTION,
            after=(After("work"),),
            deliverable_zh="检查记录",
            deliverable_en="Check record",
            checkpoint=True,
        ),
        Step(
            "handover",
            "移交与说明",
            "Hand over and explain",
            Estimate(1, 2, 3),
            Role.ENGINEER,
            after=(After("check"),),
            deliverable_zh="移交记录",
            deliverable_en="Hand-over record",
        ),
    ),
)
