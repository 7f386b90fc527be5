"""Briefings as HTML: only what templates/markdown.py writes becomes a tag, all else is text."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from markupsafe import Markup, escape

from domain.names import Language

_ENTITY = re.compile(r"&#(\d{1,6});")
_INLINE = re.compile(
    r"(?P<picture>!?)\[(?P<label>[^\]\n]*)\]\((?P<url>https?://[^\s()<>\"]+)\)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
)
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def html(text: str, language: Language) -> Markup:
    """The briefing as HTML, from its first section on: the page has a head of its own. Labels in
    both languages are shown in one; pictures are left out, the page shows them itself."""
    lines = text.splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith("#### ")), 0)
    blocks = groupby(_without_foot(lines[first:]), key=_kind)
    return Markup("\n").join(BLOCKS[kind](list(block), language) for kind, block in blocks)


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
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line.strip())]
    if not rows:
        return Markup("")
    heads = [_one(cell, language) for cell in rows[0]]
    if len(heads) == 2 and heads[0] in ("项", "Item"):
        return _facts(rows[1:], language)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_inline(h)) for h in heads)
    body = Markup("\n").join(_row(row, heads) for row in rows[1:])
    table = Markup('<table class="stack"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return table.format(head, body)


def _row(cells: list[str], heads: list[str]) -> Markup:
    made = Markup('<td data-label="{}"><span>{}</span></td>')
    padded = [*heads, *[""] * (len(cells) - len(heads))]
    inner = Markup("").join(
        made.format(plain(head), _inline(cell)) for head, cell in zip(padded, cells, strict=False)
    )
    return Markup("<tr>{}</tr>").format(inner)


def _facts(rows: list[list[str]], language: Language) -> Markup:
    made = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    inner = Markup("\n").join(
        made.format(_inline(_one(row[0], language)), _inline(" | ".join(row[1:]))) for row in rows
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


def _one(text: str, language: Language) -> str:
    """A label of ours in one language: the half of "中文 / English" that the reader reads."""
    zh, slash, en = text.partition(" / ")
    if not slash or not _CHINESE.search(zh) or _CHINESE.search(en):
        return text
    return zh if language is Language.ZH else en


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
