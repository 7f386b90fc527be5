"""Company names that the domain of the sender stands for."""

import re
from collections.abc import Iterator
from itertools import takewhile
from unicodedata import combining, normalize

from domain.mail.message import Address


def by_domain(words: str, sender: Address) -> Iterator[str]:
    """Names in the text that the sender's domain confirms: "Kestrel Ridge" of kestrelridge.com."""
    keys = _keys(sender.domain)
    for line in reversed(words.splitlines()):
        for piece in re.split(r"[,;|(·•]|\s[-–—/]\s|\.\s", line):
            clean = re.sub(r"^\s*(?:\d{1,2}[.)]?\s+|[Ff]or )", "", piece).strip(" .-–")
            other = re.search(r"[@:?!/]|www|http|\b(?:weekly|news|digest|bulletin)\b", clean, re.I)
            short = 1 <= len(clean.split()) <= 6 and not other
            if short and any(_stands_for(key, clean) for key in keys):
                yield clean
    for hit in _CAPITALS.finditer(words):
        weekly = re.search(r"\b(?:weekly|news|digest|bulletin)$", hit[0], re.I)
        if not weekly and any(_stands_for(key, hit[0]) for key in keys):
            yield hit[0]


_CAPITALS = re.compile(r"[A-ZÀ-Ž][\w&'’-]+(?: (?:[A-ZÀ-Ž][\w&'’-]+|&|of|and|de)){1,5}")


def confirms(sender: Address, name: str) -> bool:
    """True where the sender's domain stands for the name."""
    return any(_stands_for(key, name) for key in _keys(sender.domain))


def _keys(domain: str) -> set[str]:
    label = re.sub(r"\.(?:com?|net|org)?\.?\w+$", "", domain.lower()).rpartition(".")[2]
    keys = {re.sub(r"\W", "", label), label.partition("-")[0]}
    return {key for key in keys if len(key) >= 3 and not key.isdigit()}


def _stands_for(key: str, name: str) -> bool:
    """True where a name begins as the domain does, or the domain is made of its words' begins."""
    plain = _folded(name)
    words = [w for w in re.split(r"[\W_]+", plain) if w and w not in ("and", "of", "the", "de")]
    if not words:
        return False
    squashed = "".join(words)
    initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()
    begins = len(key) >= 5 and squashed.startswith(key)
    whole = len(squashed) >= 8 and key.startswith(squashed)
    return begins or whole or initials == key or (len(words) > 1 and _made_of(key, words))


def _made_of(key: str, words: list[str]) -> bool:
    """ "tamarlabs" of Tamar Analytical Laboratories: begins of words in order, the first long."""
    rest, used = key, 0
    for n, word in enumerate(words):
        same = takewhile(lambda pair: pair[0] == pair[1], zip(rest, word, strict=False))
        common = len(list(same))
        if n == 0 and common < min(4, len(word)):
            return False
        if common >= 2 or (common and common == len(rest)):
            rest, used = rest[common:], used + 1
    return used >= 2 and rest in ("", "s") and len(key) >= 7


def _folded(name: str) -> str:
    even = name.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("ı", "i")
    return "".join(c for c in normalize("NFKD", even) if not combining(c))
