"""The web server and the worker as one command: what `make serve` and the systemd unit run."""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from ukis.management.locking import alone_in_folder
from ukis.management.stopping import Stopping

THREADS = 8
# A leak in some library costs a restart now and then, never the machine.
MAX_REQUESTS, JITTER = 20_000, 2_000
# A web server or worker that is still busy this long after being asked to stop is ended.
GRACE = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Having run this long, a child that dies is restarted at once, as if for the first time.
SETTLED = 60.0


@dataclass
class Child:
    """One process in a session of its own, so that Ctrl-C reaches it through us and only once."""

    name: str
    command: list[str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default_factory=time.monotonic)

    def start(self) -> int:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            pass_fds=self.pass_fds,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        return self.process.pid

    def death(self) -> int | None:
        """The exit code of a process that has died since last asked; its next start is then set."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self.signal(signal.SIGTERM)
        if time.monotonic() - self.started > SETTLED:
            self.pause = FIRST_PAUSE
        self.due = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None
        return code

    def signal(self, number: int) -> None:
        """To the whole session: a web server killed outright leaves its own workers behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def stop(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self.process.wait()


def _end_with_parent() -> None:
    """On Linux, a `serve` that is killed outright takes its children with it, and the port is free."""
    if sys.platform == 'linux':
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


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
            alone_in_folder(f'serving at http://{host}:{port}/') as left,
            self.bound(host, port, patience=GRACE if left else 0.0, stopping=stopping) as listener,
        ):
            self.wait_for_database(stopping)
            self.check()
            if not no_prepare:
                call_command('migrate', interactive=False, verbosity=0)
                call_command('collectstatic', interactive=False, verbosity=0)
            children = [Child('Web server', web_command(listener), (listener.fileno(),))]
            if not no_worker:
                children.append(Child('Worker', [sys.executable, 'manage.py', 'work']))
            # From here on visitors wait in the queue, also while the web server restarts, and are not refused.
            listener.listen(1024)
            self.say(f'Serving at http://{host}:{port}/ (Ctrl-C stops)')
            try:
                self.watch(children, stopping)
            finally:
                listener.close()
                self.end(children)

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

    def watch(self, children: list[Child], stopping: Stopping) -> None:
        while not stopping.asked():
            for child in children:
                code = child.death()
                if code is not None:
                    self.say(f'{child.name} ended with {code}; it will be started again')
                elif child.process is None and time.monotonic() >= child.due:
                    self.say(f'{child.name} started as process {child.start()}')
            stopping.pause(0.2)

    def end(self, children: list[Child]) -> None:
        # gunicorn's SIGTERM and the worker's alike: finish what is in hand, then stop.
        for child in children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in children:
            child.stop(deadline)
        self.say('Stopped')

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def web_command(listener: socket.socket) -> list[str]:
    return [
        *(sys.executable, '-m', 'gunicorn', 'ukis.wsgi'),
        *('--bind', f'fd://{listener.fileno()}'),
        *('--worker-class', 'gthread', '--threads', str(THREADS)),
        *('--workers', str(settings.WEB_CONCURRENCY)),
        *('--max-requests', str(MAX_REQUESTS), '--max-requests-jitter', str(JITTER)),
        *('--timeout', '60', '--graceful-timeout', '20'),
        *('--log-level', 'warning', '--no-control-socket'),
        # Trusted by default from a proxy on this machine: a SCRIPT_NAME that a visitor sent through it is a 500.
        *('--forwarder-headers', 'NONE'),
    ]
