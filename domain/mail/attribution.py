"""The lines with which mail programs begin what they quote, in the languages that reach us."""

import re
from collections.abc import Sequence

MAX_LINES = 6
"""An attribution may be broken over this many lines."""
_RULE = re.compile(
    r"^[-_=* ]{3,}\s*(?:original message|original appointment|forwarded (?:message|by)|原始邮件"
    r"|原邮件|回复的原邮件|回复的邮件|转发的邮件|转发邮件信息|原始郵件|轉寄郵件|已转发邮件"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|mensaje original|message d'origine"
    r"|messaggio originale)[^-]{0,60}[-_=* ]*$|^-{3,} ?\S{0,6}(?:邮件|郵件|信件)\S{0,6} ?-{3,}$"
    r"|^-{3,} ?[\w ]{2,24} (?:message|e-?mail) ?-{3,}$|^begin forwarded message:?$",
    re.I,
)
_FROM = re.compile(
    r"^[*> ]*(?:发件人|发信人|寄件者|寄件人|發件人|from|von|de|da|från|fra|van|od|от|差出人"
    r"|送信者)[* ]*:",
    re.I,
)
_OTHER_HEADER = re.compile(
    r"^[*> ]*(?:发送时间|发送日期|发件时间|时间|日期|寄件日期|傳送時間|收件人|收件者|抄送|主题|主旨"
    r"|sent|date|to|cc|subject|gesendet|datum|an|betreff|enviado|para|asunto|fecha|envoyé|à|objet"
    r"|data|a|oggetto|inviato|skickat|till|ämne|sendt|til|emne|verzonden|aan|onderwerp|wysłano"
    r"|do|temat|assunto|дата|кому|тема|送信日時|日時|宛先|件名)[* ]*:",
    re.I,
)
_SAID = re.compile(
    r"(?:\bwrote(?: the following)?|写道|寫道|写到|escribió|a écrit|ha scritto|escreveu"
    r"|\b(?:schrieb|schreef|skrev)(?:\s.{0,120})?|napisał(?:\(a\))?|написал(?:а)?|пише)\s*"
    r"(?::|-{2,})\s*$",
    re.I,
)
_BEGINS = re.compile(
    r"^(?:-+ ?)?(?:on\b|at\b|am\b|el\b|le\b|il\b|op\b|den\b|em\b|在|于|\d{4}|\"|<"
    r"|\d{1,2}[. ]\S{2,12} \d{4}|\S{1,40}\s*[<(\[]|.{1,60}<[^<>@\s]+@[^<>\s]+>"
    r"|.{1,60}(?:于|在|,)\s*\d{4})",
    re.I,
)
_DATED = re.compile(r"^(?:-+ ?)?(?:on|at|am|在|于)\b.{0,12}\d|^\d{4}[-/年]", re.I)
_STAMP = re.compile(r"^\d{4}[-/]\d\d?[-/]\d\d? \d\d?:\d\d GMT[+-]\d\d:?\d\d [^,;?!]{1,80}$")
_DATE_AND_BOX = re.compile(r"^\d{4}[-/]\d\d?[-/]\d\d? [^<>]{0,80}<[^<>@\s]+@[^<>\s]+>:?$")
_CLOSES = re.compile(r"^>\s*(?:wrote|写道|schrieb)?\s*:$", re.I)
_WHEN_OR_WHO = re.compile(r"(?:19|20)\d\d|\b\d{1,2}[:.]\d\d\b|\S@\S")
_MOBILE = re.compile(
    r"^(?:(?:发自我的|发自|來自我的|从我的.{1,20}发送|---- ?发自).{0,60}"
    r"|(?:sent|from|get|gesendet|envoyé|enviado|inviato|sendt|skickat|verzonden|diese nachricht)"
    r"\b(?: wurde)?(?: (?:from|via|with|depuis|von|mit|desde|da|dal|fra|från|vanaf|met))?"
    r"(?: (?:my|mon|ma|meinem|meiner|mi|mio|min|mijn))? ?"
    r"\[?(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|windows|blackberry|nexus|mobile|phone"
    r"|smartphone|tablet|outlook|yahoo|gmail|mail\b|airmail|proton|k-9|a mobile|handy).*"
    r"|sent from my\b[^,]*|(?:von|aus) meine[mr] .{1,20}gesendet|ᐧ)$",
    re.I,
)


def is_attribution_end(line: str) -> bool:
    """True if the (narrow) line ends as "somebody wrote:" does."""
    return bool(_SAID.search(line))


def is_mobile_note(line: str) -> bool:
    """True for what a phone or a program adds below a mail ("Sent from my iPhone")."""
    return len(line) <= 120 and bool(_MOBILE.search(line))


def is_marked(line: str) -> bool:
    """True for a line that is marked as quoted."""
    return line.startswith(">")


def attribution(marked: Sequence[str], n: int) -> int:
    """How many lines from here are a "somebody wrote:" line; 0 if none is."""
    if _STAMP.search(marked[n]) or _DATE_AND_BOX.search(marked[n]):
        return 1
    begins = bool(_BEGINS.search(marked[n]))
    for size in range(1, MAX_LINES + 1):
        last = n + size - 1
        if last >= len(marked) or (size > 1 and _DATED.search(marked[last])):
            return 0
        joined = " ".join(marked[n : last + 1])
        if len(joined) > 400 or (is_marked(marked[last]) and not _CLOSES.search(marked[last])):
            return 0
        if begins and _SAID.search(joined) and re.search(r"\d|@|<", joined):
            return size
        if _announces(marked, n, size, joined):
            return size
    return 0


def _announces(marked: Sequence[str], n: int, size: int, joined: str) -> bool:
    """True in any language: when or who, a colon, and marked lines directly below."""
    return (
        size <= 2
        and bool(marked[n])
        and joined.endswith(":")
        and bool(_WHEN_OR_WHO.search(joined))
        and next_is_marked(marked, n + size)
        and len(joined.split()) >= 4
    )


def next_is_marked(marked: Sequence[str], n: int) -> bool:
    """True if the next line that is not empty is marked with >."""
    return next((is_marked(line) for line in marked[n : n + 4] if line), False)


def begins_original(marked: Sequence[str], n: int) -> bool:
    """True if an unmarked copy of an older mail begins here."""
    if _RULE.search(marked[n]):
        return True
    if re.fullmatch(r"_{10,}|-{20,}", marked[n]):
        return any(_is_header_block(marked, k) for k in range(n + 1, min(n + 4, len(marked))))
    return _is_header_block(marked, n)


def _is_header_block(marked: Sequence[str], n: int) -> bool:
    if not _FROM.search(marked[n]):
        return False
    following = [line for line in marked[n + 1 : n + 10] if line][:5]
    return sum(bool(_OTHER_HEADER.search(line)) for line in following) >= 2
