"""The server ends what takes it too long, and a machine that is gone is noticed by the network. A server that stands
still does neither: whoever has asked it something stops waiting themselves.
"""

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql import base

# A little longer than the server gives a statement (settings.py), so that it is heard saying so.
PATIENCE = 20.0  # seconds


class Connection(psycopg.Connection):
    patience: float | None = PATIENCE

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self.close()  # in the middle of an answer that may yet come: of no use to the next who asks
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**{**vars(psycopg), 'connect': Connection.connect})  # type: ignore[assignment]


@contextlib.contextmanager
def unhurried(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No statement is too long meanwhile, nor any wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute('SET statement_timeout = 0; SET lock_timeout = 0')
    own = connection.connection
    own.patience = None
    try:
        yield
    finally:
        own.patience = PATIENCE
        # Of a connection that broke nothing need be put back.
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute('RESET statement_timeout; RESET lock_timeout')
