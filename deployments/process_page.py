"""Writes docs/process.md from the process table: `python -m deployments.process_page`."""

import sys
from pathlib import Path

from domain.diagram import page
from domain.process import CURRENT, PROCESSES
from templates.words import both

FILE = Path(__file__).parent.parent / "docs" / "process.md"


def text() -> str:
    """What the page must say: the process with which new orders begin."""
    return page(PROCESSES[CURRENT], both)


def main() -> int:
    """The page is up to date."""
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
