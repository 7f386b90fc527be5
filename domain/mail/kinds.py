"""What a mail is about, with a confidence; below 0.8 a person decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.mail.plain import as_word, narrow
from domain.names import Purpose


class MailKind(StrEnum):
    """The kinds of mail that an order desk gets."""

    NEW_ORDER = "new_order"
    ORDER_INFO = "order_info"
    CONFIRMATION = "confirmation"
    CHANGE_REQUEST = "change_request"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"
    ACCEPTANCE = "acceptance"
    REJECTION = "rejection"
    APPROVAL_VOTE = "approval_vote"
    PROGRESS_REPORT = "progress_report"
    SUPPLIER_REPORT = "supplier_report"
    SURVEY_ANSWER = "survey_answer"
    AUTO_REPLY = "auto_reply"
    OTHER = "other"


_OTHER = re.compile(
    r"recall:|would like to recall|撤回.{0,6}邮件|payment advice|remittance advice|付款通知"
    r"|汇款通知|对账单"
    r"|代开.{0,8}发票|unsubscribe|退订"
    r"|newsletter|revision of (?:our )?prices|price (?:increase|revision|adjustment)"
    r"|调价函|调价通知"
    r"|涨价|招标公告|投标邀请|邀请.{0,6}投标"
    r"|invitation to (?:tender|bid)|供应商门户|srm|协同平台|验证码|登录地址|加微|lottery"
    r"|verify your (?:account"
    r"|mailbox)|password (?:will )?expire"
    r"|会议邀请|meeting invitation|webinar|展会|exhibition|参展|催款|overdue|outstanding invoice"
    r"|account statement|发票已开|电子发票"
    r"|promotion|special offer|limited offer|推广|培训班|招聘|放假通知|bank (?:details"
    r"|account) (?:has"
    r"|have) changed",
    re.I,
)
_NO_ORDER = re.compile(
    r"招标公告|公开招标|投标邀请|潜在投标人|invitation to (?:tender|bid)|call for tenders"
    r"|(?:view|see|open|process) .{0,30}(?:in your account|in (?:the|our) (?:portal|network))"
    r"|(?:登录|登陆).{0,16}(?:平台|门户|系统).{0,12}(?:查看|处理|接单)",
    re.I,
)
"""What says that the order, if there is one, stands elsewhere."""
_MORE = re.compile(
    r"新(?:的)?订?单(?!价)|(?:再|另)外?(?:加|下|开|订).{0,5}(?:订单|单子|采购单)"
    r"|\b(?:new|separate|additional|another) (?:order|PO)\b",
    re.I,
)
_ORDER = re.compile(
    r"采购订单|订购|下单|订货|订单(?!确认)|采购(?!部|科|员|经理)|要货|请按|安排(?:生产|发货|以下"
    r"|一下|下)|我们定了|订单号|定做|加订|请购|采购计划"
    r"|备货|单子|供货|委托加工|加工函|外协件|合同|要\s?\d+[台套件个只根条]|再来|急用|备件|请安排"
    r"|订\S{0,8}\d+|批下来了|报价.{0,6}接受"
    r"|\border\b(?! desk)|purchase order|\bP\.?O\.?\b|please supply|call-?off"
    r"|would like to (?:order|buy|have)|pls enter|as our order"
    r"|\bneed (?:the following|\d+)|spares? list|requisition|bestellung|commande|pedido"
    r"|orden de compra|please (?:deliver|send us|arrange|book)"
    r"|accept your (?:quotation|offer|quote)|as per your (?:quotation|offer)|go ahead with",
    re.I,
)
_ENQUIRY = re.compile(
    r"咨询|询价|询个价|报价(?!单.{0,12}(?:下单|接受|执行))|报个?价|多少钱|能不能做|能做吗|做过吗"
    r"|什么价|价格多少|价位"
    r"|请报|报一下|预算|货期多久|多久能|有没有现货|有现货|样本|选型|技术方案|先不下单|打算|考虑"
    r"|\bquote\b|quotation(?! accepted)|best price|price request|enquiry|inquiry|how much|lead time"
    r"|what would .{0,30}cost|do you (?:make|offer|have|supply)|can you (?:make|offer|supply|do)"
    r"|could you (?:make|offer|supply)|price per|budgetary|please offer|interested in|catalog"
    r"|data ?sheet|in stock",
    re.I,
)
_BY_QUOTATION = re.compile(
    r"按.{0,24}报价|报价.{0,10}(?:下单|执行|接受|没问题|同意)|根据.{0,16}报价"
    r"|as per your (?:quotation|offer|quote)"
    r"|(?:accept|order against|per|with reference to) (?:your )?(?:quotation|offer|quote)"
    r"|your quotation .{0,20}(?:accepted|ok)",
    re.I,
)
_NO_CHANGE = re.compile(
    r"without (?:any )?changes?|no (?:further )?changes?|无(?:修改|变更)"
    r"|(?:没有?|不)(?:修改|变更|改动)",
    re.I,
)
_COMPLAINT = re.compile(
    r"投诉|不满|没法.{0,6}交代|到现在还没|坏了|漏[油水气]|损坏|不合格|质量问题|没人(?:接|管|理)"
    r"|说好|少了|破损|划伤|异响|返修|太慢|失望"
    r"|not happy|complain|unacceptable|not what we (?:agreed|ordered)|damaged|broken|smashed"
    r"|leak|late\b|nobody (?:answer|pick)|wrong (?:part|item)"
    r"|missing (?:from|parts)|we counted|defect|fault|how do we solve|disappointed|shocking",
    re.I,
)
_CHANGE = re.compile(
    r"变更|改为|改成|改到|改一下|又来改|推迟|延期|提前|取消|不要了|暂停|增加|减少|换成|改了|加订"
    r"|cancel|postpone|move the delivery"
    r"|push (?:the )?delivery"
    r"|instead of|in place of|\bchange(?:s|d)?\b|bring forward|becomes?\b|please hold"
    r"|rev(?:ision)? \d|no longer|upgraded? to|reduce|increase|amend"
    r"|keep (?:it|this|that) open|(?:can ?not|do not|don't) confirm|please correct"
    r"|not what we agreed|终止|作废|更正|(?:先|暂)不(?:能)?确认",
    re.I,
)
_ACCEPT = re.compile(
    r"同意验收|验收通过|验收合格|可以验收|验收没问题|(?:we |i )accept (?:the|them|it)|accepted"
    r"|acceptance (?:granted|ok)|taken over|签字盖章|予以验收|准予验收",
    re.I,
)
_REFUSE = re.compile(
    r"不能验收|验收[^。,\n]{0,4}不(?:通过|合格)|拒收|整批退|全部退"
    r"|不予验收|拒绝验收|不同意验收|不接受|无法验收|cannot accept"
    r"|can ?not be accepted|do not accept"
    r"|not accepted|reject|refuse|won't accept|退货|(?:全部|整批)退回|退回.{0,6}换"
    r"|(?:take|send|ship).{0,12}back|return(?:ing)? (?:all|the|them)",
    re.I,
)
_NOT_AS_TOLD = re.compile(
    r"\b(?:i|we) (?:told|asked|ordered|specified)\b|should (?:be|have been)|跟(?:图纸|合同|要求)不"
    r"|与.{0,10}不(?:符|一致)|要求.{0,12}(?:实际|却)",
    re.I,
)
_CONFIRM = re.compile(
    r"^(?:(?:内容|內容)?確認無誤|内容确认无误|无误|無誤|确认|没问题"
    r"|无异议|同意|ok|okay|confirmed|we confirm|all good|yep|yes"
    r"|agreed|go ahead"
    r"|fine|looks good|all correct)",
    re.I,
)
_RECEIPT = re.compile(
    r"收到|received|thanks|noted|will (?:come back|get back|answer)|转给|再回复|正式回复"
    r"|we will check",
    re.I,
)


@dataclass(frozen=True)
class Signs:
    """What is known of a mail before its kind is: who answers what, and what was found in it."""

    subject: str
    new_text: str
    purpose: Purpose | str | None
    from_staff: bool
    is_reply: bool
    order_known: bool
    has_lines: bool
    has_changes: bool
    has_progress: bool
    has_survey: bool
    has_files: bool
    forwarded: bool


@dataclass(frozen=True)
class Guess:
    """The kind, how sure, and all kinds in the mail, the main one first."""

    kind: MailKind
    confidence: float
    intents: tuple[MailKind, ...]


def kind_of(signs: Signs) -> Guess:
    """The kind of a mail that a person wrote."""
    text = narrow(signs.new_text)
    whole = f"{narrow(signs.subject)}\n{text}"
    if signs.from_staff and signs.purpose is Purpose.APPROVAL:
        return _guess(MailKind.APPROVAL_VOTE, 0.95)
    if signs.from_staff and (signs.has_progress or signs.purpose is Purpose.ASSIGNMENT):
        return _guess(MailKind.PROGRESS_REPORT, 0.95)
    if _NO_ORDER.search(whole):
        return _guess(MailKind.OTHER, 0.85)
    if _OTHER.search(whole) and not (signs.has_lines and _ORDER.search(whole)):
        return _guess(MailKind.OTHER, 0.8)
    answered = _answer_to(signs, text) if signs.is_reply or signs.purpose else None
    return answered or _fresh(signs, whole)


def _guess(kind: MailKind, confidence: float, *others: MailKind) -> Guess:
    return Guess(kind, confidence, (kind, *(other for other in others if other is not kind)))


def _answer_to(signs: Signs, text: str) -> Guess | None:
    if signs.purpose is Purpose.SURVEY and signs.has_survey:
        return _guess(MailKind.SURVEY_ANSWER, 0.95)
    if signs.purpose == "supplier":
        return _guess(MailKind.SUPPLIER_REPORT, 0.92)
    if signs.purpose in (Purpose.DELIVERY, Purpose.ACCEPTANCE):
        return _acceptance(text)
    if signs.purpose is Purpose.CONFIRMATION:
        return _confirmation(signs, text)
    if signs.purpose is Purpose.QUESTION:
        others = (MailKind.CHANGE_REQUEST,) if signs.has_changes and _CHANGE.search(text) else ()
        return _guess(MailKind.ORDER_INFO, 0.9, *others)
    return None


def _acceptance(text: str) -> Guess:
    more = (MailKind.ENQUIRY,) if _ENQUIRY.search(text) else ()
    if _REFUSE.search(text):
        return _guess(MailKind.REJECTION, 0.92, *more)
    if _ACCEPT.search(text):
        return _guess(MailKind.ACCEPTANCE, 0.9, *more)
    if _COMPLAINT.search(text) or _NOT_AS_TOLD.search(text):
        return _guess(MailKind.COMPLAINT, 0.7, MailKind.REJECTION)
    return _guess(MailKind.ACCEPTANCE, 0.6)


def _confirmation(signs: Signs, text: str) -> Guess:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if signs.has_changes or _CHANGE.search(_NO_CHANGE.sub(" ", text)):
        return _guess(MailKind.CHANGE_REQUEST, 0.9 if signs.has_changes else 0.8)
    if _CONFIRM.search(as_word(first)) or _CONFIRM.search(text) or _RECEIPT.search(text):
        more = (MailKind.NEW_ORDER,) if _MORE.search(text) else ()
        return _guess(MailKind.CONFIRMATION, 0.9, *more)
    return _guess(MailKind.CONFIRMATION, 0.7)


def _fresh(signs: Signs, whole: str) -> Guess:
    """A mail that answers no question of ours: the kind with the most signs."""
    scores = dict(sorted(_scores(signs, whole).items(), key=lambda pair: -pair[1]))
    kinds = list(scores)
    best, second = scores[kinds[0]], scores[kinds[1]]
    if best <= 0:
        return _guess(MailKind.OTHER, 0.5)
    confidence = 0.9 if best - second >= 2 else 0.8 if best - second >= 1 else 0.6
    return _guess(
        kinds[0], confidence, *(kind for kind in kinds[1:2] if scores[kind] >= best - 0.5)
    )


def _asks(whole: str) -> bool:
    """True for a question about price or possibility; an order by our quotation is none."""
    return bool(_ENQUIRY.search(_BY_QUOTATION.sub(" ", whole)))


def _scores(signs: Signs, whole: str) -> Mapping[MailKind, float]:
    known = signs.order_known
    order = bool(_ORDER.search(whole))
    asks = _asks(narrow(signs.new_text) if signs.is_reply else whole)
    changes = bool(_CHANGE.search(_NO_CHANGE.sub(" ", whole)))
    faults = len(set(_COMPLAINT.findall(whole)))
    return {
        MailKind.NEW_ORDER: 1.5 * order
        + 2 * signs.has_lines
        + 1.2 * signs.has_files
        - 2.5 * known
        - 1.8 * asks
        + signs.forwarded
        + signs.from_staff,
        MailKind.ENQUIRY: 2.4 * asks - 1.2 * known - 0.4 * order,
        MailKind.CHANGE_REQUEST: 1.5 * changes
        + signs.has_changes
        + 1.2 * known
        - 0.5
        - 1.5 * (not known and signs.has_lines),
        MailKind.COMPLAINT: 1.6 * min(faults, 3)
        + 0.8 * known
        - 0.6
        - 1.5 * signs.has_lines * (not known),
        MailKind.ACCEPTANCE: 2.5 * bool(_ACCEPT.search(whole)) + 0.5 * known - 1,
        MailKind.REJECTION: (2.2 + 1.8 * known) * bool(_REFUSE.search(whole)) - 1,
    }
