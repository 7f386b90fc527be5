"""Text made safe and even before any rule reads it. All foldings here keep every position."""

import re
import unicodedata

MAX_LINE = 2_000
MAX_CHARS = 200_000
MAX_WORD = 300
"""No word of a language written with blanks is as long; rules would look through it many times."""
NOTES = "\n\n\u200b\n"
"""Between the words of a mail and the notes of its files, where both are one text."""
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_ENDLESS = re.compile(rf"([^\s\u2e80-\uffff]{{{MAX_WORD}}})[^\s\u2e80-\uffff]+")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 32, 0xA0: 32, 9: 32}
_TRIM = re.compile(r"^[\W_]+|[^\w?？]+$")


def tidy(text: str) -> str:
    """The text without invisible characters, endless blanks, endless words and endless lines."""
    even = text[: 2 * MAX_CHARS].translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    even = re.sub(r"[ \u3000\xa0]{20,}", " " * 19, even)
    even = _ENDLESS.sub(r"\1", even)
    lines = (line.rstrip()[:MAX_LINE] for line in even.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines))[:MAX_CHARS]


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as half-width; as long as the text was."""
    return text.translate(_NARROW)


def as_word(line: str) -> str:
    """A line as it is compared with a word: narrow, lower case, signs at both ends gone.

    A question mark stays, so that "ok?" is not "ok".
    """
    folded = unicodedata.normalize("NFKC", line).lower().strip()
    if folded.endswith("?"):
        return folded
    return _TRIM.sub("", " ".join(folded.split()))
