"""Orders that come by phone or form, and mails read without a database."""

import json
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.errors import BadValue
from domain.names import Language
from portal.commands.options import Options, options
from portal.commands.say import progress, say, table

mail = typer.Typer(help="邮件理解 / Reading of mails.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(receive)
    app.add_typer(mail, name="mail")


def receive(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="JSON; nothing: asked.")] = "",
) -> None:
    """手工录入订单 / Phone or form intake; prints the order number."""
    from tasks.entering import enter
    from tasks.installed import services_of

    asked = options(context)
    given = _asked(asked.language) if not file and sys.stdin.isatty() else _read(file or "-")
    found = enter(services_of(asked.home), given)
    say(asked, {"order_no": found.order_no, "new": found.new}, [found.order_no])


def _read(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadValue("FILE", name, f"a readable file ({unreadable})") from None
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except json.JSONDecodeError as mistake:
        where = f"line {mistake.lineno}, column {mistake.colno}"
        raise BadValue("JSON", text.strip()[:60], f"a JSON object ({where})") from None


QUESTIONS = (
    ("customer", "客户 / customer"),
    ("contact", "联系人 / contact"),
    ("mail", "邮箱 / mail"),
    ("phone", "电话 / phone"),
    ("item", "名称 / item"),
    ("model", "型号 / model"),
    ("quantity", "数量 / quantity"),
    ("unit", "单位 / unit"),
    ("requested_on", "期望交期 / requested date (YYYY-MM-DD)"),
    ("special_requirements", "特殊要求 / special requirements (none)"),
)
OF_LINE = ("item", "model", "quantity", "unit")


def _asked(language: Language) -> dict[str, Any]:
    """The order as it is told on the telephone, one question after the other."""
    said = {name: typer.prompt(text, default="", show_default=False) for name, text in QUESTIONS}
    line = {name: said.pop(name) for name in OF_LINE}
    kept: dict[str, Any] = {name: value for name, value in said.items() if value}
    kept |= {"channel": "phone", "language": str(language)}
    kept["lines"] = [{name: value for name, value in line.items() if value}]
    return kept


@mail.command()
def understand(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """理解邮件,不写数据库 / What mails mean, as JSON; no database is touched."""
    from tasks.understanding import understood

    asked = options(context)
    found = []
    with progress(len(files), "mail") as bar:
        for file in files:
            try:
                raw = file.read_bytes()
            except OSError as unreadable:
                raise BadValue("FILE", str(file), f"a readable file ({unreadable})") from None
            meant = understood(raw, file.name.removesuffix(".eml"))
            bar.done()
            if jsonl:
                typer.echo(json.dumps(meant, ensure_ascii=False))
            found.append(meant)
    if asked.json and not jsonl:
        say(asked, found)
    elif not jsonl:
        typer.echo("\n".join(json.dumps(e, ensure_ascii=False, indent=2) for e in found))


COLUMNS = ("message", "subject", "what", "before", "after", "human", "agrees")


@mail.command()
def replay(
    context: typer.Context,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on.")
    ] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """用现行规则重读已存邮件,只看不写 / Stored mails read again: what would change now."""
    from tasks import replaying
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    ids = replaying.readable(services, since.date() if since else None)
    found = []
    with progress(len(ids), "replay") as bar:
        for row_id in ids:
            changed = replaying.replayed(services, row_id)
            bar.done()
            if changed and jsonl:
                typer.echo(json.dumps(changed, ensure_ascii=False))
            found += [changed] if changed else []
    if not jsonl:
        _replayed(asked, found, len(ids))


def _replayed(asked: Options, found: list[dict[str, Any]], count: int) -> None:
    """The changes as one JSON array, or a row each and a sentence."""
    if asked.json:
        say(asked, found)
        return
    rows = [{**each, **change} for each in found for change in each["changes"]]
    if rows:
        table(asked, rows, COLUMNS, kinds={"kind": ""})
    zh = asked.language.startswith("zh")
    told = (
        f"重读 {count} 封邮件,{len(found)} 封有可说之处;未写入任何内容。"
        if zh
        else f"{count} mails read again, {len(found)} with something to say; nothing was written."
    )
    say(asked, None, [told])
