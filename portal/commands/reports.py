"""Progress reports to customers: read, then sent as read."""

import sys
from typing import Annotated

import typer

from portal.commands.options import options
from portal.commands.say import say


def register(app: typer.Typer) -> None:
    """The command of this module."""
    app.command()(report)


def report(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ORDER")],
    send: Annotated[str, typer.Option(help="The hash of the text that you have read.")] = "",
    by: Annotated[str, typer.Option(help="Who sends it: owner, manager or director.")] = "",
    code: Annotated[str, typer.Option(help="Their code.")] = "",
    problem: Annotated[list[str], typer.Option(help="A problem and its solution.")] = [],  # noqa: B006
    decision: Annotated[list[str], typer.Option(help="What the customer decides.")] = [],  # noqa: B006
    correction: Annotated[
        bool, typer.Option("--correction", help="Corrects the last one.")
    ] = False,
) -> None:
    """客户进度报告 / The progress report as the customer would read it; --send HASH sends it."""
    from tasks import reporting
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    words = reporting.Words(tuple(problem), tuple(decision), correction)
    if send:
        if not code and sys.stdin.isatty():
            code = typer.prompt("验证码 / code", hide_input=True, err=True)
        made = reporting.send(services, number, send, words, reporting.Sender(by, code))
    else:
        made = reporting.show(services, number, words)
    row = {key: each for key, each in vars(made).items() if key != "view"}
    zh = asked.language.startswith("zh")
    released = f"已发给 {made.recipient}" if zh else f"released to {made.recipient}"
    end = released if send else f"--send {made.sha256}"
    say(asked, {**row, "released": bool(send)}, [made.subject, "", made.text, end])
