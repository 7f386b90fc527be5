"""Order lines that an answer completes: our question names the thing, the answer its amount."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.mail.asked import replies_to_questions
from domain.mail.extract.cells import quantity_of
from domain.mail.extract.english_amounts import amounts_in
from domain.mail.extract.english_things import described
from domain.mail.extract.sentences import sentence_lines
from domain.mail.extract.things import listed_thing
from domain.mail.extract.values import Line
from domain.mail.plain import narrow
from domain.mail.split import Split

_AMOUNT_OF = re.compile(
    r"(?:quantity|number|how many)\s+(?:of\s+|do you need of\s+)?(?P<en>[^?(\n]+)"
    r"|(?:^|\d[.、)])\s*(?P<zh>[^?(,\n]*?)\s*(?:的)?(?:确切|準確|准确|具体|具體|订购)?(?:数量"
    r"|數量)",
    re.I,
)
_MODEL_OF = re.compile(
    r"(?:exact |full )?(?:model|type|size)(?: number)? of\s+(?P<en>[^?(\n]+)"
    r"|(?:^|\d[.、)])\s*(?P<zh>[^?(,\n]*?)\s*的(?:确切|具体|准确)?(?:型号|规格|型號|規格)",
    re.I,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def answered_lines(parts: Split, questions: tuple[str, ...]) -> tuple[Line, ...]:
    """A line for each answer to a question for the amount or the type of a thing."""
    return tuple(_lines(parts, questions))


def _lines(parts: Split, questions: tuple[str, ...]) -> Iterator[Line]:
    for question, text in replies_to_questions(parts, questions):
        start = max(parts.new.find(text), 0)
        source = f"text:{start}-{start + len(text)}"
        answer = narrow(text).strip()
        if hit := _AMOUNT_OF.search(narrow(question)):
            item, model = _thing(hit)
            found = _amount(answer)
            if (item or model) and found is not None:
                yield replace(found, item=item, model=model, source=source, confidence=0.8)
        elif hit := _MODEL_OF.search(narrow(question)):
            item, _ = _thing(hit)
            model = re.split(r"[.;。\n](?:\s|$)", answer.rpartition(": ")[2])[0].strip()
            if item and re.search(r"\d", model):
                found = _amount(answer.replace(model, " "), labelled=True)
                yield Line(
                    item,
                    model,
                    found.quantity if found else None,
                    found.unit if found else None,
                    source=source,
                    confidence=0.75,
                )


def _thing(hit: re.Match[str]) -> tuple[str | None, str | None]:
    words = (hit["en"] or hit["zh"] or "").strip()
    return listed_thing(words) if _HAN.search(words) else described(words, listed=False)


def _amount(answer: str, *, labelled: bool = False) -> Line | None:
    """The amount in an answer, as a line without a thing; one that names another thing is none."""
    first = re.split(r"[,.;。](?:\s|$)", answer)[0]
    if not labelled and (value := quantity_of(first))[0] is not None:
        return Line(None, None, *value)
    told = sentence_lines(answer)
    if len(told) == 1 and not labelled:
        return told[0]
    for one in amounts_in(answer):
        if not labelled or re.search(r"quantity|qty|how many", answer[: one.start], re.I):
            return Line(None, None, one.number, one.unit)
    return None


def completed(lines: tuple[Line, ...], answered: tuple[Line, ...]) -> tuple[Line, ...]:
    """The answered lines, and those of the text that stand in no answer."""
    places = {line.source for line in answered}
    spans = [tuple(map(int, place.removeprefix("text:").split("-"))) for place in places]

    def elsewhere(line: Line) -> bool:
        hit = re.fullmatch(r"text:(\d+)-(\d+)", line.source)
        return hit is None or not any(a <= int(hit[2]) and int(hit[1]) <= b for a, b in spans)

    return (*answered, *(line for line in lines if elsewhere(line)))
