"""Three orders played through the real system, told as it happens."""

import json
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from domain.errors import BadValue, Refusal
from domain.names import Language
from portal.commands.demo_board import Board, board
from portal.commands.say import console, sentence_of
from tasks.installed import NothingRuns, running, services_of
from tasks.rehearsal.cast import Cast
from tasks.rehearsal.mailbox import Stuck
from tasks.rehearsal.stories import STORIES, Play
from tasks.services import Services
from templates.words import one_line


@dataclass
class Show:
    """What has happened so far; `ended` and `stuck` by the name of the story."""

    services: Services
    language: Language
    heard: "queue.Queue[tuple[float, str, str]]" = field(default_factory=queue.Queue)
    last: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return time.monotonic() - self.began

    def tell(self, order_no: str, zh: str, en: str) -> None:
        """One more thing has happened."""
        text = one_line(zh if self.language is Language.ZH else en)
        self.last[order_no] = text
        self.heard.put((self.seconds, order_no, text))

    def play(self, name: str, story: Play) -> None:
        """One story from the first mail to the archive; what never came is remembered."""
        try:
            self.ended[name] = story(Cast(self.services), self.tell)
        except Stuck as stuck:
            self.stuck[name] = str(stuck)
        except Refusal as refusal:
            self.stuck[name] = sentence_of(refusal, self.language)

    def summary(self) -> dict[str, Any]:
        """What the demo has come to, as plain values."""
        cast, settings = Cast(self.services), self.services.settings
        stands = {name: cast.stands(no) for name, no in self.ended.items()}
        return {
            "ok": all(name in stands and stands[name].state == "closed" for name in STORIES),
            "seconds": round(self.seconds, 1),
            "orders": [{"story": name, **vars(each)} for name, each in stands.items()],
            "stuck": dict(self.stuck),
            "prefect_ui": settings.prefect.ui,
            "portal": settings.public_url,
        }


def demo(home: Path, *, watch: bool, language: Language, as_json: bool) -> int:
    """0 when three orders have been lived through and are closed; 1 where one got stuck."""
    found = running(home)
    if found is None or not found.alive.get("up", True):
        raise NothingRuns(str(home))
    services = services_of(home)
    if not services.settings.samples:
        raise BadValue("samples", "false", "samples = true at the top of orderflow.toml")
    show = Show(services, language)
    threads = [
        threading.Thread(target=show.play, args=each, daemon=True) for each in STORIES.items()
    ]
    for each in threads:
        each.start()
    _listen(show, threads, watch=watch, quiet=as_json)
    told = show.summary()
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _close(show, told)
    for name in STORIES:
        if name not in show.ended:
            _complain(show, name)
    return 0 if told["ok"] else 1


def _listen(show: Show, threads: list[threading.Thread], *, watch: bool, quiet: bool) -> None:
    shown = console()
    live = board(show.services, show.language, show.last, shown) if watch and not quiet else Board()
    with live:
        while any(each.is_alive() for each in threads) or not show.heard.empty():
            try:
                at, number, text = show.heard.get(timeout=0.2)
            except queue.Empty:
                live.refresh()
                continue
            if not quiet:
                line = f"{at:5.1f} s  {number}  {text}"
                shown.print(line, markup=False, highlight=False, soft_wrap=True)
            live.refresh()


def _close(show: Show, told: dict[str, Any]) -> None:
    """Where to look at what was played."""
    say = _words(show.language)
    numbers = ", ".join(each["order_no"] for each in told["orders"])
    if told["ok"]:
        typer.echo(
            say(
                f"\n三张订单在 {told['seconds']:.0f} 秒内走完九个阶段并已归档:{numbers}",
                f"\nThree orders went through all nine stages in {told['seconds']:.0f} s "
                f"and are closed: {numbers}",
            )
        )
    tags = f"{told['prefect_ui']}/runs"
    typer.echo(
        say(
            f"在 Prefect 中查看:{tags}(按标签 order:<订单号> 筛选);收件箱页面:{told['portal']}\n"
            "全部经过与证据:orderflow order <订单号>;校验:orderflow verify",
            f"In Prefect: {tags} (filter by tag order:<number>); the portal: {told['portal']}\n"
            "Everything that happened: orderflow order <number>; the proof: orderflow verify",
        )
    )


def _complain(show: Show, name: str) -> None:
    say = _words(show.language)
    what = show.stuck.get(name, "–")
    typer.echo(
        say(
            f"有一张订单没有走完({name}):没有等到 {what}。请看 orderflow status 与 HOME/logs。",
            f"One order did not get through ({name}): this never came: {what}. "
            "See orderflow status and HOME/logs.",
        ),
        err=True,
    )


def _words(language: Language) -> Callable[[str, str], str]:
    return lambda zh, en: zh if language is Language.ZH else en
