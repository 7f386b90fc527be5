"""What a mail of ours asked for, told from the subject of its answer."""

import re

from domain.mail.plain import narrow
from domain.names import Purpose

_BY_SUBJECT: tuple[tuple[Purpose | str, re.Pattern[str]], ...] = tuple(
    (purpose, re.compile(words, re.I))
    for purpose, words in (
        (
            Purpose.QUESTION,
            r"请补充订单信息|补充.{0,8}信息|details are missing|we need .{0,20}from you",
        ),
        (
            Purpose.CONFIRMATION,
            r"订单确认书?.{0,12}请确认|请确认订单|order confirmation.{0,12}please confirm"
            r"|please confirm",
        ),
        (Purpose.APPROVAL, r"待审批|请审批|approval needed|approval required"),
        (Purpose.ASSIGNMENT, r"任务进度填报|您的任务|进度填报|your tasks|任务分配|task assigned"),
        (
            "supplier",
            r"外协进度|请回报|status of your purchase order|purchase order status|供货进度",
        ),
        (
            Purpose.DELIVERY,
            r"交付通知|组织验收|请验收|delivery notice|delivered - please accept|please accept",
        ),
        (Purpose.SURVEY, r"满意度|五个数字|five numbers|how did we do|satisfaction|survey"),
        (Purpose.REPORT, r"进度报告|progress report"),
    )
)

ASKING = frozenset(
    (
        *(Purpose.QUESTION, Purpose.CONFIRMATION, Purpose.APPROVAL, Purpose.ASSIGNMENT),
        *(Purpose.DELIVERY, Purpose.ACCEPTANCE, Purpose.SURVEY),
    )
)
"""Purposes of mails that ask something; a reminder asks what its subject says."""


def purpose_by_subject(subject: str) -> Purpose | str | None:
    """What our mail was that this one answers, by the words of its subject."""
    plain = narrow(subject)
    return next((purpose for purpose, words in _BY_SUBJECT if words.search(plain)), None)
