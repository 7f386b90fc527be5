"""Whose turn it is where some have waited long and others have just come."""

from collections.abc import Collection, Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Turns(Generic[T]):
    """What waits; the next one is alternately the newest and the oldest.

    So nothing new waits behind what has piled up, and what has piled up is not forgotten.
    """

    def __init__(self) -> None:
        """Nobody waits."""
        self._waiting: dict[T, None] = {}
        self._newest = False

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, come: Iterable[T]) -> None:
        """These wait too; who waits already keeps the place."""
        self._waiting.update(dict.fromkeys(come))

    def keep(self, there: Collection[T]) -> None:
        """These wait and no others."""
        left = self._waiting.keys() - set(there)
        for each in left:
            del self._waiting[each]
        self.add(there)

    def next(self) -> T:
        """Who is served now, and waits no more; KeyError if nobody waits."""
        if not self._waiting:
            raise KeyError("nobody waits")
        self._newest = not self._newest
        found = next(reversed(self._waiting) if self._newest else iter(self._waiting))
        del self._waiting[found]
        return found

    def drop(self, gone: Collection[T]) -> list[T]:
        """Those of these who waited; they wait no more."""
        found = [each for each in self._waiting if each in gone]
        for each in found:
            del self._waiting[each]
        return found
