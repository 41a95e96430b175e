"""Reads as they happen, in the memory of one process; written a batch at a time, so that no page waits for it.

A process that is killed loses what it had not written, a minute's reads at most; one that is stopped writes them first.
"""

import atexit
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from datetime import datetime as moment
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from blog.models.reads import OTHERS
from blog.reads import writing
from blog.reads.agents import Environ, comes_from
from ukis import days

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
MOST = 5_000  # different counts in memory; beyond it sites are not told apart, and beyond twice that nothing is counted
BEGINS, ENDS = '/blog/', '/'
_POST = re.compile(r'/blog/([a-z0-9-]{1,120})/', re.ASCII)


class ReadKey(NamedTuple):
    day: date
    slug: str
    site: str


type Counts = dict[ReadKey, int]
type Start = Callable[..., Any]
type Site = Callable[[Environ, Start], Iterable[bytes]]


class Tally:
    """`write` takes a batch; where it fails, the batch waits for the next time, as far as there is room."""

    def __init__(self, write: Callable[[Mapping[ReadKey, int]], object], every: float = EVERY) -> None:
        self.write, self.every = write, every
        self.counts: Counts = {}
        self._timer: threading.Timer | None = None
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._today, self._until = date.min, 0.0

    def add(self, slug: str, site: str) -> None:
        with self._lock:
            if time.time() >= self._until:
                self._turn()
            self._put(ReadKey(self._today, slug, site), 1)
            if self._timer is None:
                self._wait()

    def flush(self, *, last: bool = False) -> None:
        """`last`: nothing is counted after it, and nobody can wait any more."""
        with self._writing:
            with self._lock:
                counts, self.counts = self.counts, {}
                timer, self._timer = self._timer, None
            if timer is not None:
                timer.cancel()
            if not counts:
                return
            try:
                self.write(counts)
            except DatabaseError as error:
                log.warning('Reads %s: %s', 'are lost' if last else 'wait to be written', error)
                with self._lock:
                    for key, number in counts.items():
                        self._put(key, number)
                    if self._timer is None and not last:
                        self._wait()

    def _put(self, key: ReadKey, number: int) -> None:
        counts = self.counts
        if key not in counts and len(counts) >= MOST:
            key = key._replace(site=OTHERS)
            if key not in counts and len(counts) >= 2 * MOST:
                return
        counts[key] = counts.get(key, 0) + number

    def _wait(self) -> None:
        self._timer = threading.Timer(self.every, self.flush)
        self._timer.daemon = True
        self._timer.start()

    def _turn(self) -> None:
        """Which day it is in London, and until when."""
        self._today = days.today()
        tomorrow = moment.combine(self._today + timedelta(days=1), moment.min.time(), days.LONDON)
        self._until = tomorrow.timestamp()


class Counting:
    """A WSGI application in front of the site: counts what it answers with a post. Whoever is signed in is not counted:
    staff and authors look at posts as well."""

    def __init__(self, site: Site, tally: Tally) -> None:
        self.site, self.tally = site, tally
        self.signed_in = f'{settings.SESSION_COOKIE_NAME}='

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ['PATH_INFO']
        if not path.startswith(BEGINS) or environ['REQUEST_METHOD'] != 'GET':
            return self.site(environ, start)
        found = _POST.fullmatch(path)
        if found is None or self.signed_in in environ.get('HTTP_COOKIE', ''):
            return self.site(environ, start)
        site = comes_from(environ)
        if site is None:
            return self.site(environ, start)
        slug, add = found.group(1), self.tally.add

        def started(status: str, *rest: Any) -> Any:
            if status.startswith('200'):
                add(slug, site)
            return start(status, *rest)

        return self.site(environ, started)


def counted(site: Site) -> Counting:
    """With a tally of this process, written every minute and when the process stops."""
    tally = Tally(_write)
    atexit.register(tally.flush, last=True)
    return Counting(site, tally)


def _write(counts: Mapping[ReadKey, int]) -> None:
    """In a thread of its own, whose connection ends with it."""
    try:
        writing.write(counts)
    finally:
        connection.close()
