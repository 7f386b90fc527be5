"""The `orderflow` command. Nothing heavy is loaded before a command needs it."""

import sys
from collections.abc import Sequence

import typer

from domain.errors import Refusal
from portal.commands import (
    backups,
    checking,
    deciding,
    entering,
    looking,
    people,
    reports,
    running,
)
from portal.commands.options import Options, take_options

app = typer.Typer(
    name="orderflow",
    help="把客户订单当作项目来管理 / Customer orders carried as projects.",
    epilog="--json, --home DIR ($ORDERFLOW_HOME, ./.orderflow), --lang zh-CN|en: "
    "可放在命令前后 / before or after any command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (running, looking, deciding, reports, entering, people, checking, backups):
    part.register(app)


def main(words: Sequence[str] | None = None) -> int:
    """0: done. 1: refused or not true, with one sentence on stderr. 2: wrong use."""
    options, rest = take_options(list(sys.argv[1:] if words is None else words))
    try:
        app(args=rest, obj=options, prog_name="orderflow")
    except Refusal as refusal:
        return _refused(refusal, options)
    except SystemExit as ended:  # typer has said what is wrong, or that it is done
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def _refused(refusal: Refusal, options: Options) -> int:
    from portal.commands.say import sentence_of

    print(sentence_of(refusal, options.language), file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
