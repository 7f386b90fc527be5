"""What a mail is about, with a confidence; below 0.8 a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.mail import cues
from domain.mail.phrasebook import heard
from domain.mail.plain import narrow
from domain.mail.purposes import SUPPLIER
from domain.mail.traditional import simplified
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


@dataclass(frozen=True)
class Signs:
    """What is known of a mail before its kind is: who answers what, and what was found in it."""

    subject: str
    new_text: str
    language: str
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
    text = _plain(signs.new_text)
    whole = f"{_plain(signs.subject)}\n{text}"
    if signs.from_staff and signs.purpose is Purpose.APPROVAL:
        return _guess(MailKind.APPROVAL_VOTE, 0.95)
    if signs.from_staff and (signs.has_progress or signs.purpose is Purpose.ASSIGNMENT):
        return _guess(MailKind.PROGRESS_REPORT, 0.95)
    answered = _answer_to(signs, text) if signs.is_reply or signs.purpose else None
    if answered is not None and answered.kind is not MailKind.ACCEPTANCE:
        return answered
    if cues.ELSEWHERE.search(whole):
        return _guess(MailKind.OTHER, 0.85)
    if cues.PRIVATE.search(whole) and not (signs.has_lines and cues.ORDER.search(whole)):
        return _guess(MailKind.OTHER, 0.8)
    return answered or _fresh(signs, whole)


def _plain(text: str) -> str:
    """As the cues are written: narrow, and in simplified characters."""
    return simplified(narrow(text))


def _guess(kind: MailKind, confidence: float, *others: MailKind) -> Guess:
    return Guess(kind, confidence, (kind, *(other for other in others if other is not kind)))


def _answer_to(signs: Signs, text: str) -> Guess | None:
    if signs.purpose is Purpose.SURVEY:
        return _guess(MailKind.SURVEY_ANSWER, 0.95 if signs.has_survey else 0.8)
    if signs.purpose == SUPPLIER:
        return _guess(MailKind.SUPPLIER_REPORT, 0.92)
    if signs.purpose in (Purpose.DELIVERY, Purpose.ACCEPTANCE):
        return _acceptance(signs, text)
    if signs.purpose is Purpose.CONFIRMATION:
        return _confirmation(signs, text)
    if signs.purpose is Purpose.QUESTION:
        changed = signs.has_changes and cues.CHANGE.search(text)
        others = (MailKind.CHANGE_REQUEST,) if changed else ()
        return _guess(MailKind.ORDER_INFO, 0.9, *others)
    return None


_TAKEN = {
    **dict.fromkeys(("accept", "accept_remarks", "accept_part"), "taken"),
    **dict.fromkeys(("reject", "complaint"), "refused"),
    **dict.fromkeys(("receipt", "neutral"), "neutral"),
}


def _acceptance(signs: Signs, text: str) -> Guess:
    """Goods taken or refused; a fault alone is a complaint for a person to look at."""
    more = (MailKind.ENQUIRY,) if cues.ENQUIRY.search(text) else ()
    like = heard(text, signs.language, _TAKEN)
    refused = bool(cues.REFUSED.search(text))
    taken = bool(cues.ACCEPTED.search(text))
    if refused:
        return _guess(MailKind.REJECTION, 0.7 if taken else 0.92, *more)
    if taken:
        return _guess(MailKind.ACCEPTANCE, 0.9, *more)
    told_otherwise = bool(cues.NOT_AS_TOLD.search(text))
    if like["refused"] > UNWILLING and not told_otherwise:
        return _guess(MailKind.REJECTION, 0.75, MailKind.COMPLAINT)
    if told_otherwise or cues.COMPLAINT.search(text):
        return _guess(MailKind.COMPLAINT, 0.7, MailKind.REJECTION)
    return _guess(MailKind.ACCEPTANCE, 0.8 if like["taken"] > LIKELY else 0.6, *more)


UNWILLING = 0.62
"""Among the labelled answers to a delivery, refusals sound so above this and acceptances below."""


_SETTLED = {
    **dict.fromkeys(("confirm", "accept"), "yes"),
    **dict.fromkeys(("receipt", "neutral"), "neutral"),
    **dict.fromkeys(("change_quantity", "change_date", "change_model", "change_place"), "change"),
    **dict.fromkeys(("cancel", "hold", "change_other", "not_yet"), "change"),
}


def _confirmation(signs: Signs, text: str) -> Guess:
    """Whether our confirmation is agreed to or corrected; "and a new order" corrects nothing."""
    this_order = "\n".join(part for part in text.splitlines() if not cues.MORE.search(part))
    like = heard(this_order, signs.language, _SETTLED)
    outright = bool(cues.CHANGE.search(cues.NO_CHANGE.sub(" ", this_order)))
    yes, receipt = bool(cues.CONFIRMED.search(text)), bool(cues.RECEIPT.search(text))
    reserved = bool(cues.RESERVATION.search(this_order))
    if signs.has_changes or reserved or (outright and (not yes or like["change"] > 0.5)):
        sure = signs.has_changes or (outright and like["change"] > LIKELY)
        return _guess(MailKind.CHANGE_REQUEST, 0.9 if sure else 0.8)
    if _sounds_changed(like, yes=yes, receipt=receipt):
        return _guess(MailKind.CHANGE_REQUEST, 0.75)
    if yes or receipt or like["yes"] > LIKELY:
        more = (MailKind.NEW_ORDER,) if cues.MORE.search(text) else ()
        doubtful = like["change"] > max(LIKELY, like["yes"])
        return _guess(MailKind.CONFIRMATION, 0.75 if doubtful else 0.9, *more)
    return _guess(MailKind.CONFIRMATION, 0.7)


def _sounds_changed(like: Mapping[str, float], *, yes: bool, receipt: bool) -> bool:
    """Whether an answer to a confirmation asks for a change though no cue says so.

    A wish ("ring us before you come") sounds like a change too: a clear yes outweighs it.
    """
    change = like["change"]
    if yes:
        return change > 0.97 and like["yes"] < 0.5
    quiet = like["yes"] < 0.3 and like["neutral"] < change and not receipt
    return change >= 0.95 or (change > LIKELY and quiet)


LIKELY = 0.78


_ABOUT = {
    "order": "new_order",
    "enquiry": "enquiry",
    "info": "order_info",
    "supplier": "supplier",
    **dict.fromkeys(("complaint", "reject"), "complaint"),
    **dict.fromkeys(("accept", "accept_remarks", "accept_part"), "acceptance"),
    **dict.fromkeys(("confirm", "receipt", "neutral"), "neutral"),
    **dict.fromkeys(("change_quantity", "change_date", "change_model", "change_place"), "change"),
    **dict.fromkeys(("cancel", "hold", "change_other"), "change"),
    **dict.fromkeys(("advert", "invoice", "payment", "dunning", "price_letter"), "other"),
    **dict.fromkeys(("tender", "invitation", "portal", "phishing", "job"), "other"),
}


UNSURE, LITTLE = 0.7, 0.8


def _fresh(signs: Signs, whole: str) -> Guess:
    """A mail that answers no question of ours: the kind with the most signs."""
    scores = dict(sorted(_scores(signs, whole).items(), key=lambda pair: -pair[1]))
    kinds = list(scores)
    best, second = scores[kinds[0]], scores[kinds[1]]
    if best <= 0:
        return _guess(MailKind.OTHER, 0.5)
    if best < LITTLE:
        return _guess(kinds[0], 0.5)
    confidence = 0.9 if best - second >= 2 else 0.8 if best - second >= 1 else 0.6
    if kinds[0] is MailKind.OTHER:
        confidence = min(
            confidence, UNSURE
        )  # what only sounds like advertising is not filed unseen
    return _guess(
        kinds[0], confidence, *(kind for kind in kinds[1:2] if scores[kind] >= best - 0.5)
    )


def _asks(whole: str) -> bool:
    """True for a question about price or possibility; an order by our quotation is none."""
    return bool(cues.ENQUIRY.search(cues.BY_QUOTATION.sub(" ", whole)))


def _scores(signs: Signs, whole: str) -> Mapping[MailKind, float]:
    known = signs.order_known
    order = bool(cues.ORDER.search(whole))
    asks = _asks(_plain(signs.new_text) if signs.is_reply else whole)
    changes = bool(cues.CHANGE.search(cues.NO_CHANGE.sub(" ", whole)))
    faults = len({hit.lower() for hit in cues.COMPLAINT.findall(whole)})
    outright = bool(cues.ORDERED.search(whole))
    supplied = bool(cues.SUPPLIED.search(whole)) and not outright
    refused = bool(cues.REFUSED.search(whole))
    like = heard(whole, signs.language, _ABOUT)
    wondering = asks or like["enquiry"] > LIKELY
    ordered = signs.has_lines and not wondering
    altered = bool(cues.RUNNING.search(whole)) and (changes or like["change"] > LIKELY)
    idle = like["other"] > LIKELY and not (signs.has_lines or signs.has_files or order)
    questions = min(3, whole.count("?"))
    return {
        MailKind.NEW_ORDER: 1.5 * order
        + 1.0 * outright
        + 1.0 * (outright and ordered)
        + 1.2 * signs.has_lines
        + 0.8 * ordered
        + 1.2 * signs.has_files
        - 2.5 * known
        - 1.8 * asks
        + signs.forwarded
        + signs.from_staff
        + 2 * like["new_order"]
        - 1.5 * supplied
        - 1.5 * refused
        - 0.8 * min(faults, 2)
        - 1.2 * altered
        - 0.7,
        MailKind.ENQUIRY: 2.2 * asks
        - 0.8 * known
        - 0.4 * order
        + 2 * like["enquiry"]
        + 0.4 * questions
        - 1.0,
        MailKind.CHANGE_REQUEST: 1.5 * changes
        + signs.has_changes
        + 1.2 * known
        - 1.2
        - 1.5 * (not known and signs.has_lines)
        - 1.0 * (not known and order)
        + 1.5 * altered
        + 2 * like["change"]
        - 1.5 * supplied,
        MailKind.COMPLAINT: 1.6 * min(faults, 3)
        + 0.8 * known
        - 1.3
        - 1.5 * signs.has_lines * (not known)
        + 2 * like["complaint"],
        MailKind.ACCEPTANCE: 1.5 * bool(cues.ACCEPTED.search(whole))
        + 0.5 * known
        + like["acceptance"]
        - 1.5,
        MailKind.REJECTION: (2.4 + 1.2 * known) * refused - 1,
        MailKind.SUPPLIER_REPORT: 2.5 * supplied + 0.6 * known + 2 * like["supplier"] - 1.8,
        MailKind.ORDER_INFO: 1.2 * known + 2 * like["order_info"] - 2.0,
        MailKind.OTHER: 2 * like["other"] + idle - 1.0 * order - 0.8,
    }
