"""A web server of our own, on a core of its own, whose CPU and memory are read from /proc."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf('SC_CLK_TCK')
PATIENCE = 60.0
CORES = sorted(os.sched_getaffinity(0))
SERVERS, VISITORS = CORES[0], CORES[-1]


def on_core(core: int, command: list[str]) -> list[str]:
    """Two that measure one another share no core, where the machine has two and can say so."""
    if len(CORES) > 1 and (taskset := shutil.which('taskset')):
        return [taskset, '-c', str(core), *command]
    return command


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    first_answer: float  # seconds after its start

    def tree(self) -> list[int]:
        found, left = [], [self.process.pid]
        while left:
            found.append(left.pop())
            children = Path(f'/proc/{found[-1]}/task/{found[-1]}/children')
            left += map(int, children.read_text().split() if children.exists() else [])
        return found

    def cpu(self) -> float:
        """Seconds of CPU of all its processes so far."""
        total = 0
        for pid in self.tree():
            fields = Path(f'/proc/{pid}/stat').read_text().rpartition(') ')[2].split()
            total += sum(map(int, fields[11:15]))
        return total / TICK

    def memory(self) -> float:
        """MiB that would be free again without it: what processes share is counted once."""
        kilobytes = 0
        for pid in self.tree():
            lines = Path(f'/proc/{pid}/smaps_rollup').read_text().splitlines()
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith('Pss:'))
        return kilobytes / 1024


def gunicorn(application: str, port: int) -> list[str]:
    return [
        *(sys.executable, '-m', 'gunicorn', application, '--bind', f'127.0.0.1:{port}', '--workers', '1'),
        *('--worker-class', 'gthread', '--threads', '8', '--keep-alive', '30', '--no-control-socket'),
        *('--log-level', 'error', '--pythonpath', str(Path(__file__).parent)),  # `limits` stands alone
    ]


def nginx(folder: Path, port: int) -> list[str] | None:
    """A server of files, where the machine has one: it says what is in `folder`."""
    found = shutil.which('nginx', path=f'{os.environ.get("PATH", "")}:/usr/sbin')
    if not found:
        return None
    (folder / 'nginx.conf').write_text(
        f'daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}}\n'
        f'http {{ access_log off; default_type text/html; keepalive_requests 1000000;\n'
        f'server {{ listen 127.0.0.1:{port}; root {folder}; location / {{ index body.html; }} }} }}\n'
    )
    return [found, '-c', str(folder / 'nginx.conf'), '-p', str(folder)]


def free_port() -> int:
    with socket.create_server(('127.0.0.1', 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, **environ: str) -> Iterator[Server]:
    """Ends with the block, and all that it started with it. What it says is told only where it does not start: of each
    page that is not there it says a line."""
    with tempfile.TemporaryFile() as said:
        since = time.perf_counter()
        process = subprocess.Popen(
            on_core(SERVERS, command),
            env=os.environ | environ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            while True:
                try:
                    with socket.create_connection(('127.0.0.1', port), timeout=PATIENCE) as asked:
                        asked.sendall(b'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
                        if asked.recv(12).startswith(b'HTTP/1.1 '):
                            break
                except OSError:
                    pass
                if process.poll() is not None or time.perf_counter() - since > PATIENCE:
                    said.seek(0)
                    raise RuntimeError(f'{" ".join(command)} gave no answer: {said.read()[-2000:].decode()}')
                time.sleep(0.01)
            yield Server(process, port, time.perf_counter() - since)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
