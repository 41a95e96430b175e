"""The worker: sends letters and runs what the clock asks for. Of several, one does each thing."""

import logging
import os
import threading
import time
from contextlib import suppress
from datetime import timedelta

from django.core.management import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from ukis import clock, letters
from ukis.management.looping import Away, Loop
from ukis.management.stopping import Stopping

# Letters in one round, between two looks at the outbox.
ROUND = 10
BEAT = 5.0
# A loop that has not come round for so long never will: the worker ends, and whoever runs it starts it again.
HOPELESS = timedelta(minutes=30)
# Asked to stop, each loop may finish what it has in hand, within what `serve` waits.
GRACE = 25.0

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
        """Ends after what is in hand once asked to stop. A database that is away is waited for."""
        stop = threading.Event()
        loops = [Loop('letters', send_letters, stop)]
        loops += [Loop(lane, run_lane, stop) for lane in clock.lanes()]
        for loop in loops:
            loop.start()
        with suppress(DatabaseError):
            clock.forget_the_dead()
        while not stopping.asked() and not self.is_hopeless(loops):
            self.beat(loops)
            stopping.pause(BEAT)
        stop.set()
        self.end(loops)
        with suppress(DatabaseError):
            clock.fall_silent()
        if not stopping.asked():
            os._exit(1)

    def is_hopeless(self, loops: list[Loop]) -> bool:
        for loop in loops:
            if timezone.now() - loop.pulse.turned_at > HOPELESS:
                log.critical('%s: stuck in “%s”; the worker ends', loop.name.capitalize(), loop.pulse.doing)
                return True
        return False

    def beat(self, loops: list[Loop]) -> None:
        try:
            clock.beat([loop.pulse for loop in loops])
        except DatabaseError:
            connection.close()  # the loops say that it is away

    def end(self, loops: list[Loop]) -> None:
        deadline = time.monotonic() + GRACE
        for loop in loops:
            loop.join(max(0.0, deadline - time.monotonic()))
        if busy := [loop for loop in loops if loop.is_alive()]:
            log.error(
                'Still busy, and left: %s', ', '.join(f'{one.name} ({one.pulse.doing})' for one in busy)
            )
            os._exit(1)


def send_letters(loop: Loop) -> bool:
    loop.pulse.turn('sending letters')
    try:
        return letters.send_due(ROUND, stop=loop.asked_to_stop) == ROUND
    except letters.MailServerAway as away:
        raise Away(f'the mail server is away: {away}') from away


def run_lane(loop: Loop) -> bool:
    clock.run_due(lane=loop.name, begin=loop.pulse.turn)
    return False
