"""Questions that are asked on every page: Django puts them into SQL once, after that only values are filled in.

    @prepared('count')
    def posts_of(*, person: int, at: datetime, count: int) -> QuerySet[Post]:
        return Post.objects.live(at).filter(bylines__person=person)[:count]

    posts_of(person=7, at=now, count=5)  # Posts, made of what was sent when somebody looks at them

Writing such a question takes Django longer than the database takes to answer it. Whatever differs from one time to
the next is an argument: a number, a word, a day, a moment, or a tuple of these, of each length another statement. Of
the arguments that the decorator names, of what is one of a few (an Enum) and of None each value has a statement of
its own. What the function reads elsewhere, as today's date, would be read once for ever; `tests/ukis/test_prepared.py`
puts every prepared question on two days and finds it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from ukis.fetched import HEARING, Rows, Sent

PREPARED: 'list[Prepared[Any]]' = []

NOTHING: Rows[Any] = Rows('', (), {}, list)

type Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class _Slot:
    """Where a value goes: its place among the statement's, whose it is, and how the database is given it."""

    place: int
    name: str
    index: int | None
    convert: Convert


@dataclass(frozen=True)
class _Written:
    sql: str
    params: tuple[Any, ...]
    slots: tuple[_Slot, ...]
    asked: QuerySet[Any]
    compiler: Any
    converters: Any
    # Where the columns stand, by name, and of every row that is loaded its table and where its key stands.
    places: dict[str, int]
    keys: tuple[tuple[str, int], ...]

    def fetch(self, params: tuple[Any, ...]) -> Sent:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            sent = tuple(cursor.fetchall())
        for hear in HEARING:
            for table, place in self.keys:
                hear(table, {row[place] for row in sent} - {None})
        return sent

    def make(self, sent: Sent) -> list[Any]:
        """The rows as Django makes them, but for the asking."""
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *rest, **named: [sent]
        compiler.get_converters = lambda expressions: self.converters
        query = copy(self.asked.query)
        query.get_compiler = lambda *rest, **named: compiler  # type: ignore[method-assign]
        rows = object.__new__(type(self.asked))
        rows.__dict__.update(self.asked.__dict__, _query=query, _result_cache=None)
        return list(rows)

    def filled(self, given: dict[str, Any]) -> tuple[Any, ...]:
        params = list(self.params)
        for slot in self.slots:
            value = given[slot.name]
            params[slot.place] = slot.convert(value if slot.index is None else value[slot.index])
        return tuple(params)


class Prepared[Row: Model]:
    def __init__(self, ask: Callable[..., QuerySet[Row]], shaping: Collection[str]) -> None:
        update_wrapper(self, ask)
        self.ask, self.shaping, self.name = ask, shaping, ask.__qualname__
        self._written: dict[Any, _Written] = {}
        PREPARED.append(self)

    def __call__(self, **given: Any) -> Rows[Row]:
        """The rows. An empty tuple asks for nothing and finds nothing."""
        shape: list[Any] = [connection.vendor]
        for name, value in given.items():
            if name in self.shaping or _is_one_of_few(value):
                shape.append((name, value))
            elif type(value) is tuple:
                if not value:
                    return NOTHING
                shape.append((name, len(value)))
        written = self._written.get(tuple(shape))
        if written is None:
            written = self._written[tuple(shape)] = self.write(given)
        return Rows(written.sql, written.fetch(written.filled(given)), written.places, written.make)

    def write(self, given: dict[str, Any]) -> _Written:
        """ValueError where the statement itself depends on a value, or a value does not stand in it as it was given."""
        fixed = {name for name, value in given.items() if name in self.shaping or _is_one_of_few(value)}
        probes = given | _probes({name: value for name, value in given.items() if name not in fixed})
        asked, compiler, sql, params = self._put(probes)
        slots: list[_Slot] = []
        for name, value in probes.items():
            if name in fixed:
                continue
            for index in range(len(value)) if type(value) is tuple else [None]:
                slots += self._slots(probes, name, index, sql, params)
        return _written(asked, compiler, sql, params, tuple(slots))

    def _put(self, given: dict[str, Any]) -> tuple[QuerySet[Row], Any, str, list[Any]]:
        """In SQL. Django writes out how many rows are passed over; here they are a value like others."""
        asked = self.ask(**given)
        compiler = asked.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        params = list(values)
        for value in given.values():
            if type(value) is int and (skipped := f' OFFSET {value}') in sql:
                before, _, after = sql.partition(skipped)
                sql = f'{before} OFFSET %s{after}'
                params.insert(before.replace('%%', '').count('%s'), value)
        return asked, compiler, sql, params

    def _slots(
        self, probes: dict[str, Any], name: str, index: int | None, sql: str, params: Sequence[Any]
    ) -> list[_Slot]:
        before = probes[name] if index is None else probes[name][index]
        after = _other(before)
        whole = after if index is None else (*probes[name][:index], after, *probes[name][index + 1 :])
        _, _, other_sql, others = self._put({**probes, name: whole})
        if other_sql != sql:
            raise ValueError(
                f'{self.name}: what is asked depends on {name}, not only what it is compared with.'
            )
        found = []
        for place, (one, other) in enumerate(zip(params, others, strict=True)):
            if one != other:
                convert = next(
                    (to for to in _conversions(before) if to(before) == one and to(after) == other), None
                )
                if convert is None:
                    raise ValueError(f'{self.name}: {name} does not stand in the statement as it was given.')
                found.append(_Slot(place, name, index, convert))
        if not found:
            raise ValueError(f'{self.name}: {name} is asked for nowhere.')
        return found


def asked[Row: Model](question: QuerySet[Row]) -> Rows[Row]:
    """The rows of a question that is put into SQL each time."""
    compiler = question.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return NOTHING
    written = _written(question, compiler, sql, params, ())
    return Rows(sql, written.fetch(written.params), written.places, written.make)


def _written(
    asked: QuerySet[Any], compiler: Any, sql: str, params: Sequence[Any], slots: tuple[_Slot, ...]
) -> _Written:
    converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
    places = dict(_columns(compiler.klass_info, compiler)) | (compiler.annotation_col_map or {})
    keys = tuple(_keys(compiler.klass_info, compiler))
    return _Written(sql, tuple(params), slots, asked, compiler, converters, places, keys)


def prepared[Row: Model](
    *shaping: str,
) -> Callable[[Callable[..., QuerySet[Row]]], Prepared[Row]]:
    return lambda ask: Prepared(ask, shaping)


def _is_one_of_few(value: Any) -> bool:
    return value is None or isinstance(value, (Enum, bool))


def _columns(info: dict[str, Any], compiler: Any, before: str = '') -> Iterator[tuple[str, int]]:
    """Each column of the rows themselves by its name, of those joined to them as `version__title`."""
    for place in info['select_fields']:
        yield before + compiler.select[place][0].target.attname, place
    for joined in info.get('related_klass_infos', ()):
        yield from _columns(joined, compiler, f'{before}{joined["field"].name}__')


def _keys(info: dict[str, Any], compiler: Any) -> Iterator[tuple[str, int]]:
    for place in info['select_fields']:
        if compiler.select[place][0].target.primary_key:
            yield info['model']._meta.db_table, place
    for joined in info.get('related_klass_infos', ()):
        yield from _keys(joined, compiler)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, int) else str(value) if isinstance(value, str) else value


def _conversions(value: Any) -> tuple[Convert, ...]:
    """How a database is given such a value."""
    match value:
        case datetime():
            return _plain, connection.ops.adapt_datetimefield_value
        case date():
            return _plain, connection.ops.adapt_datefield_value
    return (_plain,)


def _probes(given: dict[str, Any]) -> dict[str, Any]:
    """Values of the same kinds, each found nowhere else in the statement."""
    count = iter(range(1, 1_000_000))

    def probe(value: Any) -> Any:
        match value:
            case tuple():
                return tuple(probe(one) for one in value)
            case int():
                return 7_000_000 + next(count) * 10
            case str():
                return f'probe-{next(count) * 10}'
            case datetime():
                return datetime(1971, 1, 1, tzinfo=UTC) + timedelta(hours=next(count) * 10)
            case date():
                return date(1971, 1, 1) + timedelta(days=next(count) * 10)
        raise ValueError(f'A prepared question is not asked by a {type(value).__name__}.')

    return {name: probe(value) for name, value in given.items()}


def _other(probe: Any) -> Any:
    match probe:
        case int():
            return probe + 1
        case str():
            return f'{probe}-other'
        case datetime():
            return probe + timedelta(hours=1)
    return probe + timedelta(days=1)


def hang(parents: Iterable[Model], name: str, rows: Iterable[Any], of: type[Model], by: str) -> None:
    """Puts rows where `prefetch_related` would: `parent.<name>.all()` gives those whose `by` is the parent's key."""
    under: dict[Any, list[Any]] = {}
    for row in rows:
        under.setdefault(getattr(row, by), []).append(row)
    for parent in parents:
        found: Any = of._default_manager.get_queryset()
        found._result_cache, found._prefetch_done = under.get(parent.pk, []), True
        # Asked for otherwise than by `.all()`, it would find every parent's.
        found._chain = found._iterator = _refuse
        parent.__dict__.setdefault('_prefetched_objects_cache', {})[name] = found


def _refuse(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError('Of rows that were hung nothing else is asked: take them by .all().')
