"""What a mail is about, with a confidence; below 0.8 a person decides.

Which sign speaks how much for which kind is learned from labelled mails (`learned/kinds.tsv`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.mail import cues
from domain.mail.kind_signs import Signs, named
from domain.mail.purposes import SUPPLIER
from domain.mail.weights import learned
from domain.names import Purpose

__all__ = ["Guess", "MailKind", "Signs", "kind_of"]


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
class Guess:
    """The kind, how sure, and all kinds in the mail, the main one first."""

    kind: MailKind
    confidence: float
    intents: tuple[MailKind, ...]


SUREST = 0.97
ALSO = 0.3
"""A second kind that is so likely may be meant as well."""
_OF_STAFF = frozenset((MailKind.APPROVAL_VOTE, MailKind.PROGRESS_REPORT))
_ANSWERS: dict[tuple[bool, Purpose | str], frozenset[MailKind]] = {
    (True, Purpose.APPROVAL): frozenset((MailKind.APPROVAL_VOTE,)),
    (True, Purpose.ASSIGNMENT): frozenset((MailKind.PROGRESS_REPORT,)),
    (False, Purpose.SURVEY): frozenset((MailKind.SURVEY_ANSWER,)),
    (False, SUPPLIER): frozenset((MailKind.SUPPLIER_REPORT,)),
    (False, Purpose.QUESTION): frozenset((MailKind.ORDER_INFO, MailKind.CHANGE_REQUEST)),
}
"""What an answer to a mail of ours can be, by colleagues and by others; else it may be anything."""


def kind_of(signs: Signs) -> Guess:
    """The kind of a mail that a person wrote."""
    shares = {
        MailKind(kind): share for kind, share in learned("kinds").shares(named(signs)).items()
    }
    if not signs.from_staff:
        shares = _among(shares, shares.keys() - _OF_STAFF)
    if signs.asked and signs.purpose is not None:
        shares = _among(shares, _ANSWERS.get((signs.from_staff, signs.purpose), shares))
    if cues.ELSEWHERE.search(signs.subject + "\n" + signs.new_text) and not signs.has_lines:
        shares = _among(shares, (MailKind.OTHER,)) if not signs.is_reply else shares
    ranked = sorted(shares, key=lambda kind: -shares[kind])
    also = [kind for kind in ranked[1:2] if shares[kind] >= ALSO]
    if signs.names_things and cues.MORE.search(signs.new_text) and not signs.forwarded:
        also.append(MailKind.NEW_ORDER)
    also = [kind for kind in dict.fromkeys(also) if kind is not ranked[0]]
    return Guess(ranked[0], min(SUREST, shares[ranked[0]]), (ranked[0], *also))


def _among(shares: dict[MailKind, float], kinds: Iterable[MailKind]) -> dict[MailKind, float]:
    """The shares of those that can be, in all 1 again."""
    left = {kind: shares.get(kind, 0.0) + 1e-6 for kind in kinds}
    whole = sum(left.values())
    return {kind: share / whole for kind, share in left.items()}
