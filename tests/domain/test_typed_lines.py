"""Order lines as a person types them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.content import LineContent
from domain.errors import BadValue
from domain.typed_lines import typed_lines, written

NAMES = st.text("泵PUMP-50 φ()", min_size=1, max_size=12).map(lambda t: " ".join(t.split()) or "x")
LINES = st.builds(
    LineContent,
    no=st.just(1),
    item=NAMES,
    model=NAMES,
    quantity=st.decimals("0.01", "99999", places=2),
    unit=st.sampled_from(["", "台", "pcs", "kg"]),
    unit_price=st.none() | st.decimals("0.01", "99999", places=2),
    due_on=st.none() | st.dates(),
)


@given(LINES)
def test_what_is_written_can_be_typed_again(line: LineContent) -> None:
    assert typed_lines(written((line,))[0]) == (line,)


def test_chinese_signs_separate_as_well() -> None:
    first, second = typed_lines("泵｜CP-50｜1,200 台；法兰 | | 3 | 12.5 | 2026-12-18")
    assert (first.item, first.model, first.quantity, first.unit) == ("泵", "CP-50", 1200, "台")
    assert (second.no, second.unit_price, second.due_on) == (2, Decimal("12.5"), date(2026, 12, 18))


@pytest.mark.parametrize("text", ["| | 3", "泵 | | viele", "泵 | | 0 台", "泵 | | 3 | | morgen"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        typed_lines(text)
