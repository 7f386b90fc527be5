"""What a sentence is about, by its likeness to sentences that people wrote.

`phrases/zh.tsv` and `phrases/en.tsv` hold example sentences with what each is about; whoever finds
a sentence misread adds it there. The measure is a naive Bayes classifier of the complement kind
(Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003) over
short strings of characters in Chinese, and over words and pairs of words in English.

It is a witness, not a judge: what it says is weighed beside words that say a thing outright.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from domain.mail.traditional import simplified

SENTENCES = files("domain.mail") / "phrases"
"""Part of the code, like a table of words; too long for a module."""
SMOOTHING = 0.2
MOST = 40
"""So many sentences of a mail are listened to."""
SHORTEST, LONGEST, LONGEST_ROW = 2, 300, 40
_NUMBERS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_BLANKS = re.compile(r"[\s,。.!?;:、()\[\]\"'“”‘’]+")
_WORD = re.compile(r"[a-z0']+|[?%]")
_END = re.compile(r"[\n。!?；;！？]|(?<=[a-z)\d])\.(?=\s|$)")


class Phrasebook:
    """The example sentences of one language, and how like them another sentence is."""

    def __init__(self, language: str, examples: tuple[tuple[str, str], ...]) -> None:
        """Learned are the examples: pairs of what a sentence is about, and the sentence."""
        self._language = language
        self.about = tuple(sorted({about for about, _ in examples}))
        rows = {about: n for n, about in enumerate(self.about)}
        self._columns: dict[str, int] = {}
        seen = [(rows[about], self._places(words, learn=True)) for about, words in examples]
        counts = np.zeros((len(self.about), len(self._columns)))
        for row, places in seen:
            counts[row, places] += 1
        self._weights = _log_share(counts) - _log_share(counts.sum(0)[None, :] - counts)

    def weigh(self, sentence: str) -> NDArray[np.float64]:
        """How much speaks for each thing in `about`; higher is more, 0 is nothing known."""
        places = self._places(sentence)
        if len(places) < FEWEST:
            return np.zeros(len(self.about))
        weights: NDArray[np.float64] = self._weights[:, places].sum(1) / len(places) ** 0.5
        return weights

    def _places(self, sentence: str, *, learn: bool = False) -> list[int]:
        """The columns of the sentence's features, each once."""
        names = set(_features(sentence, self._language))
        if learn:
            for name in sorted(names):
                self._columns.setdefault(name, len(self._columns))
        return [self._columns[name] for name in sorted(names) if name in self._columns]


def _log_share(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    smoothed = counts + SMOOTHING
    share: NDArray[np.float64] = np.log(smoothed / smoothed.sum(1, keepdims=True))
    return share


def _features(sentence: str, language: str) -> Iterator[str]:
    plain = _NUMBERS.sub("0", unicodedata.normalize("NFKC", sentence).lower())
    plain = simplified(plain) if language == "zh" else plain
    if language == "zh":
        text = _BLANKS.sub(" ", plain)
        for size in (1, 2, 3):
            yield from (text[n : n + size] for n in range(len(text) - size + 1))
        return
    words = _WORD.findall(plain)
    yield from words
    yield from (f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    yield from (" ".join(words[n : n + 3]) for n in range(len(words) - 2))
    yield from (f"{word[:5]}~" for word in words if len(word) > 5)


@cache
def examples(language: str) -> tuple[tuple[str, str], ...]:
    """What each example sentence is about, and the sentence; English for all but "zh"."""
    file = SENTENCES / ("zh.tsv" if language == "zh" else "en.tsv")
    pairs = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line)
    return tuple((about, words) for about, words in pairs)


@cache
def phrasebook(language: str, among: tuple[tuple[str, str], ...]) -> Phrasebook:
    """The phrasebook that tells these things apart: kinds of sentences, each under its group."""
    groups = dict(among)
    known = "zh" if language == "zh" else "en"
    chosen = ((groups[about], words) for about, words in examples(known) if about in groups)
    return Phrasebook(known, tuple(chosen))


def sentences(text: str) -> list[str]:
    """The sentences that may be weighed: no greeting, no signature, no rows of numbers."""
    lines = text.splitlines()
    if lines and _GREETING.match(lines[0].strip()):
        lines = lines[1:]
    closing = next((n for n, line in enumerate(lines) if n and _CLOSING.match(line.strip())), None)
    spoken = "\n".join(lines[:closing])
    parts = (part.strip(" \t,，-*•>") for part in _END.split(spoken))
    return [part for part in parts if SHORTEST <= len(part) <= LONGEST and _is_prose(part)][:MOST]


_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|dears|guys|team|morning|good (?:morning|day|evening|afternoon)|g'day"
    r"|sir|respected)\b[^.!?]{0,40}[,.!:]?$"
    r"|.{0,8}(?:[总總工姐哥]|经理|經理|先生|小姐|女士|老师|老師|主任|同事|团队"
    r"|團隊)(?:[您你]?好)?[,:，：!]?$|(?:您|你|妳)?好[,!。，！]?$",
    re.I,
)
_CLOSING = re.compile(
    r"(?:(?:kind|best|warm|with (?:kind|best)|many) )*(?:regards|wishes|greetings)\b.{0,24}$"
    r"|(?:thanks|thank you|thx|ta|cheers|br|rgds|att|yours (?:sincerely|faithfully|truly)"
    r"|sincerely)"
    r"\b.{0,24}$|mit freundlichen|pozdrawiam|cordialement|cordiali saluti|saludos|atenciosamente"
    r"|此致|此复|顺(?:祝|颂)|順頌|敬上|谢谢[!。！]?$|謝謝[!。！]?$|祝好|商祺",
    re.I,
)


_LABEL = re.compile(r"[^\s:：]{1,8}\s?[:：]\s*\S")
"""A label and its value, in a form."""
_NAME = re.compile(
    r"(?:公司|集团|集團|工厂|厂|廠|研究院|大学|医院|[事业務务]?部|科|处|中心)$"
    r"|^[\u4e00-\u9fff]{2,4}$"
    r"|\b(?:ltd|limited|gmbh|inc|llc|co|pty|s\.?a\.?|s\.?r\.?l\.?|b\.?v\.?|plc)\b\.?$",
    re.I,
)
"""A house or a person, as signatures name them."""


def _is_prose(part: str) -> bool:
    if len(part) < LONGEST_ROW and (_LABEL.match(part) or _NAME.search(part)):
        return False
    digits = sum(letter.isdigit() for letter in part)
    return digits <= 0.4 * len(part)


def heard(text: str, language: str, among: Mapping[str, str]) -> dict[str, float]:
    """How surely at least one sentence is about each thing, 0 to 1, of the things in `among`.

    Each sentence speaks for one thing only, else many that say nothing would add up to something.
    `among` names the kinds of sentences that may come, and under what each is counted.
    """
    book = phrasebook(language, tuple(sorted(among.items())))
    silent = dict.fromkeys(book.about, 1.0)
    for sentence in sentences(text):
        weights = book.weigh(sentence)
        if not weights.any():
            continue
        share, group = max(zip(_shares(weights), book.about, strict=True))
        silent[group] *= 1 - CREDIT * share
    return {group: 1 - left for group, left in silent.items()}


FEWEST = 3
"""A sentence of which so little is known (a name, a town) says nothing."""
CREDIT = 0.9
"""No single sentence is ever quite sure."""


def _shares(weights: NDArray[np.float64]) -> list[float]:
    powers = np.exp(weights - weights.max())
    shares: list[float] = (powers / powers.sum()).tolist()
    return shares
