"""The sentences in which changes are asked for, and the words that name a thing in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail.traditional import folded

_END = re.compile(
    r"[\n。;!]|\?+|(?<=[^\d])(?<!\b[Pp]os)(?<!\b[Nn]o)(?<!\b[Nn]os)(?<!\b[Aa]rt)(?<!\b[Ss]l)\.\s"
    r"|(?<=\d)\.\s+(?=[A-Z][a-z])|(?:^|(?<!\.)\s)\(?\d{1,2}[)、]\s|(?:^|[:;。]\s*)\d{1,2}\.\s"
)
_PART = re.compile(r",(?!\d)|[、:]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\s[-–—]+\s|[()]|\.$")
_BULLET = re.compile(r"\s*(?:[-*•·→>]+\s*)?(?:\(?\d{1,2}(?:[)、]|\.(?!\d)))?\s*")
_TO_A_MACHINE = re.compile(
    r"[\[【][^\]】\n\[【]{0,400}?(?:自动系统|人工智能|大模型|机器人"
    r"|\bAI\b|automat|assistant|language model)"
    r"[^\]】\n\[【]{0,400}[\]】]",
    re.I,
)
_WRAPPED = re.compile(r"(?<=[a-z0-9,])\n(?=[a-z0-9(])")
MAX_TEXT = 20_000
MAX_SENTENCE = 500


@dataclass(frozen=True)
class Sentence:
    """A sentence as written and, of the same length, narrow and simplified for the rules."""

    written: str
    plain: str

    def parts(self) -> list[tuple[int, int]]:
        """The spans between commas, brackets and dashes; in Chinese also between blanks."""
        bounds = [0, *(p for hit in _PART.finditer(self.plain) for p in hit.span())]
        bounds.append(len(self.plain))
        return [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]

    def part_at(self, place: int) -> tuple[int, int]:
        """The span around this place."""
        spans = self.parts()
        found = (span for span in spans if span[0] <= place <= span[1])
        return next(found, (0, len(self.plain)))


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text; what it tells a machine in brackets is none of them."""
    text = _TO_A_MACHINE.sub(lambda hit: " " * len(hit[0]), text[:MAX_TEXT])
    plain = folded(text)
    start = 0
    joined = _WRAPPED.sub(" ", plain) if _is_wrapped(plain) else plain
    for hit in (*_END.finditer(joined), None):
        end = hit.start() if hit else len(joined)
        bullet = _BULLET.match(joined, start, max(start, end))
        begin = bullet.end() if bullet else start
        stop = begin + len(joined[begin:end].rstrip())
        if stop > begin:
            stop = min(stop, begin + MAX_SENTENCE)
            yield Sentence(text[begin:stop], joined[begin:stop])
        start = hit.end() if hit else end


def _is_wrapped(plain: str) -> bool:
    """True for a text broken by a program at the same width, not by its writer at will."""
    widths = [len(line) for line in plain.split("\n")]
    return any(55 <= width <= 82 for width in widths) and max(widths) <= 90


_LEAD_ZH = (
    r"请|麻烦|烦请|敬请|恳请|把|将|但是?|不过|只是|另外?|还有|其中|然后|以及|同时|因为?|那个?|这个?|关于"
    r"|我方的?|我司的?|我们?要?的?|贵司|订单|SO-[\d-]+|中的|里的|[嘅的]|老板说|客户说|客户?要求?|说|就是|[,:、\s]"
    r"|第[\d一二三四五六七八九十]+[项行条个]"
)
_TAIL_ZH = (
    r"的?(?:数量|型号|规格|全部|全数|统一|暂时|应该|应当|需要|想要|希望|原来?|原[订定写先计]?|写成?|订的?|麻烦|烦请|改[为成到回用]?|换[为成到]?"
    r"|变更?[为成]?|调整[为到]?|更正为?"
    r"|增加[到至为]?|减少?[到至为]?|提升到?|转[做成]|升级[为到成]?|错了?|有误|现场是?|应为|只"
    r"|想|又|也|都|先|请|由|从|要|得|是|那?[项个]|来|自己|这边|我们|用|我|就|[\s,:])"
)
_LEAD_EN = (
    r"(?:and|also|but|so|then|please|pls|kindly|secondly|first(?:ly)?|second|the|our|my|your"
    r"|this|that|on"
    r"|as for|as to|for|regarding|concerning|re|with|can you|could you|will you|we|i|would"
    r"|like to|want to"
    r"|have to|need to|must|(?:po|order|contract) [\w/-]*\d[\w/-]*|sl\.? ?no\.? ?\d+|line \d+"
    r"|item \d+"
    r"|pos(?:ition|\.)? \d+)\b[\s,:.]*"
)
_TAIL_EN = (
    r"[\s,:(]+(?:also|now|must|should|shall|will|is|are|was|were|has|have|had|be|to|from|been"
    r"|it|needs?"
    r"|of|at|for|as|become|becomes|please|pls|kindly|only|the|in|with|make|let|we|i|would like"
    r"|wants?|\w{3,}ed|reads?|bigger|smaller|higher|lower)$"
)


def thing_in(words: str) -> str | None:
    """The noun of the words before a change: "Please, the pump also" names the pump."""
    text = words.strip(" ,:;.()-")
    if re.search(r"[\u4e00-\u9fff]", text):
        plain = folded(text)
        lead = re.match(rf"(?:{_LEAD_ZH})*", plain)
        start = lead.end() if lead else 0
        tail = re.search(rf"(?:{_TAIL_ZH})*$", plain[start:])
        found = text[start : start + (tail.start() if tail else len(plain))].strip()
        return found if 1 < len(found) <= 24 else None
    previous = None
    while previous != text:
        previous = text
        text = re.sub(rf"^{_LEAD_EN}", "", text, flags=re.I).strip(" ,:;()-")
        text = re.sub(_TAIL_EN, "", f" {text}", flags=re.I).strip(" ,:;(-")
    return text if 2 < len(text) <= 60 and len(text.split()) <= 6 else None
