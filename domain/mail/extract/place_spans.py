"""All spans of a mail that could name a place: many, and most of them none; others choose.

A span begins behind a word of motion, a preposition, a label or at the start of a clause, and ends
where the name can end: at a comma, at the word for a site, at the end of the clause.
"""

import re
from collections.abc import Iterator

from domain.mail.extract.western_places import PLACE, SITE, TERM

MOST, LONGEST = 240, 90
"""So many spans, and so long, are looked at."""
MAX_READ = 8_000
_HAN = r"\u4e00-\u9fff"
_PIECE = re.compile(r"[^,，。;；!！?？\n、:：\s\"“”'()（）<>|【】\[\]]+")
_OPENS = re.compile(
    r"[送发运寄到至往在去抵回是为写改入进卸放拉给交从们司统直就都还](?![到至往达去给在])"
)
_HAN_SITE = re.compile(
    r"[厂园路街道镇乡村区县市省旗州站港矿院楼栋座库仓门号城湾岛桥场所棚层室组口]|工地|项目部|现场"
    r"|码头|中心|公司|基地|车间|货场|机场|标段|泊位|地盘|宿舍|机房|大堂|营地|钙业|鋪|店|馆|屯|段"
)
_ENDS = re.compile(
    r"[的就即没要卸收签验交安联找让不也那这吧了哈呢,]|调试|为准|门口|等|施工|使用|自提|上班|有人|白天"
)
_MORE = re.compile(
    rf"[ ,，、(（](?P<more>[{_HAN}A-Za-z\d#＃·/\-—]{{2,24}})(?=[,，。;；!！?？\n\s)）]|$)"
)
_PART = re.compile(r"\d|[号楼门库栋路街道室层仓区镇乡村县院厂口站]|车间")
_CLAUSE = re.compile(r"[省市县区镇乡村路街道号厂库站楼院场港]")
_BEHIND = re.compile(
    r"(?:(?m:^)[ \t]*|[:=(,–-][ \t]*|[.;!?] +|(?:\b(?i:to|at|in|into|for|from|via|near|is|be"
    r"|reach(?:es)?|deliver(?:y|ed)?|destination|location|site|address|terminal|port|of|on|now|factory|works"
    r"|plant|nach|an|à|en|til|do|ex|by)\b:? +))"
    r"(?P<own>(?i:the|our|my|your|their|his|new|its) +){0,2}"
)
_PLACE = re.compile(PLACE)
_TERM = re.compile(rf"(?<!\w){TERM}(?!\w)")
_HAN_NAME = re.compile(rf" ?[{_HAN}]{{2,16}}")
_TAIL = re.compile(
    r"(?:(?![.;!?](?:\s|$)|[。;]|\n|\s(?:by|before|until|till|please|pls|no later|not later|on or"
    r"|latest|within|and not|not|with|where|as|so|instead|ask|attn|contact|tel|phone|c/o|because"
    r"|when|if|or|we|they|it|which|since|after|for|this|next)\b| [-–] ).){3,90}",
    re.I,
)
_NAMES = re.compile(r"^[^\W\d_a-z]|[A-Z]\w{2}|\d")
_SITE = re.compile(rf"\b{SITE}\b", re.I)


def spans(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Starts and ends; `folded` is the text narrow and simplified, as long as it is."""
    found: dict[tuple[int, int], None] = {}
    for start, end in (*_chinese(folded[:MAX_READ]), *_western(folded[:MAX_READ])):
        while start < end and text[start] in " ,.:-":
            start += 1
        while end > start and text[end - 1] in " ,.:-":
            end -= 1
        if 2 <= end - start <= LONGEST:
            found.setdefault((start, end))
        if len(found) >= MOST:
            break
    yield from found


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    for piece in _PIECE.finditer(text):
        words = piece[0]
        if not re.search(rf"[{_HAN}]{{2}}", words):
            continue
        starts = [hit.end() for hit in _OPENS.finditer(words[:40])]
        if _CLAUSE.search(words) or _HAN_SITE.search(words):
            starts.insert(0, 0)
        last = [hit.end() for hit in _HAN_SITE.finditer(words)][-1:]
        for begin in starts:
            ends = {len(words), *(n for n in last if n > begin + 1)}
            ends |= {hit.start() for hit in _ENDS.finditer(words, begin + 2)}
            for end in sorted(ends):
                if re.search(rf"[{_HAN}]{{2}}", words[begin:end]) and end - begin <= 40:
                    yield piece.start() + begin, piece.start() + end
            at, reach = piece.end(), 0
            while reach < 3 and (more := _MORE.match(text, at)) and _PART.search(more["more"]):
                closed = text[more.end() : more.end() + 1] in (")", "）") and text[at] in "(（"
                at, reach = more.end() + closed, reach + 1
                yield piece.start() + begin, at
                cut = _ENDS.search(more["more"], 2)
                if cut:
                    yield piece.start() + begin, more.start("more") + cut.start()


def _western(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text) and (hit := _BEHIND.search(text, at)):
        at = hit.end() if hit.end() > at else at + 1
        yield from _ends(text, hit.end())
    for hit in _TERM.finditer(text):
        yield from ((hit.start(), end) for _, end in _ends(text, hit.end() + 1))
        if name := _HAN_NAME.match(text, hit.end()):
            yield hit.start(), name.end()


def _ends(text: str, start: int) -> Iterator[tuple[int, int]]:
    if start >= len(text) or text[start].isspace():
        return
    name = _PLACE.match(text, start)
    tail = _TAIL.match(text, start)
    reaches = [hit.end() for hit in (name, tail) if hit]
    seen = set()
    for n, reach in enumerate(reaches):
        words = text[start:reach]
        is_tail = n == len(reaches) - 1 and tail is not None
        if is_tail and not (_SITE.search(words) or _NAMES.search(words)):
            continue
        for end in (*(start + comma.start() for comma in re.finditer(r", ?| \(", words)), reach):
            if end not in seen and end > start + 1:
                seen.add(end)
                yield start, end
