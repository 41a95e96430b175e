"""Being asked to stop: SIGTERM, or Ctrl-C."""

import signal
from contextlib import suppress
from queue import Empty, SimpleQueue


class Stopping:
    """Whether somebody asked, and a pause that ends when they do.

    A handler may interrupt the wait and also itself, for a terminal, make and a supervisor may each send
    the signal: it must not take a lock, as `threading.Event.set` does. `SimpleQueue.put` takes none.
    """

    def __init__(self) -> None:
        self._asked = False
        self._bell: SimpleQueue[None] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked = True
        self._bell.put(None)
        # Asked again while Python takes itself down, when its own handlers are gone, a process would die of it.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)

    def asked(self) -> bool:
        return self._asked

    def pause(self, seconds: float) -> None:
        if not self._asked:
            with suppress(Empty):
                self._bell.get(timeout=seconds)
