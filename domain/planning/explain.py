"""Why is this date so? The chain of causes, and a sentence for each."""

from datetime import date

from domain.names import Language
from domain.planning.axis import Axis
from domain.planning.problem import (
    Kind,
    Problem,
    Proposal,
    Reason,
    TaskId,
)
from domain.worktime import is_provisional

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def why(proposal: Proposal, task: TaskId | None = None) -> tuple[Reason, ...]:
    """The chain of reasons from this task (else the last one to end) back to the start."""
    if task is None:
        task = max(proposal.schedule.placements, key=lambda p: (p.finish, p.start)).task
    chain: list[Reason] = []
    while task in proposal.reasons and all(reason.task != task for reason in chain):
        reason = proposal.reasons[task]
        chain.append(reason)
        if isinstance(reason.blocker, TaskId):
            task = reason.blocker
        elif reason.link is not None:  # an absence on top of a link: go on behind the link
            task = reason.link.pred
        else:
            break
    return tuple(chain)


def day_words(axis: Axis, on: date, language: Language) -> str:
    """A date with its weekday, marked when its year is not announced yet."""
    unsure = is_provisional(axis.calendar, on)
    if language is Language.ZH:
        mark = ",暂定" if unsure else ""
        return f"{on.month}月{on.day}日(周{WEEKDAYS_ZH[on.weekday()]}{mark})"
    mark = " (provisional)" if unsure else ""
    return f"{WEEKDAYS_EN[on.weekday()]} {on.day} {MONTHS_EN[on.month - 1]}{mark}"


def sentence(problem: Problem, proposal: Proposal, reason: Reason, language: Language) -> str:
    """One sentence: when the task starts and what keeps it from starting earlier."""
    axis = problem.axis
    start = day_words(axis, axis.day_of(proposal.schedule.by_task[reason.task].start), language)
    cause = _cause(problem, proposal, reason, language)
    if language is Language.ZH:
        return f"{reason.task} 于{start}开始:{cause}"
    return f"{reason.task} starts {start}: {cause}"


def _cause(problem: Problem, proposal: Proposal, reason: Reason, language: Language) -> str:
    zh = language is Language.ZH
    who = next((p.name for p in problem.people if p.id == reason.person), "")
    if reason.kind is Kind.RELEASE:
        return "这是最早的开始日期" if zh else "it is the first day possible"
    if reason.kind is Kind.PIN:
        return "日期已固定" if zh else "the date is fixed"
    if isinstance(reason.blocker, date):
        away = day_words(problem.axis, reason.blocker, language)
        who = who or ("对方" if zh else "the other party")
        return f"{who}在{away}不上班" if zh else f"{who} is away on {away}"
    if reason.blocker is None:
        return ""
    if reason.kind is Kind.PERSON:
        return _occupied(problem, proposal, reason, who, language)
    words = _WAITS[reason.kind][0 if zh else 1]
    at_start = reason.link is not None and reason.link.kind.startswith("S")
    event = ("开始" if at_start else "完成") if zh else ("start" if at_start else "end")
    return words.format(task=reason.blocker, event=event)


_WAITS = {
    Kind.PREDECESSOR: ("等待 {task} {event}", "it waits for the {event} of {task}"),
    Kind.CUSTOMER: ("等待客户的 {task} {event}", "it waits for the customer ({event} of {task})"),
    Kind.SUPPLIER: ("等待供应商的 {task} {event}", "it waits for the supplier ({event} of {task})"),
    Kind.LAG: ("{task} {event}后需要间隔时间", "time must pass after the {event} of {task}"),
}


def _occupied(
    problem: Problem, proposal: Proposal, reason: Reason, who: str, language: Language
) -> str:
    """Who is on which other work until when."""
    blocker = reason.blocker
    placed = proposal.schedule.by_task.get(blocker) if isinstance(blocker, TaskId) else None
    if placed is None:
        placed = next(p for p in problem.committed if p.task == blocker)
    until = day_words(problem.axis, problem.axis.end_day(placed.finish), language)
    same = placed.task.order == reason.task.order
    work = str(placed.task) if same else f"{placed.task.order} {placed.task.no}"
    if language is Language.ZH:
        return f"{who}在做 {work},到{until}为止"
    return f"{who} is on {work} until {until}"
