"""Four customers with their contacts, of every tier and both languages."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.names import Language
from models.customer import Contact, Customer

ACCOUNT_MANAGER = "chen.yu"


@dataclass(frozen=True)
class SampleContact:
    """Somebody of a customer; `can_sign` may confirm and accept."""

    name: str
    mail: str
    phone: str = ""
    can_sign: bool = True


@dataclass(frozen=True)
class SampleCustomer:
    """A company that orders; the credit limit is in CNY."""

    code: str
    name_zh: str
    name_en: str
    tier: str
    contacts: tuple[SampleContact, ...]
    language: Language = Language.ZH
    timezone: str = "Asia/Shanghai"
    credit_limit: Decimal | None = None
    aliases: tuple[str, ...] = ()


CUSTOMERS = (
    SampleCustomer(
        "HENGCHUAN",
        "恒川水务集团",
        "Hengchuan Water Group",
        "A",
        (
            SampleContact("许澜", "xu.lan@hengchuan.example", "+86 512 5550 0137"),
            SampleContact("范立", "fan.li@hengchuan.example", can_sign=False),
        ),
        credit_limit=Decimal(2_000_000),
        aliases=("恒川水务",),
    ),
    SampleCustomer(
        "LIJIA",
        "苏州砺嘉精密",
        "Suzhou Lijia Precision",
        "B",
        (
            SampleContact("刘强", "liu.qiang@lijia.example", "+86 512 5550 0164"),
            SampleContact("顾岚", "gu.lan@lijia.example", can_sign=False),
        ),
        aliases=("苏州砺嘉精密机械有限公司", "砺嘉精密"),
    ),
    SampleCustomer(
        "BRENTMOOR",
        "",
        "Brentmoor Packaging Ltd",
        "C",
        (SampleContact("Alice Fenwick", "alice.fenwick@brentmoor.example", "+44 20 7946 0175"),),
        language=Language.EN,
        timezone="Europe/London",
        aliases=("Brentmoor", "Brentmoor Packaging"),
    ),
    SampleCustomer(
        "KELDER",
        "",
        "Kelder Marine B.V.",
        "D",
        (SampleContact("Joris van Wijk", "joris.vanwijk@kelder.example", "+31 20 555 0142"),),
        language=Language.EN,
        timezone="Europe/Amsterdam",
        aliases=("Kelder Marine",),
    ),
)


def add_customers(session: Session, *, at: datetime) -> dict[str, Customer]:
    """The customers and their contacts are known; rows by code."""
    rows = {each.code: _row(each, at) for each in CUSTOMERS}
    session.add_all(rows.values())
    session.flush()
    return rows


def _row(each: SampleCustomer, at: datetime) -> Customer:
    contacts = [
        Contact(
            name=one.name,
            mail=one.mail,
            phones=[one.phone] if one.phone else [],
            language=each.language,
            can_sign=one.can_sign,
        )
        for one in each.contacts
    ]
    return Customer(
        code=each.code,
        name_zh=each.name_zh,
        name_en=each.name_en,
        aliases=list(each.aliases),
        tier=each.tier,
        language=each.language,
        timezone=each.timezone,
        account_manager=ACCOUNT_MANAGER,
        credit_limit=each.credit_limit,
        created_at=at,
        contacts=contacts,
    )
