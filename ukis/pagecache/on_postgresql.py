"""The check of PostgreSQL: one row, by a prepared statement below Django and psycopg's cursors.

With a lease (milliseconds, kept in that row) one answer serves all requests that arrive until it runs out, and
whoever changes what pages show waits as long before the number moves: as exact, and nearly free.
"""

import select
import threading
import time
from typing import Any

from django.db import DatabaseError, connection
from psycopg import Error, OperationalError, pq

from ukis.pagecache.generation import ASKED, PATIENCE, Mark

LEASED, PLAIN = b'ukis_leased', b'ukis_generation'


class OfPostgresql:
    """Django's own connection of the thread, idle between requests. A server that is another than before, or started
    anew, may use numbers again: then nothing of before is believed."""

    def __init__(self) -> None:
        self.local = threading.local()
        self.lease: tuple[float, Mark | None] = (0.0, None)
        self.by_lease = False

    def mark(self) -> Mark | None:
        until, mark = self.lease
        since = time.clock_gettime(time.CLOCK_BOOTTIME)
        if since < until:
            return mark
        try:
            return self._asked(since)
        except (Error, DatabaseError):
            connection.close()
            return None

    def _asked(self, since: float) -> Mark | None:
        connection.ensure_connection()
        own = connection.connection
        if getattr(self.local, 'own', None) is not own:
            self._prepare(own)
        result = _answered(own.pgconn, LEASED if self.by_lease else PLAIN)
        if not result.ntuples:
            return None
        era, n, opened, lease, had, table = (result.get_value(0, place) or b'' for place in range(6))
        mark = (
            Mark(f'{self.local.server} {table.decode()} {era.decode()}', int(n)) if opened == b't' else None
        )
        self.by_lease = lease != b'0'
        if had == b't':
            self.lease = (since + int(lease) / 1000, mark)
        return mark

    def _prepare(self, own: Any) -> None:
        # Which table it is: put back by pg_restore, numbers begin again in another.
        plain = ASKED.replace(' FROM', ', false, tableoid FROM')
        leased = 'SELECT leased.*, (SELECT tableoid FROM ukis_generation) FROM ukis_leased() AS leased'
        for name, asked in ((PLAIN, plain), (LEASED, leased)):
            result = own.pgconn.prepare(name, asked.encode())
            if result.status != pq.ExecStatus.COMMAND_OK:
                raise OperationalError(result.error_message.decode(errors='replace'))
        with connection.cursor() as cursor:
            cursor.execute(
                'SELECT pg_postmaster_start_time()::text, inet_server_addr()::text, inet_server_port()'
            )
            self.local.server = ' '.join(map(str, cursor.fetchone()))
        self.local.own = own


def _answered(pgconn: Any, name: bytes) -> Any:
    pgconn.send_query_prepared(name, None)
    found, waiting = None, select.poll()
    waiting.register(pgconn.socket, select.POLLIN)
    while True:
        while pgconn.is_busy():
            if not waiting.poll(PATIENCE * 1000):
                raise OperationalError('The database is silent.')
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            break
        found = result
    if found is None or found.status != pq.ExecStatus.TUPLES_OK:
        raise OperationalError('The database said nothing.')
    return found
