"""Values of an order that several of its parts tell together: its wishes, amount and currency."""

import re
from dataclasses import replace
from decimal import Decimal

from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.columns import TableReading
from domain.mail.extract.labels import Labelled
from domain.mail.extract.totals import currency_named
from domain.mail.extract.values import Field, Line
from domain.mail.extract.wishes import Wishes, no_wishes, pointed_at, wishes_in
from domain.mail.kinds import MailKind

WITH_WISHES = frozenset(
    (
        *(MailKind.NEW_ORDER, MailKind.ORDER_INFO, MailKind.CONFIRMATION),
        *(MailKind.ENQUIRY, MailKind.CHANGE_REQUEST),
    )
)

_ON_FAULTS = frozenset((MailKind.COMPLAINT, MailKind.REJECTION, MailKind.ACCEPTANCE))


def wanted_in(
    kind: MailKind,
    intents: tuple[MailKind, ...],
    text: str,
    labels: tuple[Labelled, ...],
    lines: tuple[Line, ...],
    *,
    noted: int,
) -> Wishes:
    """The special requirements of a mail of this kind; remarks of its table where it points there.

    The last `noted` characters of the text are what its tables say beside their rows.
    """
    if kind not in WITH_WISHES and MailKind.NEW_ORDER not in intents:
        return Wishes((), no_wishes(text), "text")
    wanted = wishes_in(text, labels, kind=kind, lines=lines, noted=noted)
    remarks = pointed_at(text, tuple(line.remark for line in lines if line.remark))
    return replace(wanted, values=remarks) if remarks else wanted


def wished(
    kind: MailKind, read: Field[tuple[str, ...]] | None, changes: tuple[ChangeItem, ...], new: str
) -> Field[tuple[str, ...]] | None:
    """The special requirements: what was read, or what a change request asks for beside numbers."""
    asked = [one for one in changes if one.what is ChangeKind.SPECIAL_REQUIREMENT and one.after]
    if kind is not MailKind.CHANGE_REQUEST or not asked or read is not None:
        return read
    said = wishes_in(new, ()).values
    meant = tuple(one for one in said if any(str(each.after) in one for each in asked))
    told = meant or said
    short = (next((o.after for o in asked if _is_core(o.after, one)), one) for one in told)
    return Field(tuple(map(str, short)), "text", "change", 0.6) if told else None


def _is_core(after: str | None, wish: str) -> bool:
    """True where what is asked for is a small part of a long sentence around it."""
    spoken = re.search(r"[\u4e00-\u9fff]{5}", after or "")
    return bool(after and spoken and after in wish and len(wish) > 2.5 * len(after))


def amount_of(kind: MailKind, stated: Field[Decimal] | None) -> Field[Decimal] | None:
    """The stated total; in a mail on faults a lone sum is what they cost, no value of an order."""
    doubted = stated is not None and stated.confidence < 0.8
    return None if doubted and kind in _ON_FAULTS else stated


def table_amount(table: TableReading | None) -> Field[Decimal] | None:
    """The total in a table's last row, if it has one."""
    return Field(table.amount, "attachment", "total_row", 0.85) if table and table.amount else None


def currency_of_order(
    amount: Field[Decimal] | None,
    table: TableReading | None,
    lines: tuple[Line, ...],
    language: str,
    texts: tuple[str, ...],
) -> Field[str] | None:
    """The currency of the stated total, else that of the prices, else the only one in the texts."""
    if amount is not None and amount.rule != "?":
        return Field(amount.rule, amount.source, "money", min(0.9, amount.confidence))
    priced = next((line.currency for line in lines if line.currency), None)
    code = (table.currency if table else None) or priced
    code = code or next((named for words in texts if (named := currency_named(words))), None)
    code = code or ("CNY" if language == "zh" else None)
    return Field(code, "lines", "money", 0.85) if code else None
