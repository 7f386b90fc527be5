"""Names of modules that stand for something else for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def replaced(module: ModuleType | type, **others: object) -> Iterator[None]:
    """Within, these names of the module (or class) mean the others."""
    kept = {name: module.__dict__[name] for name in others}
    for name, other in others.items():
        setattr(module, name, other)
    try:
        yield
    finally:
        for name, own in kept.items():
            setattr(module, name, own)
