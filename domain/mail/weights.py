"""What labelled mails have taught about a question, and what it says of a new case.

A file in `learned/` has a line for each sign and a column for each answer: how much the sign speaks
for the answer, as the logarithm of odds; the line `always` is what holds without any sign. It is
logistic regression (Cox, "The regression analysis of binary sequences", 1958), multinomial where
there are more than two answers. `python -m benchmarks.learning` writes the files anew from the
labelled mails; nobody edits them by hand.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

LEARNED = files("domain.mail") / "learned"
"""Part of the code, like a table of words."""
ALWAYS = "always"


class Weights:
    """How much each sign speaks for each answer."""

    def __init__(self, answers: tuple[str, ...], rows: Mapping[str, NDArray[np.float64]]) -> None:
        """`rows` hold, by sign, a number for each answer."""
        self.answers = answers
        self.rows = rows

    def shares(self, signs: Mapping[str, float]) -> dict[str, float]:
        """How likely each answer is, 0 to 1, in all 1; signs that taught nothing say nothing."""
        weighed = self.rows[ALWAYS].copy()
        for sign, strength in signs.items():
            row = self.rows.get(sign)
            if row is not None:
                weighed += strength * row
        powers = np.exp(weighed - weighed.max())
        return dict(zip(self.answers, (powers / powers.sum()).tolist(), strict=True))

    def chance(self, signs: Iterable[str]) -> float:
        """How likely the second of two answers is for a case with these signs."""
        return self.shares(dict.fromkeys(signs, 1.0))[self.answers[1]]


def written(weights: Weights) -> str:
    """The weights as a file."""
    lines = ["\t".join(("sign", *weights.answers))]
    for sign in sorted(weights.rows):
        lines.append("\t".join((sign, *(f"{value:.3f}" for value in weights.rows[sign]))))
    return "\n".join(lines) + "\n"


@cache
def learned(name: str) -> Weights:
    """The weights in the file of this name."""
    head, *lines = (LEARNED / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = {}
    for line in lines:
        sign, *values = line.split("\t")
        rows[sign] = np.array([float(value) for value in values])
    return Weights(tuple(head.split("\t")[1:]), rows)
