"""Decisions and work: answer gates, report progress, hold, resume, cancel, codes."""

import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.errors import BadValue
from domain.names import Channel, Party, Verdict
from portal.commands.options import Options, options
from portal.commands.say import say, sentence_of

if TYPE_CHECKING:
    from tasks.requests import Standing


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(answer)
    app.command()(code)
    app.command()(progress)
    app.command()(hold)
    app.command()(resume)
    app.command()(cancel)
    app.command()(unpark)


def answer(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="GATE... approve|reject|changes")],
    by: Annotated[str, typer.Option(help="Who answers: the short word of a person.")],
    code: Annotated[str, typer.Option(help="Their code; one for all gates of this call.")] = "",
    comment: Annotated[str, typer.Option(help="Why; needed unless it is approved.")] = "",
    field: Annotated[list[str], typer.Option("--set", help="field=value of the gate.")] = [],  # noqa: B006
) -> None:
    """审批 / A vote through the one door; several gates in one call."""
    from tasks.deciding import Answer, decide
    from tasks.installed import services_of

    asked = options(context)
    *numbers, verdict = words
    if verdict not in set(Verdict) or not numbers:
        raise typer.BadParameter("GATE... approve|reject|changes")
    if not code and sys.stdin.isatty():
        code = typer.prompt("验证码 / code", hide_input=True, err=True)
    given = [
        Answer(
            gate=number,
            verdict=Verdict(verdict),
            by=by,
            channel=Channel.CLI,
            code=code,
            comment=comment,
            fields=_fields(field),
            evidence="command line",
        )
        for number in dict.fromkeys(each.upper() for each in numbers)
    ]
    decided = decide(services_of(asked.home), given)
    rows = [
        {
            "gate": each.gate,
            "order_no": each.order_no,
            "state": each.state,
            "recorded": each.recorded,
            "refused": sentence_of(each.refusal, asked.language) if each.refusal else None,
        }
        for each in decided
    ]
    lines = [_decided(asked, row) for row in rows if not row["refused"]]
    if lines or asked.json:
        say(asked, rows, lines)
    refused = [str(row["refused"]) for row in rows if row["refused"]]
    for text in refused:
        typer.echo(text, err=True)
    raise typer.Exit(1 if refused else 0)


def _decided(asked: Options, row: Mapping[str, Any]) -> str:
    """What became of one answer; a record waits for a second person."""
    from templates import words

    state = words.word("gate_state", row["state"], asked.language)
    if row["recorded"]:
        zh, en = "已记录,须由另一人给出相同答复", "recorded; a second person has to say the same"
        state = zh if asked.language.startswith("zh") else en
    return f"{row['gate']} {row['order_no'] or ''} {state}"


def _fields(given: list[str]) -> dict[str, str]:
    found = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"--set {each}: field=value")
        found[name.strip()] = value.strip()
    return found


def code(
    context: typer.Context,
    person: str,
    gate: Annotated[list[str], typer.Option("--gate", help="Good for these gates only.")] = [],  # noqa: B006
) -> None:
    """验证码(仅示例) / A current code of a person, good once; only in a sample installation."""
    from tasks.checkup import issue_sample_code

    asked = options(context)
    made = issue_sample_code(asked.home, person, gate)
    say(asked, {"person": person, "code": made}, [made])


def progress(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ORDER")],
    task: Annotated[str, typer.Argument(metavar="TASK")],
    by: Annotated[str, typer.Option(help="Who reports.")],
    percent: Annotated[int | None, typer.Option(help="0 to 100.")] = None,
    remaining: Annotated[str, typer.Option(help="Working hours left.")] = "",
    blocked: Annotated[str, typer.Option(help="What it waits for.")] = "",
) -> None:
    """进度反馈 / A progress report on one task."""
    from tasks.card import task_of
    from tasks.installed import services_of
    from tasks.progress import Report, report

    asked = options(context)
    said = Report(task, percent, _hours(remaining), blocked)
    if percent is None and not remaining and not blocked:
        raise typer.BadParameter("--percent, --remaining, --blocked")
    services = services_of(asked.home)
    report(services, number, said, by=by, channel=Channel.CLI)
    with services.reading() as session:
        known = task_of(session, number, task)
    say(asked, known, [f"{known['order_no']} {known['task']} {known['percent']} %"])


def _hours(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise BadValue("remaining", text, "hours, for example 6.5") from None


def hold(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NO")],
    reason: Annotated[str, typer.Option(help="Why.")],
    party: Annotated[Party, typer.Option(help="Whose turn it is.")] = Party.US,
    until: Annotated[str, typer.Option(help="YYYY-MM-DD")] = "",
    by: Annotated[str, typer.Option(help="Who asks.")] = "",
) -> None:
    """暂停订单 / The order waits."""
    from tasks import requests
    from tasks.content import as_date
    from tasks.installed import services_of

    asked = options(context)
    day: date | None = as_date("until", until) if until else None
    found = requests.hold(services_of(asked.home), number, reason, party=party, until=day, by=by)
    say(asked, vars(found), [_stands(asked, found)])


def resume(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NO")],
    by: Annotated[str, typer.Option(help="Who asks.")] = "",
) -> None:
    """恢复订单 / The order goes on where it was held."""
    from tasks import requests
    from tasks.installed import services_of

    asked = options(context)
    found = requests.resume(services_of(asked.home), number, by=by)
    say(asked, vars(found), [_stands(asked, found)])


def cancel(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NO")],
    reason: Annotated[str, typer.Option(help="Why.")],
    by: Annotated[str, typer.Option(help="Who asks.")] = "",
) -> None:
    """申请取消订单 / Somebody is asked whether the order is cancelled."""
    from tasks import requests
    from tasks.installed import services_of

    asked = options(context)
    found = requests.cancel(services_of(asked.home), number, reason, by=by)
    say(asked, vars(found), [_stands(asked, found)])


def unpark(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NO|GATE")],
) -> None:
    """恢复 Prefect 表单 / A parked order has its form in Prefect again."""
    from tasks import parking
    from tasks.installed import services_of

    asked = options(context)
    done = parking.unpark(services_of(asked.home), number)
    zh, en = (
        ("表单片刻后恢复", "the form is back in a moment")
        if done
        else ("并未停放", "was not parked")
    )
    line = f"{number} {zh if asked.language.startswith('zh') else en}"
    say(asked, {"number": number, "unparked": done}, [line])


def _stands(asked: Options, found: "Standing") -> str:
    """Where the order stands now, in a line."""
    from templates import words

    return f"{found.order_no} {words.word('state', found.state, asked.language)} {found.gate or ''}"
