"""Whether anybody is ever shown what is no longer so: writers and readers at once, on several processes of the site.

    python -m bench.soak --reads 100000

Each thing that is written carries a number which only grows. Who reads notes before the request which number is known
to be committed: a lower one in the answer is stale. Whoever has written asks at once, one process after the other.
"""

import argparse
import http.client
import itertools
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import django

PAUSE = 0.2  # at most, between two changes of one writer: some pages are kept for a while, some not at all
EACH = 3  # changes of each subject, at the least
WAIT = 60.0


@dataclass(frozen=True)
class Subject:
    """Something that changes: `write` commits a text, which stands on these pages as `mark` and a number."""

    mark: str
    pages: tuple[str, ...]
    write: Callable[[str], None]

    def found(self, page: str) -> int | None:
        numbers = re.findall(rf'{self.mark}(\d+)q', page)
        return min(map(int, numbers)) if numbers else None


@dataclass
class Told:
    reads: int = 0
    writes: int = 0
    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # pages on which the mark is not found at all

    def add(self, other: 'Told') -> None:
        self.reads += other.reads
        self.writes += other.writes
        self.stale += other.stale
        self.lost += other.lost


class Visitor:
    def __init__(self, ports: list[int]) -> None:
        self.open = {port: http.client.HTTPConnection('127.0.0.1', port, timeout=WAIT) for port in ports}

    def reads(self, port: int, page: str) -> str:
        for _ in range(3):
            try:
                self.open[port].request('GET', page)
                return self.open[port].getresponse().read().decode()
            except (http.client.RemoteDisconnected, ConnectionError):
                self.open[port].close()  # it was idle for longer than the server keeps one
        raise ConnectionError(f'{port} hangs up')

    def close(self) -> None:
        for one in self.open.values():
            one.close()


def one_at_a_time() -> AbstractContextManager[Any]:
    """SQLite has one writer, and whoever waits for it may wait in vain while many others do."""
    from django.db import connection

    return threading.Lock() if connection.vendor == 'sqlite' else nullcontext()


class Soak:
    def __init__(self, ports: list[int], subjects: list[Subject], reads: int) -> None:
        self.ports, self.subjects, self.most = ports, subjects, reads
        self.committed = dict.fromkeys((one.mark for one in subjects), 0)
        self.told = Told()
        self.ended = threading.Event()
        self._begun = itertools.count()
        self._lock = threading.Lock()
        self._turn = one_at_a_time()

    def run(self, readers: int = 3) -> Told:
        for one in self.subjects:
            one.write(f'{one.mark}0q')
        threads = [
            threading.Thread(target=self._in_a_thread, args=(self._writes, one)) for one in self.subjects
        ]
        threads += [threading.Thread(target=self._in_a_thread, args=(self._reads, n)) for n in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.told

    def _in_a_thread(self, work: Callable[[Told, Visitor, Any], None], given: Any) -> None:
        from django.db import connection

        told, visitor = Told(), Visitor(self.ports)
        try:
            work(told, visitor, given)
        except Exception as error:
            told.lost.append(f'{type(error).__name__}: {error}')
            raise
        finally:
            self.ended.set()
            visitor.close()
            connection.close()
            with self._lock:
                self.told.add(told)

    def _writes(self, told: Told, visitor: Visitor, subject: Subject) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            with self._turn:
                subject.write(f'{subject.mark}{number}q')
            self.committed[subject.mark] = number
            told.writes += 1
            for port in random.sample(self.ports, len(self.ports)):  # noqa: S311
                self._look(told, visitor, port, random.choice(subject.pages), [subject])  # noqa: S311
            time.sleep(random.uniform(0, PAUSE))  # noqa: S311

    def _reads(self, told: Told, visitor: Visitor, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        pages = sorted({page for one in self.subjects for page in one.pages})
        while not self.ended.is_set() and (next(self._begun) < self.most or self._some_wrote_little()):
            page = chance.choice(pages)
            self._look(
                told, visitor, chance.choice(self.ports), page, [s for s in self.subjects if page in s.pages]
            )

    def _some_wrote_little(self) -> bool:
        """Some verbs take as long as many answers."""
        return min(self.committed.values()) < EACH

    def _look(self, told: Told, visitor: Visitor, port: int, page: str, subjects: list[Subject]) -> None:
        known = {one.mark: self.committed[one.mark] for one in subjects}
        answer = visitor.reads(port, page)
        told.reads += 1
        for one in subjects:
            found = one.found(answer)
            if found is None:
                told.lost.append(f'{page}: {one.mark}')
            elif found < known[one.mark]:
                told.stale.append(f'{page}: {one.mark} {found} < {known[one.mark]}')


@contextmanager
def served(processes: int) -> Iterator[list[int]]:
    from bench.servers import free_port, gunicorn, running

    with ExitStack() as stack:
        ports = [free_port() for _ in range(processes)]
        for port in ports:
            stack.enter_context(running(gunicorn('ukis.wsgi', port), port))
        yield ports


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument('--reads', type=int, default=100_000)
    parser.add_argument('--processes', type=int, default=3)
    asked = parser.parse_args()
    django.setup()
    from bench.subjects import subjects  # its models are there from now on

    with served(asked.processes) as ports:
        since = time.monotonic()
        told = Soak(ports, subjects(), asked.reads).run()
    took = time.monotonic() - since
    print(f'{told.reads:,} answers and {told.writes:,} changes in {took:.0f} s: {len(told.stale)} stale')
    for line in (told.stale + told.lost)[:10]:
        print(f'  {line}')
    raise SystemExit(1 if told.stale or told.lost else 0)


if __name__ == '__main__':
    main()
