"""What is new in a reply, and what is only quoted. Chinese and English programs, and a few more."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

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


_RULE = re.compile(
    r"^[-_=* ]{3,}\s*(?:original message|original appointment|forwarded (?:message|by)|原始邮件"
    r"|原邮件|回复的原邮件|回复的邮件|转发的邮件|转发邮件信息|原始郵件|轉寄郵件|已转发邮件"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|mensaje original|message d'origine"
    r"|messaggio originale)[^-]{0,60}[-_=* ]*$|^begin forwarded message:?$",
    re.I,
)
_FROM = re.compile(
    r"^[*> ]*(?:发件人|发信人|寄件者|寄件人|發件人|from|von|de|da|差出人|送信者)[* ]*:", re.I
)
_OTHER_HEADER = re.compile(
    r"^[*> ]*(?:发送时间|发送日期|发件时间|时间|日期|寄件日期|傳送時間|收件人|收件者|抄送|主题|主旨"
    r"|sent|date|to|cc|subject|gesendet|datum|an|betreff|enviado|para|asunto|fecha|envoyé|à|objet"
    r"|送信日時|日時|宛先|件名)[* ]*:",
    re.I,
)
_ATTRIBUTION_END = re.compile(
    r"(?:\bwrote(?: the following)?|写道|寫道|写到|schrieb(?:\s.{0,120})?|escribió|a écrit"
    r"|ha scritto)"
    r"\s*:\s*$",
    re.I,
)
_ATTRIBUTION_START = re.compile(
    r"^(?:on\b|at\b|am\b|el\b|le\b|il\b|在|于|\d{4}|\"|<|\S{1,40}\s*[<(\[]|.{1,60}(?:于|在"
    r"|,)\s*\d{4})",
    re.I,
)
_MOBILE = re.compile(
    r"^(?:发自我的|发自|來自我的|从我的.{1,20}发送|sent from my|get outlook for"
    r"|von meinem .{1,20}gesendet"
    r"|enviado desde mi|---- ?发自|inviato da)",
    re.I,
)
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
        jump = _attribution(marked, n)
        if marked[n].startswith(">"):
            quoted.append(lines[n].strip().lstrip("> ").rstrip())
            in_signature = False
        elif jump and _next_is_marked(marked, n + jump):
            quoted.extend(lines[n : n + jump])
            n += jump
            in_signature = False
            continue
        elif jump or _begins_original(marked, n):
            forward = bool(_FORWARDED.search(marked[n]))
            quoted.extend(line.lstrip("> ") for line in lines[n:])
            break
        elif lines[n].rstrip() in ("--", "—", "-- "):
            in_signature = True
        elif in_signature:
            signature.append(lines[n])
        elif not _MOBILE.search(marked[n]):
            _keep(new, quoted, pairs, lines[n])
        n += 1
    fresh = "\n".join(new).strip("\n")
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
    if not line.strip() or not asked or _ATTRIBUTION_END.search(narrow(asked)):
        return
    if pairs and pairs[-1].quoted == asked:
        pairs[-1] = Pair(asked, f"{pairs[-1].new}\n{line.strip()}")
    else:
        pairs.append(Pair(asked, line.strip()))


def _style(marked: list[str], quoted: list[str], pairs: list[Pair], fresh: str) -> Style:
    if not quoted:
        return Style.NONE
    if not pairs:
        return Style.TOP
    above = fresh.split("\n")[0].strip()
    first_quote = next((n for n, line in enumerate(marked) if line.startswith(">")), 0)
    told_before = any(line and line == narrow(above) for line in marked[:first_quote])
    return Style.INTERLEAVED if len(pairs) > 1 or told_before else Style.BOTTOM


def _next_is_marked(marked: list[str], n: int) -> bool:
    """True if the next line that is not empty is marked with >."""
    return next((line.startswith(">") for line in marked[n : n + 4] if line), False)


def _attribution(marked: list[str], n: int) -> int:
    """How many lines from here are a "somebody wrote:" line; 0 if none is."""
    if not _ATTRIBUTION_START.search(marked[n]):
        return 0
    for size in (1, 2, 3):
        joined = " ".join(marked[n : n + size])
        if len(joined) > 400 or (size > 1 and not marked[n + size - 1 : n + size]):
            return 0
        if _ATTRIBUTION_END.search(joined) and re.search(r"\d|@|<", joined):
            return size
    return 0


def _begins_original(marked: list[str], n: int) -> bool:
    """True if an unmarked copy of an older mail begins here."""
    if _RULE.search(marked[n]):
        return True
    if re.fullmatch(r"_{10,}|-{20,}", marked[n]):
        return any(_is_header_block(marked, k) for k in range(n + 1, min(n + 4, len(marked))))
    return _is_header_block(marked, n)


def _is_header_block(marked: list[str], n: int) -> bool:
    if not _FROM.search(marked[n]):
        return False
    following = [line for line in marked[n + 1 : n + 10] if line][:5]
    return sum(bool(_OTHER_HEADER.search(line)) for line in following) >= 2
