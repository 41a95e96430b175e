"""The worker as an operator has it: loops that do not wait for one another, and parts that go away under it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from tests.processes import wait_until
from ukis import letters
from ukis.clock.models import ClockRun, Heartbeat
from ukis.letters.models import Letter
from ukis.management.looping import Away, Loop
from ukis.pictures.models import Picture
from ukis.society.models import Society

LOOPS = 5  # letters, clock, pictures, registers, words
pytestmark = pytest.mark.django_db(transaction=True)
State = Letter.State


@pytest.fixture
def worker(database_url, tmp_path):
    """Starts workers with this in their environment; whatever still runs at the end is ended."""
    started = []

    def start(*command, **environ):
        process = subprocess.Popen(
            [sys.executable, *(command or ('manage.py', 'work'))],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                'DATABASE_URL': database_url,
                'EMAIL_URL': 'memory:',
                'DATA_DIR': str(tmp_path / 'data'),
                'SECRET_KEY': 'for this test alone',
            }
            | environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def queue_letter(key='one'):
    society, _ = Society.objects.get_or_create(pk=1)
    with transaction.atomic():
        return letters.queue(
            kind='trial',
            key=key,
            about=society,
            to_address='ada@people.example',
            subject='Hello',
            body='Dear Ada,',
        )


def state_of(letter):
    return Letter.objects.get(pk=letter.pk).state


def announced_since(moment):
    return ClockRun.objects.filter(name='blog: announce what went live', last_run_at__gt=moment).exists()


def test_letters_and_the_clock_do_not_wait_for_a_picture_whose_store_hangs(worker, line_to):
    Picture.objects.create(
        hash='a' * 64, file='pictures/aa/a.png', format='PNG', width=100, height=100, size=9
    )
    store, begun = line_to(), timezone.now()
    worker(
        MEDIA_BUCKET='pictures',
        MEDIA_URL='https://pictures.example/',
        MEDIA_ENDPOINT=f'http://127.0.0.1:{store.port}',
        MEDIA_KEY='x',
        MEDIA_SECRET='x',
    )
    wait_until(lambda: store.pairs)  # it asks for the picture, and nobody answers
    letter = queue_letter()
    wait_until(lambda: state_of(letter) == State.SENT and announced_since(begun), seconds=15)


def test_a_worker_says_every_few_seconds_that_it_lives_and_takes_that_back_when_it_ends(worker):
    process = worker()
    wait_until(lambda: Heartbeat.objects.count() == LOOPS)
    assert set(Heartbeat.objects.values_list('loop', flat=True)) == {
        'letters',
        'clock',
        'pictures',
        'registers',
        'words',
    }
    # Twice, as a terminal and a supervisor do.
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not Heartbeat.objects.exists()


def test_a_worker_that_begins_forgets_those_that_were_killed_long_ago(worker):
    long_ago = timezone.now() - timedelta(hours=2)
    Heartbeat.objects.create(worker='killed', loop='letters', beat_at=long_ago, turned_at=long_ago)
    worker()
    wait_until(
        lambda: Heartbeat.objects.count() == LOOPS and not Heartbeat.objects.filter(worker='killed').exists()
    )


@pytest.mark.parametrize('away', ['cut', 'silence'])
def test_letters_wait_for_a_mail_server_that_is_away_and_go_once_it_is_back(worker, line_to, away):
    taken = []

    class Listener:
        async def handle_DATA(self, server, session, envelope):
            taken.append(envelope.rcpt_tos)
            return '250 taken'

    with socket.create_server(('127.0.0.1', 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(Listener(), hostname='127.0.0.1', port=port)
    server.start()
    line = line_to('127.0.0.1', port)
    getattr(line, away)()
    letter = queue_letter()
    try:
        worker(EMAIL_URL=f'smtp://127.0.0.1:{line.port}')
        wait_until(
            lambda: Heartbeat.objects.filter(loop='letters', trouble__startswith='the mail server').exists()
        )
        assert (state_of(letter), Letter.objects.get().attempts, taken) == (State.WAITING, 0, [])
        line.mend()
        wait_until(lambda: state_of(letter) == State.SENT, seconds=40)
        assert taken == [['ada@people.example']]
    finally:
        server.stop()


STUCK = """
import datetime, time
import django
django.setup()
from ukis import clock
from ukis.management.commands import work
work.HOPELESS, work.BEAT, work.GRACE = datetime.timedelta(seconds=2), 0.2, 1
clock.register('stuck', datetime.timedelta(days=1), lambda now: time.sleep(600), lane='trial')
work.Command().work(work.Stopping())
"""


def test_a_worker_with_a_loop_that_never_comes_back_ends_so_that_it_is_started_again(worker):
    process = worker('-c', STUCK, DJANGO_SETTINGS_MODULE='ukis.settings')
    assert process.wait(30) == 1
    assert 'Trial: stuck in “stuck”' in process.stderr.read()


def test_a_loop_outlives_whatever_goes_wrong_and_says_it_once(caplog):
    stop, turns = threading.Event(), []
    wrong = [Away('nobody there'), ValueError('ours'), OperationalError('gone'), Away('nobody there')]

    def turn(loop):
        turns.append(loop.pulse.trouble)
        if len(turns) > len(wrong):
            stop.set()
            return False
        raise wrong[len(turns) - 1]

    loop = Loop('trial', turn, stop)
    loop._rest = lambda seconds: None
    loop.run()

    assert turns == [
        '',
        'nobody there',
        'ValueError: ours',
        'the database is away: gone',
        'nobody there',
    ]
    assert loop.pulse.trouble == ''
    assert caplog.messages[-1] == 'Trial: all is well again'


def test_pauses_grow_to_a_minute_and_no_further():
    stop, rests = threading.Event(), []

    def turn(loop):
        raise Away('nobody there')

    def rest(seconds):
        rests.append(seconds)
        if len(rests) == 9:
            stop.set()

    loop = Loop('trial', turn, stop)
    loop._rest = rest
    loop.run()
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_loop_at_rest_ends_at_once_when_it_is_asked():
    stop = threading.Event()

    def turn(loop):
        raise Away('nobody there')

    loop = Loop('trial', turn, stop)
    loop.start()
    time.sleep(0.1)
    stop.set()
    loop.join(2)
    assert not loop.is_alive()


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != 'postgresql', reason='needs PostgreSQL')
@pytest.mark.parametrize('away', ['cut', 'silence'])
def test_a_database_that_goes_under_a_worker_and_comes_back_finds_it_working(
    worker, database_url, line_to, away
):
    given = urlsplit(database_url)
    line = line_to(given.hostname, given.port)
    process = worker(DATABASE_URL=database_url.replace(f':{given.port}/', f':{line.port}/'))
    wait_until(lambda: Heartbeat.objects.count() == LOOPS)

    getattr(line, away)()
    letter = queue_letter()
    time.sleep(3)
    assert (state_of(letter), process.poll()) == (State.WAITING, None)
    line.mend()

    wait_until(lambda: state_of(letter) == State.SENT, seconds=30)
    process.terminate()
    assert process.wait(30) == 0
