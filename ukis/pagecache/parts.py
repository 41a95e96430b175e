"""What is the same on many pages, asked for once until it changes: the Society, the foot of every page."""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ukis.pagecache.entries import Made
from ukis.pagecache.generation import Stand
from ukis.pagecache.trails import current, reading

MOST = 200


@dataclass(eq=False, kw_only=True)
class Value(Made):
    value: Any


@dataclass(frozen=True)
class Time:
    """As of when a page is being made."""

    state: Stand
    until: float
    changed: Mapping[str, int]
    values: dict[Hashable, Value]


class _Making(threading.local):
    time: Time | None = None


_making = _Making()


@contextmanager
def as_of(time: Time) -> Iterator[None]:
    _making.time = time
    try:
        yield
    finally:
        _making.time = None


def kept[T](key: Hashable, make: Callable[[], T]) -> T:
    """What `make()` gives; while a public page is made for a visitor, what it gave before if nothing that it read has
    changed since. It is shown and never changed, for others hold the same."""
    time, page = _making.time, current()
    if time is None or page is None:
        return make()
    found = time.values.get(key)
    if found is None or not found.is_right(time.state, time.changed):
        with reading() as read:
            value = make()
        rows, shared = frozenset(read.rows), frozenset(read.shared)
        found = Value(value=value, rows=rows, shared=shared, state=time.state, until=time.until)
        page.keepable = page.keepable and read.keepable
        if read.keepable:
            if len(time.values) >= MOST:
                time.values.clear()
            time.values[key] = found
    page.also(found.rows, found.shared)
    return found.value
