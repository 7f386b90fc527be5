"""Things that a mail about an order adds to it, or orders beside it: only they are lines of it."""

import re

from domain.mail.extract.values import Line
from domain.mail.plain import narrow

_ADDED = re.compile(
    r"(?:再|另|又|还|追)外?\s*(?:加|订|訂|要|补|補|购|購|做)|加订|加訂|增订|追加|补订|補訂|补充"
    r"|補充"
    r"|新(?:的)?[单單订訂]|单独下|\b(?:new|another|separate|second) order|\badditional(?:ly)?\b"
    r"|\bin addition"
    r"|\balso (?:want|need|order|take|require|send|like|put|include|enter|book)"
    r"|\badd(?:ing)?\b|\bextra\b|\bon top\b"
    r"|\bas well\b"
    r"|\bbesides\b|what would .{0,60}\bcost|\bquote us\b|\boffer (?:us|for)\b|报个?价|報個?價"
    r"|询价|詢價",
    re.I,
)
_SENTENCE = re.compile(r"[。;!\n]|(?<=[a-z\d)])[.!?](?=\s|$)|\?")


def added_lines(lines: tuple[Line, ...], text: str) -> tuple[Line, ...]:
    """Those of the lines that the text adds, by words of adding beside them or above a table."""
    sentences = [one for one in _SENTENCE.split(narrow(text)) if one]
    said = [one for one in sentences if _ADDED.search(one)]
    return tuple(
        line
        for line in lines
        if said and (not line.source.startswith("text:") or any(_names(one, line) for one in said))
    )


def _names(sentence: str, line: Line) -> bool:
    """True for a sentence with the thing's number, or with its name where it has none."""
    wanted = narrow(line.model or line.item or "").split(",")[0]
    return bool(wanted) and wanted in sentence
