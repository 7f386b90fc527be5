"""Is everything as it must be: verify, doctor."""

import typer

from portal.commands.options import options
from portal.commands.say import say


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(verify)
    app.command()(doctor)


def verify(context: typer.Context) -> None:
    """Proves the invariants over the whole database; exit 1 names each violation. / 核对。"""
    from tasks.installed import services_of
    from tasks.verifying import violations

    asked = options(context)
    found = violations(services_of(asked.home))
    rows = [{"order_no": e.order_no, "rule": e.rule, "detail": e.detail} for e in found]
    good = "一切相符。" if asked.language.startswith("zh") else "Everything holds."
    say(asked, rows, [f"{r['order_no']}: {r['rule']}: {r['detail']}" for r in rows] or [good])
    raise typer.Exit(1 if found else 0)


def doctor(context: typer.Context) -> None:
    """What a real company still has to set up; exit 1 where something is missing. / 体检。"""
    from tasks.checkup import ailments

    asked = options(context)
    found = ailments(asked.home, asked.language)
    good = "一切就绪。" if asked.language.startswith("zh") else "All is set."
    say(asked, found, [f"{e['what']}: {e['how']}" for e in found] or [good])
    raise typer.Exit(1 if found else 0)
