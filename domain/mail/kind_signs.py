"""Everything that speaks for one kind of mail or another, as named numbers."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.mail import cues
from domain.mail.phrasebook import heard
from domain.mail.plain import narrow
from domain.mail.traditional import simplified
from domain.names import Purpose


@dataclass(frozen=True)
class Signs:
    """What is known of a mail before its kind is: who answers what, and what was found in it."""

    subject: str
    new_text: str
    language: str
    purpose: Purpose | str | None
    quoted_purpose: Purpose | str | None
    from_staff: bool
    is_reply: bool
    order_known: bool
    has_lines: bool
    names_things: bool
    labels: int
    has_changes: bool
    has_progress: bool
    has_survey: bool
    has_files: bool
    forwarded: bool
    has_quote: bool = False
    asked: bool = False
    """True if `purpose` is not read from words but known: the mail answers a mail of ours."""


def plain(text: str) -> str:
    """As the cues are written: narrow, and in simplified characters."""
    return simplified(narrow(text))


@lru_cache(maxsize=2)  # the kind, its agreement and the decision ask for the same mail
def named(signs: Signs) -> Mapping[str, float]:
    """The signs by name: what is so is 1, likenesses are 0 to 1; what is not so is left out."""
    subject, text = plain(signs.subject), plain(signs.new_text)
    whole = f"{subject}\n{text}"
    said = text if signs.is_reply else whole  # the subject of an answer is ours
    found: dict[str, float] = {
        f"purpose {signs.purpose or 'none'}": 1,
        f"quoted purpose {signs.quoted_purpose or 'none'}": 1,
        "length": math.log1p(len(text)) / 8,
        "labels": min(4, signs.labels) / 4,
        "questions": min(3, whole.count("?")) / 3,
        "percent": min(3, len(_PERCENT.findall(text))) / 3,
        "answers by subject": bool(_ANSWER.match(subject)),
        "chinese": signs.language == "zh",
        **{name.replace("_", " "): getattr(signs, name) for name in _TOLD},
    }
    for name, pattern in _cues().items():
        found[f"says {name}"] = bool(pattern.search(said))
        found[f"subject says {name}"] = bool(pattern.search(subject))
    for among, of, words in ((ANYTHING, "like", text), (ABOUT, "about", whole)):
        found |= {f"{of} {thing}": v for thing, v in heard(words, signs.language, among).items()}
    for among, of in ((TAKEN, "taken"), (SETTLED, "settled")):
        found |= {f"{of} {thing}": v for thing, v in heard(text, signs.language, among).items()}
    return {name: float(value) for name, value in found.items() if value}


_TOLD = (
    *("from_staff", "is_reply", "order_known", "has_lines", "has_changes"),
    *("names_things", "has_progress", "has_survey", "has_files", "forwarded", "has_quote"),
)
_PERCENT = re.compile(r"\d ?%")
_ANSWER = re.compile(r"\s*(?:re|aw|sv|antw|回复|回覆|答复):", re.I)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    patterns = {name: value for name, value in vars(cues).items() if name.isupper()}
    return {name.lower().replace("_", " "): each for name, each in patterns.items()}


_OTHER = (
    *("advert", "dunning", "holiday_note", "invitation", "invoice", "job", "payment"),
    *("phishing", "portal", "price_letter", "survey", "tender"),
)
ANYTHING = {
    **{
        thing: thing
        for thing in (
            *("accept", "accept_part", "accept_remarks", "reject", "complaint"),
            *("cancel", "hold", "change_date", "change_model", "change_place", "change_quantity"),
            *("change_other", "confirm", "not_yet", "receipt", "neutral"),
            *("enquiry", "info", "order", "supplier"),
            *("vote_yes", "vote_no", "vote_condition"),
            *("progress_done", "progress_part", "progress_blocked"),
        )
    },
    **dict.fromkeys(_OTHER, "other"),
}
ABOUT = {
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
TAKEN = {
    **dict.fromkeys(("accept", "accept_remarks", "accept_part"), "taken"),
    **dict.fromkeys(("reject", "complaint"), "refused"),
    **dict.fromkeys(("receipt", "neutral"), "neutral"),
}
SETTLED = {
    **dict.fromkeys(("confirm", "accept"), "yes"),
    **dict.fromkeys(("receipt", "neutral"), "neutral"),
    **dict.fromkeys(("change_quantity", "change_date", "change_model", "change_place"), "change"),
    **dict.fromkeys(("cancel", "hold", "change_other", "not_yet"), "change"),
}
