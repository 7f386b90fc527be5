"""What a mail of ours asked for, told from the subject of its answer or from the quoted mail."""

import re

from domain.mail.plain import narrow
from domain.names import Purpose

SUPPLIER = "supplier"
"""We asked a supplier how our own purchase stands."""

_WORDS: tuple[tuple[Purpose | str, str, str], ...] = (
    (
        Purpose.QUESTION,
        r"补充.{0,8}(?:信息|资料|内容)|信息补充|待补充|details are missing|missing (?:details"
        r"|information)"
        r"|we need .{0,24}from you|complete your order|(?:some|few) (?:more )?(?:questions"
        r"|details)"
        r"|questions? (?:about|on) your order|information (?:needed|required|missing)",
        r"(?:还|尚)?需要?您?(?:补充|告诉|提供)|请补充|still need|we need to know"
        r"|(?:details|information) (?:are|is) missing|please (?:answer|complete|let us know)",
    ),
    (
        Purpose.APPROVAL,
        r"待审批|请审批|审批[:：]|需要?审批|\bapproval\b|please approve|for your approval",
        r"请审批|请批准|等待.{0,6}审批|your approval|please (?:approve|decide)",
    ),
    (
        Purpose.CONFIRMATION,
        r"订单确认书?|请确认|确认函|order confirmation|order acknowledge?ment|please confirm",
        r"内容确认如下|如无异议.{0,12}确认|请回复.{0,4}确认|what we have understood"
        r"|please reply .{0,4}confirm|confirm the order|we confirm your order",
    ),
    (
        Purpose.ASSIGNMENT,
        r"任务(?:进度|分配|填报)|进度填报|您的任务|your tasks|tasks? (?:this week|assigned)"
        r"|progress of your|tasks? progress",
        r"您(?:负责|名下)的任务|your (?:open )?tasks|填写?.{0,8}进度",
    ),
    (
        SUPPLIER,
        r"外协进度|供货进度|请回报|采购.{0,6}进度|purchase order status|status of your"
        r"|supplier request|state of your deliver|your deliver(?:y|ies) status",
        r"贵司(?:承制|供应|承接).{0,16}进度|our purchase order|state of your deliver",
    ),
    (
        Purpose.DELIVERY,
        r"交付通知|组织验收|请验收|验收通知|delivery notice|please accept|delivered\b"
        r"|for acceptance"
        r"|acceptance (?:request|of delivery)",
        r"(?:完成|组织|进行)验收|已交付|has been delivered|have been delivered|please accept"
        r"|accept(?:ance)? .{0,30}working days",
    ),
    (
        Purpose.SURVEY,
        r"满意度|回访|五个数字|five numbers|how did we do|satisfaction|survey|feedback on",
        r"满意度|打分|how (?:satisfied|did we do)|rate us|from 1 to 5",
    ),
    (Purpose.REPORT, r"进度报告|progress report", r"进度报告|progress report"),
)
_BY_SUBJECT = tuple((purpose, re.compile(words, re.I)) for purpose, words, _ in _WORDS)
_BY_QUOTE = tuple((purpose, re.compile(words, re.I)) for purpose, _, words in _WORDS)
QUOTE = 1_500
"""So much of the quoted mail is looked at: further down stand older mails."""

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


def purpose_by_quote(quoted: str) -> Purpose | str | None:
    """What our mail was that is quoted here, by its own words; the one that it says first."""
    plain = narrow(quoted[:QUOTE])
    hits = ((words.search(plain), purpose) for purpose, words in _BY_QUOTE)
    found = [(hit.start(), purpose) for hit, purpose in hits if hit]
    return min(found, key=lambda pair: pair[0])[1] if found else None
