"""Redis or Valkey as the cache, and this process's memory while it is away: nobody's page waits for it."""

import logging
import threading
import time
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

ENTRIES = 100_000  # in memory; room enough that nobody pushes a counter out by asking for many others
OPTIONS = {
    # In seconds. A server that hangs costs one request this much, once in every PAUSE.
    'socket_connect_timeout': 1,
    'socket_timeout': 1,
}
PAUSE = 5.0  # seconds until one request tries the server again


def _or_memory(name: str) -> Any:
    def method(self: 'RedisOrMemory', *args: Any, **kwargs: Any) -> Any:
        if self.is_tried():
            try:
                answer = getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.note_away(error)
            else:
                self.note_back()
                return answer
        return getattr(self.memory, name)(*args, **kwargs)

    method.__name__ = name
    return method


class RedisOrMemory(RedisCache):
    """Django's Redis cache, but that a server which is dead, hangs or refuses answers from memory.

    What memory then holds is this process's own and forgotten by nobody but time: right for limits, for 'was it
    noted lately' and for what can be made again; never the place of something that must not be stale.
    """

    # Django makes one cache a thread; that the server is away is known to all of them.
    _away_until: ClassVar[dict[str, float]] = {}
    _turn: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, 'OPTIONS': {**OPTIONS, **params.get('OPTIONS', {})}})
        self._name = str(server)
        self.memory = LocMemCache(
            f'while away: {self._name}', {**params, 'OPTIONS': {'MAX_ENTRIES': ENTRIES}}
        )

    def is_tried(self) -> bool:
        """Whether this call asks the server: always while it answers; after that one call in each PAUSE."""
        if self._name not in self._away_until:
            return True
        with self._turn:
            now = time.monotonic()
            if now < self._away_until.get(self._name, 0):
                return False
            self._away_until[self._name] = now + PAUSE
            return True

    def is_away(self) -> bool:
        """Asks the server now, unless it was found away a moment ago."""
        self.get('trial')
        return self._name in self._away_until

    def note_away(self, error: Exception) -> None:
        with self._turn:
            first = self._name not in self._away_until
            self._away_until[self._name] = time.monotonic() + PAUSE
        if first:
            log.warning('The cache is away; limits are counted in memory until it is back: %s', error)

    def note_back(self) -> None:
        if self._away_until.pop(self._name, None) is not None:
            log.warning('The cache is back')

    add = _or_memory('add')
    get = _or_memory('get')
    set = _or_memory('set')
    touch = _or_memory('touch')
    delete = _or_memory('delete')
    get_many = _or_memory('get_many')
    has_key = _or_memory('has_key')
    incr = _or_memory('incr')
    set_many = _or_memory('set_many')
    delete_many = _or_memory('delete_many')

    def clear(self) -> None:
        self.memory.clear()
        _clear(self)


_clear = _or_memory('clear')
