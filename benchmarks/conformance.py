"""Reading of labelled mails, scored by the data's own program, where the data is present."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.labelled import SEEN, UNSEEN, Labelled, labelled
from benchmarks.result import NotHere, Result
from tasks.understanding import understood

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "orders"
COUNTS = ("dangerous", "confident_wrong")
LOWER_IS_BETTER = (*COUNTS, "needs_person_false_alarms")


def conformance() -> list[Result]:
    """Every figure of the score: shares of 1, or counts. Raises NotHere without the data.

    The `unseen` figures are of every third mail, and `own_unseen` of a part of the project's own,
    at which nobody looks who writes a rule.
    """
    mails = sorted((DATA / "dev" / "eml").glob("*.eml"))
    if not (DATA / "score.py").exists() or not mails:
        raise NotHere(f"the labelled mails are not at {DATA}")
    given = [_given(mail) for mail in mails]
    hidden = [each for each in given if int(each.name[1:]) % 3 == 0]
    parts = {
        "": given,
        "_unseen": hidden,
        "_own_seen": list(labelled(SEEN)),
        "_own_unseen": list(labelled(UNSEEN)),
    }
    return [
        replace(one, name=f"{one.name}{part}")
        for part, those in parts.items()
        for one in figures(_scores(those), len(those))
    ]


def _given(mail: Path) -> Labelled:
    label = DATA / "dev" / "gold" / f"{mail.stem}.json"
    return Labelled(mail.stem, mail.read_bytes(), json.loads(label.read_text("utf-8")))


def _scores(mails: Sequence[Labelled]) -> dict[str, Any]:
    """What the data's program says of the readings of these mails."""
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        gold.mkdir()
        for mail in mails:
            (gold / f"{mail.name}.json").write_text(json.dumps(mail.label), "utf-8")
        file = Path(folder) / "predictions.jsonl"
        read = (understood(mail.raw, mail.name) for mail in mails)
        file.write_text(
            "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in read), "utf-8"
        )
        command = [sys.executable, str(DATA / "score.py"), folder, str(file), "--json"]
        done = subprocess.run(command, cwd=DATA, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"score.py did not score: {done.stderr.strip()[-300:]}")
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


def figures(scores: dict[str, Any], count: int) -> list[Result]:
    """The figures of the scoring program as results; nested details are left out."""
    return [
        Result(
            name,
            float(value),
            "count" if name in COUNTS else "share",
            higher_is_better=name not in LOWER_IS_BETTER,
            detail=f"n={count} mails",
        )
        for name, value in scores.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
