"""Is everything as it must be: verify, doctor."""

import typer

from portal.commands.options import options
from portal.commands.say import progress, say, table


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(verify)
    app.command()(doctor)


def verify(context: typer.Context) -> None:
    """核对 / Proves the invariants over the whole database; exit 1 names each violation."""
    from tasks.installed import services_of
    from tasks.listing import count
    from tasks.verifying import violations

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        orders = count(session)
    with progress(orders, "verify") as bar:
        found = violations(services, tell=bar.done)
    zh = asked.language.startswith("zh")
    good = f"{orders} 个订单,一切相符。" if zh else f"{orders} orders, everything holds."
    if asked.json or found:
        table(asked, [vars(each) for each in found], ("order_no", "rule", "detail"))
    else:
        say(asked, None, [good])
    if found:
        bad = f"{len(found)} 处不符,见上表。" if zh else f"{len(found)} violations, named above."
        typer.echo(bad, err=True)
    raise typer.Exit(1 if found else 0)


def doctor(context: typer.Context) -> None:
    """体检 / What a real company still has to set up; exit 1 where something is missing."""
    from tasks.checkup import ailments

    asked = options(context)
    found = ailments(asked.home, asked.language)
    good = "一切就绪。" if asked.language.startswith("zh") else "All is set."
    say(asked, found, [f"{e['what']}: {e['how']}" for e in found] or [good])
    raise typer.Exit(1 if found else 0)
