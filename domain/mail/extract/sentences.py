"""Order lines without a table's heading: rows set with gaps, Chinese text, English text."""

from domain.mail.extract.bare_rows import bare_rows
from domain.mail.extract.chinese_lines import chinese_lines
from domain.mail.extract.english_lines import english_lines
from domain.mail.extract.values import Line
from domain.mail.plain import narrow

MAX_LINES = 500


def sentence_lines(text: str) -> tuple[Line, ...]:
    """Order lines that the text names one by one; rows of cells count where they tell of more."""
    plain = narrow(text)
    rows = bare_rows(plain)
    said = tuple(chinese_lines(plain)) or tuple(english_lines(plain))
    return (rows if len(rows) > max(1, len(said)) else said or rows)[:MAX_LINES]
