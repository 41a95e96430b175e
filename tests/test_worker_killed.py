"""The worker killed at fifty moments that nobody chose, while letters go on being queued: each arrives, and none more
often than a kill explains."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connections
from django.utils import timezone

from blog import workflow
from blog.models import State
from tests.conftest import make_submission
from tests.processes import wait_until
from ukis import letters
from ukis.letters.models import Letter
from ukis.society.models import Society

KILLS = 50
LONGEST_LIFE = 0.4  # seconds between two kills
pytestmark = pytest.mark.django_db(transaction=True)

# The whole worker with all its loops, in children of a process that has read the code once: each begins within
# milliseconds. Nobody else sends, so what a dead one had in hand is found at once and not after minutes.
WORKERS = """
import os, sys
from datetime import timedelta
import django
django.setup()
from ukis.letters import sending
from ukis.management.commands import work
sending.LOST_AFTER = timedelta(0)
for _ in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
        os.waitpid(child, 0)
    else:
        os.close(0), os.close(1)
        work.Command().work(work.Stopping())
        os._exit(0)
"""


class Office:
    """Takes letters, now and then so slowly that a worker dies between its letter and the answer."""

    def __init__(self, moments: random.Random) -> None:
        self.arrived: Counter[str] = Counter()
        self.moments = moments

    async def handle_DATA(self, server, session, envelope):
        head = envelope.content.decode('utf-8', 'replace').partition('\r\n\r\n')[0]
        line = next(line for line in head.splitlines() if line.lower().startswith('message-id:'))
        self.arrived[line.partition(':')[2].strip()] += 1
        await asyncio.sleep(self.moments.choice((0, 0, 0.02, 0.05)))
        return '250 taken'


@pytest.fixture
def office():
    office = Office(random.Random(20))  # noqa: S311
    with socket.create_server(('127.0.0.1', 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(office, hostname='127.0.0.1', port=port)
    server.start()
    yield office, port
    server.stop()


@pytest.fixture
def workers(database_url, tmp_path, office):
    process = subprocess.Popen(
        [sys.executable, '-c', WORKERS],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            'DATABASE_URL': database_url,
            'EMAIL_URL': f'smtp://127.0.0.1:{office[1]}',
            'DATA_DIR': str(tmp_path / 'data'),
            'SECRET_KEY': settings.SECRET_KEY,
            'DJANGO_SETTINGS_MODULE': 'ukis.settings',
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    process.stdin.close(), process.stdout.close()


def begun(workers) -> int:
    workers.stdin.write('go\n')
    workers.stdin.flush()
    return int(workers.stdout.readline())


def test_fifty_kills_lose_no_letter_and_repeat_at_most_the_one_in_doubt(
    society, author, editor, office, workers
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    moments, over = random.Random(1948), threading.Event()  # noqa: S311

    def go_on_writing():
        number = 0
        while not over.is_set():
            number += 1
            letters.queue(
                kind='trial',
                key=f'trial {number}',
                about=Society.objects.get(),
                to_address=f'reader{number}@people.example',
                subject='Hello',
                body='Dear reader,',
            )
            if number % 100 == 0:
                workflow.say(submission, by=author, text=f'Word {number}')
            time.sleep(0.02)
        connections.close_all()

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    for _ in range(KILLS):
        worker = begun(workers)
        time.sleep(moments.uniform(0.02, LONGEST_LIFE))
        os.kill(worker, signal.SIGKILL)
    over.set()
    writer.join()
    Letter.objects.filter(state=Letter.State.WAITING).update(
        send_after=timezone.now()
    )  # messages wait for more
    last = begun(workers)
    wait_until(lambda: not Letter.objects.exclude(state=Letter.State.SENT).exists(), seconds=120)
    os.kill(last, signal.SIGKILL)

    arrived = office[0].arrived
    sent = dict(Letter.objects.values_list('message_id', 'in_doubt'))
    repeated = {one for one, times in arrived.items() if times > 1}
    assert set(arrived) == set(sent)
    assert sum(times - 1 for times in arrived.values()) <= KILLS
    assert [one for one in repeated if not sent[one]] == []
    assert len(sent) > 4 * KILLS
    assert Letter.objects.filter(in_doubt=True).exists()  # some died with a letter in hand
