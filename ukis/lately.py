"""What every page of staff says and nobody may wait for: asked for once in a few seconds, in each process."""

import time
from collections.abc import Callable
from threading import Lock

from django.db import connection

SECONDS = 5.0
_all: 'list[Lately]' = []


class Lately[Answer]:
    """`ask()` as it was answered at most some seconds ago."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self.ask = ask
        self._known: dict[str, tuple[float, Answer]] = {}
        self._lock = Lock()
        _all.append(self)

    def __call__(self) -> Answer:
        name, now = str(connection.settings_dict['NAME']), time.monotonic()
        known = self._known.get(name)
        if known is None or now - known[0] > SECONDS:
            known = (now, self.ask())
            with self._lock:
                self._known[name] = known
        return known[1]

    def forget(self) -> None:
        with self._lock:
            self._known.clear()


def forget() -> None:
    """All of it, in this process: something of it was changed here."""
    for one in _all:
        one.forget()
