"""What runs by the clock. Jobs ask what is due up to now: run late, or once for many missed times, they
make good.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ukis.clock.models import ClockRun

log = logging.getLogger(__name__)

# A job is late, and red wherever staff look, after its own interval and this.
GRACE = timedelta(minutes=15)
# The lanes of the clock, each a loop of the worker: no job waits for one in another lane.
CLOCK, PICTURES, BOUNCES, ANSWERS, WORDS = 'clock', 'pictures', 'bounces', 'answers', 'words'


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[datetime], object]
    lane: str = CLOCK


_jobs: dict[str, Job] = {}


@dataclass
class _Claim:
    """What this process is at: since when, and who is told that it goes on."""

    at: datetime
    begin: Callable[[str], object]


_claims: dict[str, _Claim] = {}


def register(name: str, every: timedelta, job: Callable[[datetime], object], *, lane: str = CLOCK) -> None:
    """Called from `AppConfig.ready()`. The job receives the moment up to which it should make good.

    Of several workers one runs it, outside any transaction. One that raises is tried again a second later.
    Whatever may take long, or waits for something outside the database, has a lane of its own.
    """
    if name in _jobs:
        raise ValueError(f'The clock already has a job named {name!r}.')
    _jobs[name] = Job(name, every, job, lane)


def jobs() -> list[Job]:
    return list(_jobs.values())


def late_runs(now: datetime | None = None) -> QuerySet[ClockRun]:
    """Those of jobs that are red, as rows to be looked for together with something else."""
    now, red = now or timezone.now(), Q(pk=None)
    for job in _jobs.values():
        red |= Q(name=job.name, last_run_at__lt=now - GRACE - job.every)
    return ClockRun.objects.filter(red)


def late(now: datetime | None = None) -> list[str]:
    """The names of those that are red."""
    return sorted(run.name for run in ClockRun.objects.all() if is_late(run, now))


def is_late(run: ClockRun, now: datetime | None = None) -> bool:
    """Last run longer ago than its own interval and some minutes. One that never ran is judged by its error alone:
    nobody knows since when it is there."""
    job, last = _jobs.get(run.name), run.last_run_at
    return job is not None and last is not None and last + job.every + GRACE < (now or timezone.now())


def lanes() -> list[str]:
    return sorted({CLOCK, *(job.lane for job in _jobs.values())})


def run_due(
    now: datetime | None = None, *, lane: str = '', begin: Callable[[str], object] = lambda name: None
) -> int:
    """Runs every job whose time has come, each once however long ago that was. How many went well.

    `lane`: those of this lane only. `begin` is told the name of each as it starts.
    """
    now = now or timezone.now()
    last_runs = dict(ClockRun.objects.values_list('name', 'last_run_at'))
    if new := _jobs.keys() - last_runs.keys():
        ClockRun.objects.bulk_create([ClockRun(name=name) for name in sorted(new)], ignore_conflicts=True)
    well = 0
    for job in list(_jobs.values()):
        last = last_runs.get(job.name)
        if lane in ('', job.lane) and _is_due(last, job.every, now):
            begin(job.name)
            well += _run(job, last, now, begin)
    return well


def goes_on(name: str) -> None:
    """Said now and then by a job that may take longer than its interval, outside any transaction: it is not late, its
    loop is not stuck, and no other worker begins it."""
    claim = _claims.get(name)
    if claim is None:
        return
    claim.begin(name)
    at = timezone.now()
    if ClockRun.objects.filter(name=name, last_run_at=claim.at).update(last_run_at=at):
        claim.at = at


def _is_due(last: datetime | None, every: timedelta, now: datetime) -> bool:
    return last is None or last + every <= now


def _run(
    job: Job, last: datetime | None, now: datetime, begin: Callable[[str], object] = lambda name: None
) -> bool:
    row = ClockRun.objects.filter(name=job.name)
    if not row.filter(last_run_at=last).update(last_run_at=now):
        return False  # another worker was quicker
    claim = _claims[job.name] = _Claim(now, begin)
    try:
        job.run(now)
    except Exception:
        error = traceback.format_exc()
        # The claim is given back, so the next tick tries again; told once, not every second.
        mine = row.filter(last_run_at=claim.at)
        if mine.exclude(last_error=error).update(last_run_at=last, last_error=error):
            log.exception('The job “%s” failed; it is tried again until it succeeds', job.name)
        else:
            mine.update(last_run_at=last)
        return False
    finally:
        _claims.pop(job.name, None)
    row.filter(last_run_at=claim.at).exclude(last_error='').update(last_error='')
    return True
