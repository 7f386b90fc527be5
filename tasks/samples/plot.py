"""What happened in each order of the sample history, in outline: who ordered what, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from domain.names import Language
from domain.worktime import Calendar, add_workdays, add_worktime, local_date, opens_on
from tasks.samples.catalogue import GOODS, WEIGHTS, Good
from tasks.samples.customers import CUSTOMERS, SampleCustomer

ORDERS = 60
DAYS = 730
LAST_DAYS = 62
"""The newest order came so many days ago, so that every one has ended."""
SEED = 20


class Twist(StrEnum):
    """What did not go straight."""

    NONE = "none"
    ASKED = "asked"
    """Something was missing and the customer was asked."""
    CHANGED = "changed"
    """The customer changed a quantity before confirming."""
    FINDING = "finding"
    """The completion review found something."""
    PUNCH = "punch"
    """The customer did not accept at once."""
    LATE = "late"
    """The promised date was moved, or missed."""


TWISTS = {
    Twist.NONE: 26,
    Twist.ASKED: 10,
    Twist.CHANGED: 7,
    Twist.FINDING: 6,
    Twist.PUNCH: 5,
    Twist.LATE: 6,
}


@dataclass(frozen=True)
class Item:
    """One line of an order."""

    good: Good
    quantity: int
    price: Decimal


@dataclass(frozen=True)
class Plot:
    """One order in outline; `luck` draws what else it needs, the same each time."""

    number: int
    customer: SampleCustomer
    items: tuple[Item, ...]
    received_at: datetime
    wished_on: date
    queue: int
    """Working days until the shop had time."""
    twist: Twist
    luck: Random

    @property
    def language(self) -> Language:
        """The customer's language."""
        return self.customer.language

    @property
    def currency(self) -> str:
        """The currency in which the customer is charged."""
        return "CNY" if self.language is Language.ZH else "EUR"

    @property
    def amount(self) -> Decimal:
        """What the order is worth, in its currency."""
        return sum((each.quantity * each.price for each in self.items), Decimal(0))

    @property
    def title(self) -> str:
        """What the order is called."""
        return f"{self.name(self.items[0].good)} {self.items[0].good.model}".removesuffix(" –")

    def name(self, good: Good) -> str:
        """The good in the customer's language."""
        return good.zh if self.language is Language.ZH else good.en


def plots(calendar: Calendar, *, at: datetime) -> Iterator[Plot]:
    """The orders of two years before `at`, oldest first; the same for the same day."""
    luck = Random(SEED)  # noqa: S311  # a story that is the same each time, no secret
    twists = [twist for twist, times in TWISTS.items() for _ in range(times)]
    luck.shuffle(twists)
    moments = sorted(_moments(luck, calendar, local_date(calendar, at)))
    for number, (received_at, twist) in enumerate(zip(moments, twists, strict=True), start=1):
        own = Random(luck.random())  # noqa: S311  # see above
        customer = own.choice(CUSTOMERS)
        items = tuple(_items(own, customer))
        day = local_date(calendar, received_at)
        days = 8 if twist is Twist.LATE else 10 + 2 * len(items) + own.randrange(12)
        wished = add_workdays(calendar, day, days)
        yield Plot(number, customer, items, received_at, wished, own.randrange(1, 9), twist, own)


def _moments(luck: Random, calendar: Calendar, today: date) -> Iterator[datetime]:
    """When the orders came: on working days, in working hours."""
    for ago in luck.sample(range(LAST_DAYS, DAYS), ORDERS):
        day = add_workdays(calendar, today - timedelta(days=ago), 0)
        yield add_worktime(calendar, opens_on(calendar, day), luck.randrange(5, 420))


def _items(luck: Random, customer: SampleCustomer) -> Iterator[Item]:
    weights = [WEIGHTS[good.order_type] for good in GOODS]
    first = luck.choices(GOODS, weights)[0]
    same: Sequence[Good] = [good for good in GOODS if good.order_type is first.order_type]
    many = first.most > 1
    chosen = [first, *(g for g in luck.sample(same, min(len(same), 3)) if g is not first)]
    for good in chosen[: luck.randint(1, 3) if many else 1]:
        factor = Decimal(luck.randint(92, 108)) / 100
        if customer.language is not Language.ZH:
            factor /= Decimal("7.8")
        price = (good.price * factor).quantize(Decimal(1))
        yield Item(good, luck.randint(max(1, good.most // 3), good.most), price)
