"""Logistic regression over named signs, without a library for it.

The one kept for it (scikit-learn) would bring SciPy, a hundred megabytes for every user, and is
needed only by whoever writes the files of weights anew.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.mail.weights import ALWAYS, Weights

ROUNDS = 400
STEP = 0.05
BOLDER = 1.5
"""Weights that are held small are too shy: on mails kept aside, shares from weights so many times
as large were the most honest (least log loss)."""
KEPT = 0.02
"""Signs that speak less than this for any answer are left out of the file."""

WORD = "~"
"""How the name of a sign begins that is a word or a short string of characters."""
RARE = 3
"""Words in fewer examples teach nothing that holds elsewhere, and would fill the file."""

Example = tuple[Mapping[str, float], str]


def fit(examples: Sequence[Example], *, ridge: float = 1.0) -> Weights:
    """The weights under which the answers of the examples are likeliest.

    `ridge` holds the weights small: half of it times the sum of their squares is added to the
    loss. Always the same for the same examples (Adam: Kingma and Ba, 2015, over all of them).
    """
    answers = tuple(sorted({answer for _, answer in examples}))
    examples = _without_rare_words(examples)
    names = sorted({sign for signs, _ in examples for sign in signs})
    columns = {name: n for n, name in enumerate(names)}
    where = [np.array([columns[each] for each in signs], dtype=np.intp) for signs, _ in examples]
    rows = np.repeat(np.arange(len(examples)), [len(each) for each in where])
    places = np.concatenate(where)
    values = np.array([value for signs, _ in examples for value in signs.values()], dtype=float)
    right = np.zeros((len(examples), len(answers)))
    right[np.arange(len(examples)), [answers.index(answer) for _, answer in examples]] = 1

    weights = np.zeros((len(names) + 1, len(answers)))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for n in range(1, ROUNDS + 1):
        said = np.tile(weights[-1], (len(examples), 1))
        said += _summed(rows, weights[places] * values[:, None], len(examples))
        said = np.exp(said - said.max(1, keepdims=True))
        wrong = said / said.sum(1, keepdims=True) - right
        slope = _summed(places, wrong[rows] * values[:, None], len(weights))
        slope[:-1] += ridge * weights[:-1]
        slope[-1] = wrong.sum(0)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        step = STEP * (1 - n / (ROUNDS + 1)) ** 0.5
        weights -= step * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.999**n)) + 1e-8)

    weights = BOLDER * (weights - weights.mean(1, keepdims=True))  # only differences count
    kept = {name: weights[n] for name, n in columns.items() if np.abs(weights[n]).max() >= KEPT}
    return Weights(answers, kept | {ALWAYS: weights[-1]})


def _summed(into: NDArray[np.intp], what: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The sum of the rows of `what` that go into each of `count` rows."""
    columns = (np.bincount(into, column, count) for column in what.T)
    return np.stack(list(columns), 1)


def _without_rare_words(examples: Sequence[Example]) -> list[Example]:
    counts = Counter(sign for signs, _ in examples for sign in signs if sign.startswith(WORD))
    return [
        ({s: v for s, v in signs.items() if s[:1] != WORD or counts[s] >= RARE}, answer)
        for signs, answer in examples
    ]
