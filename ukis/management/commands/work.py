"""The worker: sends letters and runs what the clock asks for. Of several, one does each thing."""

import logging
import signal
import threading

from django.core.management import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from ukis import clock, letters

TICK, LONGEST_PAUSE = 1.0, 30.0
# Between two rounds of letters the clock gets its turn.
ROUND = 10

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = 'Send letters and run what is due, until SIGTERM or Ctrl-C.'

    def add_arguments(self, parser):
        parser.add_argument('--once', action='store_true', help='do everything that is due now, then end')

    def handle(self, *, once: bool, **options) -> None:
        if once:
            clock.run_due()
            while letters.send_due(ROUND):
                pass
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.work(stop)

    def work(self, stop: threading.Event) -> None:
        """Ends after the letter in hand once `stop` is set. A database that is away is waited for."""
        pause = TICK
        while not stop.is_set():
            close_old_connections()
            try:
                more = letters.send_due(ROUND, stop=stop.is_set) == ROUND
                clock.run_due()
            except (OperationalError, InterfaceError) as error:
                connections.close_all()
                log.warning('The database is away, next try in %.0f s: %s', pause, error)
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = TICK
                stop.wait(0 if more else TICK)
