"""What runs: up, the due actions, the reviews, the demo, the tables."""

import os
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from domain.errors import BadValue
from portal.commands.options import options
from portal.commands.say import say


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(up)
    app.command()(tick)
    app.command()(review)
    app.command()(demo)
    app.command()(migrate)


def up(
    context: typer.Context,
    database: Annotated[str, typer.Option(help="postgres, sqlite or a URL.")] = "",
    prefect_port: Annotated[int, typer.Option(help="0: any free port.")] = 4200,
    portal_port: Annotated[int, typer.Option(help="0: any free port.")] = 8080,
    smtp_port: Annotated[int, typer.Option(help="0: any free port.")] = 2525,
    no_samples: Annotated[bool, typer.Option("--no-samples", help="For a real company.")] = False,
) -> None:
    """启动全部 / Everything of one installation, in the foreground, on 127.0.0.1."""
    asked = options(context)
    words = ["--home", str(asked.home), "--lang", str(asked.language)]
    words += ["--database", database] if database else []
    words += ["--prefect-port", str(prefect_port), "--portal-port", str(portal_port)]
    words += ["--smtp-port", str(smtp_port), *(["--no-samples"] if no_samples else [])]
    # The parts are started by a program of their own floor; it takes this process's place.
    os.execv(sys.executable, [sys.executable, "-m", "deployments", *words])  # noqa: S606


def tick(
    context: typer.Context,
    at: Annotated[str, typer.Option("--at", help="As if it were this instant (samples).")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what is due.")] = False,
) -> None:
    """处理到期事项 / Acts on everything due by then."""
    from tasks.installed import services_of
    from tasks.timers import fire_due

    asked = options(context)
    services = services_of(asked.home)
    when = _instant(at) if at else None
    if when is not None and not services.settings.samples and not dry_run:
        raise BadValue("--at", at, "samples = true in orderflow.toml")
    found = fire_due(services, at=when, dry_run=dry_run)
    say(asked, found, [_due(each) for each in found] or ["–"])


def _due(found: dict[str, Any]) -> str:
    return f"{found['due_at'][:16]} {found['kind']} {found['order_no'] or ''} {found['gate'] or ''}"


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("--at", text, "ISO 8601 with offset, 2026-11-24T09:00+08:00") from None
    if found.tzinfo is None:
        raise BadValue("--at", text, "an offset, for example +08:00")
    return found


def review(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="daily|weekly|monthly")],
    at: Annotated[str, typer.Option("--at", help="As if it were this instant.")] = "",
) -> None:
    """订单审查 / A review of all open orders now; prints its summary."""
    if kind not in ("daily", "weekly", "monthly"):
        raise typer.BadParameter("daily|weekly|monthly")
    from tasks.installed import services_of
    from tasks.reviews import review as run

    asked = options(context)
    done = run(services_of(asked.home), kind, at=_instant(at) if at else None)
    say(asked, done.as_json(), done.lines(asked.language))


def demo(
    context: typer.Context,
    watch: Annotated[bool, typer.Option("--watch", help="Live progress.")] = False,
) -> None:
    """演示 / Three orders through the real system, told as it happens."""
    from portal.commands.demo import demo as play

    asked = options(context)
    code = play(asked.home, watch=watch, language=asked.language, as_json=asked.json)
    raise typer.Exit(code)


def migrate(context: typer.Context) -> None:
    """升级数据库 / The database has the tables of this version."""
    from tasks.checkup import migrated

    asked = options(context)
    version = migrated(asked.home)
    say(asked, {"version": version}, [version])
