"""What several changes of one transaction say of the same thing is written once, before that transaction ends.

A change is told by what is changed, and what is written is read when it is written: what was told and taken back by a
savepoint is read as it stands, like everything else. Whoever searches within finds what was told until then.
"""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from django.db import transaction

# By whatever keeps them: the rows that are to be kept.
type Keeper = Callable[[Collection[int]], None]


class _Gathered(threading.local):
    """Of this thread, which has one transaction; None where nobody gathers."""

    rows: dict[Keeper, set[int]] | None = None


_gathered = _Gathered()


@contextmanager
def gathered() -> Iterator[None]:
    """One transaction, or a part of one. Within another of these it adds to that."""
    with transaction.atomic():
        if _gathered.rows is not None:
            yield
            return
        _gathered.rows = {}
        try:
            yield
            write()
        finally:
            _gathered.rows = None


def gathers(keeper: Keeper, rows: Collection[int]) -> bool:
    """Whether it is kept later, with what else is told until then."""
    if _gathered.rows is None:
        return False
    _gathered.rows.setdefault(keeper, set()).update(rows)
    return True


def write() -> None:
    """What was told until now. Before the end, where somebody looks for it, it is not forgotten by this: a savepoint
    may take back what is written here, and at the end what stands as it should is left alone."""
    for keeper, rows in list((_gathered.rows or {}).items()):
        keeper(list(rows))
