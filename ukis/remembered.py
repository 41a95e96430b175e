"""Parts of pages that are drawn once for what they show.

The key of a part is all that it is given: of a row every column that was read, and of the rows that hang on it.
Nothing need be emptied when something changes, for what changed is another key; so it cannot be stale, whoever
wrote and in whatever process. `{% remember %}` (`ukis/templatetags/remembering.py`) holds a part to what it names.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from sys import getsizeof
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import LazyObject

from ukis.fetched import Later, Rows

PLAIN = (str, int, float, bytes, date, time, timedelta, Decimal, UUID, type(None))
# Of these there are equal ones that look otherwise: 1.0 and 1.00, and half past one before and after a clock change.
TOLD_APART = (float, Decimal, datetime, time)
MOST = 8_000_000  # bytes of keys and parts together, in each process; an item of a list takes some 6,000
LARGEST = 8  # what takes more than this part of the room is drawn each time


def values_of(thing: Any) -> Hashable:
    """All that can be read of it without another question. TypeError for what cannot be told so."""
    return _values(thing, {})


def _values(thing: Any, seen: dict[int, int]) -> Hashable:
    kind = type(thing)
    if kind is str or kind is int or thing is None:
        return thing
    if kind is Rows or isinstance(thing, LazyObject):
        return _not_made(thing, seen)
    if isinstance(thing, Model):
        return _of_row(thing, seen)
    if isinstance(thing, FieldFile):
        return (FieldFile, thing.name)
    if isinstance(thing, QuerySet):
        if thing._result_cache is None:  # type: ignore[attr-defined]
            raise TypeError('A part that is remembered is given rows, not a question.')
        return _values(thing._result_cache, seen)  # type: ignore[attr-defined]
    if isinstance(thing, (list, tuple)):
        return (kind, tuple([_values(one, seen) for one in thing]))
    if isinstance(thing, dict):
        return (kind, tuple([(name, _values(one, seen)) for name, one in thing.items()]))
    if is_dataclass(thing):
        return (kind, tuple([_values(getattr(thing, one.name), seen) for one in fields(thing)]))
    if isinstance(thing, (set, frozenset)):
        return (kind, frozenset(_values(one, seen) for one in thing))
    if isinstance(thing, PLAIN):
        # 1 and True are equal, and look otherwise; so do a word and one that is HTML.
        return (kind, repr(thing) if isinstance(thing, TOLD_APART) else thing)
    raise TypeError(f'A part of a page cannot be remembered by a {kind.__name__}.')


def _not_made(thing: Any, seen: dict[int, int]) -> Hashable:
    """Of what is made only where somebody looks at it, what it would be made of."""
    if type(thing) is Rows:
        return thing.told
    if type(thing) is Later:
        known = object.__getattribute__(thing, '__dict__')
        if type(known['told']) is list:
            known['told'] = tuple([values_of(one) for one in known['told']])
        return known['told']
    thing.__class__  # noqa: B018 - asks what it stands for
    return _values(thing._wrapped, seen)


def _of_row(row: Model, seen: dict[int, int]) -> Hashable:
    """Of a row that stands in it twice, or points back to where we came from, the place in which it came first."""
    if id(row) in seen:
        return (Model, seen[id(row)])
    seen[id(row)] = len(seen)
    columns = row.__dict__
    values: list[Hashable] = [type(row), len(columns)]
    for name, value in columns.items():
        kind = type(value)
        if name == '_state':
            hanging: dict[str, Any] = value.fields_cache
        elif name == '_prefetched_objects_cache':
            hanging = value
        else:
            values.append(name)
            values.append(value if kind is str or kind is int or value is None else _values(value, seen))
            continue
        for of, one in hanging.items():
            values.append(of)
            values.append(_values(one, seen))
    return tuple(values)


def weight_of(key: Hashable) -> int:
    """Bytes that it takes, or somewhat more: what several keys share is counted in each."""
    weight, counted, waiting = 0, set(), [key]
    while waiting:
        one = waiting.pop()
        if id(one) not in counted and not isinstance(one, type):
            counted.add(id(one))
            weight += getsizeof(one)
            if isinstance(one, (tuple, frozenset)):
                waiting.extend(one)
    return weight


class _Key:
    """Long: Python would go through it anew each time it looks."""

    __slots__ = ('given', 'hash')

    def __init__(self, given: Hashable) -> None:
        self.given, self.hash = given, hash(given)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.hash == other.hash and self.given == other.given


class Remembered:
    """What was drawn, by its key; what was not asked for longest goes first. Never more than `most` bytes: words that
    somebody looks at on their way to print are long, and each time other ones."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.weight = most, 0
        self._drawn: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def drawn[Part: Hashable](self, given: Hashable, draw: Callable[[], Part]) -> Part:
        key = _Key(given)
        with self._lock:
            found = self._drawn.get(key)
            if found is not None:
                self._drawn.move_to_end(key)
                return found[0]
        with no_more_questions():
            part = draw()
        weight = weight_of(given) + weight_of(part)
        if weight <= self.most // LARGEST:
            self._keep(key, part, weight)
        return part

    def _keep(self, key: Hashable, part: Hashable, weight: int) -> None:
        with self._lock:
            self.weight += weight - self._drawn.pop(key, ('', 0))[1]
            self._drawn[key] = part, weight
            while self.weight > self.most:
                self.weight -= self._drawn.popitem(last=False)[1][1]

    def forget(self) -> None:
        with self._lock:
            self._drawn.clear()
            self.weight = 0


PARTS = Remembered()


@contextmanager
def no_more_questions() -> Iterator[None]:
    """What the database is asked for while a part is drawn would be no part of its key."""
    with connection.execute_wrapper(_refuse):
        yield


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise RuntimeError(f'A part of a page that is remembered asks for what it was not given: {sql[:200]}')
