"""The total of an order as its mail states it, in the number forms of many countries."""

from decimal import Decimal

import pytest

from domain.mail.extract.labels import labelled
from domain.mail.extract.money import sums_in
from domain.mail.extract.totals import currency_named, total
from domain.mail.plain import narrow


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("EUR 12.500", "12500", "EUR"),
        ("1.265.000,50 EUR", "1265000.50", "EUR"),
        ("USD 0.125", "0.125", "USD"),
        ("INR 6,45,000", "645000", "INR"),
        ("Rs. 12.5 lakhs", "1250000.0", "INR"),
        ("INR 2 crore", "20000000", "INR"),
        ("USD 1.2 million", "1200000.0", "USD"),
        ("CHF 38'650.00", "38650.00", "CHF"),
        ("R$ 48.900,00", "48900.00", "BRL"),
        ("3 860,00 zł", "3860.00", "PLN"),
        ("港币 18万", "180000", "HKD"),
        ("MOP 6,800.00", "6800.00", "MOP"),
        ("叁万陆仟元整", "36000", "CNY"),
    ],
)
def test_forms_of_numbers_and_currencies(text: str, amount: str, currency: str) -> None:
    (found,) = sums_in(narrow(text))
    assert (found.amount, found.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Total value of the order: USD 5,310.00 (five thousand ...)", "5310.00"),
        ("Order value excl. VAT                    EUR 1,904.00", "1904.00"),
        ("The whole comes to EUR 3,410.50 net.", "3410.50"),
        ("Total Rs. 4,50,000/- only", "450000"),
        ("Sipariş toplamı: 45.600,00 TL", "45600.00"),
        ("Wartość zamówienia netto 12 300,00 PLN", "12300.00"),
        ("合計 NT$ 128,000", "128000"),
        ("本单货值一共8.6万", "86000.0"),
        ("总共四万五千块", "45000"),
        ("Please pay the outstanding balance of USD 9,120.00", "9120.00"),
        ("发票金额 18,330.00 元", "18330.00"),
        ("I agree to the 18,400 euros of your offer", "18400"),
        ("Order value GBP 17,204.00 excluding VAT.", "17204.00"),
        ("We accept option B at the quoted £28,650 plus VAT.", "28650"),
        ("All in: USD 4,800 lump sum", "4800"),
        ("EUR 9.400 in total", "9400"),
        ("Razem 7 300,00 zł", "7300.00"),
        ("费用按 58,000 元包干。", "58000"),
        ("总价叁万元整(含税)", "30000"),
        ("整单 12.5万元", "125000.0"),
        ("Our reference is SGD 4418. Price as agreed GBP 900.", "900"),
    ],
)
def test_a_stated_total_is_found(text: str, amount: str) -> None:
    found = total(text, labelled(text)).amount
    assert found is not None
    assert found.value == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "Total of 3 sets at USD 400.00",
        "Total 12 pcs à EUR 5.00",
        "Total weight 300 kg, EUR 12 each",
        "总共1500件",
        "Our budget is EUR 40,000.",
        "Unit price USD 12.50 each",
        "最高限价：186万元",
        "Estimated contract value: GBP 310,000.",
        "出厂价每吨上调600元",
        "Our reference is SGD 4418.",
        "运费 300 元",
    ],
)
def test_budgets_unit_prices_and_numbers_are_no_total(text: str) -> None:
    assert total(text, labelled(text)).amount is None


@pytest.mark.parametrize(
    ("text", "included"),
    [
        ("总价 8000 元（含13%增值税）", True),
        ("总额 110,400 元(未税)", False),
        ("Total 5.288,20 EUR zzgl. 19% MwSt", False),
        ("Total EUR 900 plus 23% VAT", False),
        ("Total EUR 900 incl. VAT", True),
        ("Total EUR 900", None),
    ],
)
def test_whether_tax_is_in_the_total(text: str, included: bool | None) -> None:
    assert total(text, labelled(text)).tax_included is included


def test_the_currency_named_most_is_that_of_the_mail() -> None:
    assert currency_named("Prices in EUR, pos. 3 in EUR, transport in USD") == "EUR"
    assert currency_named("USD or EUR") is None
