"""Two machines that start at once bring one database up to date once."""

import contextlib
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from ukis.management.locking import alone_at_migrating

HOLDS = """
import sys
import django
django.setup()
from ukis.management.locking import alone_at_migrating
with alone_at_migrating(print):
    print('held', flush=True)
    sys.stdin.read()
"""


def started(url, folder, *command):
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {'DATABASE_URL': url, 'DATA_DIR': str(folder), 'DJANGO_SETTINGS_MODULE': 'ukis.settings'},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def empty_database(tmp_path, django_db_blocker):
    """The address of a database in which nothing is yet."""
    if connection.vendor != 'postgresql':
        yield f'sqlite:///{tmp_path / "new.sqlite3"}'
        return
    given = urlsplit(os.environ['DATABASE_URL'])
    name = f'{connection.settings_dict["NAME"]}_empty'
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS {name} WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE {name}')
    yield given._replace(path=f'/{name}').geturl()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS {name} WITH (FORCE)')


def test_of_those_that_start_at_once_one_migrates_and_the_others_wait_for_it(empty_database, tmp_path):
    first = started(empty_database, tmp_path, '-c', HOLDS)
    assert first.stdout.readline() == 'held\n'
    others = [started(empty_database, tmp_path, 'manage.py', 'migrate', '--verbosity', '0') for _ in range(2)]
    said = [process.stderr.readline() for process in others]

    first.communicate(timeout=60)
    more = [process.communicate(timeout=120)[1] for process in others]

    assert all('waiting for it' in words for words in said), said
    assert [process.returncode for process in (first, *others)] == [0, 0, 0], more


@pytest.mark.django_db
def test_what_was_lifted_for_migrating_is_put_back(caplog):
    if connection.vendor != 'postgresql':
        pytest.skip('SQLite has no such limits')
    limits = []
    with contextlib.ExitStack() as stack:
        stack.enter_context(alone_at_migrating(print))
        limits.append(statement_timeout())
    limits.append(statement_timeout())
    assert limits == ['0', '15s']


def statement_timeout():
    with connection.cursor() as cursor:
        cursor.execute('SHOW statement_timeout')
        return cursor.fetchone()[0]
