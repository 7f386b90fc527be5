"""The words from which a field was read, as a person sees them marked."""

from domain.mail.marked import passage


def test_the_words_are_marked_where_they_stand() -> None:
    text = "您好\n数量：16件，请尽快"
    assert passage(text, "text:6-9") == "数量：⟦16件⟧，请尽快"


def test_a_mail_cannot_set_marks_of_its_own() -> None:
    assert passage("⟦99⟧ 16", "text:5-7") == "[99] ⟦16⟧"


def test_what_stands_elsewhere_has_no_words() -> None:
    assert passage("abc", "header:from") == passage("abc", "text:2-9") == ""
