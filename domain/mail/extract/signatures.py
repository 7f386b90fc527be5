"""The closing lines of a mail taken apart: which piece is a person, a post, an address, a firm."""

import re
from collections.abc import Iterator
from itertools import pairwise

from domain.mail.extract.posts import is_department, is_post
from domain.mail.plain import narrow
from domain.mail.traditional import simplified

MAX_LINES = 9
_HAN = r"\u4e00-\u9fff"
_PARTS = re.compile(
    rf"\s*[|｜·•;]\s*|\s[-–—/]\s|\s@\s|,\s+|,(?=[{_HAN}])|\t|\s{{2,}}|(?<=[{_HAN})])[\s/@-]+(?=\S)"
    rf"|(?<=\S)[\s/]+(?=[{_HAN}])|(?<=[{_HAN}])、"
)
_AWAY = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+")
_BEHALF = re.compile(
    r"^(?:for (?:and )?on behalf of|on behalf of|for|pp\.?|p\.p\.|i\.\s?[va]\.) ", re.I
)
CLOSING = re.compile(
    r"^(?:with )?(?:(?:my|our|kind|kindest|best|warm|warmest|many|friendly|distinct|all the)\s)*"
    r"(?:regards?|wishes|greetings|thanks|best|rgds|brgds|br|cheers|ta|thx|ty|sincerely|cordially"
    r"|faithfully|respectfully|truly|thank(?:ing)? you.*|yours \w+|thanks (?:and|&|a lot|in advance"
    r"|again|so much).*|mit freundlichen grü(?:ß|ss)en.*|freundliche grü(?:ß|ss)e|mfg"
    r"|beste grü(?:ß|ss)e"
    r"|viele grü(?:ß|ss)e|cordialement|bien à vous|saludos|un saludo|atentamente|att\.?|abraço|abs"
    r"|cordiali saluti|distinti saluti|saluti|pozdrawiam.*|z poważaniem"
    r"|met vriendelijke groet(?:en)?"
    r"|saygılarımla|med vänlig hälsning|mvh|hilsen|all the best|looking forward.*)"
    r"(?:\s+(?:from|and|&|/)\b.*)?[\s,.!/-]*(?:best regards|kind regards)?[\s,.!]*$",
    re.I,
)
_CLOSED = re.compile(
    r"^(?:cheers|thanks|thx|regards|br|rgds|(?:best|kind|warm) (?:regards|wishes)|mvh|gr|gruß"
    r"|saludos)\b[\s,.!:]+(?=[A-Z])",
    re.I,
)
_ADDRESS = re.compile(
    rf"\d{{3,}}|\b(?:street|road|lane|avenue|drive|estate|park|way|box|floor|unit \d|str\.|straße"
    rf"|strasse"
    rf"|gewerbering|ul\.|via|rue|calle|rua|zone|court|close|row|quay \d)\b(?!.*\b(?:works|mills)\b)"
    rf"|[{_HAN}](?:(?<![电電])路|街|大道|巷|弄|号楼?|楼|层|室|开发区|工业园|园区)(?:[{_HAN}\d-]|$)|\d+号",
    re.I,
)
_SMALLS = "& and the of the de del della di da do dos la le y e und for van von + ve"
_SMALL = frozenset(_SMALLS.split())
_SENTENCES = re.compile(r"[,。!?;](?!\s*(?:ltd|inc|llc|s\.))|[.](?= |$)(?<![A-Z][a-z]\.)", re.I)
_SAID = re.compile(
    r"[?!:]|\b(?:please|you|your|we|will|is|are|be|have|can|need|would|this|that|attached|see|call"
    r"|send|not|if|out|it|sent|tel|phone|fax|mobile|mob|ext)\b|\.\s",
    re.I,
)


def pieces(line: str) -> list[str]:
    """The parts of a (narrow) closing line, without addresses of mailboxes and pages."""
    bare = _AWAY.sub(" | ", _CLOSED.sub("", line))
    found = (_stripped(part) for part in _PARTS.split(bare) if part)
    return [part for part in found if part]


def _stripped(part: str) -> str:
    even = part.count("(") == part.count(")") and not part.startswith("(")
    return part.strip(" ,|/-–" if even else " ,|/-–()")


def beside(tail: str, writer: str) -> Iterator[str]:
    """Pieces of the closing lines, those nearest to the writer's name first.

    Without a name there, the pieces of the last paragraph. What is said for a firm ("For X")
    comes before all others.
    """
    lines = [narrow(line).strip() for line in tail.splitlines()]
    filled = [line for line in lines if line][-MAX_LINES:]
    for line in reversed(filled):
        if (hit := _BEHALF.match(line)) and len(line) < 70 and not _SAID.search(line):
            yield line[hit.end() :].strip(" ,.")
    at = _of_writer(filled, writer)
    if at is None:
        order = list(range(len(filled) - len(_last_paragraph(lines)), len(filled)))
    else:
        below = range(at + 1, min(at + 5, len(filled)))
        above = (n for n in (at - 1, at - 2) if n >= 0 and not _SENTENCES.search(filled[n]))
        order = [at, *below, *above]
    for n in order:
        if n >= 0 and len(filled[n]) <= 110 and not CLOSING.match(filled[n]):
            yield from (part for part in pieces(filled[n]) if not is_writer(part, writer))


def shows(tail: str, writer: str) -> bool:
    """True where the closing lines show the writer's name."""
    filled = [narrow(line).strip() for line in tail.splitlines() if line.strip()]
    return bool(writer) and _of_writer(filled[-MAX_LINES:], writer) is not None


def _of_writer(lines: list[str], writer: str) -> int | None:
    """The last line that shows the writer's name or a part of it at a piece's begin."""
    found = (
        n
        for n in reversed(range(len(lines)))
        if len(lines[n]) <= 110 and any(is_writer(part, writer) for part in pieces(lines[n]))
    )
    return next(found, None)


def _last_paragraph(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in reversed(lines):
        if not line and kept:
            break
        if line:
            kept.append(line)
    short = [line for line in kept if len(line) <= 80]
    return kept if len(kept) <= 4 and len(short) == len(kept) else []


def is_writer(piece: str, writer: str) -> bool:
    """True where a piece is the writer's name, his first name, or initials and family name."""
    words = _words(simplified(writer))
    said = _words(simplified(piece))
    if not words or not said or len(said) > len(words) + 1:
        return False
    if re.search(rf"[{_HAN}]", piece):
        bare = re.sub(r"[\s,.]", "", simplified(piece).lower())
        return any(word in bare for word in words) and len(bare) <= max(map(len, words)) + 4
    return all(any(_alike(one, word) for word in words) for one in said)


def _alike(said: str, word: str) -> bool:
    """ "Bron" is Bronwyn, "G" is Geoffrey; a single letter or a beginning of three."""
    return said == word or (word.startswith(said) and (len(said) >= 3 or len(said) == 1))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,.\-'’]+", name.lower()) if word]


def is_latin_firm(piece: str) -> bool:
    """True for a piece that may be a firm: capital words, no post, address or sentence."""
    words = piece.split()
    if not 1 <= len(words) <= 7 or _SAID.search(piece) or _ADDRESS.search(piece):
        return False
    capital = all(
        w.lower() in _SMALL or w.lstrip("('")[:1].isupper() or w[:1].isdigit() for w in words
    )
    named = any(len(word) > 2 and word[:1].isupper() for word in words)
    return capital and named and not (is_post(piece) or CLOSING.match(piece))


def is_address(piece: str) -> bool:
    """True for a piece with a street, a postcode or a long number."""
    return bool(_ADDRESS.search(piece))


def latin_names(tail: str) -> Iterator[str]:
    """Persons in Latin letters who sign: below a closing, or above or beside their post or firm."""
    lines = [narrow(line).strip() for line in tail.splitlines() if line.strip()][-MAX_LINES:]
    for above, line in pairwise(["", *lines]):
        first = next(iter(pieces(line)), "")
        if CLOSING.match(above) and is_latin_name(first, least=1):
            yield _bare(first)
    for line, below in pairwise([*lines, ""]):
        parts = [_TITLE.sub("", part) for part in pieces(line)]
        posts = (*parts[1:2], *pieces(below)[:1])
        if parts and is_latin_name(parts[0]) and any(is_post(p) for p in posts if p):
            yield _bare(parts[0])
    for line in lines:
        if re.match(r"(?:mr|mrs|ms|miss|dr|ing)\b\.? ", line, re.I) and is_latin_name(line):
            yield _bare(line)


def before_firm(tail: str, firm: str) -> Iterator[str]:
    """Names in Latin letters above or beside the firm: "Curt - Pine Mills"."""
    lines = [narrow(line).strip() for line in tail.splitlines() if line.strip()][-MAX_LINES:]
    for line, below in pairwise([*lines, ""]):
        parts = pieces(line)
        follow = parts[1] if len(parts) > 1 else next(iter(pieces(below)), "")
        if parts and firm and follow and narrow(firm).startswith(follow):
            name = parts[0]
            if is_latin_name(name, least=1) and not CLOSING.match(name):
                yield _bare(name)


_TITLE = re.compile(
    r"^(?:i\. ?[av]|ppa|p\.p)\b\.? |^(?:mr|mrs|ms|miss|dr|ing|prof)\b\.? "
    r"|\s*\((?:mr|mrs|ms)\.?\)$",
    re.I,
)


def _bare(name: str) -> str:
    return _TITLE.sub("", name).strip(" ,.")


def is_latin_name(words: str, least: int = 2) -> bool:
    """True for two to four capital words that are neither a post nor a department."""
    bare = _bare(words)
    parts = bare.split()
    shaped = all(
        re.fullmatch(r"(?:[^\W\d_a-z][\w'’.-]*|van|de|den|der|von|al|da|dos|bin)", p) for p in parts
    )
    return (
        least <= len(parts) <= 4
        and shaped
        and not re.search(f"[{_HAN}]", bare)
        and not (is_post(bare) or is_department(bare) or _SAID.search(bare))
    )
