"""Telephone numbers of many countries, with the country taken from the mail."""

from datetime import datetime, timedelta, timezone

import pytest

from domain.mail.extract.countries import countries_of
from domain.mail.extract.phones import phones_in


def numbers(
    words: str, hours: float = 8, month: int = 6, domain: str = "firm.example"
) -> list[str]:
    clock = datetime(2026, month, 10, tzinfo=timezone(timedelta(hours=hours)))
    found = phones_in(words, countries_of(words, domain, clock))
    return list(found.value) if found else []


@pytest.mark.parametrize(
    ("words", "hours", "month", "wanted"),
    [
        ("Rolf Ahnert\nAhnert Pumpen GmbH\nTelefon 05541 77-120", 1, 1, "+49554177120"),
        ("Best regards\nTel.: 0511 / 920-3311", 2, 7, "+495119203311"),
        ("Carla Monti\nMonti Vetri S.r.l.\ntel. 0541 660 221", 2, 7, "+390541660221"),
        ("Carla Monti\nMonti Vetri S.r.l.\ncell. 347 660 2210", 2, 7, "+393476602210"),
        ("Luc Perrin\nPerrin Outillage SAS\nTél. 04 77 55 01 22", 1, 1, "+33477550122"),
        ("Ana Roldán\nHornos Roldán S.L.\nTfno. 948 550 177\nMóvil: 655 010 177", 2, 7, None),
        ("Marek Wilk\nWilk Odlewnia Sp. z o.o.\ntel. 71 555 02 13", 1, 1, "+48715550213"),
        ("Bryn\nTaff Castings Ltd\n01632 960 118", 0, 1, "+441632960118"),
        ("Bryn\nTaff Castings Ltd\n07700 900 118", 1, 7, "+447700900118"),
        ("Vikram Nair\nNair Forgings Pvt. Ltd.\nPh: 080 5550 0144", 5.5, 3, "+918055500144"),
        ("Vikram Nair\n98450 12017", 5.5, 3, "+919845012017"),
        ("Shane\nOutback Bores Pty Ltd\n0491 570 006", 10, 3, "+61491570006"),
        ("Shane\nM: (08) 5550 0199", 8, 3, "+61855500199"),
        ("Dolores\nMesa Tooling LLC\n(505) 555-0144 x 31", -7, 3, "+15055550144;ext=31"),
        ("Dolores\n505.555.0144", -7, 3, "+15055550144"),
        ("梁志強\n信達機器 (香港)\n電話 5550 2231", 8, 3, "+85255502231"),
        ("業務部 林淑芬\n台中市\nTEL 04-5550-3317 分機 22", 8, 3, "+886455503317;ext=22"),
        ("白浜製作所\n電話 0266-55-5120", 9, 3, "+81266555120"),
        ("刘工\n电话：0731-5550 2211转806", 8, 3, "+8673155502211;ext=806"),
        ("Asma Tariq\nTariq Looms, Faisalabad\n0300-5550661", 5, 3, "+923005550661"),
        ("Achieng Odera\nMombasa Sisal\nCell 0722 555 661", 3, 3, "+254722555661"),
        ("Chidi Obi\nLagos Bottling\n0803 555 0661", 1, 3, "+2348035550661"),
        ("Anh Tuan\nDong Nai Nhua\nzalo 0903 555 661", 7, 3, "+84903555661"),
        ("Rhea Santos\nCebu Foundry\n0917 555 0661", 8, 3, "+639175550661"),
        ("Nuwan\nGalle Rubber\n077 555 0661", 5.5, 3, "+94775550661"),
        ("T +971 4 555 0661 | F +971 4 555 0662", 4, 3, "+97145550661"),
        ("請貴公司報價,謝謝\n採購 馮國樑\n07-5550661", 8, 3, "+88675550661"),
        ("請貴公司報價,謝謝\n採購 馮國樑\n電話 3955 0661", 8, 3, "+85239550661"),
        ("刘工 155 4410 2207", 8, 3, "+8615544102207"),
        ("Call me on 0049 (0)511 920 33", 8, 3, "+4951192033"),
        ("office (+48) 71 555 02 13 wew. 5", 1, 1, "+48715550213"),
    ],
)
def test_the_country_comes_from_the_mail(
    words: str, hours: float, month: int, wanted: str | None
) -> None:
    expected = [wanted] if wanted else ["+34948550177", "+34655010177"]
    assert numbers(words, hours, month) == expected


def test_two_numbers_on_a_line_and_no_fax() -> None:
    words = "电话 025-5550 2071 / 155 4410 0932　传真 025-5550 2072"
    assert numbers(words) == ["+862555502071", "+8615544100932"]
    assert numbers("Tel/Fax: 0511 920-3311\nFax 0511 920-3319\nX GmbH", 2) == ["+495119203311"]


@pytest.mark.parametrize(
    "words",
    [
        "Delivery by 20.11.2026, total 202832.20 EUR, drawing 04-7712-330",
        "税号：913201155500207188，账号 0266 5550 7781 2093",
        "Order no. 0700 455 881 of 12-05-2026 for 1 200 000 pcs",
        "订单号 4500087312，料号 0551-22003344，交期2026-05-20",
        "IBAN DE89 3704 0044 0532 0130 00, VAT no. 0455 201 887",
    ],
)
def test_other_numbers_are_no_telephone_numbers(words: str) -> None:
    assert numbers(words, 2) == []


def test_a_national_domain_says_where_a_number_is() -> None:
    assert numbers("Tel 044 555 01 20", 8, domain="giesserei.ch") == ["+41445550120"]


def test_a_country_that_only_the_clock_tells_is_not_sure() -> None:
    words = "Farid\n0722 555 661"
    clock = datetime(2026, 6, 10, tzinfo=timezone(timedelta(hours=3)))
    told = countries_of(words, "firm.example", None)
    found = phones_in(words, countries_of(words, "firm.example", clock), told)
    assert found is not None and found.confidence < 0.8
    named = "Farid, Nairobi\n0722 555 661"
    told = countries_of(named, "firm.example", None)
    found = phones_in(named, countries_of(named, "firm.example", clock), told)
    assert found is not None and found.confidence >= 0.8
