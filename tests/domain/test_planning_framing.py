"""Plans meet the world: rows in, rows out, remarks for approvers, planning again while running."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.names import OrderType, Party, Role
from domain.planning.blueprint import LinkKind
from domain.planning.blueprints import blueprint_of
from domain.planning.breakdown import breakdown
from domain.planning.check import Fault, check
from domain.planning.findings import findings
from domain.planning.framing import Commitment, Wanted, finish_days, framed, planned
from domain.planning.load import cost
from domain.planning.problem import Link
from domain.planning.progress import Actual, earned, forecast_finish, rest_of
from domain.planning.propose import propose
from tests.domain.planning_factories import (
    AXIS,
    CALENDAR,
    LINES,
    NOW,
    PEOPLE,
    order_problem,
    problem,
    task,
    task_id,
)


def test_what_is_planned_for_one_order_is_in_the_way_of_the_next():
    tasks = breakdown("SO-1", LINES, blueprint_of(OrderType.AFTER_SALES))
    first = framed(Wanted("SO-1", tasks, NOW, date(2026, 12, 4)), PEOPLE, CALENDAR)
    rows = planned(first, propose(first))
    taken = [
        Commitment("SO-1", row.task.id.no, row.person, row.start, row.finish)
        for row in rows
        if row.person
    ]
    again = breakdown("SO-2", LINES, blueprint_of(OrderType.AFTER_SALES))
    second = framed(Wanted("SO-2", again, NOW), PEOPLE, CALENDAR, committed=taken)
    proposal = propose(second)
    assert check(second, proposal.schedule) == ()
    assert finish_days(second, proposal)[0] >= finish_days(first, propose(first))[0]
    assert len(second.committed) == len(taken)


def test_work_that_is_over_is_in_nobodys_way():
    old = Commitment("SO-9", "T1", "lan", datetime(2026, 11, 2, tzinfo=UTC), NOW)
    assert framed(Wanted("SO-1", (), NOW), PEOPLE, CALENDAR, committed=[old]).committed == ()


def test_a_row_of_the_plan_has_its_instants_and_who_asks_the_supplier():
    case = order_problem()
    rows = {row.task.key: row for row in planned(case, propose(case))}
    assert rows["material"].person is None
    assert rows["material"].follower == "bao"
    assert rows["preparation"].start == NOW
    assert rows["packing"].finish == max(row.finish for row in rows.values())
    assert rows["preparation"].task.role is Role.ENGINEER


def test_the_due_day_counts_whole():
    case = framed(Wanted("SO-1", (task(1, 64),), NOW, date(2026, 11, 25)), PEOPLE, CALENDAR)
    assert propose(case).objective.late == 0


def test_an_approver_reads_what_stops_the_plan_first():
    case = order_problem()
    late = replace(case, orders=(replace(case.orders[0], due=100),))
    proposal = propose(late)
    money = cost(proposal.schedule, {"lan": Decimal(100)})
    found = findings(late, proposal, cost=money, budget=Decimal(10), unmapped=("R3",))
    assert [finding.stops for finding in found] == sorted(
        (finding.stops for finding in found), reverse=True
    )
    codes = {finding.code for finding in found}
    assert codes == {"after_promise", "over_budget", "no_rate", "unmapped"}


def test_a_plan_that_fits_has_no_remarks():
    case = order_problem(OrderType.AFTER_SALES)
    assert findings(case, propose(case)) == ()


def test_a_lack_of_people_is_a_remark():
    case = replace(order_problem(), people=PEOPLE[1:3])
    codes = {finding.code for finding in findings(case, propose(case))}
    assert codes == {"no_skill", "no_person"}


def test_planning_again_keeps_what_is_done_and_who_does_it():
    case = problem(task(1, 32), task(2, 32, Link(task_id(1))), task(3, 32, Link(task_id(2))))
    wednesday, thursday = AXIS.at(32), AXIS.at(64)
    reported = {
        task_id(1): Actual(NOW, wednesday, person="lan"),
        task_id(2): Actual(wednesday, remaining=12.0, person="kai"),
    }
    rest = rest_of(case, reported, at=thursday)
    proposal = propose(rest)
    assert check(rest, proposal.schedule) == ()
    assert task_id(1) not in proposal.schedule.by_task
    started = proposal.schedule.by_task[task_id(2)]
    assert (started.person, started.start, started.finish) == ("kai", 64, 64 + 48)
    assert forecast_finish(case, reported, at=thursday) == AXIS.end_day(64 + 48 + 32)


def test_a_lag_after_finished_work_is_still_waited_for():
    case = problem(task(1, 32), task(2, 8, Link(task_id(1), LinkKind.FS, lag=64)))
    rest = rest_of(case, {task_id(1): Actual(NOW, AXIS.at(40))}, at=AXIS.at(48))
    assert propose(rest).schedule.start == 40 + 64


def test_when_nothing_is_left_there_is_no_forecast():
    case = problem(task(1, 8))
    assert forecast_finish(case, {task_id(1): Actual(NOW, AXIS.at(8))}, at=AXIS.at(9)) is None


def test_only_the_assigned_person_does_an_assigned_task():
    case = problem(replace(task(1, 8, skill="design"), person="kai"))
    schedule = propose(case).schedule
    assert schedule.placements[0].person == "kai"
    other = replace(schedule, placements=(replace(schedule.placements[0], person="lan"),))
    assert [violation.fault for violation in check(case, other)] == [Fault.OTHER_PERSON]


def test_work_is_earned_by_its_weight_and_never_wholly_before_it_is_done():
    tasks = {t.id: replace(t, weight=w) for t, w in ((task(1, 8), 3), (task(2, 8), 1))}
    assert earned(tasks, {}) == 0
    half = {task_id(1): Actual(NOW, remaining=1.0)}
    assert earned(tasks, half) == pytest.approx(3 * 0.5 / 4)
    almost = {task_id(1): Actual(NOW, remaining=0.0)}
    assert earned(tasks, almost) == pytest.approx(3 * 0.9 / 4)
    assert earned(tasks, {t: Actual(NOW, NOW) for t in tasks}) == 1
    theirs = {task_id(1): replace(task(1), party=Party.CUSTOMER)}
    assert earned(theirs, half) == 0
