"""Changes that stand in a table with the old value and the new one side by side."""

import re
from collections.abc import Iterator

from domain.mail.basis import Basis
from domain.mail.extract.cells import quantity_of
from domain.mail.extract.change_items import ChangeItem, ChangeKind
from domain.mail.extract.change_values import decimal_text
from domain.mail.extract.dates import days_in
from domain.mail.extract.tables import Grid, html_grids, text_grids
from domain.mail.meaning import Context
from domain.mail.orderlines import grids_in
from domain.mail.traditional import folded

MAX_HEADING = 30
_OLD = re.compile(
    r"^(?:原|旧|变更前|修改前|更改前|调整前|改前)|\b(?:old|from|before|original|previous|was|current)\b",
    re.I,
)
_NEW = re.compile(
    r"^(?:现|新|改为?|改成|变更后|修改后|更改后|调整后|改后|后)|\b(?:new|to|after|revised?|changed?|now)\b",
    re.I,
)
_NAME = re.compile(
    r"名称|品名|物料|货物|产品|内容|\b(?:item|name|description|part|article|material|goods)\b", re.I
)
_SUBJECT = re.compile(r"项目|变更项|类别|字段|\b(?:field|what|subject|change)\b", re.I)
_KINDS = (
    (ChangeKind.DUE_DATE, re.compile(r"交货?期|日期|交付|发货|到货|date|delivery time|due", re.I)),
    (ChangeKind.DELIVERY_PLACE, re.compile(r"地[址点]|place|address|destination", re.I)),
    (ChangeKind.MODEL, re.compile(r"型号|规格|图号|model|type|part no|drawing", re.I)),
    (ChangeKind.QUANTITY, re.compile(r"数量|台数|件数|q.?ty|quantity|pcs|number of", re.I)),
    (ChangeKind.TERMS, re.compile(r"付款|payment", re.I)),
    (
        ChangeKind.SPECIAL_REQUIREMENT,
        re.compile(r"材质|颜色|电压|要求|material|colou?r|voltage", re.I),
    ),
)
_WHOLE = re.compile(r"^(?:整单|全部|全单|订单|all|whole order|order|[-/])?$", re.I)


def changed_in_tables(basis: Basis, context: Context) -> tuple[ChangeItem, ...]:
    """Rows of attached, shown or typed tables whose old and new cells differ."""
    attached = [grid for file in basis.attachments for grid in grids_in(file)]
    grids = (*attached, *html_grids(basis.mail.html), *text_grids(basis.parts.new))
    return tuple(dict.fromkeys(one for grid in grids for one in _of_grid(grid, basis, context)))


def _of_grid(grid: Grid, basis: Basis, context: Context) -> Iterator[ChangeItem]:
    for n, row in enumerate(grid.rows[:MAX_HEADING]):
        heading = [folded(cell).strip() for cell in row]
        old = next((c for c, cell in enumerate(heading) if _OLD.search(cell)), None)
        new = next((c for c, cell in enumerate(heading) if _NEW.search(cell) and c != old), None)
        if old is None or new is None or len(row) < 3:
            continue
        for below in grid.rows[n + 1 :]:
            change = _of_row(below, heading, (old, new), basis, context)
            if change is not None:
                yield change
        return


def _of_row(
    row: tuple[str, ...],
    heading: list[str],
    columns: tuple[int, int],
    basis: Basis,
    context: Context,
) -> ChangeItem | None:
    old, new = columns
    if len(row) <= max(columns) or not row[new].strip() or row[old].strip() == row[new].strip():
        return None
    named = [c for c in range(len(heading)) if c not in columns and c < len(row) and row[c].strip()]
    item = next((row[c].strip() for c in named if _NAME.search(heading[c])), None)
    subject = next((row[c] for c in named if _SUBJECT.search(heading[c])), "")
    what = _kind(folded(subject)) or _kind(f"{heading[old]} {heading[new]}")
    item = item or next((row[c].strip() for c in named if row[c] != subject), None)
    if what is None or (item is None and what is ChangeKind.QUANTITY):
        return None
    before, after = (_value(what, row[c], basis, context) for c in columns)
    if after is None or before == after:
        return None
    return ChangeItem(what, None if _WHOLE.search(item or "") else item, before, after)


def _kind(words: str) -> ChangeKind | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def _value(what: ChangeKind, cell: str, basis: Basis, context: Context) -> str | None:
    """The cell in the form of a change: a number, an ISO date, else as written."""
    if what is ChangeKind.QUANTITY:
        number = quantity_of(cell)[0]
        return decimal_text(number) if number is not None else None
    if what is ChangeKind.DUE_DATE:
        days = days_in(folded(cell), basis.base, context.workday)
        return days[0].value.isoformat() if days else None
    return cell.strip() or None
