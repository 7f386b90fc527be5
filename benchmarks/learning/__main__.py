"""`python -m benchmarks.learning [NAME…]`: writes the tables of weights anew."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.labelled import SEEN, Labelled, labelled
from benchmarks.learning import decisions, due, kinds, places, wishes
from benchmarks.learning.logistic import Example, fit
from domain.mail.decode import read
from domain.mail.findings import Findings, findings_of
from domain.mail.meaning import Context
from domain.mail.weights import written
from tasks.understanding import context_for

LEARNED = Path(__file__).parent.parent.parent / "domain" / "mail" / "learned"
Examples = Callable[[Labelled, Findings, Context], Iterator[Example]]
TABLES: dict[str, tuple[Examples, float]] = {
    "kinds": (kinds.examples, 1.0),
    "decisions": (decisions.examples, 1.0),
    "wishes": (wishes.examples, 1.0),
    "places": (places.examples, 2.0),
    "due": (due.examples, 1.0),
}
"""By table: what a mail teaches, and how strongly the weights are held small."""
BESIDE: dict[str, Callable[[], Iterator[Example]]] = {
    "wishes": wishes.alone,
    "due": due.sentences,
}
"""By table: what it learns from beside the mails."""


def learn(names: list[str]) -> dict[str, str]:
    """The contents of these tables, from the mails that are there to write rules by."""
    found: dict[str, list[Example]] = {name: [] for name in names}
    for mail in labelled(SEEN):
        letter = read(mail.raw)
        context = context_for(letter)
        inside = findings_of(letter, context)
        for name in names:
            found[name] += TABLES[name][0](mail, inside, context)
    for name in BESIDE.keys() & found:
        found[name] += BESIDE[name]()
    return {name: written(fit(found[name], ridge=TABLES[name][1])) for name in names}


def main() -> int:
    """0 when the tables are written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TABLES, []], metavar="NAME")
    names = parser.parse_args().names or list(TABLES)
    LEARNED.mkdir(exist_ok=True)
    for name, table in learn(names).items():
        (LEARNED / f"{name}.tsv").write_text(table, "utf-8")
        print(f"{name}: {table.count(chr(10)) - 1} signs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
