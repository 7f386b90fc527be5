"""Reading of labelled mails, scored by the data's own program, where the data is present."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.result import NotHere, Result
from tasks.understanding import understood

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "orders"
COUNTS = ("dangerous", "confident_wrong")
LOWER_IS_BETTER = (*COUNTS, "needs_person_false_alarms")


def conformance() -> list[Result]:
    """Every figure of the score: shares of 1, or counts. Raises NotHere without the data.

    The `unseen` figures are of every third mail, at which nobody looks who writes a rule.
    """
    mails = sorted((DATA / "dev" / "eml").glob("*.eml"))
    if not (DATA / "score.py").exists() or not mails:
        raise NotHere(f"the labelled mails are not at {DATA}")
    read = {mail.stem: understood(mail.read_bytes(), mail.stem) for mail in mails}
    unseen = {name: each for name, each in read.items() if int(name[1:]) % 3 == 0}
    hidden = figures(_scores(unseen), len(unseen))
    return [
        *figures(_scores(read), len(read)),
        *(replace(one, name=f"{one.name}_unseen") for one in hidden),
    ]


def _scores(read: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the data's program says of these readings, judged by their own labels only."""
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        gold.mkdir()
        for name in read:
            (gold / f"{name}.json").symlink_to(DATA / "dev" / "gold" / f"{name}.json")
        file = Path(folder) / "predictions.jsonl"
        lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in read.values())
        file.write_text("".join(lines), "utf-8")
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
