"""The worker's loops: each in a thread of its own, so that none waits for another."""

import logging
import threading
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from ukis.clock import Pulse

TICK, LONGEST_PAUSE = 1.0, 60.0

log = logging.getLogger(__name__)


class Away(Exception):
    """A part that the loop needs does not answer. Its text is for the log, the admin and `/health/`."""


class Loop(threading.Thread):
    """Takes its turn every second, or at once where there is more. What goes wrong is said once, and tried again
    after longer and longer pauses; nothing ends the loop but the worker's end.
    """

    def __init__(self, name: str, take_turn: Callable[['Loop'], bool], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.pulse = Pulse(name)
        self.take_turn, self.stop = take_turn, stop

    def run(self) -> None:
        pause = TICK
        while not self.stop.is_set():
            more, trouble = self._turn()
            if trouble:
                if trouble != self.pulse.trouble:
                    log.warning('%s: %s', self.name.capitalize(), trouble)
                wait, pause = pause, min(pause * 2, LONGEST_PAUSE)
            else:
                if self.pulse.trouble:
                    log.warning('%s: all is well again', self.name.capitalize())
                wait, pause = 0 if more else TICK, TICK
            self.pulse.trouble = trouble
            self._rest(wait)
        connections.close_all()

    def asked_to_stop(self) -> bool:
        """For what has many steps: says between two of them that the loop is alive, too."""
        self.pulse.turn(self.pulse.doing)
        return self.stop.is_set()

    def _turn(self) -> tuple[bool, str]:
        """Whether there is more to do at once, and what is wrong."""
        self.pulse.turn()
        close_old_connections()
        try:
            return self.take_turn(self), ''
        except (OperationalError, InterfaceError) as error:
            connections.close_all()
            return False, f'the database is away: {error}'.strip()
        except Away as error:
            return False, str(error)
        except Exception as error:
            trouble = f'{type(error).__name__}: {error}'
            if trouble != self.pulse.trouble:
                log.exception('%s: something of ours is wrong', self.name.capitalize())
            return False, trouble

    def _rest(self, seconds: float) -> None:
        """In short pieces: while it waits the loop is alive."""
        while seconds > 0 and not self.stop.is_set():
            self.pulse.turn()
            self.stop.wait(min(seconds, TICK))
            seconds -= TICK
