"""Words of a thing in European text parted into name and model: "side frame, drawing SF-12"."""

import re

from domain.mail.extract.things import MODEL

_STANDARD = re.compile(
    r"(?:IP ?\d\d\w?|RAL ?\d{4}|ISO ?[\d:-]+|EN ?[\d-]+|DIN ?\d+|ASTM.*|AISI ?\d+\w?|SS ?\d{3}\w?"
    r"|PN ?\d+|Ra ?[\d.]+"
    r"|ISPM ?15|\d{3}L?|Q[1-4]|CW ?\d+|KW ?\d+|C[WE]\d+|PO.*|QT-.*|SO-.*|HRC ?\d+|API ?\d+"
    r"|Y?20\d\d|IE\d|G\d[.,]\d"
    r"|1\.\d{4}|3\.[12]|\d{1,2}-\d{1,2}|\d\d-\d\d-20\d\d)",
    re.I,
)
"""Grades, classes and numbers of standards and papers: they describe a thing and do not name it."""
_LABEL = re.compile(
    r"[\s,;(-]*\b(?:model|type|typ|drawing|draw(?:ing)?\.?|dwg|drwg|drg|part|p/n|pn|art(?:icle|ikel)?"
    r"|code|ref(?:erence)?"
    r"|cat(?:alogue)?|item|size|rys|called|named)\.?\s*(?:no\.?|nr\.?|number"
    r"|code)?\s*[:#]?\s*(?=\S*\d)",
    re.I,
)
_KEPT = re.compile(r"\b(size|drawing|dwg|drwg|drg)\b[.\s]*$", re.I)
"""Labels that say what kind of number follows: without them it would tell little."""
_LEADING = re.compile(
    r"^(?:[\s.,:;–—=•*_-]+|\(\d+\)|(?:supply of"
    r"|of|de|di|von|des|del|the|our|your|these|those|new|more"
    r"|additional|further|another"
    r"|extra|a|an|each"
    r"|pls|please|also|and|plus|item|description|following)\b\s*:?(?=\s))+",
    re.I,
)
_TRAILING = re.compile(
    r"(?:[\s.,:;–—=_(@>→-]+|(?<=[\s,(])(?:at|of|x|qty|quantity|price|unit price|fixed|each|for|and"
    r"|plus|a"
    r"|the|je|with|net|to|is|are|in"
    r"|total|on|all|by|from|we need|need|required)(?!\S))+$",
    re.I,
)
_TRAILING_WORDS = re.compile(
    r"(?:\s+(?:at|of|x|qty|for|and|a|the|with|to|is|are|on|by|each|from|all|as)|[\s.,:;–—=(@-])+$",
    re.I,
)
_CUT = re.compile(
    r"\s(?:to|by|in|from|as|but|this|within|before|until|on|which|that|because|so|when|delivered"
    r"|delivery|please|pls"
    r"|per|like|last|same|exactly|into|via|if|we|i|it|you|they|urgently|asap|instead|again|too"
    r"|at)\s"
    r"|\s[–—-]\s|[;!?](?:\s|$)|\.\s|\s{3,}",
    re.I,
)
_SIZE = re.compile(
    r"(?:(?:\b(?:dia\.?|size|length|width)\s*)?(?<![\w.(\"+-])[ØΦφø]?\s?\d+(?:[.,]\d+)?"
    r"(?:\s?[x×]\s?\d+(?:[.,]\d+)?)*\s?(?:mm|cm|m|inch(?:es)?|in|\"|''|V|W|kW|bar|kN|t|l|lt|ltr"
    r"|litres?|ml|Hz|%|°|A|NB|kg)(?![A-Za-z])|\b(?:fi|dia\.?)\s?\d|[ØΦφø]\s?\d).*",
)
_NUMBERED = re.compile(r"(.*[^\W\d_]{3,})\s+(\d{3,6}(?:[-/][A-Z0-9]+)*)\s*")
"""A name with a plain number behind it: "bearing 6205"."""
_KIND_OF_NUMBER = re.compile(r"^\s*(?:model|type|part(?: no\.?)?|art\.?(?: no\.?)?|p/n)\s*$", re.I)
_CODE = re.compile(rf"{MODEL.pattern}|(?<![\w-])[A-Z]{{2,4}}-[A-Z]{{2,4}}(?![\w-])")
NOT_A_THING = re.compile(
    r"^(?:weeks?|days?|months?|years?|hours?|hrs|working|minutes?|bar|mm|cm|cbm|kw|kv|hz|v|a|gpm"
    r"|rpm|km|%|inch(?:es)?|sides?"
    r"|per ?cent|questions?|changes?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|copies|copy|times|points?|phases?"
    r"|st|nd|rd|th|am|pm|to"
    r"|or|and|in|at|is|are|was|were|on|by|for|people|persons|remarks?|things?|percent|o'clock"
    r"|lines?|orders?|visits?"
    r"|shifts?|came|of (?:us|them|which)|of (?:the|these|those|our|your) (?:\d+|two|three|four"
    r"|five|six|seven|eight|nine|ten)|each|left|right|more thing|will|can|has|have|from|with"
    r"|weekdays?"
    r"|business|calendar|hot|languages?"
    r"|photos?|pictures?|mails?|e-?mails?|pallets?|crates?|boxes|packages?|shipments?|deliver(?:y"
    r"|ies)|degrees?|thousand"
    r"|million|euros?|dollars?|pounds?|quotes?|quotations?|colou?rs?|years?|trucks?|containers?"
    r"|operators?|colleagues?|plants?|only|altogether|overall|max(?:imum)?|as (?:before|usual)"
    r"|sites?|sets? of (?:documents?|manuals?|drawings?)|ml|litres?|bottles per|machines? (?:is"
    r"|are|was))(?![\w-])",
    re.I,
)
"""What follows a number that counts no things: times, measures, papers, persons."""
SENTENCE_END = re.compile(
    r"(?<=[a-z\d)%])(?<!\bNo)(?<!\bNos)(?<!\bapprox)(?<!\bca)(?<!\bMr)(?<!\bMs)(?<!\bart)(?<!\bpos)(?<!\bpcs)(?<!\bincl)(?<!\b[Ss]tk)(?<!\b[Ss]tck)(?<!\bszt)(?<!\bSt)(?<!\b[Nn]r)(?<!\bmtr)(?<!\bpz)(?<!\b[Nn])"
    r"[.!?]\s+(?=[A-Z\"'(])"
)
MAX_NAME = 90
_ASIDE = re.compile(
    r",\s+(?:no idea|not sure|you know|we (?:think|believe)|i (?:think|believe|guess)|the ones?\b"
    r"|same as|as (?:before|last|usual|discussed)|if possible|whatever|or (?:similar|equal)).*",
    re.I,
)
"""What a writer says about a thing behind its name, and that is no part of the name."""


def model_in(words: str) -> re.Match[str] | None:
    """The first type or part number in the words, else the first size; grades are neither."""
    hits = [hit for hit in _CODE.finditer(words) if not _STANDARD.fullmatch(hit[0])]
    lettered = (hit for hit in hits if re.match(r"[A-Z]", hit[0]))
    return next(lettered, hits[0] if hits else None)


def described(words: str, *, listed: bool) -> tuple[str | None, str | None]:
    """Name and model in the words of one thing; in a list all behind the model specifies it."""
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip()
    label = _LABEL.search(words)
    hit = model_in(words)
    start = _word_start(words, hit.start()) if hit else 0
    if label and label.start() > 1 and (hit is None or label.end() <= hit.start() + 1):
        name, model = words[: label.start()], words[label.end() :]
        kind = _KEPT.search(label[0])
        number = _model(model, listed=listed)
        return _name(name), f"{kind[1]} {number}" if kind and number else number
    if hit is not None:
        name, model = _KIND_OF_NUMBER.sub("", words[:start]), words[start:]
        if re.search(r"[A-Za-z]{2}", _LEADING.sub("", name)):
            return _name(name), _model(model, listed=listed)
        rest = _CUT.split(words[hit.end() :].strip(" ,;:-–") + " ")[0]
        return _name(rest.split(",")[0]), words[start : hit.end()]
    words = _CUT.split(words + " ")[0]
    if listed and (numbered := _NUMBERED.fullmatch(words)):
        return _name(numbered[1]), numbered[2]
    size = _SIZE.search(words)
    if size and (start := _word_start(words, size.start())) > 2:
        return _name(words[:start]), _trimmed(words[start:]) or None
    return _name(words), None


def labelled_model(words: str) -> str | None:
    """The number behind "type", "part no.", "drawing" and the like: "(part 7704-3)"."""
    label = _LABEL.search(f" {words}")
    return _model(f" {words}"[label.end() :], listed=False) if label else None


def _word_start(words: str, place: int) -> int:
    """Where the word begins that goes on at a place: sizes like 80/50x400 are one word."""
    while place > 0 and re.match(r"[\w./×\"]", words[place - 1]):
        place -= 1
    return place


def is_plural(head: str) -> bool:
    """True for a name that more than one thing has; "six way" or "3 phase" describe a thing."""
    noun = re.split(r"\s(?:for|with|of|to|and|or|plus)\s", f"{head} ")[0].split()
    return (
        bool(noun)
        and re.search(r"(?:s|en|men|feet)$|[A-Z\d]$", noun[-1].strip("()\"',")) is not None
    )


def _model(words: str, *, listed: bool) -> str | None:
    """The number, and in a list the words that go on specifying."""
    cut = _CUT.split(words + " ")[0]
    if not listed or re.match(r"\S+\s+(?:for|with|and|or)\b", cut):
        cut = re.split(r"[,\s]", cut)[0]
    return _trimmed(_TRAILING_WORDS.sub("", cut))[:MAX_NAME] or None


def _name(words: str) -> str | None:
    words = _ASIDE.split(words)[0]
    name = " ".join(_TRAILING.sub("", _LEADING.sub("", words)).split()).strip(" ,:;-–—\"'?")
    if name.count("(") > name.count(")"):
        name = name.partition("(")[0].strip()
    if not re.search(r"[^\W\d_]{2}", name) or re.fullmatch(r"(?:\w+ )?ones?", name, re.I):
        return None
    return name[:MAX_NAME]


def _trimmed(words: str) -> str:
    plain = words.strip(" ,:;-–—.")
    return plain.rstrip(")") if plain.count(")") > plain.count("(") else plain
