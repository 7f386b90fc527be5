"""What is so: orders, one order's card, open gates, people, status."""

from typing import Annotated, Any

import typer

from portal.commands.options import options
from portal.commands.say import say, table

LIST = (
    "order_no",
    "customer",
    "title",
    "state",
    "stage",
    "priority",
    "waiting_for",
    "next_action_at",
)
GATES = ("id", "order_no", "kind", "party", "due_at", "approvers")


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command()(orders)
    app.command()(order)
    app.command()(gates)
    app.command()(status)


def orders(
    context: typer.Context,
    state: Annotated[str, typer.Option(help="Only orders in this state.")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Only orders that wait.")] = False,
    search: Annotated[str, typer.Option(help="Number, title, customer, PO.")] = "",
) -> None:
    """Orders, the most urgent action first. / 订单列表。"""
    from tasks import listing
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        rows = listing.orders(session, state=state or None, waiting=waiting, search=search)
    table(asked, rows, LIST)


def order(context: typer.Context, number: Annotated[str, typer.Argument(metavar="NO")]) -> None:
    """Everything about one order. / 订单卡片。"""
    from tasks.card import order_card
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        card = order_card(session, services, number)
    say(asked, card, _card_lines(card))


def _card_lines(card: dict[str, Any]) -> list[str]:
    head = f"{card['order_no']} · {card['customer']} · {card['title']}"
    stands = f"{card['state']} · {card['stage']} r{card['round']} · {card['waiting_for'] or '–'}"
    lines = [head, stands, ""]
    lines += [
        f"{e['line_no']}. {e['item']} {e['model']} × {e['quantity'] or '?'} {e['unit']}"
        for e in card["lines"]
    ]
    lines += [
        "",
        *(f"{e['task']} {e['state']:9} {e['percent']:3}% {e['name_zh']}" for e in card["tasks"]),
    ]
    lines += ["", *(f"{e['id']} {e['kind']} {e['state']}" for e in card["gates"])]
    lines += [
        "",
        *(f"{e['seq']:3} {e['at'][:16]} {e['kind']} · {e['actor']}" for e in card["events"]),
    ]
    return [*lines, "", str(card["prefect"]["url"] or "")]


def gates(
    context: typer.Context,
    person: Annotated[str, typer.Option("--for", help="Only what this person may answer.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only past their deadline.")] = False,
    waits: Annotated[bool, typer.Option("--waits", help="Also gates that only wait.")] = False,
) -> None:
    """Open decisions, the one due first on top. / 待决审批。"""
    from tasks import listing
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        rows = listing.open_gates(session, services, person=person, overdue=overdue, waits=waits)
    table(asked, rows, GATES)


def status(context: typer.Context) -> None:
    """What runs, counts, what is owed and overdue, violated invariants. / 运行状态。"""
    from tasks.checkup import status_of

    asked = options(context)
    found = status_of(asked.home)
    say(asked, found, [f"{name}: {value}" for name, value in found.items()])
