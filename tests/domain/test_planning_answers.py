"""A plan explains itself: reasons, levers, chances, load, money, risks, whom to tell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.names import Language, OrderType, Party
from domain.planning.axis import axis_of
from domain.planning.communication import Size, communication_plan, size_of
from domain.planning.decode import decode
from domain.planning.explain import day_words, sentence, why
from domain.planning.levers import LeverKind, lever_sentence, levers, with_overtime
from domain.planning.load import cost, load_per_person
from domain.planning.problem import Kind, Link, Problem
from domain.planning.promise import promise, promised_date
from domain.planning.propose import propose
from domain.planning.risk_checklists import CHECKLISTS
from domain.planning.risks import first_risks
from tests.domain.planning_factories import (
    AXIS,
    CALENDAR,
    NOW,
    busy,
    order_problem,
    person,
    problem,
    task,
    task_id,
)


def held_up() -> Problem:
    """Two tasks in a row; the person of the first one is on another order for three days."""
    people = (person("ann"),)
    return problem(task(1, 16), task(2, 8, Link(task_id(1))), people=people,
                   committed=(busy("ann", 2, 96),))  # fmt: skip


def test_why_walks_back_from_the_last_task_to_what_cannot_be_moved():
    case = held_up()
    chain = why(propose(case))
    assert [(reason.kind, reason.task.no) for reason in chain] == [
        (Kind.PREDECESSOR, "T2"),
        (Kind.PERSON, "T1"),
    ]


def test_a_reason_is_a_sentence_in_both_languages():
    case = held_up()
    proposal = propose(case)
    first = why(proposal)[-1]
    said = sentence(case, proposal, first, Language.EN)
    assert said == "T1 starts Fri 27 Nov: Ann is on SO-9 T1 until Thu 26 Nov"
    in_chinese = sentence(case, proposal, first, Language.ZH)
    assert in_chinese == "T1 于11月27日(周五)开始:Ann在做 SO-9 T1,到11月26日(周四)为止"


def test_a_date_without_notice_is_marked_in_both_languages():
    assert "暂定" in day_words(AXIS, date(2027, 3, 1), Language.ZH)
    assert day_words(AXIS, date(2027, 3, 1), Language.EN) == "Mon 1 Mar (provisional)"
    assert "暂定" not in day_words(AXIS, date(2026, 12, 1), Language.ZH)


@pytest.mark.parametrize("order_type", OrderType)
@pytest.mark.parametrize("language", Language)
def test_every_reason_of_every_blueprint_can_be_said(order_type, language):
    case = order_problem(order_type)
    proposal = propose(case)
    for reason in proposal.reasons.values():
        words = sentence(case, proposal, reason, language)
        assert words.startswith(reason.task.no) and not words.rstrip().endswith(":")


def test_a_lever_brings_the_finish_forward_as_far_as_it_says():
    case = held_up()
    proposal = propose(case)
    best = levers(case, proposal)[0]
    assert best.kind is LeverKind.OTHER_ORDER_WAITS
    free = propose(replace(case, committed=()))
    assert AXIS.end_day(free.schedule.finish) == best.finish
    assert lever_sentence(case, best, Language.EN).startswith("if SO-9 T1 waits: Tue 24 Nov")


def test_overtime_keeps_every_committed_instant():
    saturday = date(2026, 11, 28)
    case = problem(task(1, 16), committed=(busy("lan", 150, 170),), due=200)
    more = with_overtime(case, saturday)
    old, new = case.committed[0], more.committed[0]
    assert more.axis.at(new.start) == case.axis.at(old.start)
    assert more.axis.end_at(new.finish) == case.axis.end_at(old.finish)
    assert more.axis.size == case.axis.size + 32


def test_the_chance_of_a_date_grows_and_the_same_seed_says_the_same():
    case = order_problem(OrderType.SOFTWARE)
    proposal = propose(case)
    found = promise(case, proposal, seed=7)
    assert found == promise(case, proposal, seed=7)
    assert found.p50 <= found.p80_low <= found.p80 <= found.p80_high
    assert found.p80 <= found.p90
    assert found.chance(found.p80) >= 0.8 > found.chance(found.finishes[0]) - 0.2
    assert len(found.drivers) == 5
    assert found.drivers[0].strength >= found.drivers[-1].strength


def test_what_tasks_have_in_common_widens_the_spread():
    case = order_problem(OrderType.ENGINEERING_SERVICE)
    proposal = propose(case)
    apart = promise(case, proposal, seed=1, rho=0.0)
    together = promise(case, proposal, seed=1, rho=0.6)
    assert together.p90 - together.p50 >= apart.p90 - apart.p50


def test_certain_work_has_a_certain_finish_over_absences_and_other_orders():
    ann = person("ann", absences=((date(2026, 11, 25), date(2026, 11, 25)),))
    sure = replace(task(1, 40), estimate=replace(task(1).estimate, low=10, likely=10, high=10))
    case = problem(sure, people=(ann,), committed=(busy("ann", 0, 16),))
    proposal = decode(case, [task_id(1)])
    found = promise(case, proposal, runs=50, seed=1)
    assert found.p50 == found.p90 == found.planned == date(2026, 11, 26)
    assert found.planned_chance == 1


def test_the_wish_is_promised_when_the_buffered_finish_keeps_it():
    wish = promised_date(date(2026, 12, 10), date(2026, 12, 15), CALENDAR)
    assert (wish.on, wish.keeps_wish) == (date(2026, 12, 15), True)
    later = promised_date(date(2026, 12, 18), date(2026, 12, 15), CALENDAR)
    assert (later.on, later.keeps_wish) == (date(2026, 12, 18), False)
    saturday = promised_date(date(2026, 12, 19), None, CALENDAR)
    assert saturday.on == date(2026, 12, 21)


def test_load_is_counted_by_person_and_week_against_their_capacity():
    ann = person("ann", absences=((date(2026, 11, 30), date(2026, 12, 2)),))
    case = problem(task(1, 160), people=(ann,), committed=(busy("ann", 0, 8),))
    loads = load_per_person(case, decode(case, [task_id(1)]).schedule)
    first, second = loads[0], loads[1]
    assert (first.week, first.hours, first.committed) == (date(2026, 11, 23), 30.0, 2.0)
    assert (first.capacity, first.share) == (32.0, 1.0)
    assert (second.hours, second.capacity) == (10.0, 16.0)


def test_cost_is_hours_times_rate_and_a_missing_rate_is_named():
    people = (person("ann"), person("bob"))
    case = problem(task(1, 32), task(2, 32), people=people)
    schedule = propose(case).schedule
    found = cost(schedule, {"ann": Decimal("120.50")}, others={"material": Decimal(300)})
    assert found.total == Decimal("1264.00")
    assert found.without_rate == ("bob",)
    assert found.over(Decimal(1000)) == Decimal("264.00")
    assert found.over(None) == found.over(Decimal(2000)) == 0


def test_the_plan_gives_its_own_risks_away():
    late = replace(order_problem(), axis=axis_of(CALENDAR, NOW))
    case = replace(late, orders=(replace(late.orders[0], due=100),))
    codes = {risk.code for risk in first_risks(OrderType.MANUFACTURE_TO_ORDER, case, propose(case),
                                               without_criterion=("R1",), limit=20)}  # fmt: skip
    assert {"finish_after_promise", "supplier_on_critical_path", "no_criterion"} <= codes
    assert "provisional_holiday" not in codes
    long = problem(task(1, 1500, skill="design"), task(2, 8, Link(task_id(1))))
    codes = {risk.code for risk in first_risks(OrderType.SOFTWARE, long, propose(long))}
    assert {"single_person", "provisional_holiday"} <= codes


def test_risks_come_highest_first_and_speak_both_languages():
    case = order_problem()
    found = first_risks(OrderType.MANUFACTURE_TO_ORDER, case, propose(case))
    assert [risk.score for risk in found] == sorted((r.score for r in found), reverse=True)
    for risk in [*found, *(r for risks in CHECKLISTS.values() for r in risks)]:
        assert risk.text_zh and risk.text_en and risk.response_zh and risk.response_en
        assert 1 <= risk.probability <= 5 and 1 <= risk.impact <= 5
    assert CHECKLISTS.keys() == set(OrderType)


def test_a_larger_order_is_told_more_often():
    small, large = [task(1, 40)], [task(1, 40 * 32)]
    assert (size_of(small), size_of(large)) == (Size.S, Size.L)
    assert len(communication_plan(small)) < len(communication_plan(large))
    duties = communication_plan([task(1, 8, party=Party.CUSTOMER)])
    assert any("客户需完成" in row.content_zh for row in duties)
