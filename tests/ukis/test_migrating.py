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


def migrating(url, folder):
    return subprocess.Popen(
        [sys.executable, 'manage.py', 'migrate', '--verbosity', '0'],
        cwd=settings.BASE_DIR,
        env=os.environ | {'DATABASE_URL': url, 'DATA_DIR': str(folder)},
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


def test_two_at_once_are_one_that_migrates_and_one_that_waits(empty_database, tmp_path):
    both = [migrating(empty_database, tmp_path) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum('waiting for it' in words for words in said) == 1, said


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
