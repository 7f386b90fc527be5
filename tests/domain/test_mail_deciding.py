"""What a reply decides is weighed by learned signs; an approval is never only likely."""

import pytest

from domain.mail.decision_signs import conditioned, reserved
from domain.mail.weights import learned
from domain.names import Verdict
from tests.domain.mail_factory import understood

CONFIRM = "Re: [SO-2026-00109] Order confirmation v1 - please confirm"
ACCEPT = "Re: [SO-2026-00109] Delivery notice - acceptance"


def test_the_table_knows_the_verdicts() -> None:
    assert {*learned("decisions").answers} == {"approve", "changes", "none", "reject"}


@pytest.mark.parametrize(
    "text",
    ["Agreed, provided the price holds.", "同意，但收到预付款前不得投料", "OK unless it is late"],
)
def test_a_yes_under_a_condition_is_none(text: str) -> None:
    assert conditioned(text)
    assert understood(text, Subject=CONFIRM, In_Reply_To="<1@x.test>").decision != Verdict.APPROVE


def test_a_kind_way_to_ask_keeps_nothing_back() -> None:
    assert not reserved("Confirmed. If possible call us two days before.")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (CONFIRM, "We agree with your order confirmation in all points. You can start."),
        (CONFIRM, "核对完毕，内容无误，请投产。"),
        (ACCEPT, "The machine ran all week, we accept it without remarks."),
    ],
)
def test_an_outright_yes_approves(subject: str, text: str) -> None:
    assert understood(text, Subject=subject, In_Reply_To="<1@x.test>").decision == Verdict.APPROVE
