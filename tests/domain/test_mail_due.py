"""Which of the days in a mail is the wanted one, and the many ways of naming a day."""

from datetime import UTC, date, datetime

import pytest

from domain.mail.extract.dates import days_in
from domain.mail.extract.due import due_date
from domain.mail.extract.labels import labelled
from domain.mail.plain import NOTES, narrow

BASE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)  # a Wednesday


def worked(day: date) -> bool:
    return day.weekday() < 5


def wanted(text: str) -> str | None:
    found = due_date(text, labelled(text), BASE, worked)
    return found.value.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We prefer 22 July 2026 instead of 11 July, the paint needs its time.", "7-22"),
        ("So please 4 September in place of the 18th.", "9-4"),
        ("Get us two of them by July 12, the balance by end of July.", "7-31"),
        ("Two lots: the first half (20 bays) on 2 July, the second half on 16 July.", "7-16"),
        ("Pumps P-3, 2 off.\nWhen: Friday next week, at our quay", "6-19"),
        ("The 25 June date cannot be held, realistic is 9 July.", "7-9"),
        ("Sorry, the castings will not make the 25th; new ETA 9 July.", "7-9"),
        ("The foreseen 25 June we cannot keep. Dispatch will be 9 July.", "7-9"),
        ("Needed by 15 August. Offer please until 26 June.", "8-15"),
        ("31 July works for us.", "7-31"),
        ("End of next week.", "6-19"),
        ("All items by EOM July", "7-31"),
        ("We can wait 14 days, not more.", "6-24"),
        ("Need date 7/31", "7-31"),
        ("ETD 不晚于 CW 38，PI 请今天发我", "9-18"),
        ("下周三我派小货车来厂里拉，自提。", "6-17"),
        ("原訂 8/21 交貨，懇請協助提前至 8/7。", "8-7"),
        ("九月二十五日中秋放假，望于放假之前送抵实验楼", "9-24"),
        ("最晚11月27\n别的没要求", "11-27"),
        ("好的2件明天能送，其余的最快6月24号能再出4件。", "6-24"),
        ("原定7月20日的交期请提前到7月3日。能做到请今天回个话", "7-3"),
        ("6月30号那批赶不出来了，要到7月15号。", "7-15"),
        ("交货时间：7.5", "7-5"),
        ("最晚7.20进场", "7-20"),
        ("交期：26.7.1", "7-1"),
        ("交期7月31日没问题", "7-31"),
        ("七一之前投用", "6-30"),
        ("15天交货", "6-25"),
        ("甲方7月30日验收，货7月24日要到现场", "7-24"),
        ("Harvest begins 27 July, therefore delivery 24 July is a must.", "7-24"),
        ("Could we have the lot on the 24th July?", "7-24"),
        ("The shutdown begins on 20 July so please let us have them 15 July at the latest", "7-15"),
        ("6 weeks delivery please", "7-22"),
        ("within the next four weeks", "7-8"),
        ("中秋前（9月20日）到", "9-20"),
        ("We would like the skid in Aarhus no later than 4 September. Tests on site.", "9-4"),
        ("They need to land in Fremantle on or before Friday 18 September 2026.", "9-18"),
        ("First article by 3 July, balance of the parts 28 August.", "8-28"),
        ("Prototype to us 3 July, final handover 14 August.", "8-14"),
        ("Please have it with our forwarder by 20 July; he sails on 29 July.", "7-20"),
        ("Ship 6 July so that it arrives 20 July.", "7-20"),
        ("The date in the file is wrong, we want it only on 30 September, not earlier.", "9-30"),
        ("Could you move the delivery from 3 July to 17 July?", "7-17"),
        ("The shutdown starts 1 August, so everything must be here 24 July at the latest.", "7-24"),
        ("Your offer of 2 June is accepted. We count on 31 July ex works.", "7-31"),
        ("Let me have your answer by 15 June. Delivery late in July, say 30 July.", "7-30"),
        ("The fitter should come next Tuesday because on Friday we have an audit.", "6-16"),
        ("Delivery is fine on the 22nd.", "6-22"),
        ("Date 17.07.2026 stays as it is.", "7-17"),
        ("Lieferung bitte bis 31. Juli 2026 frei Haus.", "7-31"),
        ("Entrega: 31 de julio", "7-31"),
        ("Wished delivery: end of week 31", "7-31"),
        ("2 pcs ring R-20, price as usual. 24 July.", "7-24"),
        ("We are waiting urgently, 4 weeks from today is our limit for delivery.", "7-8"),
        ("7月15日前务必送到苏州工地，7月20日我们开始投料。", "7-15"),
        ("Before we pour on the 12th of July, call it the 5th to be safe.", "7-5"),
        ("Latest the last week of July, we stand still 3 to 7 August.", "7-31"),
        ("The date 6 July is too early for us, we would like to have it 20 July.", "7-20"),
        ("3 seals S-3. Delivery time: 35 days.", "7-15"),
        ("Delivery by the end of third quarter", "9-30"),
        ("之前说的7月5号来不及，改成7月26号到就行", "7-26"),
        ("封头 6件\n周期：15天", "6-25"),
        ("Goods in is open Mon-Fri. By half term, so 23 July.", "7-23"),
        ("Please ship to arrive the week of July 20.", "7-24"),
        ("End of the month would be fine.", "6-30"),
        ("6月下旬到，具体25号前。", "6-25"),
        ("第一批7月10日到货，剩下的7月31日到。", "7-31"),
        ("原定7月1日，现改到7月15日交货。", "7-15"),
        ("请于6月12日前回传合同。货7月17号我们派车去拉。", "7-17"),
        ("交期不变，还是7月17日。", "7-17"),
        ("下周三一早要用，麻烦赶一赶", "6-17"),
        ("因为7月20日大修，设备7月10号必须进场。", "7-10"),
        ("最迟7月最后一天到货", "7-31"),
        ("月底前发出即可", "6-30"),
        ("交货：贵方7月24日装车，7月27日到厂", "7-27"),
        ("希望 7/24 前可以出貨", "7-24"),
        ("電話裡說的是7月10日，以附件為準，按7月24日。", "7-24"),
    ],
)
def test_the_wanted_day_among_others(text: str, day: str) -> None:
    month, number = day.split("-")
    assert wanted(text) == date(2026, int(month), int(number)).isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "Please send your quotation by 20 June.",
        "Our safety officer meets the committee on the 12th.",
        "We expect a repair plan by 10 December.",
        "Please let us know by Friday whether this is possible.",
        "Please stop all works today.",
        "Our factory will be closed from 1 to 15 August.",
        "Warranty starts 1 July.",
        "We stop for stocktaking on 30 June.",
        "Kindly acknowledge receipt of this PO within 2 days.",
        "Offers received after 30 June will not be considered.",
        "We shall pay within 30 days.",
        "30% advance, balance within 14 days of delivery",
        "质保期24个月，从7月1日起算",
        "Call me tomorrow.",
        "They want it before the summer but could not name a day yet, 3 July perhaps.",
        "麻烦3个工作日内确认费用影响。",
        "贵司6月3日到厂的治具检验不合格，整批退回",
        "我们导流洞月底要下闸",
        "验收会定在7月2日，请派人参加。",
        "We expect the 8D report within 10 working days.",
        "The fair takes place from 8 to 11 September, please confirm until 20 June.",
        "Thanks, got it. I'll come back to you on Monday.",
        "Delivery within three weeks of your confirmation.",
        "Dispatch four weeks after receipt of drawing approval.",
        "请于6月20日前报价。",
        "请贵司6月20日前提出书面整改措施",
        "合同签订后45天内交货",
        "我7月1日至7月9日休假。",
        "贵方确认订单后三周内",
        "您的发票6月2日开具，已逾期。",
    ],
)
def test_other_days_are_not_wanted(text: str) -> None:
    assert wanted(text) is None


def test_the_mail_comes_before_its_files() -> None:
    text = f"Please note we need it on 30 September only.{NOTES}Delivery date: 21.08.2026"
    assert wanted(text) == "2026-09-30"
    text = f"See the file.{NOTES}Date: 10.06.2026\nDelivery time:\n21.08.2026"
    assert wanted(text) == "2026-08-21"


def test_a_lone_day_is_the_wanted_one_but_not_a_holiday() -> None:
    assert wanted("2 rings R-20. 24 July.") == "2026-07-24"
    assert wanted("2 rings R-20, as of 3 June.") is None
    assert wanted("2 rings R-20, delivery whenever, no hurry. My holiday 24 July.") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("急急急 今天能发今天发", {"2026-06-10"}),
        ("交货时间7月底吧，最迟不过8月10日。", {"2026-07-31", "2026-08-10"}),
        ("10 July would suit, 17 July would also be okay", {"2026-07-10", "2026-07-17"}),
        ("We would take delivery around February next year if it flies.", {"2027-02-28"}),
        ("Deliver before 20 August", {"2026-08-20", "2026-08-19"}),
        ("Deliver by 05/08/2026", {"2026-08-05", "2026-05-08"}),
        ("下周三能到不", {"2026-06-17"}),
        ("Would late November be doable?", {"2026-11-30"}),
    ],
)
def test_what_a_clerk_would_ask(text: str, days: set[str]) -> None:
    found = due_date(text, (), BASE, worked)
    assert found is not None and found.confidence < 0.8
    assert {day.isoformat() for day in (found.value, *found.alternatives)} == days


def test_another_date_tells_the_order_of_day_and_month() -> None:
    text = "It should arrive 09/10/2026 instead of 21/08/2026."
    found = due_date(text, (), BASE, worked)
    assert found is not None and (found.value, found.alternatives) == (date(2026, 10, 9), ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by month end", "2026-06-30"),
        ("end-November", "2026-11-30"),
        ("by year-end", "2026-12-31"),
        ("CW 40/2026", "2026-10-02"),
        ("by end of CW 31.", "2026-07-31"),
        ("within a fortnight", "2026-06-24"),
        ("in 48 hours", "2026-06-12"),
        ("a week on Friday", "2026-06-19"),
        ("12-14 August", "2026-08-14"),
        ("bis 31.07.", "2026-07-31"),
        ("by the 15th of July", "2026-07-15"),
        ("fine luglio 31 luglio", "2026-07-31"),
        ("before the Golden Week", "2026-09-30"),
        ("8月20前", "2026-08-20"),
        ("10月最后一天", "2026-10-31"),
        ("七月最后一个周五", "2026-07-31"),
        ("半个月内", "2026-06-25"),
        ("月内", "2026-06-30"),
        ("8月1日至5日", "2026-08-05"),
        ("26年7月31日", "2026-07-31"),
        ("二十号前", "2026-06-20"),
        ("0820前", "2026-08-20"),
        ("年前", "2027-02-04"),
    ],
)
def test_ways_of_naming_a_day(text: str, day: str) -> None:
    assert day in [one.value.isoformat() for one in days_in(narrow(text), BASE, worked)]


@pytest.mark.parametrize("text", ["卸在3号仓门旁的仓3号", "型号0820", "order 20260731-B"])
def test_what_is_no_day(text: str) -> None:
    assert days_in(narrow(text), BASE, worked) == ()
