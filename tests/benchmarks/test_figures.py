"""What benchmarks say: figures with target and ratio, one document, what is missing."""

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.conformance import figures
from benchmarks.plain import Resumed, waits_after
from benchmarks.result import NotHere, Result

FAST = Result("orders a minute", 42.0, "/min", target=30, ratio_to={"plain Prefect": 2.5})
SLOW = Result("p95", 0.9, "s", target=0.5, higher_is_better=False)


def missing() -> list[Result]:
    """A benchmark without its data."""
    raise NotHere("the labelled mails are not here")


def test_a_figure_without_target_is_neither_met_nor_missed() -> None:
    assert Result("n", 1.0, "s").met is None
    assert (FAST.met, SLOW.met) == (True, False)


def test_the_document_holds_machine_instant_and_every_field(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fast", "--json"], {"fast": lambda: [FAST]}) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"machine", "at", "results"}
    assert told["results"] == [
        {
            "name": "orders a minute",
            "value": 42.0,
            "unit": "/min",
            "target": 30,
            "met": True,
            "ratio_to": {"plain Prefect": 2.5},
            "detail": "",
        }
    ]


def test_a_missed_target_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["both"], {"both": lambda: [FAST, SLOW]}) == 1
    table = capsys.readouterr().out
    assert "2.50 × plain Prefect" in table
    assert "0.5 ✗" in table


def test_missing_data_is_said_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mails"], {"mails": missing}) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "the labelled mails are not here" in told.err


def test_an_unknown_benchmark_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"], {"fast": lambda: [FAST]})
    assert ended.value.code == 2


def test_a_resume_is_measured_to_the_next_line_of_its_own_order() -> None:
    lines = ["a step-1 10.0", "b step-1 11.0", "a step-3 14.0", "a step-4 14.5"]
    assert waits_after([Resumed("a", 12.0), Resumed("b", 12.0)], lines) == [2.0]


def test_scores_become_figures_and_their_details_do_not() -> None:
    found = figures({"kind_accuracy": 0.9, "dangerous": 0, "counts": {"amount": [1, 2]}}, 220)
    assert [(e.name, e.unit, e.higher_is_better) for e in found] == [
        ("kind_accuracy", "share", True),
        ("dangerous", "count", False),
    ]
