"""What is new in a reply, and what is only quoted. Chinese and English programs, and a few more."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from domain.mail.attribution import (
    attribution,
    begins_original,
    is_attribution_end,
    is_marked,
    is_mobile_note,
    next_is_marked,
)
from domain.mail.plain import narrow, tidy


class Style(StrEnum):
    """Where the new text stands."""

    NONE = "none"
    TOP = "top"
    BOTTOM = "bottom"
    INTERLEAVED = "interleaved"
    FORWARD = "forward"


@dataclass(frozen=True)
class Pair:
    """A quoted line and what was written directly below it."""

    quoted: str
    new: str


@dataclass(frozen=True)
class Split:
    """A text taken apart; nothing is thrown away. `signature` is what follows a "-- " line."""

    new: str
    quoted: str
    signature: str
    style: Style
    pairs: tuple[Pair, ...] = field(default=())

    @property
    def first_line(self) -> str:
        """The first line of the new text that is not empty."""
        return next((line.strip() for line in self.new.splitlines() if line.strip()), "")


_FORWARDED = re.compile(r"forward|转发|轉寄|weitergeleitet", re.I)


def split(text: str) -> Split:
    """New and quoted text of a mail's body."""
    lines = tidy(text).split("\n")
    marked = [narrow(line).strip() for line in lines]
    new: list[str] = []
    quoted: list[str] = []
    signature: list[str] = []
    pairs: list[Pair] = []
    forward = False
    in_signature, n = False, 0
    while n < len(lines):
        jump = attribution(marked, n)
        if is_marked(marked[n]):
            quoted.append(lines[n].strip().lstrip("> ").rstrip())
            in_signature = False
        elif jump and next_is_marked(marked, n + jump):
            quoted.extend(lines[n : n + jump])
            n += jump
            in_signature = False
            continue
        elif jump or begins_original(marked, n):
            forward = bool(_FORWARDED.search(marked[n]))
            quoted.extend(line.lstrip("> ") for line in lines[n:])
            break
        elif lines[n].rstrip() in ("--", "—", "-- "):
            in_signature = True
        elif in_signature:
            signature.append(lines[n])
        elif not is_mobile_note(marked[n]):
            _keep(new, quoted, pairs, lines[n])
        n += 1
    fresh = "\n".join(new).strip("\n")
    below = () if pairs or forward else _answers_below(fresh, quoted)
    if below:
        pairs.extend(below)
        fresh = "\n".join((fresh, *(pair.new for pair in below)))
    style = Style.FORWARD if forward else _style(marked, quoted, pairs, fresh)
    return Split(
        re.sub(r"\n{3,}", "\n\n", fresh).strip(),
        "\n".join(quoted).strip("\n"),
        "\n".join(signature).strip("\n"),
        style,
        tuple(pairs),
    )


def _keep(new: list[str], quoted: list[str], pairs: list[Pair], line: str) -> None:
    """Add a new line, and remember the quoted line that it answers."""
    new.append(line)
    asked = next((one for one in reversed(quoted) if one.strip()), "")
    if not line.strip() or not asked or is_attribution_end(narrow(asked)):
        return
    if pairs and pairs[-1].quoted == asked:
        pairs[-1] = Pair(asked, f"{pairs[-1].new}\n{line.strip()}")
    else:
        pairs.append(Pair(asked, line.strip()))


_POINTS_BELOW = re.compile(
    r"(?:写|回复|回覆|标|批注|答)在.{0,10}(?:下|后|项|里)|见(?:下方|下面|以下|每项|红字|箭头)"
    r"|下方.{0,6}(?:箭头|批注|逐项)"
    r"|\b(?:see|answers?|comments?|remarks?|replies|reply) (?:\w+ ){0,3}(?:below|inline|in red"
    r"|between)",
    re.I,
)
_NUMBERED = re.compile(r"^\s*\(?\d{1,2}\s?[.、)）:]\s*\S")


def _answers_below(fresh: str, quoted: list[str]) -> tuple[Pair, ...]:
    """Answers that stand unmarked between the numbered lines of our mail, where that is said.

    Below the last numbered line only so much is taken as stands below the others.
    """
    if not _POINTS_BELOW.search(narrow(fresh)):
        return ()
    numbered = [n for n, line in enumerate(quoted) if _NUMBERED.match(narrow(line))]
    blocks = [
        (n, [line for line in quoted[n + 1 : after] if line.strip()])
        for n, after in pairwise(numbered)
    ]
    most = max((len(block) for _, block in blocks), default=0)
    if numbered and most:
        last = numbered[-1]
        blocks.append((last, [line for line in quoted[last + 1 : last + 1 + most] if line.strip()]))
    return tuple(Pair(quoted[n], "\n".join(block).strip()) for n, block in blocks if block)


def _style(marked: list[str], quoted: list[str], pairs: list[Pair], fresh: str) -> Style:
    if not quoted:
        return Style.NONE
    if not pairs:
        return Style.TOP
    above = fresh.split("\n")[0].strip()
    first_quote = next((n for n, line in enumerate(marked) if line.startswith(">")), 0)
    told_before = any(line and line == narrow(above) for line in marked[:first_quote])
    return Style.INTERLEAVED if len(pairs) > 1 or told_before else Style.BOTTOM
