"""Documents: data only, the same bytes each time, readable text with its own font."""

import re
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.names import Language
from templates.document import DOCUMENTS, FOLDER, pdf
from tests.templates import samples
from tests.templates.hostile import ALL_AT_ONCE

PAIRS = [(Language.ZH, Language.EN), (Language.EN, Language.ZH), (Language.EN, None)]
OURS = frozenset({"zone", "severity", "result", "method"})


def streams(document: bytes) -> bytes:
    """Everything that the file's compressed streams hold."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(each) for each in found if each[:1] == b"x")


def characters(document: bytes) -> set[str]:
    """The characters that a reader can copy out of the file."""
    shown: set[str] = set()
    for code in re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>\s*\n", streams(document)):
        shown |= set(bytes.fromhex(code.decode()).decode("utf-16-be", "replace"))
    return shown


def test_every_document_has_a_sample() -> None:
    assert set(samples.documents()) == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_made_in_one_and_two_languages(name: str) -> None:
    for first, second in PAIRS:
        made = pdf(name, samples.documents(first)[name], first, second)
        assert made.startswith(b"%PDF-")
        assert b"/FontFile" in made + streams(made)
        assert set("导轨支架一批") <= characters(made)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_equal_views_make_equal_bytes(name: str) -> None:
    view = samples.documents()[name]
    made = pdf(name, view, Language.ZH, Language.EN)
    assert made == pdf(name, view, Language.ZH, Language.EN)
    assert made != pdf(name, replace(view, made_at=view.made_at + timedelta(days=1)), Language.ZH)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_others_wrote_is_never_read_as_source(name: str) -> None:
    for text in (ALL_AT_ONCE, '#read("/etc/passwd")'):
        view: Any = samples.spoilt(samples.documents()[name], text, OURS)
        assert set(text) - {" "} <= characters(pdf(name, view, Language.EN))


def test_a_view_of_another_document_is_refused() -> None:
    with pytest.raises(TypeError):
        pdf("delivery_note", samples.documents()["test_report"], Language.ZH)


def test_sources_read_nothing_but_our_own_labels() -> None:
    for source in FOLDER.glob("*.typ"):
        text = source.read_text("utf-8")
        assert not re.search(r"@preview|http|\beval\(|\bread\(|\bplugin\(|\.\./", text)
        assert re.findall(r'#import "([^"]+)"', text) in ([], ["base.typ"])
