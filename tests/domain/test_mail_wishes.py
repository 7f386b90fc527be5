"""What a customer wants beside things, and where: named in many ways, mixed with other matters."""

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.places import place_in
from domain.mail.extract.wishes import pointed_at, wishes_in


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("货送马鞍山。", "马鞍山"),
        ("9月10日前寄到宁波北仑仓库，运费到付", "宁波北仑仓库"),
        ("全部到南京江宁工地（滨溪路3号），车到前打电话", "南京江宁工地（滨溪路3号）"),
        ("现场：上海临港项目部", "上海临港项目部"),
        ("We need it at our Halifax works by Friday", "our Halifax works"),
        ("Delivery FCA Le Havre. Our forwarder will call.", "FCA Le Havre"),
        ("Please ship to: Dock 12, Zaandam", "Dock 12, Zaandam"),
    ],
)
def test_a_named_place_is_found(text: str, place: str) -> None:
    found = place_in(text, labelled(text))
    assert found is not None
    assert found.value == place


@pytest.mark.parametrize(
    "text",
    [
        "送到老地方",
        "机器输送带高度做成680",
        "Delivery terms: EXW",
        "请送货时带上发票",
        "发票寄给我",
    ],
)
def test_words_that_name_no_place_give_none(text: str) -> None:
    assert place_in(text, labelled(text)) is None


def wishes(text: str) -> tuple[str, ...]:
    return wishes_in(text, labelled(text), has_lines=True).values


def test_a_wish_stands_without_the_thing_the_date_and_the_person() -> None:
    assert wishes("水泵 SB-20 3台，联系人王工，板间垫泡沫，必须立放，5月8日前到") == (
        "板间垫泡沫，必须立放",
    )
    assert wishes("12 pcs of valve BV-25, all stainless, by 15 May.") == ("all stainless",)


def test_remarks_of_a_table_are_wishes_only_where_the_mail_points_at_them() -> None:
    assert pointed_at("要求见各自备注栏", ("淬火", "淬火", "镀镍")) == ("淬火", "镀镍")
    assert pointed_at("请查收附件", ("淬火",)) == ()
