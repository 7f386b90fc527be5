"""Reading of labelled mails, scored by the data's own program, where the data is present."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.result import NotHere, Result
from tasks.understanding import understood

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "orders"
COUNTS = ("dangerous", "confident_wrong")
LOWER_IS_BETTER = (*COUNTS, "needs_person_false_alarms")


def conformance() -> list[Result]:
    """Every figure of the score: shares of 1, or counts. Raises NotHere without the data."""
    mails = sorted((DATA / "dev" / "eml").glob("*.eml"))
    if not (DATA / "score.py").exists() or not mails:
        raise NotHere(f"the labelled mails are not at {DATA}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predictions.jsonl"
        read = (understood(mail.read_bytes(), mail.stem) for mail in mails)
        text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in read)
        file.write_text(text, "utf-8")
        command = [sys.executable, str(DATA / "score.py"), "dev", str(file), "--json"]
        done = subprocess.run(command, cwd=DATA, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"score.py did not score: {done.stderr.strip()[-300:]}")
    return figures(json.loads(done.stdout), len(mails))


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
