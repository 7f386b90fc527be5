"""What each column of a table holds: by its heading, and by its cells where that says nothing."""

import re
from collections.abc import Callable, Sequence

from domain.mail.extract.headings import kind_of_heading
from domain.mail.extract.units import UNIT_CELL
from domain.mail.plain import narrow

Rows = Sequence[tuple[str, ...]]
MAX_HEADING_ROW = 30
_OWN = re.compile(r"(?:our|internal|own)\b|我方|我司|本厂|本公司|内部", re.I)
SAMPLE = 12
_THINGS = frozenset(("item", "model", "material"))
_UNIT = UNIT_CELL
_NUMBER = r"\d[\d,' ]*(?:[.,]\d+)?"
_DAY = (
    r"(?:20\d\d[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}[日号]?(?:[-/.]20\d\d)?.{0,5}"
    r"|.*(?:月底|工作日内|周[一二三四五六日内底]|days|weeks?)"
    r"|\d{1,2}[. ]?[A-Za-z]{3,9}\.?,? ?(?:20\d\d)?"
)


def at(row: tuple[str, ...], columns: dict[str, int], kind: str) -> str:
    """The cell of this kind in a row; empty where the table has none."""
    column = columns.get(kind)
    return row[column].strip() if column is not None and column < len(row) else ""


def columns_of(rows: Rows) -> tuple[int, dict[str, int]]:
    """The first row that names a thing and a quantity, and the column of each kind."""
    for n, row in enumerate(rows[:MAX_HEADING_ROW]):
        below = rows[n + 1 : n + 1 + SAMPLE]
        named = [kind_of_heading(cell) for cell in row]
        if n and not ("quantity" in named and _THINGS & set(named)):
            named = _below_others(rows[n - 1], row, named)
        if sum(kind not in (None, "other") for kind in named) < 2:
            continue
        columns = _placed(_own_codes_apart(row, named), below)
        _by_content(row, below, columns)
        if "quantity" in columns and _THINGS & columns.keys():
            return n, columns
    return 0, {}


def _below_others(
    above: tuple[str, ...], row: tuple[str, ...], named: list[str | None]
) -> list[str | None]:
    """The kinds of a heading of two rows; a row with numbers is none of a heading."""
    if any(re.search(r"\d", cell) for cell in (*above, *row)) or sum(map(bool, above)) < 2:
        return named
    width = max(len(above), len(row))
    upper = [*above, *[""] * (width - len(above))]
    kinds = [*named, *[None] * (width - len(row))]
    return [kind or kind_of_heading(cell) for kind, cell in zip(kinds, upper, strict=True)]


def _own_codes_apart(row: tuple[str, ...], named: list[str | None]) -> list[str | None]:
    """The kinds, where "our code" beside the maker's own number is only the buyer's material."""
    if named.count("model") < 2:
        return named
    own = [
        kind == "model" and _OWN.match(narrow(cell)) for cell, kind in zip(row, named, strict=False)
    ]
    many = named.count("model") > sum(map(bool, own))
    return ["material" if mine and many else kind for mine, kind in zip(own, named, strict=True)]


def _placed(named: Sequence[str | None], below: Rows) -> dict[str, int]:
    """One column a kind; what only counts is no name, and a second code goes with the first."""
    kinds = [_by_cells(kind, _cells(below, n)) for n, kind in enumerate(named)]
    _parted(kinds, below)
    columns: dict[str, int] = {}
    for column, kind in enumerate(kinds):
        if kind == "model" and kind in columns:
            kind = "more"
        if kind and kind not in columns and not (kind == "quantity" and _is_text(below, column)):
            columns[kind] = column
    return columns


def _by_cells(kind: str | None, cells: list[str]) -> str | None:
    """The kind that a heading names, or the one that its cells show where a word means both."""
    if kind in ("item", "model") and _all(cells, _counts):
        return "number"
    if kind == "unit" and _all(cells, _is_number):
        return "price"
    if kind == "model" and _all(cells, lambda cell: re.fullmatch(r"\d{6,}", cell) is not None):
        return "material"
    return kind


def _parted(kinds: list[str | None], below: Rows) -> None:
    """Of two columns for names, or of two for codes without a name, the wordier one is the name."""
    for here, other in (("item", "model"), ("model", "item")):
        alike = [n for n, kind in enumerate(kinds) if kind == here]
        if len(alike) > 1 and other not in kinds:
            wordy = max(alike, key=lambda n: (sum(map(_is_words, _cells(below, n))), -n))
            if here == "item" or any(map(_is_words, _cells(below, wordy))):
                for n in alike:
                    kinds[n] = "item" if n == wordy else "model"
    if "item" not in kinds and kinds.count("model") == 1:
        only = kinds.index("model")
        words = _cells(below, only)
        if words and sum(map(_is_named, words)) * 2 > len(words):
            kinds[only] = "item"


def _by_content(heading: tuple[str, ...], below: Rows, columns: dict[str, int]) -> None:
    """Corrects and completes the columns by what stands below their headings."""
    whole = _all(_cells(below, columns.get("amount")), str.isdigit)
    if "quantity" not in columns and whole and {"unit", "price"} & columns.keys():
        columns["quantity"] = columns.pop("amount")
    if "due" not in columns and _all(_cells(below, columns.get("remark")), _is_day):
        columns["due"] = columns.pop("remark")
    width = max((len(row) for row in below), default=0)
    free = [n for n in range(width) if n not in columns.values()]
    for column in free:
        title = heading[column] if column < len(heading) else ""
        kind = _kind_of_cells(_cells(below, column), columns, known=bool(kind_of_heading(title)))
        if kind is not None:
            columns[kind] = column


def _kind_of_cells(cells: list[str], columns: dict[str, int], *, known: bool) -> str | None:
    """The kind that the cells of a column without a known heading show, if it is still open."""
    if known:
        return None
    if "quantity" not in columns and _all(cells, _is_amount):
        return "quantity"
    if "unit" not in columns and _all(cells, _is_unit):
        return "unit"
    if "due" not in columns and _all(cells, _is_day):
        return "due"
    if "item" not in columns and _all(cells, _is_words):
        return "item"
    if "item" in columns and "model" not in columns and _all(cells, _is_code):
        return "model"
    return None


def _cells(rows: Rows, column: int | None) -> list[str]:
    """The cells of a column that are not empty, as far as rows look like rows of things."""
    if column is None:
        return []
    wide = max((sum(map(bool, row)) for row in rows), default=0)
    full = [row for row in rows if sum(map(bool, row)) * 2 > wide]
    return [narrow(row[column]).strip() for row in full if column < len(row) and row[column]]


def cells_alike(rows: Rows, column: int, test: Callable[[str], bool]) -> bool:
    """True if all cells of a column in the rows of things pass the test, and there are some."""
    return _all(_cells(rows, column), test)


def _all(cells: list[str], test: Callable[[str], bool]) -> bool:
    return bool(cells) and all(map(test, cells))


def _is_text(rows: Rows, column: int) -> bool:
    cells = _cells(rows, column)
    return bool(cells) and not any(
        re.search(r"\d|[一二两三四五六七八九十几]|若干|适量|tbd|待定", c, re.I) for c in cells
    )


def _counts(cell: str) -> bool:
    return re.fullmatch(r"(?:pos\.?\s*)?0*\d{1,3}[.)]?", cell, re.I) is not None


def _is_number(cell: str) -> bool:
    return re.fullmatch(_NUMBER, cell) is not None


def _is_amount(cell: str) -> bool:
    return re.fullmatch(rf"{_NUMBER}\s*{_UNIT}", cell, re.I) is not None


def _is_unit(cell: str) -> bool:
    return re.fullmatch(_UNIT, cell, re.I) is not None


def _is_day(cell: str) -> bool:
    return re.fullmatch(_DAY, cell) is not None


def _is_words(cell: str) -> bool:
    return re.search(r"[A-Za-z\u4e00-\u9fff]{2}", cell) is not None and not _is_code(cell)


def _is_named(cell: str) -> bool:
    """True for a cell that begins with a word of a name: "Wear ring WR-150"."""
    return re.match(r"[A-Za-z]{3,} |[A-Za-z]*[a-z]{3,}$|[\u4e00-\u9fff]{2}", cell) is not None


def _is_code(cell: str) -> bool:
    return re.search(r"\d", cell) is not None and re.search(r"[A-Za-zΦφ×*-]", cell) is not None
