"""Which of the spans of a mail is taken as the place: what labelled mails have taught."""

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.place_spans import LONGEST, MOST, spans
from domain.mail.extract.places import candidates, place_in
from domain.mail.traditional import folded
from domain.mail.weights import learned


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("We order 40 idlers. Nelson cold store, on or before 2 May.", "Nelson cold store"),
        ("Price USD 64,250.00 CIF Hull. We need it at our Bolton works", "our Bolton works"),
        ("To be installed at the Umeå rolling mill in week 33.", "the Umeå rolling mill"),
        ("consequently deliver to: Bodega 4, Parque Norte, Lampa", "Bodega 4, Parque Norte, Lampa"),
        ("运费到付，货放到东校区土木楼负一层大厅就行", "东校区土木楼负一层大厅"),
        ("出貨地不變（上海嘉定倉）。", "上海嘉定倉"),
        ("條件 FOB 上海", "FOB 上海"),
    ],
)
def test_the_place_is_among_the_candidates(text: str, place: str) -> None:
    assert place in {each.value for each in candidates(text, labelled(text), "new_order")}


def test_a_place_behind_a_label_is_surer_than_one_among_other_names() -> None:
    text = "Delivery address: Dock 12, Havenweg 3, Zaandam"
    place = place_in(text, labelled(text))
    other = "Kind regards\nAnna Berg\nBerg Pumps, Havenweg 3, Zaandam\nTel +31 20 555 0100"
    also = place_in(other, labelled(other))
    assert place is not None
    assert also is None or also.confidence < place.confidence


def test_the_table_tells_two_answers_apart() -> None:
    assert learned("places").answers == ("no", "yes")


def test_of_a_long_mail_only_so_many_spans_are_looked_at() -> None:
    text = "Deliver to Dock 1, Hull, to Dock 2, Selby, at Unit 9, Goole. " * 400
    found = list(spans(text, folded(text)))
    assert len(found) <= MOST
    assert all(end - start <= LONGEST for start, end in found)
