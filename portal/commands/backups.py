"""All data as one file and back, and which of two copies acts."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from portal.commands.options import options
from portal.commands.say import progress, say


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(backup)
    app.command()(restore)
    app.command("take-over")(take_over)
    app.command("stand-down")(stand_down)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Also secret.key: then guard the file like it.")
    ] = False,
) -> None:
    """备份 / All data of one moment as one file; works while the system runs."""
    from tasks.backup.making import TABLES, back_up
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with progress(len(TABLES), "backup") as bar:
        made = back_up(services, file.absolute(), with_key=with_key, tell=bar.done)
    size, orders = file.stat().st_size, made.rows.get("order", 0)
    found = {
        "file": str(file.absolute()),
        "bytes": size,
        "at": made.at.isoformat(),
        "instance": made.instance,
        "schema": made.revision,
        "orders": orders,
        "rows": sum(made.rows.values()),
        "parts": len(made.parts),
        "key": with_key,
    }
    zh = asked.language.startswith("zh")
    done = (
        f"已备份 {orders} 个订单({size / 1e6:.1f} MB):{file}"
        if zh
        else f"{orders} orders are in {file} ({size / 1e6:.1f} MB)."
    )
    key = "密钥不在其中,请另行保存:" if zh else "The key is not in it; keep it elsewhere: "
    say(asked, found, [done, *([] if with_key else [f"{key}{asked.home / 'secret.key'}"])])


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` has made.")],
    database: Annotated[
        str, typer.Option(help="postgres, sqlite or the URL of an empty database.")
    ] = "postgres",
    key: Annotated[
        Path | None, typer.Option(help="The secret.key of the original, if it is not in FILE.")
    ] = None,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="The original is gone: act from now on.")
    ] = False,
) -> None:
    """恢复 / The backup as an installation in an empty --home, or nothing; it is held at first."""
    asked = options(context)
    words = [str(file.absolute()), "--home", str(asked.home), "--lang", str(asked.language)]
    words += ["--database", database, *(["--key", str(key.absolute())] if key else [])]
    words += [*(["--take-over"] if take_over else []), *(["--json"] if asked.json else [])]
    command = [sys.executable, "-m", "deployments.restore", *words]
    os.execv(sys.executable, command)  # noqa: S606  # as `up`: it starts parts


def take_over(context: typer.Context) -> None:
    """接管 / This installation acts from now on; the one that it is a copy of must not."""
    from tasks import fence
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    found = {"read_again": fence.take_over(services), "owed": fence.owed(services)}
    zh = asked.language.startswith("zh")
    good = (
        f"已接管:重新读取 {found['read_again']} 封邮件,待发 {found['owed']} 封。"
        if zh
        else f"Taken over: {found['read_again']} mails are read again, {found['owed']} are owed."
    )
    say(asked, found, [good])


def stand_down(context: typer.Context) -> None:
    """停用 / This installation sends and takes in nothing until it takes over again."""
    from tasks import fence
    from tasks.installed import services_of

    asked = options(context)
    found = {"on_their_way": fence.stand_down(services_of(asked.home))}
    zh = asked.language.startswith("zh")
    good = (
        f"已停用;正在发出的邮件:{found['on_their_way']} 封。"
        if zh
        else f"Stood down; mails on their way: {found['on_their_way']}."
    )
    say(asked, found, [good])
