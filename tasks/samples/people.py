"""Eight people of the sample company, so that every step of every blueprint finds somebody."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.names import Language, Role
from models.person import PersonRow
from tasks import codes
from tasks.services import Services

UNLIMITED = Decimal(-1)
"""What stands in a person's row for any amount."""

AUTHENTICATOR = "PJUGK3DJNZTS243BNVYGYZJNORXXI4BB"
"""The director's authenticator secret; no secret at all, and only in sample installations."""


@dataclass(frozen=True)
class SamplePerson:
    """Somebody of the sample company; the limit is in CNY, skills are `name:level`."""

    person: str
    name: str
    roles: tuple[Role, ...]
    skills: str = ""
    limit: Decimal | None = None
    manager: str | None = "li.ming"
    language: Language = Language.ZH
    rate: int = 180


PEOPLE = (
    SamplePerson("chen.yu", "陈昱", (Role.OWNER,), limit=Decimal(50_000), rate=220),
    SamplePerson(
        "li.ming",
        "李铭",
        (Role.MANAGER,),
        limit=Decimal(500_000),
        manager="zhao.wen",
        rate=320,
    ),
    # The second quality role: a completion gate finds somebody even where zhou.min has worked.
    SamplePerson(
        "zhao.wen",
        "赵雯",
        (Role.DIRECTOR, Role.QUALITY),
        limit=UNLIMITED,
        manager=None,
        language=Language.EN,
        rate=450,
    ),
    SamplePerson(
        "wang.lei",
        "王磊",
        (Role.ENGINEER,),
        "design:3 machining:3 assembly:3 electrical:2 service:2",
        rate=240,
    ),
    SamplePerson(
        "sun.jie",
        "孙捷",
        (Role.ENGINEER,),
        "software:3 electrical:3 service:3 design:2 assembly:2 testing:2 machining:1",
        language=Language.EN,
        rate=260,
    ),
    SamplePerson("he.qing", "何清", (Role.BUYER,), "purchasing:3", rate=190),
    SamplePerson("zhou.min", "周敏", (Role.QUALITY,), "inspection:3 testing:3", rate=210),
    SamplePerson("wu.fang", "吴芳", (Role.CLERK, Role.ADMIN), "purchasing:1", rate=150),
)


def add_people(session: Session, services: Services) -> None:
    """Everybody works here. Codes are issued to them; only the director has an authenticator."""
    domain = services.settings.company.domain
    for each in PEOPLE:
        session.add(
            PersonRow(
                person=each.person,
                name=each.name,
                mail=f"{each.person}@{domain}",
                language=each.language,
                roles=[str(role) for role in each.roles],
                skills=each.skills.split(),
                limit=each.limit,
                manager=each.manager,
                hourly_rate=Decimal(each.rate),
                totp_secret=_sealed(services) if Role.DIRECTOR in each.roles else None,
            )
        )
    session.flush()


def _sealed(services: Services) -> str:
    return codes.seal(services).encrypt(AUTHENTICATOR.encode()).decode()
