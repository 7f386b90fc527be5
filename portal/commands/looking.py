"""What is so: orders, one order's card, open gates, people, status."""

from typing import Annotated

import typer

from portal.commands.options import options
from portal.commands.say import facts, heading, say, table

LIST = (
    *("order_no", "customer", "title", "state", "priority", "waiting_for"),
    *("owner", "promised_at", "next_action_at"),
)
GATES = ("id", "order_no", "kind", "party", "due_at", "approvers")
FACTS = (
    *("customer", "contact", "mail", "phone", "state", "stage", "round", "waiting_for"),
    *("priority", "owner", "order_type", "amount", "requested_on", "promised_at"),
    *("delivery_place", "customer_po_no", "next_action", "next_action_at", "warranty_until"),
)
SECTIONS: dict[str, tuple[str, ...]] = {
    "lines": ("line_no", "item", "model", "quantity", "unit", "unit_price", "due_date"),
    "requirements": ("code", "text"),
    "versions": ("n", "sha256", "created_at", "confirmed_at"),
    "gates": ("id", "kind", "state", "approvers", "due_at", "answered_by"),
    "tasks": ("task", "name", "person", "state", "percent", "finishes_at", "blocked"),
    "messages": ("direction", "purpose", "from", "to", "subject", "at", "state"),
    "documents": ("kind", "version", "name", "created_at"),
    "events": ("seq", "kind", "at", "actor", "channel"),
}
WORDS = {
    "gates": {"state": "gate_state"},
    "tasks": {"state": ""},
    "messages": {"state": ""},
    "documents": {"kind": "document"},
    "events": {"kind": "event"},
}
"""Code words of a section's columns that mean something else there."""


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
    """订单列表 / Orders, the most urgent action first."""
    from tasks import listing
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        rows = listing.orders(session, state=state or None, waiting=waiting, search=search)
    table(asked, rows, LIST)


def order(context: typer.Context, number: Annotated[str, typer.Argument(metavar="NO")]) -> None:
    """订单卡片 / Everything about one order."""
    from tasks.card import order_card
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        card = order_card(session, services, number)
    if asked.json:
        say(asked, card)
        return
    facts(asked, card, FACTS, title=f"{card['order_no']} · {card['title']}")
    own = "name_zh" if asked.language.startswith("zh") else "name_en"
    card["tasks"] = [{**each, "name": each[own]} for each in card["tasks"]]
    for name, columns in SECTIONS.items():
        if card[name]:
            title = f"\n{heading(name, asked.language)}"
            table(asked, card[name], columns, title=title, kinds=WORDS.get(name))
    say(asked, None, [str(card["prefect"]["url"] or "")])


def gates(
    context: typer.Context,
    person: Annotated[str, typer.Option("--for", help="Only what this person may answer.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only past their deadline.")] = False,
    waits: Annotated[bool, typer.Option("--waits", help="Also gates that only wait.")] = False,
) -> None:
    """待决审批 / Open decisions, the one due first on top."""
    from tasks import listing
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        rows = listing.open_gates(session, services, person=person, overdue=overdue, waits=waits)
    table(asked, rows, GATES)


def status(context: typer.Context) -> None:
    """运行状态 / What runs, counts, what is owed and overdue, violated invariants."""
    from tasks.checkup import status_of

    asked = options(context)
    found = status_of(asked.home)
    if asked.json:
        say(asked, found)
        return
    facts(asked, found, found)
