"""What was read in a mail, for the person who checks it: value, words, source, rule, sureness."""

from templates.markdown import Markdown, cell, escape_markdown, own, section, table, term
from templates.views import BriefingView, ReadView

HEADS = (
    *("字段 / Field", "值 / Value", "原文 / In the mail", "把握 / Sure"),
    *("出处 / From", "规则 / Rule"),
)


def understood(view: BriefingView) -> str:
    """The fields that were understood, then the order lines as the form takes them."""
    return f"{fields(view.understood)}\n\n{typed(view.typed)}".strip()


def fields(found: tuple[ReadView, ...]) -> str:
    """A row a field; ⟦ ⟧ mark the words from which it was read."""
    rows = [
        (
            Markdown(_name(each.field)),
            each.value,
            each.words,
            Markdown(f"{each.confidence:.0%}"),
            each.source,
            each.rule,
        )
        for each in found
    ]
    return section("识别结果 / Understood", table(HEADS, rows))


def opinion(found: tuple[ReadView, ...]) -> str:
    """What a language model suggests; only a person makes something of it."""
    rows = [(Markdown(_name(each.field)), each.value, each.words) for each in found]
    title = "第二意见(语言模型,未经核对)/ Second opinion (a language model, unchecked)"
    return section(title, table(HEADS[:3], rows))


def typed(lines: tuple[str, ...]) -> str:
    """The order lines as they may be typed again."""
    title = "订单行(可照此格式在表单中更正)/ Order lines, as the form takes them"
    return section(title, "\n".join(f"{no}\\. {cell(line)}  " for no, line in enumerate(lines, 1)))


def _name(field: str) -> str:
    name, _, number = field.partition(":")
    return f"{term('field', name)} {escape_markdown(number)}".strip() if name else own("–")
