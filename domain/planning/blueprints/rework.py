"""Blueprint for putting right what a customer did not accept: the punch items are its lines."""

from domain.names import OrderType, Role
from domain.planning.blueprint import After, Blueprint, Estimate, Skill, Step

STEPS = (
    Step(
        "fix",
        "整改",
        "Put right",
        Estimate(1, 3, 6),
        Role.ENGINEER,
        Skill.SERVICE,
        per_line=True,
        deliverable_zh="整改记录",
        deliverable_en="Record of the correction",
        customer_visible=True,
    ),
    Step(
        "recheck",
        "复检",
        "Check again",
        Estimate(0.5, 1, 2),
        Role.QUALITY,
        Skill.INSPECTION,
        after=(After("fix"),),
        deliverable_zh="复检报告",
        deliverable_en="Report of the second check",
        checkpoint=True,
        customer_visible=True,
    ),
)


def blueprint(order_type: OrderType) -> Blueprint:
    """Rework of an order of this kind: one fix a punch item, then one check."""
    return Blueprint(order_type, 1, STEPS)
