"""Work breakdown: the tasks of an order from the blueprint of its kind and its lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from domain.names import Party
from domain.planning.axis import SLOTS_PER_HOUR
from domain.planning.blueprint import After, Blueprint, Step
from domain.planning.problem import Link, Task, TaskId

MOST_PARTS = 6
"""An order with more lines gets tasks for groups of them, so that a plan stays readable."""


@dataclass(frozen=True)
class PlanLine:
    """An order line as planning sees it."""

    no: int
    name: str
    quantity: float = 1.0


@dataclass(frozen=True)
class _Part:
    """The lines that share one task: their first number, a label in both languages, quantities."""

    line: int | None
    label_zh: str
    label_en: str
    quantities: tuple[float, ...]


def breakdown(
    order_no: str, lines: Sequence[PlanLine], blueprint: Blueprint, *, first: int = 1
) -> tuple[Task, ...]:
    """The order's tasks, numbered from T`first`, with WBS codes, hours, roles and links."""
    parts = _parts(lines)
    whole = _Part(None, "", "", tuple(line.quantity for line in lines) or (1.0,))
    cells = [
        (step, part, f"{n}.{m}" if step.per_line and len(parts) > 1 else str(n))
        for n, step in enumerate(blueprint.steps, 1)
        for m, part in enumerate(parts if step.per_line else [whole], 1)
    ]
    ids = {
        (step.key, part.line): TaskId(order_no, f"T{number}")
        for number, (step, part, _) in enumerate(cells, first)
    }
    return tuple(_task(step, part, wbs, ids) for step, part, wbs in cells)


def _parts(lines: Sequence[PlanLine]) -> list[_Part]:
    """One part a line, or groups of neighbouring lines when there are many."""
    if not lines:
        return [_Part(1, "", "", (1.0,))]
    size = math.ceil(len(lines) / MOST_PARTS)
    groups = [lines[n : n + size] for n in range(0, len(lines), size)]
    return [_part(group) for group in groups]


def _part(group: Sequence[PlanLine]) -> _Part:
    quantities = tuple(line.quantity for line in group)
    if len(group) == 1:
        name = group[0].name.strip()[:40]
        return _Part(group[0].no, name, name, quantities)
    first, last = group[0].no, group[-1].no
    return _Part(first, f"第{first}–{last}行", f"lines {first}–{last}", quantities)


def _task(step: Step, part: _Part, wbs: str, ids: dict[tuple[str, int | None], TaskId]) -> Task:
    factor = sum(max(q, 1.0) ** step.growth for q in part.quantities) if step.per_line else 1.0
    estimate = step.hours.scaled(factor)
    return Task(
        id=ids[step.key, part.line],
        wbs=wbs,
        key=step.key,
        name_zh=f"{step.name_zh}:{part.label_zh}" if part.label_zh else step.name_zh,
        name_en=f"{step.name_en}: {part.label_en}" if part.label_en else step.name_en,
        work=math.ceil(estimate.mean * SLOTS_PER_HOUR),
        estimate=estimate,
        role=step.role,
        skill=str(step.skill) if step.skill else None,
        level=step.level,
        party=step.party,
        links=tuple(link for after in step.after for link in _links(after, part, ids)),
        line=part.line,
        deliverable_zh=step.deliverable_zh,
        deliverable_en=step.deliverable_en,
        checkpoint=step.checkpoint,
        weight=step.weight or _weight(estimate.mean, step.party),
        customer_visible=step.customer_visible,
    )


def _weight(hours: float, party: Party) -> int:
    """A task counts for its hours; waiting for somebody else counts for one."""
    return max(1, round(hours)) if party is Party.US else 1


def _links(after: After, part: _Part, ids: dict[tuple[str, int | None], TaskId]) -> list[Link]:
    """Ties to the same line's task if that step has one for it, else to all tasks of the step."""
    same = ids.get((after.key, part.line))
    preds = [same] if same else [task for (key, _), task in ids.items() if key == after.key]
    lag, elapsed = round(after.lag_hours * SLOTS_PER_HOUR), round(after.elapsed_hours * 60)
    return [Link(pred, after.kind, lag, elapsed) for pred in preds]
