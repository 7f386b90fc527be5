"""Looking back: every working minute has one owner, estimates learn, facts become sentences."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendars.china import company_calendar, official_days
from domain.names import Event, Language, OrderType, Party, State
from domain.planning.blueprint import Adjustment
from domain.planning.blueprints import blueprint_of
from domain.retrospective import Done, Happened, History, Moved, Waited, look_back, sentences
from domain.worktime import worktime_between

CALENDAR = company_calendar(official_days(2026))


def at(day: int, hour: int = 9) -> datetime:
    """An hour of Shanghai in November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour - 8, tzinfo=UTC)


def done(no: str = "T1", key: str = "assembly", **changes: object) -> Done:
    values: dict[str, object] = {
        "no": no, "key": key, "name_zh": "装配", "name_en": "Assembly", "planned_hours": 4.0,
        "actual_hours": 4.0,
    } | changes  # fmt: skip
    return Done(**values)  # type: ignore[arg-type]


LIFE = (
    Happened(Event.ORDER_RECEIVED, State.RECEIVED, at(23)),
    Happened(Event.INFO_REQUESTED, State.AWAITING_INFO, at(23, 11)),
    Happened(Event.INFO_RECEIVED, State.RECEIVED, at(24)),
    Happened(Event.START_REACHED, State.EXECUTING, at(25)),
    Happened(Event.ORDER_DELIVERED, State.DELIVERED, at(27)),
    Happened(Event.CUSTOMER_ACCEPTED, State.ACCEPTED, at(27, 17)),
)


def test_every_working_minute_belongs_to_exactly_one_party():
    facts = look_back(History(LIFE), CALENDAR)
    assert facts.minutes_by_party[Party.CUSTOMER] == 6 * 60 + 7 * 60
    assert sum(facts.minutes_by_party.values()) == worktime_between(CALENDAR, at(23), at(27, 17))
    assert sum(facts.share(party) for party in Party) == pytest.approx(1)


def test_a_supplier_has_the_turn_only_while_nobody_of_ours_works():
    theirs = done("T3", "material", party=Party.SUPPLIER, actual_start=at(25), actual_finish=at(27))
    ours = done("T4", actual_start=at(26), actual_finish=at(27))
    facts = look_back(History(LIFE, (theirs, ours)), CALENDAR)
    assert facts.minutes_by_party[Party.SUPPLIER] == 480
    assert [variance.no for variance in facts.variances] == ["T4"]


def test_a_customers_gate_and_a_hold_are_told_apart_from_our_own_time():
    asked = Waited("customer_confirmation", at(24, 10), at(24, 15), Party.CUSTOMER, decides=False)
    held = Happened(Event.ORDER_HELD, State.ON_HOLD, at(25, 10), Party.SUPPLIER)
    back = Happened(Event.ORDER_RESUMED, State.EXECUTING, at(25, 12))
    facts = look_back(History((*LIFE, held, back), gates=(asked,)), CALENDAR)
    assert facts.minutes_by_party[Party.CUSTOMER] == 13 * 60 + 4 * 60
    assert facts.minutes_by_party[Party.SUPPLIER] == 2 * 60
    assert facts.lead_times == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(State), st.integers(0, 900)), min_size=2, max_size=8))
def test_no_history_loses_or_invents_time(steps):
    start = at(2)
    happened = [
        Happened(Event.ORDER_RECEIVED, state, start + timedelta(hours=hour))
        for state, hour in steps
    ]
    facts = look_back(History(happened), CALENDAR)
    first, last = min(h.at for h in happened), max(h.at for h in happened)
    assert sum(facts.minutes_by_party.values()) == worktime_between(CALENDAR, first, last)


def test_approvals_are_measured_in_working_time_by_kind():
    gates = (
        Waited("confirm", at(23, 17), at(24, 10)),
        Waited("confirm", at(24, 10), at(24, 11)),
        Waited("plan", at(25, 9), None),
    )
    (confirm,) = look_back(History(LIFE, gates=gates), CALENDAR).lead_times
    assert (confirm.kind, confirm.count, confirm.median, confirm.longest) == ("confirm", 2, 90, 120)


def test_an_estimate_that_is_clearly_off_becomes_a_proposal_for_the_blueprint():
    facts = look_back(History(LIFE, (done("T4", actual_hours=8.0),)), CALENDAR)
    (improvement,) = facts.improvements
    assert improvement.adjustment == Adjustment("assembly", 4.0)
    assert "add 4 h to T4 (Assembly) in the blueprint" in sentences(facts, Language.EN)
    assert "模板中 T4“装配”增加 4 小时" in sentences(facts, Language.ZH)


@pytest.mark.parametrize(("planned", "actual"), [(4.0, 5.9), (40.0, 45.0), (4.0, 4.0)])
def test_small_errors_change_nothing(planned, actual):
    activity = done(planned_hours=planned, actual_hours=actual)
    assert look_back(History(LIFE, (activity,)), CALENDAR).improvements == ()


def test_earlier_orders_count_and_other_steps_do_not():
    earlier = (("assembly", 4.0, 2.0), ("assembly", 4.0, 6.0), ("welding", 4.0, 40.0))
    facts = look_back(History(LIFE, (done(actual_hours=10.0),), earlier=earlier), CALENDAR)
    (bias,) = facts.biases
    assert (bias.key, bias.count, bias.hours, bias.share) == ("assembly", 3, 2.0, 0.5)


def test_with_the_blueprint_the_proposal_is_in_its_own_hours():
    blueprint = blueprint_of(OrderType.MANUFACTURE_TO_ORDER)
    scaled = done("T5", "making", planned_hours=20.0, actual_hours=30.0)
    facts = look_back(History(LIFE, (scaled,)), CALENDAR, blueprint)
    assert facts.improvements[0].adjustment == Adjustment("making", 2.5)


def test_sentences_tell_time_hours_deviations_and_moves():
    late = done(actual_hours=7.0, planned_finish=at(25, 18), actual_finish=at(27, 12))
    moved = Moved(at(25), date(2026, 11, 26), date(2026, 11, 27), "料未到", Party.SUPPLIER)
    facts = look_back(History(LIFE, (late,), moves=(moved,)), CALENDAR)
    english, chinese = sentences(facts, Language.EN), sentences(facts, Language.ZH)
    assert english[0].startswith("Where time went: ours 67%, customer 33%")
    assert english[1] == "Hours: 4 planned, 7 worked"
    assert english[2] == "T1 Assembly: +3 h, 2 working days late"
    assert chinese[2] == "T1 装配:+3 小时,晚 2 个工作日"
    assert "料未到(供应商)" in chinese[3]


def test_an_order_without_history_has_no_facts_and_no_sentences():
    facts = look_back(History(()), CALENDAR)
    assert sentences(facts, Language.EN) == ()
    assert facts.share(Party.US) == 0
