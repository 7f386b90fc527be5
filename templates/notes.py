"""Short bilingual notes on top of a form: why it is open again."""

from templates import words


def recorded(person: str, verdict: str) -> str:
    """The record of a customer's word waits for a second person."""
    said = words.both("verdict", verdict)
    return (
        f"{person} 已记录客户意见:{said}。请另一位同事核对后以相同意见确认。"
        f" / {person} has recorded the customer's word: {said}. "
        "A second person confirms it with the same answer."
    )
