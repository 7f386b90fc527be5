"""Briefings as HTML: only what templates/markdown.py writes becomes a tag, all else is text."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby

from markupsafe import Markup, escape

from domain.names import Language
from templates import words

_ENTITY = re.compile(r"&#(\d{1,6});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
"""What templates/markdown.py escapes; inside this module it travels as an entity."""
_INLINE = re.compile(
    r"(?P<picture>!?)\[(?P<label>[^\]\n]*)\]\((?P<url>https?://[^\s()<>\"]+)\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
)
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_WEEKDAY = re.compile(r"(周[一二三四五六日])/(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def html(text: str, language: Language) -> Markup:
    """The briefing as HTML, from its first section on: the page has a head of its own. Words of
    ours in both languages are shown in one; pictures are left out, the page shows them itself."""
    lines = _ESCAPE.sub(lambda found: f"&#{ord(found[1])};", text).splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith("#### ")), 0)
    made, section = [], ""
    for kind, block in groupby(_without_foot(lines[first:]), key=_kind):
        kept = list(block)
        if kind == "heading":
            section = kept[-1].lstrip("#").strip()
        if kind == "list" and section in SAID_TWICE:
            kept = [f"- {_half(line[2:], language)}" for line in kept]
        made.append(BLOCKS[kind](kept, language))
    return Markup("\n").join(made)


def _without_foot(lines: list[str]) -> list[str]:
    """Without the last line where it holds nothing but links."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and "](" in kept[-1] and not _INLINE.sub("", kept[-1]).strip(" ·"):
        kept.pop()
    return kept


def _kind(line: str) -> str:
    if line.startswith(("### ", "#### ")):
        return "heading"
    if line.startswith("|"):
        return "table"
    if line.startswith("- "):
        return "list"
    if line.startswith(">"):
        return "quotation"
    return "paragraph" if line.strip() else "nothing"


def _heading(lines: list[str], language: Language) -> Markup:
    made = Markup("<h3>{}</h3>")
    return Markup("\n").join(
        made.format(_inline(_one(line.lstrip("#").strip(), language))) for line in lines
    )


def _table(lines: list[str], language: Language) -> Markup:
    rows = _without_empty([_cells(x) for x in lines if not _RULE.fullmatch(x.strip())])
    if not rows:
        return Markup("")
    heads = [_one(cell, language) for cell in rows[0]]
    if len(heads) == 2 and heads[0] in ("项", "Item"):
        return _facts(rows[1:], language)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_inline(h)) for h in heads)
    said = [[_term(cell, language) for cell in row] for row in rows[1:]]
    body = Markup("\n").join(_row(row, heads) for row in said)
    table = Markup(
        '<div class="scroll"><table class="stack"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    )
    return table.format(head, body)


def _without_empty(rows: list[list[str]]) -> list[list[str]]:
    """Without the columns in which nothing stands, marks joined with what they mark."""
    full = {n for row in rows[1:] for n, cell in enumerate(row) if cell not in ("", words.NONE)}
    kept = [[cell for n, cell in enumerate(row) if n in full] for row in rows]
    if not kept[0] or kept[0][0]:
        return kept
    # A column of marks has no head: the mark stands before what it says.
    return [kept[0][1:], *([f"{row[0]} {row[1]}", *row[2:]] for row in kept[1:])]


def _row(cells: list[str], heads: list[str]) -> Markup:
    made = Markup('<td data-label="{}" class="{}"><span>{}</span></td>')
    padded = [*heads, *[""] * (len(cells) - len(heads))]
    inner = Markup("").join(
        made.format(plain(head), "none" if cell == words.NONE else "", _inline(cell))
        for head, cell in zip(padded, cells, strict=False)
    )
    return Markup("<tr>{}</tr>").format(inner)


def _facts(rows: list[list[str]], language: Language) -> Markup:
    made = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    inner = Markup("\n").join(
        made.format(_inline(_one(row[0], language)), _inline(_term(" | ".join(row[1:]), language)))
        for row in rows
    )
    return Markup('<dl class="facts">{}</dl>').format(inner)


def _list(lines: list[str], language: Language) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(_inline(line[2:])) for line in lines)
    return Markup("<ul>{}</ul>").format(items)


def _quotation(lines: list[str], language: Language) -> Markup:
    said = Markup("<br>\n").join(_inline(line[1:].strip()) for line in lines)
    return Markup("<blockquote>{}</blockquote>").format(said)


def _paragraph(lines: list[str], language: Language) -> Markup:
    said = Markup("<br>\n").join(each for each in map(_inline, lines) if each)
    return Markup("<p>{}</p>").format(said) if said else Markup("")


def _nothing(lines: list[str], language: Language) -> Markup:
    return Markup("")


BLOCKS: Mapping[str, Callable[[list[str], Language], Markup]] = {
    "heading": _heading,
    "table": _table,
    "list": _list,
    "quotation": _quotation,
    "paragraph": _paragraph,
    "nothing": _nothing,
}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


MARKS = ("✔", "⚠", "✖")

SAID_TWICE = ("原因 / Why", "风险 / Risks")
"""Sections whose items are sentences of ours, each in both languages."""


def _half(text: str, language: Language) -> str:
    """The half of "中文 / English" that the reader reads; anything else as it is."""
    halves = text.split(" / ")
    if len(halves) != 2 or not _CHINESE.search(halves[0]):
        return text
    return halves[0] if language is Language.ZH else halves[1]


def _one(text: str, language: Language) -> str:
    """A label of ours in one language."""
    return text if _CHINESE.search(text.partition(" / ")[2]) else _half(text, language)


@cache
def _pairs() -> Mapping[str, tuple[str, str]]:
    """Every word that we say in both languages, by the way in which briefings write it."""
    zh, en = (words.wording("words", each) for each in (Language.ZH, Language.EN))
    said = [(zh[kind][key], en[kind][key]) for kind in zh for key in zh[kind] if key in en[kind]]
    return {f"{first} / {second}": (first, second) for first, second in said}


def _term(text: str, language: Language) -> str:
    """A cell in one language where it, or the name before a colon, is a word of ours."""
    parts = []
    for part in text.split("; "):
        label, colon, rest = part.partition(": ")
        mark, space, name = label.partition(" ") if label[:1] in MARKS else ("", "", label)
        pair = _pairs().get(name)
        if pair is not None:
            name = pair[0] if language is Language.ZH else pair[1]
        parts.append(f"{mark}{space}{name}{colon}{rest}")
    return _WEEKDAY.sub(r"\1" if language is Language.ZH else r"\2", "; ".join(parts))


def _inline(text: str) -> Markup:
    return Markup("").join(_pieces(text))


def _pieces(text: str) -> Iterator[Markup]:
    at = 0
    for found in _INLINE.finditer(text):
        yield escape(plain(text[at : found.start()]))
        if found["bold"]:
            yield Markup("<strong>{}</strong>").format(plain(found["bold"]))
        elif not found["picture"]:
            link = Markup('<a href="{}" rel="noreferrer">{}</a>')
            yield link.format(found["url"], plain(found["label"]))
        at = found.end()
    yield escape(plain(text[at:]))


def plain(text: str) -> str:
    """The text as it was before it was escaped for Markdown."""
    return _ENTITY.sub(lambda found: _character(int(found[1])), text)


def _character(number: int) -> str:
    allowed = 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if allowed else "\ufffd"
