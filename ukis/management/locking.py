"""One at a time: files that a process holds as long as it lives, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection

# Any number that no other program uses in this database.
MIGRATING = 8_530_214_971


@contextmanager
def alone_in_folder(doing: str) -> Iterator[tuple[str, int]]:
    """Refuses, with a sentence, a second `serve` or `demo` on one folder: they would take each other's files away.

    `doing` is what the second is told of us. Gives what an earlier one left that was killed, '' if it ended well,
    and the number of the open file: who hands that on hands the lock on.
    """
    path = settings.DATA_DIR / 'serve.lock'
    with path.open('a+') as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(_taken(path)) from None
        left = path.read_text()
        path.write_text(f'process {os.getpid()}, {doing}, since {time.strftime("%H:%M on %-d %B %Y")}')
        try:
            yield left, file.fileno()
        finally:
            path.write_text('')


def _taken(path: Path) -> str:
    return (
        f'The folder {path.parent} is in use already: {path.read_text().strip() or "by a process that just began"}. '
        'Stop that one first, or let DATA_DIR name another folder. (More processes for one site: WEB_CONCURRENCY.)'
    )


@contextmanager
def alone_at_migrating(say: Callable[[str], object]) -> Iterator[None]:
    """Whoever comes second waits, and then finds everything done. On PostgreSQL no statement is too long meanwhile."""
    waiting = 'Another process is bringing this database up to date; waiting for it.'
    if connection.vendor == 'postgresql':
        from ukis.postgresql.base import unhurried  # its driver is installed where it is used

        with unhurried(connection), connection.cursor() as cursor:
            cursor.execute('SELECT pg_try_advisory_lock(%s)', [MIGRATING])
            if not cursor.fetchone()[0]:
                say(waiting)
                cursor.execute('SELECT pg_advisory_lock(%s)', [MIGRATING])
            try:
                yield
            finally:
                # Of a connection that broke the server has let go itself.
                with suppress(DatabaseError):
                    cursor.execute('SELECT pg_advisory_unlock(%s)', [MIGRATING])
    elif (file := Path(str(connection.settings_dict['NAME']))).parent.is_dir() and file.is_absolute():
        with file.with_name(f'{file.name}.migrating').open('a') as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say(waiting)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        yield  # in memory: nobody else can come
