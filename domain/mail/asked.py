"""Our numbered questions in a quote, each with the customer's answer."""

import re
from collections.abc import Iterator

from domain.mail.extract.labels import Labelled
from domain.mail.plain import narrow
from domain.mail.reports import numbered
from domain.mail.split import Split

_QUESTION = re.compile(r"^\s*(\d{1,2})\s*[.、)]\s*(.+)$", re.M)
_KEYS = (
    ("due", r"交[货期付]|日期|时间|完工|deliver.{0,30}(?:date|when)|date|deadline|how soon"),
    ("requirements", r"要求|requirement|special|颜色|包装|尺寸|voltage|colou?r|size|packing"),
    ("place", r"place|地址|地点|收货|送货|ship-?to|address|port|forwarder|destination"),
    ("quantity", r"数量|几[台套件]|quantity|how many"),
    ("customer", r"customer|公司|单位|company"),
    ("contact", r"联系人|contact"),
    ("po", r"订单号|合同号|purchase order|po number"),
)


def answers_to_questions(parts: Split, questions: tuple[str, ...]) -> tuple[Labelled, ...]:
    """Answers as labelled values, so that "2. 15 April" counts as the date that was asked for."""
    return tuple(_answers(parts, questions))


def _answers(parts: Split, questions: tuple[str, ...]) -> Iterator[Labelled]:
    for question, text in replies_to_questions(parts, questions):
        key = next((k for k, words in _KEYS if re.search(words, question, re.I)), None)
        if key:
            start = max(parts.new.find(text), 0)
            yield Labelled(key, text, start, start + len(text))


def replies_to_questions(parts: Split, questions: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each of our questions with the text that answers it, by its number or below it."""
    asked = dict(enumerate(questions, start=1)) or {
        int(hit[1]): hit[2] for hit in _QUESTION.finditer(narrow(parts.quoted))
    }
    replies = [(asked.get(n), text) for n, text in numbered(parts.new).items()]
    replies += [
        (pair.quoted, pair.new) for pair in parts.pairs if _QUESTION.match(narrow(pair.quoted))
    ]
    return [(question, text) for question, text in replies if question]
