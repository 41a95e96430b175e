"""The worker: sends letters and runs what the clock asks for. Of several, one does each thing."""

import logging
import time
from contextlib import suppress

from django.core.management import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from ukis import clock, letters
from ukis.management.stopping import Stopping

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
            with suppress(letters.MailServerAway):
                while letters.send_due(ROUND):
                    pass
            return
        self.work(Stopping())

    def work(self, stopping: Stopping) -> None:
        """Ends after the letter in hand once asked to stop. A database that is away is waited for."""
        pause = TICK
        mail_pause, mail_due = TICK, 0.0
        while not stopping.asked():
            close_old_connections()
            try:
                more = False
                if time.monotonic() >= mail_due:
                    try:
                        more = letters.send_due(ROUND, stop=stopping.asked) == ROUND
                        mail_pause = TICK
                    except letters.MailServerAway as error:
                        log.warning('The mail server is away, next try in %.0f s: %s', mail_pause, error)
                        mail_due = time.monotonic() + mail_pause
                        mail_pause = min(mail_pause * 2, LONGEST_PAUSE)
                clock.run_due()
            except (OperationalError, InterfaceError) as error:
                connections.close_all()
                log.warning('The database is away, next try in %.0f s: %s', pause, error)
                stopping.pause(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = TICK
                stopping.pause(0 if more else TICK)
