"""Whether anything changed, as a file of SQLite tells it to several threads at once."""

import sqlite3
import threading

import pytest

from ukis.pagecache import generation
from ukis.pagecache.generation import ASKED, Mark, OfSqlite


@pytest.fixture
def file(tmp_path):
    """A file with the one row that is asked for, and a connection that writes there."""
    own = sqlite3.connect(tmp_path / 'numbers.sqlite3', isolation_level=None, check_same_thread=False)
    own.execute('PRAGMA journal_mode = WAL')
    own.execute('CREATE TABLE ukis_generation (era, n, open, lease, installed)')
    own.execute("INSERT INTO ukis_generation VALUES ('first', 7, 1, 0, '')")
    yield own
    own.close()


@pytest.fixture
def check(tmp_path, file):
    return OfSqlite(str(tmp_path / 'numbers.sqlite3'))


def in_threads(work, count=4):
    said = []
    threads = [threading.Thread(target=lambda: said.append(work())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_every_thread_hears_of_a_commit_at_once(file, check):
    met = threading.Barrier(4)

    def before_and_after():
        before = check.mark()
        if met.wait(5) == 0:
            file.execute('UPDATE ukis_generation SET n = 8')
        met.wait(5)
        return before, check.mark()

    assert in_threads(before_and_after) == [(Mark('first', 7), Mark('first', 8))] * 4


def test_one_connection_alone_holds_what_tables_there_are(check, monkeypatch):
    """With all its triggers that is a megabyte, which each thread's would cost."""
    asked, connect = [], sqlite3.connect

    def watched(*args, **kwargs):
        own = connect(*args, **kwargs)
        own.set_trace_callback(lambda sql: asked.append((id(own), sql)))
        return own

    monkeypatch.setattr(generation.sqlite3, 'connect', watched)

    assert in_threads(check.mark) == [Mark('first', 7)] * 4
    assert len({own for own, sql in asked if sql == ASKED}) == 1


def test_a_number_that_cannot_be_read_is_asked_for_anew(file, check):
    assert check.mark() == Mark('first', 7)

    file.execute('ALTER TABLE ukis_generation RENAME TO away')
    assert check.mark() is None
    file.execute('ALTER TABLE away RENAME TO ukis_generation')
    assert check.mark() == Mark('first', 7)
