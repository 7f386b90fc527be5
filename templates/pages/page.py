"""Pages from templates: one surroundings per language, everything escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.names import Language
from templates import words

FOLDER = Path(__file__).parent
ASSETS = {"portal.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}
"""Files beside the templates that a browser may have, with their types."""


def page(name: str, language: Language, shown: dict[str, object]) -> str:
    """The page of this name as HTML; what it shows appears as it is written."""
    return _environment(language).get_template(f"{name}.html.j2").render(shown)


def say(key: str, language: Language, **facts: object) -> str:
    """A sentence of the pages with these facts in it."""
    return words.wording("pages/words", language)["page"][key].format_map(facts)


def page_word(key: str, kind: str, language: Language) -> str:
    """A word of the pages; one that they do not have, as it is."""
    return words.wording("pages/words", language)[kind].get(str(key), str(key))


@cache
def asset(name: str) -> bytes:
    """The bytes of a file beside the templates; KeyError for any other name."""
    if name not in ASSETS:
        raise KeyError(name)
    return (FOLDER / name).read_bytes()


@cache
def _environment(language: Language) -> Environment:
    """Built at first use, kept afterwards."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": lambda on, provisional=False: words.day(on, language, provisional),
        "instant": lambda at, zone: words.instant(at, zone, language),
        "number": words.number,
        "money": lambda amount, currency, tax=None: words.money(amount, currency, language, tax),
        "word": lambda key, kind: words.word(kind, str(key), language),
        "typed": lambda value, key: words.typed(key, value),
        "said": lambda value, zone="Asia/Shanghai": words.said(value, language, zone),
        "page_word": lambda key, kind: page_word(key, kind, language),
        "page_hint": lambda key: words.wording("pages/words", language)["hint"].get(key, ""),
    }
    made.globals |= {
        "t": lambda key, **facts: say(key, language, **facts),
        "language": str(language),
        "other_language": str(Language.EN if language is Language.ZH else Language.ZH),
    }
    return made
