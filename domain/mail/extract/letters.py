"""Word files (docx) as grids: paragraphs and tables in their order, nothing evaluated."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from domain.mail.extract.tables import MAX_COLUMNS, MAX_ROWS, Grid, unpacks_safely
from domain.mail.message import Attachment

MAX_XML = 4_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN = (zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, OSError)


def letter_grids(attachment: Attachment) -> tuple[Grid, ...]:
    """The text of a docx as one grid; none if it is damaged or too large."""
    if not attachment.name.lower().endswith(".docx") or not unpacks_safely(attachment.data):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(attachment.data)) as box:
            info = box.getinfo("word/document.xml")
            if info.file_size > MAX_XML:
                return ()
            body = fromstring(box.read(info)).find(f"{_W}body")
    except (*_BROKEN, RuntimeError, NotImplementedError, EOFError):
        return ()
    rows = (
        ()
        if body is None
        else tuple(row for _, row in zip(range(MAX_ROWS), _rows(body), strict=False))
    )
    return (Grid(f"attachment:{attachment.name}", rows),) if rows else ()


def _rows(body: Element) -> Iterator[tuple[str, ...]]:
    for block in body:
        if block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = [_text(cell) for cell in row.findall(f"{_W}tc")]
                yield tuple(cells[:MAX_COLUMNS])
        elif block.tag == f"{_W}p" and (text := _text(block)):
            yield (text,)


def _text(part: Element) -> str:
    """The words of a paragraph or a cell, without those that are deleted or hidden."""
    runs = [run for run in part.iter(f"{_W}r") if run.find(f"{_W}rPr/{_W}vanish") is None]
    words = ("".join(t.text or "" for t in run.iter(f"{_W}t")) for run in runs)
    return " ".join("".join(words).split())[:2_000]
