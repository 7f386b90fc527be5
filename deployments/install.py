"""Before a version runs on several machines: its tables, and its deployments in Prefect.

`python -m deployments.install --home DIR`, once for all of them; every repetition is harmless.
`orderflow up` does the same by itself.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from deployments import prefect_server
from deployments.errors import HomeUnusable, NeverAnswered
from deployments.home import Home, home_at
from deployments.prepare import prepare
from deployments.words import sentence
from domain.errors import Refusal
from domain.names import Language
from tasks.services import KEY_FILE
from tasks.settings import load
from templates import errors

PATIENCE_SECONDS = 120.0
"""How long Prefect may take until it answers."""


def install(home: Home, *, patience: float = PATIENCE_SECONDS) -> None:
    """The database has the tables of this version and Prefect the pool and the deployments.

    The key must be there: one that is made here would be none that the other machines have.
    """
    if not (home.path / KEY_FILE).exists():
        raise HomeUnusable(str(home.path), f"{KEY_FILE} is missing")
    home.make()
    settings = load(home.path)
    prepare(home.path, settings.database.url, samples=False)
    api, auth = settings.prefect.api, settings.prefect.auth.get_secret_value()
    deadline = time.monotonic() + patience
    while not prefect_server.healthy(api):
        if time.monotonic() > deadline:
            raise NeverAnswered("prefect", api, "no answer")
        time.sleep(1.0)
    told = {**os.environ, **prefect_server.client_environment(home, api, auth)}
    prefect_server.deploy(home, api, told, auth=auth)


def main(words: list[str] | None = None) -> int:
    """The command line: 0 when everything is there, 1 with one sentence when not."""
    parser = argparse.ArgumentParser(prog="python -m deployments.install", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    languages = [str(each) for each in Language]
    parser.add_argument("--lang", default=languages[0], choices=languages)
    given = parser.parse_args(words)
    try:
        install(home_at(given.home))
    except Refusal as refusal:
        said = sentence(refusal, given.lang) or errors.sentence(refusal, Language(given.lang))
        sys.stderr.write(said + "\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
