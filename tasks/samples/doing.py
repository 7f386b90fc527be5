"""How a sample order was worked on: released, reported on, corrected, checked."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from domain.names import OURSELVES, Channel, Event, Fact, GateKind, Party, Verdict
from domain.planning.problem import TaskId
from domain.worktime import add_workdays, add_worktime, local_date
from models.activity import Activity, Progress
from models.vote import Word
from tasks.samples.plot import Twist
from tasks.samples.scene import DIRECTOR, QUALITY, Scene
from tasks.samples.shop import Shop, Span, durations, laid_out, rows

FIX_HOURS = Decimal(4)
MOVED_SHARE = 0.6
"""Of the orders that were late, so many were told so with another date; the others were not."""
FINDINGS = (
    ("检验报告缺少签字", "The inspection report lacks a signature"),
    ("一处倒角漏加工", "One chamfer was forgotten"),
    ("装箱单与实物数量不符", "The packing list does not match what is packed"),
)


def done(scene: Scene, shop: Shop) -> None:
    """The work was released, reported and ended; trouble on the way has moved the date."""
    scene.until(min(begin for begin, _ in shop.planned.values()))
    took = durations(shop, scene.learnt, scene.luck)
    if scene.plot.twist is Twist.LATE:
        took = _delayed(shop, took)
    spans = laid_out(shop.tasks, shop.people, took, scene.calendar, scene.at)
    scene.activities, scene.baseline = rows(shop, spans, took)
    people = sorted({who for who in shop.people.values() if who})
    scene.works(Event.WORK_RELEASED, tasks=[e.label for e in scene.activities], people=people)
    gate = scene.asks(GateKind.WORK)
    if scene.plot.twist is Twist.LATE and scene.luck.random() < MOVED_SHARE:
        _promise_moved(scene, shop, spans)
    last = OURSELVES
    for row in sorted(scene.activities, key=lambda each: each.finished_at or scene.at):
        last = _reported(scene, row)
    scene.tale.answer(gate, Word(last, Verdict.APPROVE, Channel.MAIL), scene.at)


def _delayed(shop: Shop, took: Mapping[TaskId, int]) -> dict[TaskId, int]:
    """What others do took twice as long; where nobody else works, our first task did."""
    theirs = {task.id for task in shop.tasks if task.party is not Party.US}
    slow = theirs or {shop.tasks[0].id}
    return {task: minutes * 2 if task in slow else minutes for task, minutes in took.items()}


def _promise_moved(scene: Scene, shop: Shop, spans: Mapping[TaskId, Span]) -> None:
    """Once the delay was seen, the customer was given another date if the old one was lost."""
    order = scene.order
    finish = max(finish for _, finish in spans.values())
    fresh = add_workdays(scene.calendar, local_date(scene.calendar, finish), 2)
    if order.promised_on is None or fresh <= order.promised_on:
        return
    slow = next((t for t in shop.tasks if t.party is not Party.US), shop.tasks[0])
    scene.until(shop.planned[slow.id][1])
    cause = scene.says(f"{slow.name_zh}延误", f"{slow.name_en} was late")
    facts = {"before": str(order.promised_on), "after": str(fresh), "cause": cause}
    scene.tale.note(Fact.PROMISE_MOVED, scene.at, order.owner, Channel.PORTAL, facts)
    order.promised_on = fresh


def _reported(scene: Scene, row: Activity) -> str:
    """Whoever did the task has said that it is done; who comes back."""
    by = row.person or scene.order.owner
    at = scene.until(row.finished_at or scene.at)
    facts = {"task": row.label, "percent": 100, "remaining_hours": "0", "blocked": "", "note": ""}
    scene.tale.note(Fact.PROGRESS_REPORTED, at, by, Channel.MAIL, facts)
    scene.tale.rows.append(
        Progress(
            number=row.number,
            at=at,
            by=by,
            channel=Channel.MAIL,
            percent=100,
            remaining_hours=Decimal(0),
        )
    )
    return by


def fixed(scene: Scene, text: tuple[str, str], origin: str, asked_at: datetime) -> Activity:
    """What was found was put right, as a task of the next round."""
    number = 1 + max(each.number for each in scene.activities)
    starts = asked_at
    row = Activity(
        number=number,
        wbs=f"R{scene.order.round}.1",
        key="rework",
        name_zh=f"整改:{text[0]}",
        name_en=f"Correct: {text[1]}",
        round=scene.order.round,
        state="done",
        person=_busiest(scene),
        work_hours=FIX_HOURS,
        starts_at=starts,
        finishes_at=add_worktime(scene.calendar, starts, int(FIX_HOURS * 60)),
        percent=100,
        remaining_hours=Decimal(0),
        spent_hours=Decimal(scene.luck.randrange(2, 7)),
        origin=f"{origin}: {text[0]}",
    )
    scene.activities.append(row)
    scene.works(Event.WORK_RELEASED, tasks=[row.label], people=[row.person])
    gate = scene.asks(GateKind.WORK)
    row.started_at = scene.later(0.2, 4)
    row.finished_at = add_worktime(scene.calendar, scene.at, int(row.spent_hours * 60))
    by = _reported(scene, row)
    scene.tale.answer(gate, Word(by, Verdict.APPROVE, Channel.MAIL), scene.at)
    return row


def _busiest(scene: Scene) -> str:
    hours: dict[str, Decimal] = {}
    for each in scene.activities:
        if each.person and not each.checkpoint:
            hours[each.person] = hours.get(each.person, Decimal(0)) + each.work_hours
    return max(hours, key=lambda who: (hours[who], who), default=scene.order.owner)


def checked(scene: Scene) -> None:
    """Somebody who did not do the work has found it fit for delivery, after a correction or not."""
    if scene.plot.twist is Twist.FINDING:
        found = scene.luck.choice(FINDINGS)
        _reviewed(scene, Verdict.REJECT, scene.says(*found))
        fixed(scene, found, "finding", scene.at)
    _reviewed(scene, Verdict.APPROVE)


def _reviewed(scene: Scene, verdict: Verdict, comment: str = "") -> None:
    involved = sorted({e.person for e in scene.activities if e.person and not e.checkpoint})
    scene.works(Event.REVIEW_PREPARED, open=[])
    gate = scene.asks(GateKind.COMPLETION, involved=involved)
    scene.ours(gate, DIRECTOR if QUALITY in involved else QUALITY, verdict, comment)
