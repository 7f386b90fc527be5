"""`python -m deployments --home DIR`: what `orderflow up` runs."""

import argparse
import os
import sys
from pathlib import Path

from deployments.parts import Wish
from deployments.up import up
from domain.names import Language


def main(words: list[str] | None = None) -> int:
    """Run the installation until it is interrupted; 1 with one sentence where it cannot start."""
    parser = argparse.ArgumentParser(prog="orderflow up")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--prefect-port", type=int, default=Wish.prefect_port)
    parser.add_argument("--portal-port", type=int, default=Wish.portal_port)
    parser.add_argument("--smtp-port", type=int, default=Wish.smtp_port)
    parser.add_argument("--no-samples", action="store_true")
    languages = [str(each) for each in Language]
    parser.add_argument("--lang", default=languages[0], choices=languages)
    asked = parser.parse_args(words)
    wish = Wish(
        database=asked.database,
        prefect_port=asked.prefect_port,
        portal_port=asked.portal_port,
        smtp_port=asked.smtp_port,
        samples=not asked.no_samples,
        language=asked.lang,
    )
    os.environ["ORDERFLOW_HOME"] = str(asked.home.absolute())
    return up(asked.home.absolute(), wish, sys.stdout, sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
