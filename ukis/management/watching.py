"""What `serve` becomes once everything is prepared: it starts the web server and the worker, restarts what dies and
stops both. It loads nothing of the site, for it has to be there as long as the site is, and small.

    python -m ukis.management.watching --listener 5 --lock 4 --workers 1 --threads 8
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from ukis.management.stopping import Stopping

# A leak in some library costs a restart now and then, never the machine. Pages from memory are answered by thousands a
# second, and a restart is waited for.
MAX_REQUESTS, JITTER = 500_000, 50_000
# A web server or worker that is still busy this long after being asked to stop is ended.
GRACE = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Having run this long, a child that dies is restarted at once, as if for the first time.
SETTLED = 60.0
ASKED_TO_STOP = (signal.SIGTERM, signal.SIGINT)


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


def become(listener: socket.socket, lock: int, *, workers: int, threads: int, with_worker: bool) -> None:
    """Never returns: the process goes on as this module, with its number, its port and its lock."""
    listener.set_inheritable(True)
    os.set_inheritable(lock, True)
    arguments = [
        *('--listener', str(listener.fileno()), '--lock', str(lock)),
        *('--workers', str(workers), '--threads', str(threads)),
    ]
    # Who asks to stop in between is heard afterwards.
    signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_TO_STOP)
    sys.stdout.flush()
    command = [sys.executable, '-m', __name__, *arguments, *([] if with_worker else ['--no-worker'])]
    os.execv(sys.executable, command)  # noqa: S606


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--listener', type=int, required=True)
    parser.add_argument('--lock', type=int, required=True)
    parser.add_argument('--workers', type=int, required=True)
    parser.add_argument('--threads', type=int, required=True)
    parser.add_argument('--no-worker', action='store_true')
    asked = parser.parse_args()
    stopping = Stopping()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_STOP)
    os.set_inheritable(asked.lock, False)
    with socket.socket(fileno=asked.listener) as listener:
        listener.set_inheritable(False)
        command = web_command(listener, asked.workers, asked.threads)
        children = [Child('Web server', command, (listener.fileno(),))]
        if not asked.no_worker:
            children.append(Child('Worker', [sys.executable, 'manage.py', 'work']))
        # From here on visitors wait in the queue, also while the web server restarts, and are not refused.
        listener.listen(1024)
        host, port, *_ = listener.getsockname()
        say(f'Serving at http://{host}:{port}/ (Ctrl-C stops)')
        try:
            watch(children, stopping)
        finally:
            listener.close()
            end(children)
            os.ftruncate(asked.lock, 0)  # it ended well


def watch(children: list[Child], stopping: Stopping) -> None:
    while not stopping.asked():
        for child in children:
            code = child.death()
            if code is not None:
                say(f'{child.name} ended with {code}; it will be started again')
            elif child.process is None and time.monotonic() >= child.due:
                say(f'{child.name} started as process {child.start()}')
        stopping.pause(0.2)


def end(children: list[Child]) -> None:
    # gunicorn's SIGTERM and the worker's alike: finish what is in hand, then stop.
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in children:
        child.stop(deadline)
    say('Stopped')


def say(line: str) -> None:
    print(line, flush=True)


def web_command(listener: socket.socket, workers: int, threads: int) -> list[str]:
    return [
        *(sys.executable, '-m', 'gunicorn', 'ukis.wsgi'),
        *('--bind', f'fd://{listener.fileno()}'),
        *('--worker-class', 'gthread', '--threads', str(threads)),
        *('--workers', str(workers)),
        *('--max-requests', str(MAX_REQUESTS), '--max-requests-jitter', str(JITTER)),
        *('--timeout', '60', '--graceful-timeout', '20'),
        *('--config', 'python:ukis.management.request_line'),
        *('--log-level', 'warning', '--no-control-socket'),
        # Trusted by default from a proxy on this machine: a SCRIPT_NAME that a visitor sent through it is a 500.
        *('--forwarder-headers', 'NONE'),
    ]


if __name__ == '__main__':
    main()
