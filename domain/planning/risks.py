"""First risks of a plan: a checklist by kind of order, and what the plan itself gives away."""

from collections.abc import Iterator, Sequence

from domain.names import OrderType, Party
from domain.planning.axis import SLOTS_PER_DAY
from domain.planning.problem import Lack, Problem, Proposal, TaskId
from domain.planning.risk_checklists import CHECKLISTS, RiskDraft


def first_risks(
    order_type: OrderType,
    problem: Problem,
    proposal: Proposal,
    *,
    without_criterion: Sequence[str] = (),
    limit: int = 8,
) -> tuple[RiskDraft, ...]:
    """The plan's own candidates and the checklist of this kind of order, highest score first.

    `without_criterion` names the requirements that nobody can accept yet; due dates come from
    the problem's orders.
    """
    drafts = [*_of_plan(problem, proposal), *_of_requirements(without_criterion)]
    drafts += CHECKLISTS[order_type]
    return tuple(sorted(drafts, key=lambda risk: -risk.score)[:limit])


def _of_plan(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    yield from _single_person(problem, proposal)
    yield from _provisional(problem, proposal)
    yield from _tight(problem, proposal)
    yield from _lacks(problem, proposal)
    yield from _others(problem, proposal)


def _single_person(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    """Critical work of half a day or more that only one person can do: the longest of theirs."""
    tasks = problem.tasks
    alone: dict[str, TaskId] = {}
    for placed in proposal.schedule.placements:
        task = tasks[placed.task]
        if placed.person is None or task.id not in proposal.critical or task.skill is None:
            continue
        if task.work < SLOTS_PER_DAY // 2:
            continue
        if sum(p.skills.get(task.skill, 0) >= task.level for p in problem.people) > 1:
            continue
        longest = alone.get(placed.person)
        if longest is None or tasks[longest].work < task.work:
            alone[placed.person] = task.id
    names = {person.id: person.name for person in problem.people}
    for person, task_id in alone.items():
        yield RiskDraft(
            "single_person",
            f"关键任务 {task_id} 只有{names[person]}能做;若其缺勤,完工日期随之推迟",
            f"Only {names[person]} can do the critical task {task_id}; an absence moves the finish",
            2,
            4,
            "指定并培训一名替补人员",
            "Name and train a substitute",
            task_id,
        )


def _provisional(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    schedule = proposal.schedule
    if schedule.placements and problem.axis.provisional(schedule.start, proposal.buffered_finish):
        yield RiskDraft(
            "provisional_holiday",
            "计划跨越放假安排尚未公布的日期;公布后日期可能变动",
            "The plan touches dates whose holidays are not announced; they may move the finish",
            3,
            2,
            "放假通知公布后重新排程,并提前告知客户",
            "Plan again when the notice is out, and tell the customer early",
        )


def _tight(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    """The finish keeps the promised date, but not with the whole buffer; or it does not keep it."""
    by_task = proposal.schedule.by_task
    for order in problem.orders:
        finish = max((by_task[task.id].finish for task in order.tasks), default=0)
        if order.due is None or finish + proposal.buffer <= order.due:
            continue
        late = finish > order.due
        yield RiskDraft(
            "finish_after_promise" if late else "finish_inside_buffer",
            "计划完工晚于承诺交期" if late else "计划完工在缓冲期内,任何延误都会影响承诺交期",
            "The plan ends after the promised date"
            if late
            else "The plan ends inside its buffer; any delay breaks the promised date",
            5 if late else 3,
            4,
            "加班、分包或与客户商定新日期" if late else "每日跟踪关键路径,预备加班",
            "Overtime, subcontract, or a new date agreed with the customer"
            if late
            else "Watch the critical path daily, keep overtime ready",
        )


def _lacks(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    for missing in proposal.missing:
        nobody = missing.lack is Lack.ROLE
        yield RiskDraft(
            "nobody_for_task" if nobody else "skill_missing",
            f"任务 {missing.task} 没有可安排的人员"
            if nobody
            else f"任务 {missing.task} 需要“{missing.skill}”技能,目前无人达到要求",
            f"Nobody can be put on task {missing.task}"
            if nobody
            else f"Task {missing.task} needs the skill {missing.skill!r} that nobody has",
            4,
            4 if nobody else 3,
            "分包、借调或培训",
            "Subcontract, borrow somebody, or train",
            missing.task,
        )


def _others(problem: Problem, proposal: Proposal) -> Iterator[RiskDraft]:
    """Critical work that is not in our hands: the longest task of each other party."""
    for party in (Party.CUSTOMER, Party.SUPPLIER):
        theirs = [
            task
            for task in problem.tasks.values()
            if task.party is party and task.id in proposal.critical
        ]
        if not theirs:
            continue
        task = max(theirs, key=lambda each: each.work)
        customer = party is Party.CUSTOMER
        yield RiskDraft(
            f"{party}_on_critical_path",
            f"关键路径上的 {task.id} 由{'客户' if customer else '供应商'}完成;其延误直接推迟完工",
            f"{task.id} on the critical path is the {party}'s; their delay is ours",
            3,
            4,
            "提前书面约定日期并提醒" if customer else "下单时约定交期,每周确认进度",
            "Agree the date in writing and remind early"
            if customer
            else "Agree the date with the order and ask for progress every week",
            task.id,
        )


def _of_requirements(without_criterion: Sequence[str]) -> Iterator[RiskDraft]:
    if without_criterion:
        names_zh, names_en = "、".join(without_criterion[:5]), ", ".join(without_criterion[:5])
        yield RiskDraft(
            "no_criterion",
            f"需求 {names_zh} 没有验收标准;验收时可能产生分歧",
            f"Requirements without an acceptance criterion ({names_en}) may be disputed",
            3,
            3,
            "开工前与客户书面确认验收标准",
            "Agree the criteria in writing before work starts",
        )
