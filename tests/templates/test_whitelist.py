"""What a customer may see is listed field by field; internal things have no field there."""

import re
from dataclasses import fields, is_dataclass

import pytest

from templates.render import MAILS
from templates.views import customer, document, order
from tests.templates.samples import ALERTS

INTERNAL = {
    "cost",
    "margin",
    "score",
    "budget",
    "rate",
    "comment",
    "comments",
    "resource",
    "internal",
}
REPORTS = {"RetrospectiveReportView", "EstimateView", "FactView", "ShareView"}
SEEN = [
    each
    for module in (order, customer, document)
    for name, each in vars(module).items()
    if is_dataclass(each) and name not in REPORTS
]


@pytest.mark.parametrize("view", SEEN, ids=lambda each: each.__name__)
def test_customers_see_no_internal_field(view: type) -> None:
    assert not [
        each.name
        for each in fields(view)  # type: ignore[arg-type]
        if INTERNAL & set(re.split("_", each.name))
    ]


def test_a_customer_mail_takes_a_view_of_the_customers_list_only() -> None:
    inside = {"plan_released_team", "report_retrospective", "reminder_gate", "reminder_progress"}
    for (purpose, variant), view in MAILS.items():
        name = f"{purpose}_{variant}" if variant else str(purpose)
        told_to_customer = view.__module__ == customer.__name__
        told_to_us = name in inside or purpose in ("assignment", "approval") or variant in ALERTS
        assert told_to_customer != told_to_us
