"""The clauses of a mail, their signs, and the table that weighs them."""

from domain.mail.extract.wish_signs import clauses_of, signs_of
from domain.mail.extract.wishes import wishes_in
from domain.mail.weights import learned


def test_a_heading_holds_for_its_section_and_a_label_for_its_line() -> None:
    found = clauses_of("Packing:\n- on pallets\n- no foam\n\nBearings: sealed\nThank you")
    assert [(one.words, one.headed) for one in found] == [
        ("on pallets", "below"),
        ("no foam", "below"),
        ("sealed", "label"),
        ("Thank you", ""),
    ]


def test_a_wish_may_hang_on_a_thing_by_and_or_with() -> None:
    found = clauses_of("We order one bench vice with soft jaws and a swivel base")
    assert [one.words for one in found] == [
        "We order one bench vice",
        "with soft jaws",
        "and a swivel base",
    ]


def test_signs_tell_of_the_clause_its_place_and_its_neighbours() -> None:
    found = clauses_of("Hello,\nplease mark each box with our number, thanks")
    signs = signs_of(found, "new_order", ())
    assert "before other 0" in signs[1] or "before other -3" in signs[1]
    assert signs[1]["~box"] == 0.5
    assert signs[1]["kind new_order"] == 1.0


def test_only_the_first_clauses_of_a_very_long_mail_are_weighed() -> None:
    assert len(clauses_of("mark the box, " * 20 + "\n" + "mark it.\n" * 5_000)) <= 400


def test_the_learned_table_tells_a_wish_from_a_greeting() -> None:
    assert learned("wishes").answers == ("no", "yes")
    assert wishes_in("Good morning,\n\nNo staples on the cartons.\n\nBest regards", ()).values == (
        "No staples on the cartons",
    )
