"""Questions that depend on the day and on little else: Django puts them into SQL once a day.

    @daily
    def overdue(*, on: date) -> QuerySet[Invoice]:
        return Invoice.objects.overdue(on)

    overdue(on=days.today())  # a list

For what is asked now and then, is long, and reckons with days in ways that `ukis/prepared.py` cannot follow: of the
admin's front page two thirds was writing. What the function is given has few values, for each has a statement of its
own; besides, it may read which day it is, and nothing else: no hour, and not the database.

Django documents no way to keep a question that it has written. `Manager.raw` takes a statement, but knows one model's
rows: these are values of several, in a union, and on SQLite `raw` would leave their days as text. So what Django has
compiled is kept beside the statement, and reads the answer as if it had just written it; tests compare both.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from ukis import days
from ukis.remembered import no_more_questions

DAILY: 'list[Daily]' = []

MOST = 8  # statements of each, the last that were asked: one, a letter of the week's besides, and those of yesterday


@dataclass(frozen=True)
class _WrittenToday:
    rows: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]

    def ask(self) -> list[Any]:
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *rest, **named: (self.sql, self.params)
        query = copy(self.rows.query)
        query.get_compiler = lambda *rest, **named: compiler  # type: ignore[method-assign]
        rows = object.__new__(type(self.rows))
        rows.__dict__.update(self.rows.__dict__, _query=query, _result_cache=None)
        return list(rows)


class Daily:
    def __init__(self, ask: Callable[..., QuerySet[Any, Any]]) -> None:
        update_wrapper(self, ask)
        self._ask = ask
        self._written = lru_cache(maxsize=MOST)(self._write)
        DAILY.append(self)

    def __call__(self, **given: Any) -> list[Any]:
        written = self._written(connection.vendor, days.today(), **given)
        return written.ask() if written else []

    def put(self, **given: Any) -> tuple[str, tuple[Any, ...]]:
        """In SQL, anew; for tests."""
        written = self._write(connection.vendor, days.today(), **given)
        return (written.sql, written.params) if written else ('', ())

    def _write(self, vendor: str, today: date, **given: Any) -> _WrittenToday | None:
        """None of what can find nothing, as Django says."""
        with no_more_questions():
            rows = self._ask(**given)
            compiler: Any = rows.query.get_compiler(connection=connection)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
        return _WrittenToday(rows, compiler, sql, tuple(params))


def daily(ask: Callable[..., QuerySet[Any, Any]]) -> Daily:
    return Daily(ask)
