"""`make bench`: societies of several sizes, our pages and the limits, in one run on one machine.

    python -m bench --sizes 1000 10000 --seconds 2 --rounds 3 --to docs

For each size a society is made in a folder that is thrown away, on SQLite, or in the empty database that DATABASE_URL
names for a single size. The soak runs on SQLite, and once more on the empty database that BENCH_DATABASE_URL names.
What is compared is answers per second of CPU of all processes of the server: it hardly moves when others use the
machine. Each figure is the middle of the rounds, and how far they lie apart is said.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench import report
from bench.pages import made_anew
from bench.servers import VISITORS, Server, free_port, gunicorn, nginx, on_core, running

HERE = Path(__file__).resolve().parent.parent
CONNECTIONS = 2
PAGES = (
    *('home', 'list', 'list, page 200 or the last', 'list, two tags', 'post', 'tags', 'tag, most used'),
    *('archive', 'archive, month', 'author, most posts', 'organisation, most posts', 'directory', 'person'),
    *('feed, Atom', 'post that is not there', 'for scale, a bare view'),
)


@dataclass
class Row:
    """One address: answers per second of CPU in each round, and what else was seen."""

    name: str
    rates: list[float] = field(default_factory=list)
    p50: float = 0.0
    p99: float = 0.0
    bytes: int = 0
    status: int = 0
    queries: int | None = None

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def spread(self) -> float:
        """How far the rounds lie from their middle, as a part of it."""
        return max(abs(rate - self.rate) for rate in self.rates) / self.rate


@dataclass
class Measured:
    """What one society cost, and the limits on the same machine in the same minutes."""

    posts: int
    kept: list[Row]
    rows: list[Row]  # made anew each time
    limits: list[Row]
    memory: float
    first_answer: float


def measure(server: Server, name: str, path: str, *, seconds: float, rounds: int) -> Row:
    row = Row(name)
    drive(server.port, path, min(seconds, 0.3))  # what is made at the first time
    for _ in range(rounds):
        before = server.cpu()
        seen = drive(server.port, path, seconds)
        spent = server.cpu() - before
        row.rates.append(seen['count'] / max(spent, 0.01))
        row.p50, row.p99, row.bytes = seen['p50'], seen['p99'], seen['bytes']
        [row.status] = seen['status']
    return row


def drive(port: int, path: str, seconds: float) -> dict[str, Any]:
    command = [
        sys.executable,
        str(HERE / 'bench' / 'driving.py'),
        str(port),
        path,
        str(seconds),
        str(CONNECTIONS),
    ]
    done = subprocess.run(on_core(VISITORS, command), capture_output=True, check=True, timeout=seconds + 120)
    return json.loads(done.stdout)


def prepared(folder: Path, posts: int, **more: str) -> dict[str, dict[str, Any]]:
    """A society of this size in the folder, and what each of its pages asks: a process of its own, for each size has
    settings of its own."""
    environ = os.environ | {'DATA_DIR': str(folder)} | more
    people, organisations, tags = posts * 2, max(posts // 5, 5), max(posts // 25, 40)
    size = f'--posts {posts} --people {people} --organisations {organisations} --tags {tags}'.split()
    for command in (
        ('-m', 'bench.corpus', *size),
        ('manage.py', 'collectstatic', '--noinput', '--verbosity', '0'),
    ):
        subprocess.run([sys.executable, *map(str, command)], cwd=HERE, env=environ, check=True)
    told = subprocess.run(
        [sys.executable, '-m', 'bench.pages', '--json'],
        cwd=HERE,
        env=environ,
        capture_output=True,
        check=True,
    )
    return json.loads(told.stdout)


def society(posts: int, names: Sequence[str], *, seconds: float, rounds: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix='ukis-bench-') as name:
        folder = Path(name)
        pages = prepared(folder, posts)
        port = free_port()
        given: dict[str, Any] = {'seconds': seconds, 'rounds': rounds}
        with running(gunicorn('ukis.wsgi', port), port, DATA_DIR=str(folder)) as server:
            kept = [measure(server, page, pages[page]['address'], **given) for page in names]
            rows = []
            for page in names:
                path, _, query = pages[page]['address'].partition('?')
                rows.append(measure(server, page, f'{path}?{made_anew(query)}', **given))
                rows[-1].queries = pages[page]['queries']
            memory, first = server.memory(), server.first_answer
            head, body = answer_of(server.port, pages['post']['address'])
        return Measured(posts, kept, rows, limits(folder, head, body, seconds, rounds), memory, first)


def answer_of(port: int, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """As a browser is given it."""
    asked = http.client.HTTPConnection('127.0.0.1', port)
    asked.request('GET', path, headers={'Host': 'localhost', 'Accept-Encoding': 'gzip, deflate, br, zstd'})
    answer = asked.getresponse()
    of_the_server = ('date', 'server', 'connection')
    return [one for one in answer.getheaders() if one[0].lower() not in of_the_server], answer.read()


def limits(folder: Path, head: list[tuple[str, str]], body: bytes, seconds: float, rounds: int) -> list[Row]:
    """Raw WSGI and a bare Django view under the same web server, and a file from nginx: the bytes of a post."""
    file = folder / 'limits' / 'body.html'
    file.parent.mkdir()
    file.write_bytes(body)
    environ = {'BENCH_BODY': str(file), 'BENCH_HEAD': json.dumps(head)}
    found = []
    for name, application in (('raw WSGI', 'limits:raw'), ('a bare Django view', 'limits:bare')):
        port = free_port()
        with running(gunicorn(application, port), port, **environ) as server:
            found.append(measure(server, name, '/', seconds=seconds, rounds=rounds))
    port = free_port()
    if command := nginx(file.parent, port):
        with running(command, port) as server:
            found.append(measure(server, 'nginx, a file', '/', seconds=seconds, rounds=rounds))
    return found


def soaked(reads: int, **more: str) -> str:
    """What the soak said, on a society of its own."""
    with tempfile.TemporaryDirectory(prefix='ukis-bench-') as name:
        prepared(Path(name), 200, **more)
        environ = os.environ | {'DATA_DIR': name, 'DJANGO_SETTINGS_MODULE': 'ukis.settings'} | more
        command = [sys.executable, '-m', 'bench.soak', '--reads', str(reads)]
        done = subprocess.run(command, cwd=HERE, env=environ, capture_output=True, text=True, check=False)
        return done.stdout.strip() or f'it failed: {done.stderr[-2000:]}'


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument('--sizes', type=int, nargs='+', default=[1_000, 10_000, 100_000])
    parser.add_argument('--seconds', type=float, default=2.0, help='of each round')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--pages', nargs='+', default=PAGES, help='by their names')
    parser.add_argument('--reads', type=int, default=100_000, help='of the soak; 0 for none')
    parser.add_argument('--to', type=Path, default=HERE / 'docs')
    asked = parser.parse_args()
    done = []
    said = [f'on SQLite {soaked(asked.reads)}'] if asked.reads else []
    if said and (database := os.environ.get('BENCH_DATABASE_URL')):
        said.append(f'on PostgreSQL {soaked(asked.reads, DATABASE_URL=database)}')
    for posts in asked.sizes:
        print(f'A society of {posts:,} posts …', flush=True)
        done.append(society(posts, asked.pages, seconds=asked.seconds, rounds=asked.rounds))
    asked.to.mkdir(parents=True, exist_ok=True)
    for name, words in (('bench.md', report.table(done, '; '.join(said))), ('bench.svg', report.plot(done))):
        (asked.to / name).write_text(words)
        print(asked.to / name)


if __name__ == '__main__':
    main()
