"""HTML mail as text: what is invisible is left out, what is quoted is marked with "> "."""

import re
from collections.abc import Iterator

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

MAX_HTML = 2_000_000
MAX_DEPTH = 200
_QUOTES = (
    "//blockquote | //div[contains(@class,'gmail_quote') and not(.//blockquote)]"
    " | //div[@id='isReplyContent']"
)
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])"
    r"|(?<![-\w])color:(?:#fff(?:fff)?(?![0-9a-f])|white|transparent|rgba?\(255,255,255)"
    r"|max-height:0(?![.\d]*[1-9])|mso-hide:all|left:-\d{3,}|text-indent:-\d{3,}"
)
_COLOURED = re.compile(r"(?<![-\w])background(?:-color)?:(?!#fff|white|transparent|none|inherit)")
_NEVER_SHOWN = ("script", "style", "head", "template", "noscript", "object", "iframe", "title")


def tree_of(source: str) -> lxml_html.HtmlElement | None:
    """The visible part of an HTML source as a tree, or None if there is none. Fetches nothing."""
    root = _parsed(source)
    if root is None:
        return None
    for element in _invisible(root):
        element.drop_tree()
    return root if _depth_is_sane(root) else None


def _parsed(source: str) -> lxml_html.HtmlElement | None:
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", source[:MAX_HTML]).replace("\x00", "")
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def html_to_text(source: str) -> str:
    """The text that a reader of this HTML sees; table rows stay on one line."""
    root = tree_of(source)
    if root is None:
        return re.sub(r"<[^>]{0,2000}>", " ", source[:MAX_HTML])
    quotes = _take_out_quotes(root)
    text = _render(root)
    for mark, quote in quotes:
        text = text.replace(mark, "\n".join(f"> {line}" for line in quote.splitlines()))
    return text


def hidden_text(source: str) -> str:
    """What an HTML mail says where no reader sees it; such words are told to a person."""
    if not re.search(r"hidden|display|font-size|color|opacity", source, re.I):
        return ""
    root = _parsed(source)
    gone = [] if root is None else [e for e in _invisible(root) if e.tag not in _NEVER_SHOWN]
    return " ".join(" ".join("".join(e.itertext()) for e in gone).split())[:2_000]


def _invisible(root: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    gone: set[object] = set()
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str):
            continue
        if parent in gone:
            gone.add(element)
        elif element.tag in _NEVER_SHOWN or _is_hidden(element):
            gone.add(element)
            yield element


def _is_hidden(element: lxml_html.HtmlElement) -> bool:
    style = re.sub(r"\s+", "", (element.get("style") or "").lower())
    if _HIDDEN.search(style):
        return not ("color:" in style and _COLOURED.search(_surroundings(element)))
    white = (element.get("color") or "").lower() in ("white", "#ffffff", "#fff")
    return element.get("hidden") is not None or (white and not _surroundings(element))


def _surroundings(element: lxml_html.HtmlElement) -> str:
    """Styles and colours of the element and its parents: white on blue can be read."""
    chain = [element, *element.iterancestors()]
    styles = (re.sub(r"\s+", "", (e.get("style") or "").lower()) for e in chain)
    colours = (f"background:{e.get('bgcolor')}" for e in chain if e.get("bgcolor"))
    return ";".join([*(s for s in styles if "background" in s), *colours])


def _depth_is_sane(root: lxml_html.HtmlElement) -> bool:
    """False for a tree so deep that rendering it would exhaust the stack."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return False
    return True


def _take_out_quotes(root: lxml_html.HtmlElement) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for n, element in enumerate(root.xpath(_QUOTES)):
        if any(above.get("data-quote") for above in element.iterancestors()):
            continue
        mark = f"\ue000{n}\ue001"
        text = _render(element)
        element.set("data-quote", "1")
        for child in list(element):
            element.remove(child)
        element.tag, element.text = "div", mark
        found.append((mark, text))
    return found


def _render(element: lxml_html.HtmlElement) -> str:
    config = ParserConfig(css=CSS_PROFILES["strict"])
    lines = Inscriptis(element, config).get_text().splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")
