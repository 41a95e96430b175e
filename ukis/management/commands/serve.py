"""The web server and the worker as one command: what `make serve` and the systemd unit run."""

import errno
import os
import socket
import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from ukis.management import collecting, watching
from ukis.management.locking import alone_in_folder
from ukis.management.stopping import Stopping
from ukis.management.watching import FIRST_PAUSE, GRACE, LONGEST_PAUSE


class Command(BaseCommand):
    requires_system_checks = []  # some ask the database, which may not be there yet
    help = 'Run the web server and the worker, restart what dies, stop both on SIGTERM or Ctrl-C.'

    def add_arguments(self, parser):
        parser.add_argument(
            '--no-prepare', action='store_true', help='do not migrate nor collect static files'
        )
        parser.add_argument(
            '--no-worker', action='store_true', help='the web server only: `work` runs elsewhere'
        )

    def handle(self, *, no_prepare: bool, no_worker: bool, **options) -> None:
        stopping = Stopping()
        host, port = os.environ.get('HOST', '127.0.0.1'), settings.PORT
        with (
            alone_in_folder(f'serving at http://{host}:{port}/') as (left, lock),
            self.bound(host, port, patience=GRACE if left else 0.0, stopping=stopping) as listener,
        ):
            self.wait_for_database(stopping)
            self.check()
            if not no_prepare:
                call_command('migrate', interactive=False, verbosity=0)
                collecting.collect()
            connection.close()
            if stopping.asked():
                self.say('Stopped')
            else:
                os.chdir(settings.BASE_DIR)
                watching.become(
                    listener,
                    lock,
                    workers=settings.WEB_CONCURRENCY,
                    threads=settings.WEB_THREADS,
                    with_worker=not no_worker,
                )

    def bound(self, host: str, port: int, *, patience: float, stopping: Stopping) -> socket.socket:
        """Our own socket, not gunicorn's. `patience`, in seconds, is for what a killed `serve` left: its web server
        finishes what it has in hand."""
        until = time.monotonic() + patience
        while True:
            listener = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, port))
                return listener
            except OSError as error:
                listener.close()
                if error.errno != errno.EADDRINUSE or stopping.asked() or time.monotonic() > until:
                    raise CommandError(
                        f'Cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}. PORT chooses another.'
                    ) from None
            stopping.pause(0.5)

    def wait_for_database(self, stopping: Stopping) -> None:
        """A machine that starts may start us first."""
        pause = FIRST_PAUSE
        while True:
            try:
                connection.ensure_connection()
                return
            except OperationalError as error:
                connection.close()
                self.say(f'The database is away; waiting for it: {" ".join(str(error).split())}')
            stopping.pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if stopping.asked():
                raise CommandError('Stopped before the database was there.')

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
