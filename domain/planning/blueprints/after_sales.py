"""Blueprint of after-sales work: find the fault, put it right, prove it."""

from domain.names import OrderType, Role
from domain.planning.blueprint import After, Blueprint, Estimate, Skill, Step

BLUEPRINT = Blueprint(
    OrderType.AFTER_SALES,
    1,
    (
        Step(
            "diagnosis",
            "故障诊断",
            "Find the fault",
            Estimate(1, 3, 6),
            Role.ENGINEER,
            Skill.SERVICE,
            deliverable_zh="诊断记录",
            deliverable_en="Diagnosis record",
            customer_visible=True,
        ),
        Step(
            "parts",
            "备件准备",
            "Provide the spare parts",
            Estimate(1, 2, 8),
            Role.BUYER,
            Skill.PURCHASING,
            after=(After("diagnosis"),),
        ),
        Step(
            "repair",
            "维修或更换",
            "Repair or replace",
            Estimate(2, 4, 8),
            Role.ENGINEER,
            Skill.SERVICE,
            after=(After("parts"),),
            per_line=True,
            growth=0.3,
            deliverable_zh="维修记录",
            deliverable_en="Repair record",
            customer_visible=True,
        ),
        Step(
            "verification",
            "复检与确认",
            "Verify the repair",
            Estimate(1, 1.5, 3),
            Role.QUALITY,
            Skill.INSPECTION,
            after=(After("repair"),),
            deliverable_zh="复检报告",
            deliverable_en="Verification report",
            checkpoint=True,
            customer_visible=True,
        ),
    ),
)
