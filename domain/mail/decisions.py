"""What a reply seems to decide: advice for a person's eyes, never a vote (see `answers`).

Which sign speaks how much for which decision is learned (`learned/decisions.tsv`). An approval
needs more than to be likely: nothing may be kept back, and nothing else be meant.
"""

from collections.abc import Mapping
from dataclasses import replace

from domain.mail.decision_signs import conditioned, deciding, doubted, parted, reserved
from domain.mail.extract.changes import ChangeItem
from domain.mail.kind_signs import Signs
from domain.mail.kinds import Guess, MailKind
from domain.mail.weights import learned
from domain.names import Verdict

NONE = "none"
"""The answer in the table for a reply that decides nothing."""
SURE, LIKELY = 0.85, 0.55
"""From where an approval is believed, and a refusal or a change."""
_MAY_DECIDE = frozenset(
    (MailKind.CONFIRMATION, MailKind.APPROVAL_VOTE, MailKind.ACCEPTANCE, MailKind.REJECTION)
)
_AGAINST = frozenset((MailKind.CHANGE_REQUEST, MailKind.REJECTION, MailKind.COMPLAINT))


def decision_of(guess: Guess, signs: Signs, changes: tuple[ChangeItem, ...]) -> Verdict | None:
    """What the text says, authentication aside; approve only where nothing is left open."""
    if guess.kind is MailKind.CHANGE_REQUEST:
        return Verdict.CHANGES
    if guess.kind not in _MAY_DECIDE:
        return None
    found = deciding(signs, changes)
    shares = learned("decisions").shares(found)
    best = max(shares, key=lambda answer: shares[answer])
    if guess.kind is MailKind.REJECTION:
        return Verdict.REJECT if best != Verdict.APPROVE else None
    if best == Verdict.APPROVE:
        return _approved(guess, signs, found) if shares[best] > LIKELY else None
    return Verdict(best) if best != NONE and shares[best] > LIKELY else None


def _approved(guess: Guess, signs: Signs, found: Mapping[str, float]) -> Verdict | None:
    """What is likely an approval: one, or changes where only a part or under a condition."""
    taken = guess.kind is MailKind.ACCEPTANCE
    if conditioned(signs.new_text) or (taken and parted(signs.new_text)):
        return Verdict.CHANGES
    sure = learned("decisions").shares(found)[Verdict.APPROVE] > SURE
    against = _AGAINST & {*guess.intents} or reserved(signs.new_text)
    return None if against or not sure or (taken and doubted(found)) else Verdict.APPROVE


def agreed(guess: Guess, signs: Signs, changes: tuple[ChangeItem, ...]) -> Guess:
    """The guess, where a confirmation that wants something changed is a change request."""
    wanted = MailKind.CHANGE_REQUEST
    if guess.kind is not MailKind.CONFIRMATION:
        return guess
    if decision_of(guess, signs, changes) is not Verdict.CHANGES:
        return guess
    others = tuple(kind for kind in guess.intents if kind is not wanted)
    return replace(guess, kind=wanted, confidence=UNSURE, intents=(wanted, *others))


UNSURE = 0.7
"""Two readings that do not agree are for a person's eyes."""
