"""How the site is, for whoever watches over it: each part in a word for machines and a sentence for people."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ukis import clock
from ukis.clock.models import ClockRun, Heartbeat
from ukis.letters import pausing
from ukis.letters.models import Letter
from ukis.pictures.models import Picture
from ukis.site.warnings import failing_texts

# A worker that has not said for so long that it lives does not.
SILENT = timedelta(seconds=60)
# A loop that has not come round for so long is stuck; letters take a minute each at most.
STUCK = {'letters': timedelta(minutes=3)}
STUCK_OTHERS = timedelta(minutes=10)
WAITING_TOO_LONG = timedelta(minutes=15)
LEAST_FREE = 500_000_000  # bytes; and on a large disk
LEAST_PART, OF_LESS_THAN = 0.05, 10_000_000_000
MIGRATIONS_ASKED_EVERY = 60.0  # seconds: the answer costs reading every migration there is


@dataclass(frozen=True)
class Finding:
    """`state` is 'ok', 'trouble' (the pages work, something else does not) or 'away' (nothing works)."""

    part: str
    state: str
    says: str
    age_seconds: int | None = None
    count: int | None = None


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """503 where the database is away. Other trouble is said and answers 200, for the pages work; with `?strict`,
    for a monitor that looks at nothing but the number, 503 too.
    """
    try:
        findings = [*_database(), *_worker(), *_letters(), *_pictures(), *_cache(), *_disk()]
    except DatabaseError:
        findings = [Finding('database', 'away', 'The database does not answer.'), *_cache(), *_disk()]
    states = {found.state for found in findings}
    state = next((one for one in ('away', 'trouble') if one in states), 'ok')
    status = 503 if state == 'away' or (state == 'trouble' and 'strict' in request.GET) else 200
    response = (_in_words if _is_browser(request) else _in_json)(state, findings, status)
    response.headers['Cache-Control'] = 'no-store'
    return response


def _is_browser(request: HttpRequest) -> bool:
    return 'text/html' in request.headers.get('Accept', '')


def _in_json(state: str, findings: list[Finding], status: int) -> HttpResponse:
    parts = {
        found.part: {
            key: value for key, value in asdict(found).items() if key != 'part' and value is not None
        }
        for found in findings
    }
    return JsonResponse({'state': state, 'parts': parts}, status=status)


def _in_words(state: str, findings: list[Finding], status: int) -> HttpResponse:
    first = {
        'ok': 'All is well.',
        'trouble': 'The pages work; something else does not.',
        'away': 'We are away.',
    }
    lines = [f'{found.part.capitalize()}: {found.state}. {found.says}' for found in findings]
    text = '\n'.join([first[state], '', *lines, ''])
    return HttpResponse(text, content_type='text/plain; charset=utf-8', status=status)


# --- The parts ------------------------------------------------------------------------------------------


def _database() -> Iterator[Finding]:
    pending = _pending()
    if pending:
        yield Finding(
            'database', 'trouble', f'It answers; {pending} migrations are still to be made.', count=pending
        )
    else:
        yield Finding('database', 'ok', 'It answers and is up to date.')


def _once_in(seconds: float, ask: Callable[[], int]) -> Callable[[], int]:
    known: list[tuple[float, str, int]] = []

    def answer() -> int:
        name = str(connection.settings_dict['NAME'])
        if not known or known[0][1] != name or time.monotonic() - known[0][0] > seconds:
            known[:] = [(time.monotonic(), name, ask())]
        return known[0][2]

    return answer


def _ask_pending() -> int:
    loader = MigrationLoader(connection)
    return len(loader.disk_migrations.keys() - loader.applied_migrations.keys())  # type: ignore[union-attr]


_pending = _once_in(MIGRATIONS_ASKED_EVERY, _ask_pending)


def _worker() -> Iterator[Finding]:
    now = timezone.now()
    beats = list(Heartbeat.objects.all())
    for loop in ['letters', *clock.lanes()]:
        yield _loop(loop, [beat for beat in beats if beat.loop == loop], now)
    runs = list(ClockRun.objects.filter(name__in=[job.name for job in clock.jobs()]).order_by('name'))
    failing = [run.name for run in runs if run.last_error]
    late = [run.name for run in runs if not run.last_error and clock.is_late(run, now)]
    if late:
        says = f'Late by more than a quarter of an hour: {"; ".join(late)}.'
        yield Finding('jobs late', 'trouble', says, count=len(late))
    if failing:
        yield Finding('jobs', 'trouble', f'Failed when last tried: {"; ".join(failing)}.', count=len(failing))


def _loop(loop: str, beats: list[Heartbeat], now: datetime) -> Finding:
    """Of several workers the worst that lives is told: the others may hide it."""
    part = f'worker: {loop}'
    if not beats:
        return Finding(part, 'trouble', 'No worker has been seen.')
    alive = [beat for beat in beats if now - beat.beat_at < SILENT]
    if not alive:
        last = max(beat.beat_at for beat in beats)
        return Finding(
            part, 'trouble', f'No worker has been seen since {ago(now - last)}.', _seconds(now - last)
        )
    beat = min(alive, key=lambda beat: beat.turned_at)
    age = now - beat.turned_at
    if age > STUCK.get(loop, STUCK_OTHERS):
        doing = f' in “{beat.doing}”' if beat.doing else ''
        return Finding(part, 'trouble', f'Stuck{doing}: it last came round {ago(age)}.', _seconds(age))
    if trouble := next((beat.trouble for beat in alive if beat.trouble), ''):
        # What stands before the colon: the rest names hosts, and is in the log and the admin.
        return Finding(part, 'trouble', f'{trouble.partition(":")[0].capitalize()}.', _seconds(age))
    return Finding(part, 'ok', f'Came round {ago(age)}.', _seconds(age))


def _letters() -> Iterator[Finding]:
    late = timezone.now() - WAITING_TOO_LONG
    failed = Letter.objects.filter(state=Letter.State.FAILED).count()
    waiting = Letter.objects.filter(state=Letter.State.WAITING, send_after__lt=late).count()
    said = [f'{failed} could not be sent'] if failed else []
    if failing := failing_texts():
        which = ', '.join(f'“{label}”' for label, _ in failing)
        says = f'Of an edited text the house’s goes instead: {which}.'
        yield Finding('letter texts', 'trouble', says, count=len(failing))
    if pausing.is_on():
        # Somebody wants it so: nothing is wrong, and a monitor is told.
        every = Letter.objects.due().count()
        yield Finding('mail', 'ok', f'All mail is paused by staff: {every} letters wait.', count=every)
        waiting = 0
    said += [f'{waiting} have waited for more than {_whole(WAITING_TOO_LONG)}'] if waiting else []
    if said:
        yield Finding('letters', 'trouble', f'{" and ".join(said)}.', count=failed + waiting)
    else:
        yield Finding('letters', 'ok', 'None has failed or waits too long.', count=0)


def _pictures() -> Iterator[Finding]:
    old = timezone.now() - WAITING_TOO_LONG
    stuck = Picture.objects.filter(sized_at=None, made_at__lt=old).count()
    if stuck:
        yield Finding('pictures', 'trouble', f'{stuck} still wait for their sizes.', count=stuck)
    else:
        yield Finding('pictures', 'ok', 'All have their sizes, or are new.', count=0)


def _cache() -> Iterator[Finding]:
    # Only a server that several processes share can be away; its client is not installed where there is none.
    is_away = getattr(caches['default'], 'is_away', None)
    if is_away is None:
        yield Finding('cache', 'ok', 'Limits are counted in the memory of this process.')
    elif is_away():
        yield Finding('cache', 'trouble', 'Away: until it is back, limits are counted in memory.')
    else:
        yield Finding('cache', 'ok', 'It answers.')


def _disk() -> Iterator[Finding]:
    try:
        usage = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        yield Finding('disk', 'trouble', 'The folder of the data cannot be read.')
        return
    free = f'{usage.free / 1e9:.1f} GB'
    small_part = usage.free < LEAST_PART * usage.total and usage.free < OF_LESS_THAN
    if small_part or usage.free < LEAST_FREE:
        yield Finding('disk', 'trouble', f'Nearly full: {free} are left.')
    else:
        yield Finding('disk', 'ok', f'{free} are free.')


# --- Words ------------------------------------------------------------------------------------------------


def ago(age: timedelta) -> str:
    return f'{_whole(age)} ago'


def _whole(age: timedelta) -> str:
    """'3 seconds', '12 minutes', '2 hours', '4 days': the largest unit of which there are two."""
    seconds = _seconds(age)
    for unit, size in (('day', 86_400), ('hour', 3_600), ('minute', 60)):
        if seconds >= 2 * size:
            return f'{seconds // size} {unit}s'
    return '1 second' if seconds == 1 else f'{seconds} seconds'


def _seconds(age: timedelta) -> int:
    return max(0, int(age.total_seconds()))
