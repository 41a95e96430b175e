"""What a page read, and so what must change before it can look otherwise.

Of each statement: the rows that it loaded, by table and key; the columns by which it chose and sorted them; and that
there is no other row. Of a table whose rows were not loaded as rows (counted, or looked up for a value) every column
that the statement names. All of it is taken from the statements as they were asked, so no page can forget any.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache, lru_cache
from sys import intern
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_init

from ukis.changes import SHOWN, Shown
from ukis.fetched import HEARING, is_new

# `"a"."fk" = "b"."id"` of a join that only follows a key: it chooses nothing by itself.
_JOIN = re.compile(
    r'(INNER|LEFT OUTER) JOIN "?\w+"?(?: "?\w+"?)? ON \("?(\w+)"?\."(\w+)" = "?(\w+)"?\."(\w+)"\)'
)
# Asked for by what another row or the address says it is called.
_BY_NAME = re.compile(r'"(?:id|slug|hash)" (?:= %s|IN \(%s)')
_PART = re.compile(r'[(),]|\bFROM\b')
_COLUMN = re.compile(r'"?\w+"?\."\w+"')
_WORD = re.compile(r'\w+')


class Statement:
    """What it depends on, table by table: the subjects, but for those of the rows themselves."""

    def __init__(self, sql: str) -> None:
        words = frozenset(_WORD.findall(sql))
        self.tables = words & _tables()
        shown = [SHOWN[table] for table in self.tables if table in SHOWN]
        listed, rest = _parts(sql)
        choosing = _chosen_by(f'{listed} {rest}')
        # Nobody tells of a change in what it reads.
        self.unheard = len(shown) < len(self.tables) or any(one.unseen & choosing for one in shown)
        # Of rows that belong to others, asked for by whose they are: those others tell of any change.
        self.by_owner = {one.table for one in shown if _asks_by_owner(rest, one)}
        alone = len(shown) == 1 and not _BY_NAME.search(rest)
        self.where_loaded = {one.table: _subjects(one, choosing, alone=alone) for one in shown}
        self.elsewhere = {one.table: _subjects(one, words, alone=alone) for one in shown}

    def needs(self, table: str, *, loaded: bool) -> frozenset[str]:
        return (self.where_loaded if loaded else self.elsewhere)[table]


def _subjects(shown: Shown, words: frozenset[str], *, alone: bool) -> frozenset[str]:
    """`alone`: of all rows there are, and not of one that another led to."""
    there = () if shown.reached and not alone else (f'{shown.table}+',)
    return frozenset([*there, *(f'{shown.table}.{column}' for column in shown.columns if column in words)])


@lru_cache(maxsize=300)
def _statement(sql: str) -> Statement:
    return Statement(sql)


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))


def _parts(sql: str) -> tuple[str, str]:
    """What is selected beside plain columns, which rows hold that are loaded, and all from FROM on."""
    depth, since, listed = 0, len('SELECT '), []
    for found in _PART.finditer(sql):
        match found.group():
            case '(':
                depth += 1
            case ')':
                depth -= 1
            case _ if depth:
                continue
            case ',':
                listed.append(sql[since : found.start()].strip())
                since = found.end()
            case _:
                listed.append(sql[since : found.start()].strip())
                return ' '.join(one for one in listed if not _COLUMN.fullmatch(one)), sql[found.start() :]
    return '', sql


def _chosen_by(rest: str) -> frozenset[str]:
    """The words after FROM, without the joins that only follow a key to the one row at its end."""
    joins = list(_JOIN.finditer(rest))
    plain = _JOIN.sub(' ', rest)
    used = set(re.findall(r'"?(\w+)"?\."', plain))
    kept: set[str] = set()
    for join in reversed(joins):
        kind, one, column, other, key = join.groups()
        if other in used or key != 'id' or (kind == 'INNER' and _may_be_empty(one, column)):
            kept |= {column, key}
            used.add(one)
    return frozenset(_WORD.findall(plain)) | kept


def _may_be_empty(table: str, column: str) -> bool:
    """True also of one that is not known by that name."""
    shown = SHOWN.get(table)
    fields = shown.model._meta.concrete_fields if shown else ()
    return next((field.null for field in fields if field.column == column), True)


def _asks_by_owner(rest: str, shown: Shown) -> bool:
    if not shown.of or len(re.findall(rf'"?\b{shown.table}\b"?(?!")(?!\.)', rest)) != 1:
        return False
    return bool(re.search(rf'"{shown.table}"\."{shown.of}" (?:= %s|IN \(%s(?:, %s)*\))', rest))


class Trail:
    """What is read from here on in this thread."""

    def __init__(self) -> None:
        self.rows: set[str] = set()
        self.shared: set[frozenset[str]] = set()
        self.keepable = True
        self._asked: Statement | None = None
        self._loaded: set[str] = set()
        self._owned: set[str] = set()

    def asked(self, sql: str) -> None:
        self._end_statement()
        self._asked = _statement(sql)

    def loaded(self, table: str, keys: Iterable[object]) -> None:
        found = [intern(f'{table} {key}') for key in keys]
        if found:
            self._loaded.add(table)
            self.rows.update(found)

    def also(self, rows: frozenset[str], shared: frozenset[frozenset[str]]) -> None:
        """What was read another time and is shown here."""
        self._end_statement()
        self.rows |= rows
        self.shared |= shared

    def end(self) -> None:
        self._end_statement()
        owners = {row.partition(' ')[0] for row in self.rows}
        for table in self._owned:
            # Somebody else's key was given from outside: then nobody here would hear of a change.
            if not owners & _owners_of(table):
                self.shared.add(frozenset([f'{table} *']))

    def _end_statement(self) -> None:
        statement, self._asked = self._asked, None
        if statement is not None:
            self.keepable = self.keepable and not statement.unheard
            for table in statement.tables & SHOWN.keys():
                if table in statement.by_owner:
                    self._owned.add(table)
                else:
                    self.shared.add(statement.needs(table, loaded=table in self._loaded))
        self._loaded.clear()


@cache
def _owners_of(table: str) -> frozenset[str]:
    shown = SHOWN[table]
    field = next(field for field in shown.model._meta.concrete_fields if field.column == shown.of)
    if field.related_model:
        return frozenset([field.related_model._meta.db_table])
    return frozenset(SHOWN)


class _Trails(threading.local):
    open: list[Trail] = []  # noqa: RUF012  # never changed in place


_trails = _Trails()


def current() -> Trail | None:
    return _trails.open[-1] if _trails.open else None


def only_now() -> None:
    """What is being made is right at this moment, and may not be a second later."""
    found = current()
    if found is not None:
        found.keepable = False


@contextmanager
def reading() -> Iterator[Trail]:
    """All that is read inside, by this thread."""
    found, before = Trail(), _trails.open
    _trails.open = [*before, found]
    try:
        with nullcontext() if before else connection.execute_wrapper(_note):
            yield found
    finally:
        found.end()
        _trails.open = before


def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    found = current()
    if found is not None:
        found.asked(sql)
    return execute(sql, params, many, context)


def _loaded(table: str, keys: Iterable[object]) -> None:
    if _trails.open and table in SHOWN:
        _trails.open[-1].loaded(table, keys)


def _made(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    # One without a key was made here, to say what it would say of itself.
    if is_new(instance):
        _loaded(sender._meta.db_table, (instance.pk,))


def listen() -> None:
    """To rows as they are loaded, once every app has said what it shows."""
    if _loaded not in HEARING:
        HEARING.append(_loaded)
    for shown in SHOWN.values():
        post_init.connect(_made, sender=shown.model, dispatch_uid='page cache')
