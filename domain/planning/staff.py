"""Roles to people: who may do a task, and whom it lacks."""

from collections.abc import Sequence

from domain.names import Party
from domain.planning.problem import Lack, Missing, Person, Task


def candidates(task: Task, people: Sequence[Person]) -> tuple[list[Person], Missing | None]:
    """Who may do it: the assigned one, else skill and role, else skill, else role; what lacks."""
    if task.party is not Party.US or task.work == 0:
        return [], None
    chosen = [person for person in people if person.id == task.person]
    if chosen:
        return chosen, None
    of_role = [person for person in people if task.role in person.roles]
    if task.skill is None:
        return of_role, None if of_role else _missing(task, Lack.ROLE)
    able = [person for person in people if person.skills.get(task.skill, 0) >= task.level]
    if able:
        return [person for person in able if task.role in person.roles] or able, None
    return of_role, _missing(task, Lack.SKILL if of_role else Lack.ROLE)


def surplus(task: Task, person: Person | None) -> int:
    """Levels of skill that the person has beyond what the task needs."""
    if person is None or task.skill is None:
        return 0
    return max(person.skills.get(task.skill, 0) - task.level, 0)


def follower(task: Task, people: Sequence[Person]) -> str | None:
    """Who of ours follows up what a customer or supplier does: the first person of the role."""
    return next((person.id for person in people if task.role in person.roles), None)


def _missing(task: Task, lack: Lack) -> Missing:
    return Missing(task.id, lack, task.role, task.skill, task.level)
