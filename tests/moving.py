"""A process of its own that makes moves as it is told, a line each, and says what came of them: two of them at one row
are quicker than two web servers, and meet on the same locks."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, QuerySet

REFUSALS = ('NotAllowed', 'NotNow', 'Stale')


class Mover:
    """`ask` tells it to call a function of a test's module with plain values; `answer` waits for what came of it."""

    def __init__(self, database_url: str) -> None:
        environ = os.environ | {
            'DATABASE_URL': database_url,
            'SECRET_KEY': settings.SECRET_KEY,
            'EMAIL_URL': 'memory:',
            # A cache of its own: it may be emptied without anybody else's being.
            'CACHE_URL': 'locmemcache://',
            'DJANGO_SETTINGS_MODULE': 'tests.plain_static',
        }
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'tests.moving'],
            cwd=settings.BASE_DIR,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _read(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def ready(self) -> None:
        """It has begun, and this is the database's process that works for it."""
        self.pid = self._read()

    def ask(self, call: str, **given: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({'call': call, 'given': given}) + '\n')
        self.process.stdin.flush()

    def answer(self) -> str:
        """'made', or by the name of the exception why not."""
        said = self._read()
        assert said['why'] in ('made', *REFUSALS), said
        return said['why']

    def waits(self) -> bool:
        """Whether it stands in line for a lock."""
        with connection.cursor() as cursor:
            cursor.execute('SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted', [self.pid])
            return cursor.fetchone()[0] > 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def two(database_url: str) -> Iterator[tuple[Mover, Mover]]:
    movers = Mover(database_url), Mover(database_url)
    try:
        for one in movers:
            one.ready()
        yield movers
    finally:
        for one in movers:
            one.stop()


def in_line(held: QuerySet[Model], *asked: tuple[Mover, str, dict[str, Any]]) -> list[str]:
    """Each is asked while nobody can move, and stands in line before the next is; then they are let go. What came of
    each."""
    with transaction.atomic():
        list(held.select_for_update(of=('self',)).values_list('pk'))
        for mover, call, given in asked:
            mover.ask(call, **given)
            for _ in range(20_000):
                if mover.waits():
                    break
            else:
                raise AssertionError(f'{call} of {given} does not wait for whoever holds the row')
    return [mover.answer() for mover, _, _ in asked]


def main() -> None:
    import django

    django.setup()
    connection.ensure_connection()
    connection.settings_dict['CONN_MAX_AGE'] = None
    with connection.cursor() as cursor:  # on a busy machine it stands in line for longer than a visitor would
        cursor.execute("SET lock_timeout = '60s'; SET statement_timeout = '90s'")
    _say(connection.connection.info.backend_pid)
    for line in sys.stdin:
        told = json.loads(line)
        module, _, name = told['call'].rpartition('.')
        _say(_made(getattr(import_module(module), name), told['given']))


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + '\n')
    sys.stdout.flush()


def _made(call: Callable, given: dict[str, Any]) -> dict[str, str]:
    try:
        call(**given)
    except Exception as why:  # noqa: BLE001  # said to the test
        return {'why': type(why).__name__, 'says': str(why)}
    return {'why': 'made'}


if __name__ == '__main__':
    main()
