"""How an installation stands: status, what is missing for real use, sample codes, tables."""

from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connectors.errors import Rejected, Unreachable
from connectors.registry import imap_inboxes
from domain.errors import BadValue, UnknownPerson
from domain.names import ENDED, Language, Role
from models import gate as gates
from models import migrations, outbox
from models.message import Message
from models.order import Order
from models.outbox import Owed
from models.person import people, person_row
from models.retrospective import CalendarDay
from tasks import codes, fence
from tasks.installed import running, services_of, settings_of
from tasks.listing import count_decisions
from tasks.services import Services
from tasks.verifying import violations


def status_of(home: Path) -> dict[str, Any]:
    """What runs, versions, counts by state, oldest owed mail and overdue action, violations."""
    services = services_of(home)
    found = running(home)
    with services.reading() as session:
        counts = session.execute(select(Order.state, func.count()).group_by(Order.state)).all()
        owed = select(func.min(Owed.created_at)).where(Owed.state.in_(outbox.NOT_SENT))
        overdue = select(func.min(Order.next_action_at)).where(
            Order.state.not_in(ENDED), Order.next_action_at < services.now()
        )
        held = fence.why_held(session, services)
        oldest_owed, oldest_overdue = session.scalar(owed), session.scalar(overdue)
        mails = session.execute(select(Message.state, func.count()).group_by(Message.state)).all()
        ours = session.execute(select(Owed.state, func.count()).group_by(Owed.state)).all()
        waiting = count_decisions(session)
    return {
        "held": held,
        "runs": dict(found.alive) if found else {},
        "addresses": _addresses(found.facts) if found else {},
        "versions": {"orderflow": _version("orderflow"), "prefect": _version("prefect")},
        "schema": migrations.current(services.settings.database.url),
        "orders": {str(state): count for state, count in counts},
        "open_gates": waiting,
        "mails": {str(state): count for state, count in mails},
        "outbox": {str(state): count for state, count in ours},
        "mail_archive": _archive(services),
        "oldest_owed_message": oldest_owed.isoformat() if oldest_owed else None,
        "oldest_overdue_action": oldest_overdue.isoformat() if oldest_overdue else None,
        "violations": [
            f"{v.order_no}: {v.rule}: {v.detail}" for v in violations(services, blobs=False)
        ],
    }


def _archive(services: Services) -> str:
    """`readable`, why it is not, or that nothing is looked for."""
    try:
        if services.archive is None:
            return "none"
        services.archive.check()
    except (Unreachable, Rejected) as away:
        return away.reason
    return "readable"


def _addresses(facts: Any) -> dict[str, str]:
    return {name: str(facts.get(name)) for name in ("prefect_ui", "portal", "maildir")}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def issue_sample_code(home: Path, person: str, numbers: Sequence[str]) -> str:
    """A current code of the person, good once; BadValue outside of a sample installation."""
    if not settings_of(home).samples:
        raise BadValue("samples", "false", "samples = true at the top of orderflow.toml")
    services = services_of(home)
    with services.writing() as session:
        if person_row(session, person) is None:
            raise UnknownPerson(person)
        named = [gates.numbered(session, each).number for each in numbers]
        return codes.issue(session, services, person, named, at=services.now())


def migrated(home: Path) -> str:
    """The version of the tables, after they were brought up to date."""
    url = settings_of(home).database.url
    if not url:
        services_of(home)  # says that nothing runs here
    migrations.upgrade(url)
    return str(migrations.current(url))


Ailment = dict[str, str]

TEXTS: dict[str, tuple[str, str]] = {
    "administrator": (
        "没有管理员:orderflow people add 姓名 --role admin …",
        "nobody is administrator: orderflow people add NAME --role admin …",
    ),
    "roles": (
        "缺少角色 {0}:orderflow people add … --role {0}",
        "nobody has the role {0}: orderflow people add … --role {0}",
    ),
    "public_url": (
        "[portal] public_url 未设置:邮件中的链接客户打不开",
        "[portal] public_url is not set: customers cannot open links in mails",
    ),
    "smtp": (
        "[mail] host、port、tls 仍是本机邮件环;请填写邮件服务器并使用 tls",
        "[mail] host, port, tls are still the local loop; name your mail server, with tls",
    ),
    "authserv_id": (
        "[mail] authserv_id 未设置:外来邮件不能确认或验收订单",
        "[mail] authserv_id is not set: mail from outside can neither confirm nor accept",
    ),
    "archive": (
        "[mail] archive 未设置:每日事件链不会另存,中断的邮件会再发一次",
        "[mail] archive is not set: heads of the event chains are kept nowhere else, and a mail"
        " that was interrupted is sent again",
    ),
    "archive_box": (
        "[mail] archive_box 未设置:存档无法读取,verify 无法比对,中断的邮件会再发一次",
        "[mail] archive_box is not set: nobody reads the archive, verify cannot compare, and a mail"
        " that was interrupted is sent again",
    ),
    "archive_away": (
        "存档读不到({0}):中断的邮件在等待",
        "the archive cannot be read ({0}): interrupted mails wait for it",
    ),
    "imap": (
        "[mail] imap 读不到:{0}",
        "[mail] imap: this mailbox cannot be read: {0}",
    ),
    "calendar": (
        "没有 {0} 年的工作日历",
        "there is no working calendar for {0}",
    ),
}
NEEDED = (Role.OWNER, Role.MANAGER, Role.DIRECTOR, Role.QUALITY)


def ailments(home: Path, language: Language) -> list[Ailment]:
    """What a real company still has to set up: each with what to do."""
    services = services_of(home)
    found = _of_settings(services) + _of_archive(services) + _of_imap(services)
    with services.reading() as session:
        found += _of_people(session)
        year = (services.now() + timedelta(days=60)).year
        stored = {day.year for day in session.scalars(select(CalendarDay.day))}
        found += [("calendar", str(year))] if year not in stored else []
    place = 0 if language is Language.ZH else 1
    return [{"what": what, "how": TEXTS[what][place].format(more)} for what, more in found]


def _of_settings(services: Services) -> list[tuple[str, str]]:
    settings = services.settings
    wrong = {
        "public_url": not settings.portal.public_url.startswith("https://"),
        "smtp": settings.mail.tls == "none",
        "authserv_id": not settings.mail.authserv_id,
        "archive": not settings.mail.archive,
    }
    return [(name, "") for name, missing in wrong.items() if missing]


def _of_archive(services: Services) -> list[tuple[str, str]]:
    said = _archive(services) if services.settings.mail.archive else "readable"
    if said == "none":
        return [("archive_box", "")]
    return [("archive_away", said)] if said != "readable" else []


def _of_imap(services: Services) -> list[tuple[str, str]]:
    mail, found = services.settings.mail, []
    for box in imap_inboxes(mail.imap, mail.imap_password, mail.imap_token_command):
        try:
            box.check()
        except (Unreachable, Rejected) as away:
            found.append(("imap", f"{away.what}: {away.reason}"))
    return found


def _of_people(session: Session) -> list[tuple[str, str]]:
    roles = {role for each in people(session) for role in each.roles}
    found = [] if Role.ADMIN in roles else [("administrator", "")]
    return found + [("roles", str(role)) for role in NEEDED if role not in roles]
