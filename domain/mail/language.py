"""The language of a text by its scripts, and for Latin letters by its small words."""

import re

_ENGLISH = frozenset(
    (
        "the",
        "and",
        "to",
        "of",
        "is",
        "we",
        "for",
        "please",
        "you",
        "are",
        "it",
        "with",
        "this",
        "our",
        "be",
        "have",
    )
) | {"need", "order", "not", "your", "on", "by", "delivery", "thanks", "hello", "attached", "find"}
_OTHERS = (
    frozenset(
        (
            "der",
            "die",
            "und",
            "wir",
            "bitte",
            "mit",
            "für",
            "nicht",
            "das",
            "ist",
            "ein",
            "zu",
            "auf",
            "sehr",
            "den",
            "von",
        )
    )
    | frozenset(
        (
            "el",
            "la",
            "los",
            "las",
            "de",
            "por",
            "favor",
            "que",
            "para",
            "con",
            "una",
            "un",
            "del",
            "se",
            "lo",
            "y",
            "en",
        )
    )
    | frozenset(
        (
            "le",
            "les",
            "et",
            "nous",
            "vous",
            "est",
            "pour",
            "une",
            "des",
            "du",
            "avec",
            "bonjour",
            "merci",
        )
    )
)


def language_of(text: str) -> str:
    """`zh`, `en` or `other`; Chinese words in an English mail do not make it Chinese."""
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    kana = len(re.findall(r"[\u3040-\u30ff]", text))
    letters = len(re.findall(r"[A-Za-zÀ-ž]", text))
    if kana > 5 and kana > 0.1 * (han + kana):
        return "other"
    if 4 * han >= letters and han:
        return "zh"
    if not letters:
        return "zh" if han else "en"
    words = re.findall(r"[a-zà-žß]+", text.lower())
    english = sum(word in _ENGLISH for word in words)
    others = sum(word in _OTHERS for word in words)
    foreign = len(re.findall(r"[А-Яа-я\u0600-\u06ff\uac00-\ud7a3]", text))
    return "other" if others > 1.2 * english + 1 or foreign > letters else "en"
