"""A real worker, a real SMTP listener, and kill -9 at the two moments that matter."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tests.processes import wait_until
from ukis import letters
from ukis.letters.models import Letter
from ukis.society.models import Society

pytestmark = pytest.mark.django_db(transaction=True)
State = Letter.State
LETTERS = 3


class Listener:
    """Takes letters. `on_rcpt` and `on_data` are called once each, with the letter not yet and just taken."""

    def __init__(self):
        self.arrived: list[str] = []
        self.on_rcpt = self.on_data = self.after_yes = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.on_rcpt:
            self.on_rcpt, act = None, self.on_rcpt
            act()
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(message_from_bytes(envelope.content)['Message-ID'])
        if self.on_data:
            self.on_data, act = None, self.on_data
            act()
        if self.after_yes:
            self.after_yes, act = None, self.after_yes
            threading.Timer(0.001, act).start()
        return '250 taken'


@pytest.fixture
def listener():
    with socket.create_server(('127.0.0.1', 0)) as probe:
        port = probe.getsockname()[1]
    handler = Listener()
    controller = Controller(handler, hostname='127.0.0.1', port=port)
    controller.start()
    handler.url = f'smtp://127.0.0.1:{port}'
    yield handler
    controller.stop()


@pytest.fixture
def worker(database_url, listener, tmp_path):
    """Starts workers; whatever still runs at the end is ended."""
    started = []
    environ = os.environ | {
        'DATABASE_URL': database_url,
        'EMAIL_URL': listener.url,
        'DATA_DIR': str(tmp_path / 'data'),
        'SECRET_KEY': 'for this test alone',
    }

    def start():
        process = subprocess.Popen([sys.executable, 'manage.py', 'work'], cwd=settings.BASE_DIR, env=environ)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def queue_letters(count=LETTERS):
    society, _ = Society.objects.get_or_create(pk=1)
    with transaction.atomic():
        return {
            letters.queue(
                kind='trial',
                key=f'letter {number}',
                about=society,
                to_address=f'person{number}@people.example',
                subject=f'Letter {number}',
                body='Dear person,',
            ).message_id
            for number in range(count)
        }


def all_sent():
    return not Letter.objects.exclude(state=State.SENT).exists()


def six_minutes_pass():
    Letter.objects.filter(state=State.SENDING).update(claimed_at=timezone.now() - timedelta(minutes=6))


@contextmanager
def killed_at(moment, listener, process):
    """kill -9 the moment the listener comes to `moment`, and wait for the death."""
    setattr(listener, moment, lambda: os.kill(process.pid, signal.SIGKILL))
    yield
    assert process.wait(60) == -signal.SIGKILL


def test_killed_between_commit_and_letter_every_letter_arrives_once(worker, listener):
    ids = queue_letters()
    with killed_at('on_rcpt', listener, worker()):
        pass
    assert listener.arrived == []
    six_minutes_pass()
    worker()
    wait_until(all_sent)
    assert Counter(listener.arrived) == Counter(ids)


def test_killed_between_the_servers_yes_and_the_record_one_letter_comes_twice(worker, listener):
    ids = queue_letters()
    with killed_at('on_data', listener, worker()):
        pass
    [doubtful] = listener.arrived
    six_minutes_pass()
    worker()
    wait_until(all_sent)
    assert Counter(listener.arrived) == Counter([*ids, doubtful])
    assert list(Letter.objects.filter(in_doubt=True).values_list('message_id', flat=True)) == [doubtful]


def test_killed_again_and_again_just_after_a_yes_each_kill_repeats_one_at_most(worker, listener):
    ids = queue_letters(6)
    kills = 3
    for _ in range(kills):
        with killed_at('after_yes', listener, worker()):
            pass
        six_minutes_pass()
    worker()
    wait_until(all_sent)
    assert set(listener.arrived) == ids
    assert len(listener.arrived) <= len(ids) + kills


def test_two_workers_send_each_letter_once_and_stop_cleanly_when_asked(worker, listener):
    ids = queue_letters(20)
    both = worker(), worker()
    wait_until(all_sent)
    for process in both:
        process.terminate()
        assert process.wait(30) == 0
    assert Counter(listener.arrived) == Counter(ids)
