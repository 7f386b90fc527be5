"""The decoder makes schedules that can be worked, says why, and the checker would notice if not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.names import OrderType, Party
from domain.planning.axis import AXIS_DAYS, BeyondHorizon, axis_of
from domain.planning.blueprint import LinkKind
from domain.planning.check import Fault, check
from domain.planning.decode import decode
from domain.planning.problem import Kind, Lack, Link, Order, Placement, Problem, Schedule
from domain.planning.propose import INSTANT, Effort, earliest_finish, propose
from domain.planning.sequence import RULES, CyclicPlan, lists
from tests.domain.planning_factories import (
    AXIS,
    CALENDAR,
    NOW,
    PEOPLE,
    busy,
    order_problem,
    person,
    problem,
    task,
    task_id,
)

quick = settings(max_examples=40, deadline=None)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to ten tasks with any links, three people with absences, work of other orders."""
    tasks = []
    for no in range(1, draw(st.integers(2, 10)) + 1):
        preds = draw(st.sets(st.integers(1, no - 1), max_size=3)) if no > 1 else set()
        links = [
            Link(
                task_id(pred),
                draw(st.sampled_from(LinkKind)),
                draw(st.integers(-4, 12)),
                draw(st.sampled_from([0, 0, 0, 60 * 20])),
            )
            for pred in sorted(preds)
        ]
        skill = draw(st.sampled_from([None, "design", "assembly"]))
        party = draw(st.sampled_from([Party.US] * 4 + [Party.SUPPLIER]))
        work = draw(st.integers(0, 50))
        tasks.append(task(no, work, *links, skill=skill, party=party))
    away = draw(st.dates(date(2026, 11, 24), date(2026, 12, 10)))
    people = (
        person("ann", absences=((away, date(2026, 12, 12)),), design=2),
        person("bob", share=0.5, design=1, assembly=2),
        person("cho", assembly=1),
    )
    blocks = draw(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=4))
    committed = tuple(
        busy(draw(st.sampled_from(["ann", "bob", "cho"])), start, start + length, f"T{n}")
        for n, (start, length) in enumerate(blocks)
    )
    return problem(*tasks, people=people, committed=committed)


@quick
@given(problems(), st.randoms())
def test_whatever_the_list_the_schedule_can_be_worked(case, chance):
    sequence = list(case.tasks)
    chance.shuffle(sequence)
    proposal = decode(case, sequence)
    assert check(case, proposal.schedule) == ()
    assert proposal.reasons.keys() == case.tasks.keys()
    assert all(proposal.floats[task] >= 0 for task in case.tasks)
    assert not case.tasks or proposal.critical


@quick
@given(problems())
def test_listing_tasks_by_their_start_makes_none_later(case):
    once = decode(case, tuple(case.tasks))
    ordered = sorted(once.schedule.placements, key=lambda placed: (placed.start, placed.finish))
    persons = {p.task: p.person for p in ordered if p.person}
    again = decode(case, [placed.task for placed in ordered], persons)
    if all(link.kind is LinkKind.FS for t in case.tasks.values() for link in t.links):
        assert all(
            again.schedule.by_task[p.task].finish <= p.finish for p in once.schedule.placements
        )


@pytest.mark.parametrize("order_type", OrderType)
def test_every_blueprint_makes_a_plan_that_can_be_worked(order_type):
    case = order_problem(order_type)
    proposal = propose(case)
    assert check(case, proposal.schedule) == ()
    assert proposal.missing == ()
    assert proposal.buffer == pytest.approx(0.1 * (proposal.schedule.finish), abs=1)


def test_the_best_list_wins_and_more_effort_is_never_worse():
    case = order_problem(OrderType.SOFTWARE)
    each = [decode(case, tasks).objective for tasks in lists(case).values()]
    assert len(each) == len(RULES) >= 5
    instant, better = propose(case, effort=INSTANT), propose(case, effort=Effort(30))
    assert instant.objective == min(each)
    assert better.objective <= instant.objective
    assert propose(case, effort=Effort(30)) == better


def test_a_task_pauses_over_an_absence_and_says_so():
    ann = person("ann", absences=((date(2026, 11, 25), date(2026, 11, 25)),))
    case = problem(task(1, 40), task(2, 8), people=(ann,))
    proposal = decode(case, [task_id(1), task_id(2)])
    assert proposal.schedule.by_task[task_id(1)].pieces == ((0, 32), (64, 72))
    away = replace(ann, absences=((date(2026, 11, 24), date(2026, 11, 25)),))
    reason = decode(replace(case, people=(away,)), [task_id(1)]).reasons[task_id(1)]
    assert (reason.kind, reason.blocker, reason.slots) == (Kind.ABSENCE, date(2026, 11, 24), 64)


def test_work_of_another_order_is_named_as_the_reason():
    case = problem(task(1, 8), people=(person("ann"),), committed=(busy("ann", 2, 40),))
    reason = decode(case, [task_id(1)]).reasons[task_id(1)]
    assert (reason.kind, str(reason.blocker), reason.slots) == (Kind.PERSON, "T1", 40)
    short = problem(task(1, 2), people=(person("ann"),), committed=(busy("ann", 2, 40),))
    assert decode(short, [task_id(1)]).schedule.start == 0


def test_who_waits_for_the_customer_says_so():
    case = problem(task(1, 8, party=Party.CUSTOMER), task(2, 8, Link(task_id(1))))
    proposal = decode(case, list(case.tasks))
    assert proposal.reasons[task_id(2)].kind is Kind.CUSTOMER
    assert proposal.schedule.by_task[task_id(1)].person is None


def test_a_supplier_rests_on_its_own_holidays():
    closed = replace(CALENDAR, week=((),) * 2 + CALENDAR.week[2:])
    case = replace(problem(task(1, 8, party=Party.SUPPLIER)), calendars={Party.SUPPLIER: closed})
    schedule = decode(case, [task_id(1)]).schedule
    assert AXIS.day_of(schedule.start) == date(2026, 11, 25)
    assert check(case, schedule) == ()


def test_without_the_skill_the_role_does_it_and_the_lack_is_told():
    case = problem(task(1, 8, skill="welding"))
    proposal = decode(case, [task_id(1)])
    assert [missing.lack for missing in proposal.missing] == [Lack.SKILL]
    nobody = decode(replace(case, people=PEOPLE[2:]), [task_id(1)])
    assert [missing.lack for missing in nobody.missing] == [Lack.ROLE]
    assert nobody.schedule.placements[0].person is None


def test_a_circle_of_tasks_is_refused_by_name():
    case = problem(task(1, 8, Link(task_id(2))), task(2, 8, Link(task_id(1))))
    with pytest.raises(CyclicPlan) as refused:
        propose(case)
    assert set(refused.value.tasks) == {"T1", "T2"}


def test_a_lag_by_the_clock_ignores_nights_and_weekends():
    friday = axis_of(CALENDAR, datetime(2026, 11, 27, 1, tzinfo=UTC), days=20)
    drying = Link(task_id(1), elapsed=48 * 60)
    case = problem(task(1, 32), task(2, 4, drying), axis=friday)
    schedule = decode(case, list(case.tasks)).schedule
    assert schedule.by_task[task_id(2)].start == 32


def test_a_plan_longer_than_the_horizon_is_refused():
    with pytest.raises(BeyondHorizon):
        decode(problem(task(1, AXIS.size + 1)), [task_id(1)])
    assert axis_of(CALENDAR, NOW).size > AXIS_DAYS * 20


def test_two_orders_share_people_without_a_clash():
    other = tuple(replace(t, id=t.id._replace(order="SO-2")) for t in (task(1, 32), task(2, 32)))
    case = problem(task(1, 32), task(2, 32), people=(person("ann"),))
    both = replace(case, orders=(*case.orders, Order("SO-2", other, due=64, weight=5)))
    proposal = propose(both)
    assert check(both, proposal.schedule) == ()
    assert max(p.finish for p in proposal.schedule.placements if p.task.order == "SO-2") == 64


def test_the_earliest_finish_contains_the_buffer():
    case = problem(task(1, 80), people=(person("ann"),))
    assert earliest_finish(case) == 88


def _moved(schedule: Schedule, no: int, **changes: object) -> Schedule:
    placements = tuple(
        replace(p, **changes) if p.task == task_id(no) else p  # type: ignore[arg-type]
        for p in schedule.placements
    )
    return replace(schedule, placements=placements)


def test_the_checker_finds_what_is_planted():
    ann = person("ann", absences=((date(2026, 11, 26), date(2026, 11, 26)),), design=2)
    low = person("low", design=1)
    first, second = task(1, 8, skill="design"), task(2, 8, Link(task_id(1)))
    case = problem(replace(first, level=2), second, people=(ann, low))
    good = decode(case, list(case.tasks)).schedule
    assert check(case, good) == ()

    def faults(schedule: Schedule) -> set[Fault]:
        return {violation.fault for violation in check(case, schedule)}

    at_4 = {"start": 4, "finish": 12, "pieces": ((4, 12),), "person": "ann"}
    away = {"start": 64, "finish": 72, "pieces": ((64, 72),), "person": "ann"}
    torn = {"start": 8, "finish": 20, "pieces": ((8, 12), (16, 20)), "person": "ann"}
    assert faults(_moved(good, 2, **at_4)) == {Fault.LINK_BROKEN, Fault.OVERLAP}
    assert faults(_moved(good, 2, **away)) == {Fault.ABSENT}
    assert faults(_moved(good, 2, **torn)) == {Fault.PAUSED_AT_WORK}
    assert faults(_moved(good, 1, person="low")) == {Fault.UNSKILLED}
    assert faults(_moved(good, 1, person=None)) == {Fault.NO_PERSON}
    assert faults(_moved(good, 2, pieces=((8, 12),), finish=12)) == {Fault.WRONG_WORK}
    assert faults(_moved(good, 2, start=-8, finish=0, pieces=((-8, 0),))) >= {Fault.OUTSIDE_AXIS}
    assert faults(replace(good, placements=good.placements[:1])) == {Fault.NOT_PLACED}
    twice = replace(good, placements=(*good.placements, good.placements[1]))
    assert Fault.PLACED_TWICE in faults(twice)
    stranger = Placement(task_id(9), "ann", 40, 41, ((40, 41),))
    strange = replace(good, placements=(*good.placements, stranger))
    assert Fault.UNKNOWN_TASK in faults(strange)
