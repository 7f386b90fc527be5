"""What an approver must know about a plan: what stops it, and what only deserves a look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.planning.check import check
from domain.planning.load import Cost, load_per_person
from domain.planning.problem import Lack, Problem, Proposal


@dataclass(frozen=True)
class Finding:
    """One remark; `stops`: the plan needs a decision of its own before it may be approved."""

    code: str
    stops: bool
    text_zh: str
    text_en: str


def findings(
    problem: Problem,
    proposal: Proposal,
    *,
    cost: Cost | None = None,
    budget: Decimal | None = None,
    unmapped: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Remarks on this plan, those that stop it first; `unmapped`: requirements without a task."""
    found = [
        *_faults(problem, proposal),
        *_dates(problem, proposal),
        *_money(cost, budget),
        *_people(problem, proposal),
        *_content(problem, unmapped),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def _faults(problem: Problem, proposal: Proposal) -> Iterator[Finding]:
    for violation in check(problem, proposal.schedule):
        if violation.fault == "no_person":
            continue  # told with the person that is missing
        task = violation.task
        yield Finding(
            violation.fault,
            True,
            f"排程有误:{task}({violation.fault})",
            f"The schedule is wrong at {task}: {violation.fault}",
        )


def _dates(problem: Problem, proposal: Proposal) -> Iterator[Finding]:
    axis, by_task = problem.axis, proposal.schedule.by_task
    for order in problem.orders:
        finish = max((by_task[task.id].finish for task in order.tasks), default=0)
        if order.due is not None and finish > order.due:
            promised = axis.day_index(order.due - 1) if order.due else -1
            days = axis.day_index(finish - 1) - promised
            yield Finding(
                "after_promise",
                True,
                f"计划完工 {axis.end_day(finish)},比承诺交期晚 {days} 个工作日,需由总监批准",
                f"The plan ends {axis.end_day(finish)}, {days} working days after the promised "
                "date; a director decides",
            )
    start, finish = proposal.schedule.start, proposal.buffered_finish
    if proposal.schedule.placements and axis.provisional(start, min(finish, axis.size)):
        yield Finding(
            "provisional",
            False,
            "计划涉及放假安排尚未公布的日期(暂定)",
            "The plan touches dates whose holidays are not announced (provisional)",
        )


def _money(cost: Cost | None, budget: Decimal | None) -> Iterator[Finding]:
    if cost is None:
        return
    over = cost.over(budget)
    if over:
        yield Finding(
            "over_budget",
            True,
            f"计划成本 {cost.total} 超出预算 {over}",
            f"The plan costs {cost.total}, {over} over budget",
        )
    if cost.without_rate:
        names = ", ".join(cost.without_rate)
        yield Finding(
            "no_rate",
            False,
            f"以下人员没有费率,未计入成本:{names}",
            f"Not in the cost, for want of a rate: {names}",
        )


def _people(problem: Problem, proposal: Proposal) -> Iterator[Finding]:
    for missing in proposal.missing:
        nobody = missing.lack is Lack.ROLE
        what = missing.role if nobody else missing.skill
        yield Finding(
            "no_person" if nobody else "no_skill",
            nobody,
            f"{missing.task} 缺少人员({what})"
            if nobody
            else f"{missing.task} 无人具备技能“{what}”",
            f"{missing.task} has nobody ({what})"
            if nobody
            else f"Nobody has the skill {what!r} for {missing.task}",
        )
    names = {person.id: person.name for person in problem.people}
    for load in load_per_person(problem, proposal.schedule):
        if load.share > 1:
            yield Finding(
                "overload",
                True,
                f"{names[load.person]} 在 {load.week} 当周负荷 {load.share:.0%}",
                f"{names[load.person]} is loaded {load.share:.0%} in the week of {load.week}",
            )


def _content(problem: Problem, unmapped: Sequence[str]) -> Iterator[Finding]:
    for order in problem.orders:
        if any(t.deliverable_zh for t in order.tasks) and not any(
            t.checkpoint for t in order.tasks
        ):
            yield Finding("no_checkpoint", True, "交付物没有检查点", "No deliverable is checked")
    if unmapped:
        names = ", ".join(unmapped)
        yield Finding(
            "unmapped",
            True,
            f"没有任务对应的需求:{names}",
            f"Requirements without a task: {names}",
        )
