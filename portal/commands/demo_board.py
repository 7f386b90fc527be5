"""The live table of the demo: order, stage, what it waits for, what happened last."""

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from domain.names import Language
from tasks.rehearsal.cast import Cast
from tasks.services import Services
from templates.words import word

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

HEADINGS = {
    Language.ZH: ("订单", "阶段", "等待", "最近"),
    Language.EN: ("order", "stage", "waits for", "last"),
}


class Board:
    """Nothing is shown: what the story tells is enough."""

    def __enter__(self) -> "Board":
        """Nothing begins."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing ends."""

    def refresh(self) -> None:
        """Nothing is looked up."""


class LiveBoard(Board):
    """A table below the story, as it stands now."""

    def __init__(
        self, cast: Cast, language: Language, last: Mapping[str, str], console: "Console"
    ) -> None:
        """Nothing is drawn yet; `last` is what happened last, by order."""
        from rich.live import Live

        self._cast, self._language, self._last = cast, language, last
        self._live = Live(console=console, refresh_per_second=4, auto_refresh=False)

    def __enter__(self) -> "Board":
        """The table is drawn."""
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """The last table stays."""
        self.refresh()
        self._live.stop()

    def refresh(self) -> None:
        """The table shows where every order stands now."""
        self._live.update(self._table(), refresh=True)

    def _table(self) -> "Table":
        from rich.table import Table
        from rich.text import Text

        made = Table(box=None, pad_edge=False, header_style="bold")
        *fixed, last = HEADINGS[self._language]
        for name in fixed:
            made.add_column(name, no_wrap=True)
        made.add_column(last, overflow="fold")
        for number in sorted(dict(self._last)):
            each = self._cast.stands(number)
            stage = f"{word('stage', each.stage, self._language)} r{each.round}"
            waits = word("gate", each.waiting_for, self._language) if each.waiting_for else "–"
            made.add_row(*map(Text, (number, stage, waits, self._last[number])))
        return made


def board(
    services: Services, language: Language, last: Mapping[str, str], console: "Console"
) -> Board:
    """A live table where somebody watches a terminal, else nothing beside the story."""
    if not console.is_terminal:
        return Board()
    return LiveBoard(Cast(services), language, last, console)
