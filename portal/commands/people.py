"""People of ours and customers: listed, added, enrolled, absent, imported."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.errors import BadValue
from portal.commands.options import options
from portal.commands.say import say, table

people = typer.Typer(
    help="人员 / People of ours.", invoke_without_command=True, no_args_is_help=False
)
customers = typer.Typer(help="客户 / Customers.", no_args_is_help=True)
PEOPLE = ("person", "name", "mail", "language", "roles", "limit", "substitutes")


def register(app: typer.Typer) -> None:
    """The commands of this module."""
    app.add_typer(people, name="people")
    app.add_typer(customers, name="customers")


@people.callback()
def listed(context: typer.Context) -> None:
    """人员列表 / Who works here."""
    if context.invoked_subcommand is not None:
        return
    from tasks import listing
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    with services.reading() as session:
        rows = listing.people(session, services)
    table(asked, rows, PEOPLE)


@people.command()
def add(
    context: typer.Context,
    person: str,
    name: Annotated[str, typer.Option()],
    mail: Annotated[str, typer.Option()],
    role: Annotated[list[str], typer.Option("--role")],
    limit: Annotated[str, typer.Option(help="Largest amount to approve, or unlimited.")] = "",
    manager: Annotated[str, typer.Option()] = "",
    skill: Annotated[list[str], typer.Option("--skill", help="design:3")] = [],  # noqa: B006
    speaks: Annotated[str, typer.Option(help="zh-CN or en")] = "zh-CN",
) -> None:
    """新增人员 / Somebody works here from now; the first one gets a one-time link."""
    from tasks import joining
    from tasks.installed import services_of

    asked = options(context)
    given: dict[str, Any] = {"person": person, "name": name, "mail": mail, "roles": role}
    given |= {"limit": limit or None, "manager": manager or None, "skills": skill}
    given = {key: value for key, value in given.items() if value} | {"language": speaks}
    services = services_of(asked.home)
    joining.add(services, given)
    link = joining.invite(services, person)
    say(asked, {"person": person, "link": link}, [f"{person} ✔", link])


@people.command()
def enrol(
    context: typer.Context,
    person: str,
    link: Annotated[bool, typer.Option("--link", help="A one-time link instead.")] = False,
) -> None:
    """绑定验证器 / A fresh authenticator as a QR code, or a one-time link to set one up."""
    from tasks import joining
    from tasks.installed import services_of

    asked = options(context)
    services = services_of(asked.home)
    if link:
        made = joining.invite(services, person)
        say(asked, {"person": person, "link": made}, [made])
        return
    address = joining.enrol(services, person)
    if not asked.json:
        import segno

        segno.make(address).terminal(compact=True)
    say(asked, {"person": person, "otpauth": address}, [address])


@people.command()
def absent(
    context: typer.Context,
    person: str,
    substitute: Annotated[str, typer.Option("--substitute")],
    since: Annotated[str, typer.Option(help="YYYY-MM-DD")],
    until: Annotated[str, typer.Option(help="First day back, YYYY-MM-DD")],
) -> None:
    """代理人 / A substitute answers for a person."""
    from tasks import joining
    from tasks.content import as_date
    from tasks.installed import services_of

    asked = options(context)
    first, back = as_date("since", since), as_date("until", until)
    assert first is not None and back is not None  # noqa: S101  # neither was empty
    joining.absent(services_of(asked.home), person, substitute, first, back)
    say(asked, {"person": person, "substitute": substitute}, [f"{person} → {substitute} ✔"])


@people.command("import")
def import_people(context: typer.Context, file: Path) -> None:
    """批量导入人员 / People from a CSV or JSON file: all of them, or none."""
    from tasks import joining
    from tasks.installed import services_of

    asked = options(context)
    found = joining.add_all(services_of(asked.home), rows_of(file))
    say(asked, vars(found), [f"+ {', '.join(found.added)}", f"~ {', '.join(found.changed)}"])


@customers.command("import")
def import_customers(context: typer.Context, file: Path) -> None:
    """批量导入客户 / Customers and contacts from a CSV or JSON file: all of them, or none."""
    from tasks import joining_customers
    from tasks.installed import services_of

    asked = options(context)
    found = joining_customers.import_customers(services_of(asked.home), rows_of(file))
    say(asked, vars(found), [f"+ {', '.join(found.added)}", f"~ {', '.join(found.changed)}"])


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a CSV or JSON file."""
    from tasks.given import table as rows

    try:
        data = file.read_bytes()
    except OSError as unreadable:
        raise BadValue("FILE", str(file), f"a readable file ({unreadable})") from None
    if file.suffix.lower() != ".json":
        return list(rows(data))
    try:
        read = json.loads(data)
    except ValueError as mistake:
        raise BadValue("JSON", str(file), f"a JSON array ({mistake})") from None
    return read if isinstance(read, list) else [read]
