"""Values as they are kept: what is long is not spelt out in digits on its way, which costs twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def in_bytes(connection: Any) -> Iterator[Any]:
    """A cursor to which they come so."""
    import psycopg  # not on every installation

    connection.ensure_connection()
    own = psycopg.Cursor(connection.connection)
    own.format = psycopg.pq.Format.BINARY
    with connection._prepare_cursor(own) as cursor:
        yield cursor
