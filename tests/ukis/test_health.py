"""What a monitor is told: each part in a word and a sentence, and 503 where nothing works."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import Client
from django.utils import timezone

from ukis import clock, letters
from ukis.clock.models import ClockRun, Heartbeat
from ukis.letters.models import Letter
from ukis.pictures.models import Picture
from ukis.site import health

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _keep_connection():
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def working(society):
    """A worker all of whose loops came round just now."""
    clock.beat([clock.Pulse(loop) for loop in ('letters', *clock.lanes())])


def part(name, **asked):
    return Client().get('/health/', asked).json()['parts'][name]


def test_all_is_well(working):
    answer = Client().get('/health/')
    assert answer.status_code == 200
    assert answer['Cache-Control'] == 'no-store'
    assert answer.json()['state'] == 'ok'
    assert {found['state'] for found in answer.json()['parts'].values()} == {'ok'}
    assert answer.json()['parts']['worker: letters'] == {
        'state': 'ok',
        'says': 'Came round 0 seconds ago.',
        'age_seconds': 0,
    }


def test_people_are_told_in_words(working):
    answer = Client().get('/health/', headers={'Accept': 'text/html,*/*;q=0.8'})
    assert answer['Content-Type'] == 'text/plain; charset=utf-8'
    assert answer.text.startswith('All is well.\n\nDatabase: ok. It answers and is up to date.\n')
    Heartbeat.objects.update(beat_at=timezone.now() - 3 * MINUTE)
    answer = Client().get('/health/', headers={'Accept': 'text/html'})
    assert answer.text.startswith('The pages work; something else does not.\n')
    assert 'Worker: letters: trouble. No worker has been seen since 3 minutes ago.' in answer.text


@pytest.mark.parametrize('asked', [{}, {'strict': ''}])
def test_trouble_is_a_503_only_for_a_monitor_that_asks_for_it(society, asked):
    answer = Client().get('/health/', asked)
    assert (answer.status_code, answer.json()['state']) == (503 if asked else 200, 'trouble')


@pytest.mark.parametrize(
    ('loop', 'minutes', 'state', 'says'),
    [
        ('letters', 2, 'ok', 'Came round 2 minutes ago.'),
        ('letters', 4, 'trouble', 'Stuck in “sending letters”: it last came round 4 minutes ago.'),
        ('pictures', 9, 'ok', 'Came round 9 minutes ago.'),
        ('pictures', 150, 'trouble', 'Stuck in “sending letters”: it last came round 2 hours ago.'),
    ],
)
def test_a_loop_that_lives_and_does_not_come_round_is_stuck(working, loop, minutes, state, says):
    Heartbeat.objects.filter(loop=loop).update(
        turned_at=timezone.now() - minutes * MINUTE, doing='sending letters'
    )
    assert part(f'worker: {loop}') == {'state': state, 'says': says, 'age_seconds': minutes * 60}


def test_a_worker_that_is_stuck_is_not_hidden_by_another_that_is_not(working):
    now = timezone.now()
    Heartbeat.objects.create(worker='other', loop='letters', beat_at=now, turned_at=now - 9 * MINUTE)
    assert part('worker: letters')['state'] == 'trouble'


def test_a_worker_that_was_killed_is_forgotten_once_another_works(working):
    old = timezone.now() - timedelta(days=1)
    Heartbeat.objects.create(worker='killed', loop='letters', beat_at=old, turned_at=old, trouble='old')
    assert part('worker: letters')['state'] == 'ok'


def test_what_keeps_a_loop_from_working_is_said_without_its_particulars(working):
    Heartbeat.objects.filter(loop='letters').update(
        trouble='the mail server is away: mail.secret.example refused'
    )
    found = part('worker: letters')
    assert (found['state'], found['says']) == ('trouble', 'The mail server is away.')


def test_a_job_of_the_clock_that_fails_is_named(working):
    name = clock.jobs()[0].name
    ClockRun.objects.update_or_create(name=name, defaults={'last_error': 'Traceback: secret'})
    ClockRun.objects.create(name='of an older release', last_error='x')
    assert part('jobs')['says'] == f'Failed when last tried: {name}.'


def queue(society, key, **fields):
    letter = letters.queue(
        kind='trial', key=key, about=society, to_address='a@b.example', subject='x', body='x'
    )
    Letter.objects.filter(pk=letter.pk).update(**fields)


def test_letters_that_failed_or_wait_too_long_are_counted(working, society):
    queue(society, 'a', state='failed')
    queue(society, 'b', send_after=timezone.now() - 16 * MINUTE)
    queue(society, 'c', send_after=timezone.now() - 14 * MINUTE)
    queue(society, 'd', send_after=timezone.now() + 14 * MINUTE)
    assert part('letters') == {
        'state': 'trouble',
        'says': '1 could not be sent and 1 have waited for more than 15 minutes.',
        'count': 2,
    }


def test_pictures_that_wait_for_their_sizes_are_counted(working):
    for age, key in ((16, 'a'), (1, 'b')):
        Picture.objects.create(
            hash=key * 64,
            file=key,
            format='PNG',
            width=9,
            height=9,
            size=9,
            made_at=timezone.now() - age * MINUTE,
        )
    assert part('pictures') == {'state': 'trouble', 'says': '1 still wait for their sizes.', 'count': 1}


Usage = namedtuple('Usage', 'total used free')


@pytest.mark.parametrize(
    ('total', 'free', 'state'),
    [
        (100e9, 20e9, 'ok'),
        (100e9, 4e9, 'trouble'),
        (5e9, 0.4e9, 'trouble'),
        (4000e9, 100e9, 'ok'),
        (5e9, 0.6e9, 'ok'),
    ],
)
def test_a_disk_that_is_nearly_full_is_said(working, monkeypatch, total, free, state):
    monkeypatch.setattr(health.shutil, 'disk_usage', lambda path: Usage(total, total - free, free))
    assert part('disk')['state'] == state


def test_migrations_still_to_be_made_are_said(working, monkeypatch):
    monkeypatch.setattr(health, '_pending', lambda: 2)
    assert part('database')['says'] == 'It answers; 2 migrations are still to be made.'


def test_a_cache_that_is_away_is_said(working, monkeypatch):
    monkeypatch.setattr(health.caches['default'], 'is_away', lambda: True, raising=False)
    assert part('cache')['says'] == 'Away: until it is back, limits are counted in memory.'


def test_without_the_database_it_is_503_and_nothing_of_what_was_wrong_is_shown(society, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError('away: password=secret')

    monkeypatch.setattr(Heartbeat.objects, 'all', away)
    answer = Client().get('/health/')
    assert (answer.status_code, answer.json()['state']) == (503, 'away')
    assert 'secret' not in answer.text


def test_it_asks_the_same_few_questions_however_much_there_is(working, society, django_assert_num_queries):
    Client().get('/health/')
    for number in range(5):
        queue(society, f'more {number}', state='failed')
    with django_assert_num_queries(7):
        Client().get('/health/')
