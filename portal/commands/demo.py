"""Three orders played through the real system, told as it happens."""

import json
import queue
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import typer

from domain.errors import BadValue, Refusal
from domain.names import Language
from portal.commands.say import sentence_of
from tasks.installed import services_of
from tasks.rehearsal.cast import Cast, Stuck
from tasks.rehearsal.stories import STORIES
from tasks.services import Services


@dataclass
class Show:
    """What has happened so far."""

    language: Language
    heard: "queue.Queue[tuple[str, str]]" = field(default_factory=queue.Queue)
    ended: dict[str, str] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def tell(self, order_no: str, zh: str, en: str) -> None:
        """One more thing has happened."""
        self.heard.put((order_no, zh if self.language is Language.ZH else en))

    def play(self, services: Services, story: object) -> None:
        """One story from the first mail to the archive; what is stuck is said."""
        name = getattr(story, "__name__", "story")
        try:
            self.ended[name] = story(Cast(services), self.tell)  # type: ignore[operator]
        except Stuck as stuck:
            self.tell("–", f"没有等到:{stuck}", f"this never came: {stuck}")
        except Refusal as refusal:
            self.tell("–", sentence_of(refusal, self.language), sentence_of(refusal, self.language))


def demo(home: Path, *, watch: bool, language: Language, as_json: bool) -> int:
    """0 when three orders have been lived through; 1 where one got stuck."""
    services = services_of(home)
    if not services.settings.samples:
        raise BadValue("samples", "false", "samples = true at the top of orderflow.toml")
    show = Show(language)
    threads = [
        threading.Thread(target=show.play, args=(services, story), daemon=True) for story in STORIES
    ]
    for each in threads:
        each.start()
    _listen(show, threads, quiet=as_json, watch=watch)
    seconds = round(time.monotonic() - show.began)
    summary = {"orders": sorted(show.ended.values()), "seconds": seconds}
    if as_json:
        typer.echo(json.dumps(summary))
    else:
        named = ", ".join(sorted(show.ended.values()))
        zh = f"{len(show.ended)} 张订单在 {seconds} 秒内走完九个阶段:{named}"
        en = f"{len(show.ended)} orders went through nine stages in {seconds} s: {named}"
        typer.echo(zh if language is Language.ZH else en)
        typer.echo(f"{services.settings.prefect.ui}/runs · {services.settings.public_url}")
    return 0 if len(show.ended) == len(STORIES) else 1


def _listen(show: Show, threads: list[threading.Thread], *, quiet: bool, watch: bool) -> None:
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table

    console = Console(quiet=quiet)
    last: dict[str, str] = {}

    def board() -> Table:
        made = Table(box=None, pad_edge=False)
        for name in ("", ""):
            made.add_column(name)
        for number, text in sorted(last.items()):
            made.add_row(number, text)
        return made

    live = Live(board(), console=console, refresh_per_second=4) if watch and not quiet else None
    if live is not None:
        live.start()
    while any(each.is_alive() for each in threads) or not show.heard.empty():
        try:
            number, text = show.heard.get(timeout=0.2)
        except queue.Empty:
            continue
        last[number] = text
        at = f"{time.monotonic() - show.began:5.1f} s"
        console.print(f"{at}  {number}  {text}", markup=False, highlight=False, soft_wrap=True)
        if live is not None:
            live.update(board())
    if live is not None:
        live.stop()
