"""Maildirs of the inboxes as files: what nobody has read yet, whose they are, reading again."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from connectors.inbox_maildir import MAX_READ
from connectors.registry import box_of
from tasks.services import Services

OWNER = "orderflow-owner"
"""A file in each Maildir names the one installation that empties it."""
CLOCKS_DIFFER = timedelta(hours=1)
PREFIX = "mail/"
KEPT = ("new", "cur")


def boxes(services: Services) -> list[Path]:
    """The folder of each inbox, there or not."""
    mail = services.settings.mail
    return [box_of(Path(mail.maildir), each) for each in mail.inboxes] if mail.maildir else []


def worth_keeping(services: Services) -> Iterator[tuple[str, bytes]]:
    """Mails that came in and that nobody has taken yet, by their names in a backup.

    Also the whole archive, where it is a box of the local loop and would go down with the folder.
    """
    told = services.settings
    root = Path(told.mail.maildir or told.home / "mail")
    folders = [box / "new" for box in boxes(services)]
    if told.mail.archive and root == told.home / "mail":
        folders += [box_of(root, told.mail.archive) / name for name in KEPT]
    for folder in folders:
        for file in _files(folder):
            with suppress(FileNotFoundError), file.open("rb") as mail:  # taken in this moment
                yield f"{PREFIX}{file.relative_to(root).as_posix()}", mail.read(MAX_READ)


def place_below(root: Path, name: str) -> Path | None:
    """Where the mail of this name in a backup belongs; None for a name that is none of ours."""
    parts = name.removeprefix(PREFIX).split("/")
    plain = all(each and each not in (".", "..") and "\0" not in each for each in parts)
    shaped = name.startswith(PREFIX) and len(parts) == 4 and parts[2] in KEPT
    return root.joinpath(*parts) if plain and shaped else None


def owners(services: Services) -> set[str]:
    """Instances that the Maildirs say they belong to."""
    found = set()
    for box in boxes(services):
        with suppress(OSError):
            found.add((box / OWNER).read_text("ascii").strip())
    return found - {""}


def own(services: Services, instance: str, *, also_taken: bool) -> None:
    """The Maildirs belong to the instance; those of another only with `also_taken`."""
    for box in boxes(services):
        file = box / OWNER
        if also_taken or not file.exists():
            with suppress(OSError):  # not ours to write: then nothing can be said here
                box.mkdir(parents=True, exist_ok=True)
                rough = box / f"{OWNER}.{os.getpid()}"
                rough.write_text(instance + "\n", "ascii")
                rough.replace(file)


def read_again(services: Services, since: datetime) -> int:
    """How many mails that were read after the instant lie in `new` again; what is known is not
    taken twice."""
    count = 0
    for box in boxes(services):
        for file in _files(box / "cur"):
            if file.stat().st_mtime >= (since - CLOCKS_DIFFER).timestamp():
                (box / "new").mkdir(exist_ok=True)
                file.rename(box / "new" / file.name.partition(":")[0])
                count += 1
    return count


def _files(folder: Path) -> Sequence[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_file())
    except FileNotFoundError:
        return []
