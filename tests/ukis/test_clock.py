"""The clock: each job once a time, whoever runs it; one that fails holds up no other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ukis import clock
from ukis.clock import running
from ukis.clock.models import ClockRun

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def jobs(db, monkeypatch):
    monkeypatch.setattr(running, '_jobs', {})


def test_a_job_runs_at_once_and_then_when_its_time_has_come(jobs):
    ran = []
    clock.register('count', MINUTE, ran.append)
    for seconds in (0, 1, 59, 60, 61, 120):
        clock.run_due(NOON + timedelta(seconds=seconds))
    assert ran == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_missed_times_are_one_run(jobs):
    ran = []
    clock.register('count', MINUTE, ran.append)
    clock.run_due(NOON)
    later = NOON + timedelta(days=3)
    assert clock.run_due(later) == 1
    assert clock.run_due(later) == 0
    assert ran == [NOON, later]


def test_of_two_workers_one_runs_it(jobs):
    ran = []
    clock.register('count', MINUTE, ran.append)
    clock.run_due(NOON)
    job = running._jobs['count']
    later = NOON + MINUTE
    assert running._run(job, NOON, later) is True
    assert running._run(job, NOON, later) is False
    assert ran == [NOON, later]


def test_a_job_that_goes_on_is_not_late_nor_begun_by_another_worker(jobs):
    ran, told = [], []
    before = timezone.now() - timedelta(minutes=20)

    def long(now):
        ran.append(clock.late())
        clock.goes_on('long')
        ran.append(clock.late())
        ran.append(clock.run_due())

    clock.register('long', MINUTE, long)
    clock.run_due(before, begin=told.append)

    assert ran == [['long'], [], 0]
    assert told == ['long', 'long']


def test_a_job_that_goes_on_and_then_fails_is_tried_again(jobs):
    def fails(now):
        clock.goes_on('fails')
        raise ValueError('broken')

    clock.register('fails', MINUTE, fails)
    clock.run_due(NOON)

    row = ClockRun.objects.get()
    assert (row.last_run_at, 'ValueError: broken' in row.last_error) == (None, True)
    clock.goes_on('fails')
    row.refresh_from_db()
    assert row.last_run_at is None


def test_a_job_that_fails_is_noted_tried_again_and_holds_up_no_other(jobs, caplog):
    ran, broken = [], [True]

    def fails(now):
        if broken:
            raise ValueError('no luck')
        ran.append('mended')

    clock.register('fails', timedelta(days=1), fails)
    clock.register('works', timedelta(days=1), lambda now: ran.append('works'))
    assert clock.run_due(NOON) == 1
    assert 'no luck' in ClockRun.objects.get(name='fails').last_error
    assert clock.run_due(NOON + timedelta(seconds=1)) == 0
    assert len([record for record in caplog.records if record.name == 'ukis.clock.running']) == 1
    broken.clear()
    assert clock.run_due(NOON + timedelta(seconds=2)) == 1
    assert ran == ['works', 'mended']
    assert ClockRun.objects.get(name='fails').last_error == ''


def test_two_jobs_cannot_share_a_name(jobs):
    clock.register('count', MINUTE, print)
    with pytest.raises(ValueError, match='already'):
        clock.register('count', MINUTE, print)


def test_a_tick_with_nothing_due_is_one_question(jobs, django_assert_num_queries):
    for number in range(5):
        clock.register(f'job {number}', MINUTE, lambda now: None)
    clock.run_due(NOON)
    with django_assert_num_queries(1):
        clock.run_due(NOON + timedelta(seconds=1))


def test_work_once_does_what_is_due_and_ends(jobs):
    ran = []
    clock.register('count', MINUTE, ran.append)
    call_command('work', once=True)
    assert len(ran) == 1
