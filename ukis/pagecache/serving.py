"""Before Django: a page that is kept is answered here, everything else by the site."""

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.http import parse_etags
from django.utils.timezone import now

from ukis.changes import next_turn
from ukis.pagecache.asking import (
    Environ,
    Key,
    Start,
    is_for_people,
    is_plain,
    key_of,
    names_of,
    request_for,
)
from ukis.pagecache.entries import Entry, Headers, Room
from ukis.pagecache.generation import Check, Followed, Stand, of_this_database
from ukis.pagecache.parts import Time, Value, as_of
from ukis.pagecache.trails import Trail, listen, reading
from ukis.pagecache.triggers import made_for

# Addresses with a query, of which there are more than anybody asks for in earnest, get this part of the room.
QUERIED = 4
# A page takes milliseconds. Who waits for another's longer than this makes it themselves.
PATIENCE = 5.0

type Site = Callable[[Environ, Start], Iterable[bytes]]


@dataclass
class Answer:
    status: str
    headers: Headers
    body: bytes
    read: Trail

    @property
    def keepable(self) -> bool:
        names = {name.lower(): value for name, value in self.headers}
        open_to_all = 'public' in names.get('cache-control', '') and 'set-cookie' not in names
        return self.status.startswith('200') and open_to_all and self.read.keepable


class PageCache:
    """A WSGI application in front of the site's. `most` is in bytes."""

    def __init__(self, site: Site, *, most: int, check: Check | None = None) -> None:
        self.site = site
        self.followed = Followed(check or of_this_database(), made_for())
        self.plain, self.queried = Room(most - most // QUERIED), Room(most // QUERIED)
        self._values: dict[Hashable, Value] = {}
        self._turn: tuple[Stand | None, float] = (None, 0.0)
        self._made: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()
        listen()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        key = key_of(environ)
        state = self.followed.now() if key else None
        if key is None or state is None or is_for_people(key.path, environ):
            return self.site(environ, start)
        entry = self._kept(key, state)
        if entry is not None:
            return self._send(entry, key, environ, start)
        names = names_of(key)
        if names is None:
            return self.site(environ, start)
        if not is_plain(key.query, names):
            return self._send_anew(state, environ, start)
        return self._send_made(key, state, environ, start)

    def _room(self, key: Key) -> Room:
        return self.queried if key.query else self.plain

    def _kept(self, key: Key, state: Stand) -> Entry | None:
        room = self._room(key)
        entry = room.get(key)
        if entry is not None and not entry.is_right(state, state.changed):
            room.drop(key, entry)
            return None
        return entry

    # --- Made ------------------------------------------------------------------------------------------

    def _send_made(self, key: Key, state: Stand, environ: Environ, start: Start) -> Iterable[bytes]:
        """Once for all who ask for it meanwhile."""
        with self._lock:
            others = self._made.get(key)
            mine = None if others else self._made.setdefault(key, threading.Event())
        try:
            if others is not None and others.wait(PATIENCE):
                entry = self._kept(key, state)
                if entry is not None:
                    return self._send(entry, key, environ, start)
            made = self._make(key, state, environ)
        finally:
            if mine is not None:
                with self._lock:
                    del self._made[key]
                mine.set()
        if isinstance(made, Entry):
            return self._send(made, key, environ, start)
        return _said(made.status, made.headers, made.body, environ, start)

    def _make(self, key: Key, state: Stand, environ: Environ) -> Entry | Answer:
        until = self._until(state)
        answer = self._ask(key, self._time(state, until), environ)
        if not answer.keepable or not until:
            return answer
        entry = Entry(
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            rows=frozenset(answer.read.rows),
            shared=frozenset(answer.read.shared),
            state=state,
            until=until,
        )
        self._room(key).put(key, entry)
        return entry

    def _ask(self, key: Key, at: Time, environ: Environ, etag: str = '') -> Answer:
        told: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = status, headers

        with reading() as read, as_of(at):
            given = self.site(request_for(key, environ, etag), start)
            try:
                body = b''.join(given)
            finally:
                getattr(given, 'close', bool)()
        status, headers = told
        return Answer(status, headers, body, read)

    def _send_anew(self, state: Stand, environ: Environ, start: Start) -> Iterable[bytes]:
        """A public page at an address that is not kept: what it has in common with others is known all the same."""
        with reading(), as_of(self._time(state, self._until(state))):
            return self.site(environ, start)

    def _time(self, state: Stand, until: float) -> Time:
        return Time(state, until, state.changed, self._values)

    def _until(self, state: Stand) -> float:
        """When pages turn by themselves, seconds since 1970; 0 where it cannot be known."""
        found, until = self._turn
        if found != state or time.time() >= until:
            try:
                turn = next_turn(now())
            except DatabaseError:
                return 0.0
            until = turn.timestamp() if turn else 0.0
            self._turn = state, until
        return until

    # --- Sent ------------------------------------------------------------------------------------------

    def _send(self, entry: Entry, key: Key, environ: Environ, start: Start) -> Iterable[bytes]:
        asked = environ.get('HTTP_IF_NONE_MATCH')
        if asked is not None and _matches(asked, entry.etag):
            return self._send_not_modified(entry, key, environ, start)
        if entry.dated and 'HTTP_IF_MODIFIED_SINCE' in environ and not parse_etags(asked or ''):
            return self.site(environ, start)
        return _said(entry.status, entry.headers, entry.body, environ, start)

    def _send_not_modified(self, entry: Entry, key: Key, environ: Environ, start: Start) -> Iterable[bytes]:
        """As Django says it of this page: asked once, when somebody first has it already."""
        if entry.not_modified is None:
            answer = self._ask(key, self._time(entry.state, entry.until), environ, entry.etag)
            if not answer.status.startswith('304'):
                return _said(answer.status, answer.headers, answer.body, environ, start)
            entry.not_modified = answer.headers
        start('304 Not Modified', entry.not_modified.copy())
        return ()


def _said(status: str, headers: Headers, body: bytes, environ: Environ, start: Start) -> Iterable[bytes]:
    start(status, headers.copy())
    return () if environ['REQUEST_METHOD'] == 'HEAD' else (body,)


def _matches(asked: str, etag: str) -> bool:
    """Weakly, as RFC 9110 has it for reading."""
    if not etag:
        return False
    plain = etag.removeprefix('W/')
    return any(one == '*' or one.removeprefix('W/') == plain for one in parse_etags(asked))
