"""One blueprint for each kind of order, and a small one for rework."""

from domain.names import OrderType
from domain.planning.blueprint import Blueprint
from domain.planning.blueprints import (
    after_sales,
    engineering,
    internal,
    manufacture,
    rework,
    software,
    subcontract,
)

BLUEPRINTS: dict[OrderType, Blueprint] = {
    OrderType.MANUFACTURE_TO_ORDER: manufacture.BLUEPRINT,
    OrderType.ENGINEERING_SERVICE: engineering.BLUEPRINT,
    OrderType.SOFTWARE: software.BLUEPRINT,
    OrderType.AFTER_SALES: after_sales.BLUEPRINT,
    OrderType.SUBCONTRACT: subcontract.BLUEPRINT,
    OrderType.INTERNAL: internal.BLUEPRINT,
}


def blueprint_of(order_type: OrderType) -> Blueprint:
    """The blueprint as shipped; `blueprint.adjusted` adds what the company has learnt since."""
    return BLUEPRINTS[order_type]


def rework_of(order_type: OrderType) -> Blueprint:
    """The blueprint for putting right what a customer did not accept: one fix a punch item."""
    return rework.blueprint(order_type)
