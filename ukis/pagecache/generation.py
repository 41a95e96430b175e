"""Whether anything that pages show was committed since: asked at the start of every request, by the cheapest question
to which the answer is exact. Each way answers with a mark, the era and the number; None where pages cannot be kept.

SQLite: `PRAGMA data_version`, on a connection of its own that never writes, one a thread; when that moved, the number
itself, which one connection reads for all threads. PostgreSQL: one row, by a prepared statement below Django and
psycopg's cursors; with a lease, once for all requests of some milliseconds.
"""

import logging
import re
import sqlite3
import threading
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)

# Seconds for a database that is there and silent; the page is then asked of Django, who says so to people.
PATIENCE = 3.0


class Mark(NamedTuple):
    era: str
    n: int


class Check(Protocol):
    def mark(self) -> Mark | None:
        """What is committed now, or was when this was called."""


ASKED = 'SELECT era, n, open, lease FROM ukis_generation'


class ByDjango:
    """Asked as everything else is: right wherever Django is, inside a transaction too, and slower."""

    def mark(self) -> Mark | None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(ASKED)
                row = cursor.fetchone()
        except DatabaseError:
            return None
        return Mark(str(row[0]), row[1]) if row and row[2] else None


class OfSqlite:
    """A file. Its version moves with every commit of another connection, and this one makes none; only then is the
    number read. A file that is replaced under a running server is not noticed: whoever restores one, restarts."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.local = threading.local()
        # A connection that looks at a table holds all tables and triggers in memory, a megabyte: one is enough.
        self._reader: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def mark(self) -> Mark | None:
        here = self.local
        try:
            version = here.ask('PRAGMA data_version').fetchone()
            if version != here.version:
                here.mark, here.version = self._read(), version
        except AttributeError:
            return self._opened()
        except sqlite3.Error:
            here.__dict__.clear()
            return None
        return here.mark

    def _opened(self) -> Mark | None:
        here = self.local
        try:
            own = self._connected()
            version = own.execute('PRAGMA data_version').fetchone()
            here.mark = self._read()
        except sqlite3.Error:
            return None
        here.version, here.ask = version, own.execute
        return here.mark

    def _read(self) -> Mark | None:
        with self._lock:
            reader, self._reader = self._reader or self._connected(), None
            row = reader.execute(ASKED).fetchone()
            self._reader = reader  # not again where that failed
        return Mark(row[0], row[1]) if row and row[2] else None

    def _connected(self) -> sqlite3.Connection:
        own = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        own.execute('PRAGMA query_only = ON')
        return own


def of_this_database() -> Check:
    if connection.vendor == 'postgresql':
        from ukis.pagecache.on_postgresql import (
            OfPostgresql,
        )  # its driver is not there where SQLite is enough

        return OfPostgresql()
    own: Any = connection
    if connection.vendor == 'sqlite' and not own.is_in_memory_db():
        return OfSqlite(str(connection.settings_dict['NAME']))
    return ByDjango()


_END_OF_TABLE = re.compile('[ .+]')


@dataclass(frozen=True)
class Stand:
    """How far the process has followed: what is kept of another `epoch` is not believed any more."""

    mark: Mark
    epoch: int
    # At which number each thing changed last, as far as it was heard of in this epoch. One that was forgotten is still
    # whole for who holds it.
    changed: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


class Followed:
    """What the process knows of all this. Whoever changes more than `MOST` things at once has all forgotten: it would
    take longer, and much memory, to hear of them.

    `told_by`: what must have been installed to tell of changes (`triggers.made_for`). Where it is another release's,
    which may say nothing of what this one shows, nothing can be said. An era has one of them from beginning to end.
    """

    MOST = 20_000

    def __init__(self, check: Check, told_by: str) -> None:
        self.check, self.told_by = check, told_by
        self._not_ours = ''  # an era
        self.state: Stand | None = None
        self._lock = threading.Lock()

    def now(self) -> Stand | None:
        """As of this request's beginning or later; None where nothing can be said."""
        mark, state = self.check.mark(), self.state
        if mark is None or mark.era == self._not_ours:
            return None
        if state is not None and mark == state.mark:
            return state
        with self._lock:
            return self._follow()

    def _follow(self) -> Stand | None:
        # Asked again: another thread may have followed further than what this one had seen.
        mark, state = self.check.mark(), self.state
        if mark is None or mark.era == self._not_ours:
            return None
        if state is not None and mark == state.mark:
            return state
        if state is None or mark.era != state.mark.era:
            return self._begin(mark)
        if mark.n < state.mark.n or len(state.changed) > self.MOST:
            return self._forget(mark)
        try:
            floor, told = _changes_since(state.mark.n, self.MOST + 1)
        except DatabaseError:
            return None
        if floor is None or floor > state.mark.n or len(told) > self.MOST:
            return self._forget(mark)
        changed = state.changed
        for subject, n in told:
            changed[subject] = n
            whole = f'{_END_OF_TABLE.split(subject, maxsplit=1)[0]} *'
            changed[whole] = max(n, changed.get(whole, 0))
        # More may be committed by now than the mark says: that is read again the next time, and does no harm.
        self.state = Stand(mark, state.epoch, changed)
        return self.state

    def _begin(self, mark: Mark) -> Stand | None:
        """Another era. Should the next have begun by now, it is asked of that one again."""
        try:
            installed = _installed()
        except DatabaseError:
            return None
        if installed == self.told_by:
            return self._forget(mark)
        self._not_ours = mark.era  # first: nobody may take the state below for one to go by
        self._forget(mark)
        log.warning(
            'Another release than this one tells of changes: until both are the same, pages are made anew each time.'
        )
        return None

    def _forget(self, mark: Mark) -> Stand:
        self.state = Stand(mark, self.state.epoch + 1 if self.state else 1)
        return self.state


def _installed() -> str:
    with connection.cursor() as cursor:
        cursor.execute('SELECT installed FROM ukis_generation')
        row = cursor.fetchone()
    return row[0] if row else ''


def _changes_since(n: int, most: int) -> tuple[int | None, list[tuple[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute('SELECT subject, n FROM ukis_change WHERE n > %s LIMIT %s', [n, most])
        told = cursor.fetchall()
        cursor.execute('SELECT floor FROM ukis_generation')
        row = cursor.fetchone()
    return (row[0] if row else None), told
