"""What would go if the pause of all mail ended. Whether a letter is still true costs several questions, with what it is
about held as at sending: the clock asks them, of one letter after the other, and staff's page reads what it found."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from ukis.leafing import Leafing
from ukis.letters import pausing
from ukis.letters.models import Letter
from ukis.letters.subjects import kinds, put_off_until, why_overtaken
from ukis.letters.texts import anew
from ukis.letters.texts.models import Foreseen

# On one page.
SHOWN = 25
# Each is asked again after so long, and no run takes more than so many seconds, for other jobs wait.
EVERY, AGAIN, SECONDS, AT_ONCE = timedelta(seconds=5), timedelta(seconds=30), 2.0, 500

Becomes = Foreseen.Becomes


def look_through(now: datetime) -> int:
    """A job of the clock: how many letters were asked. Those that were never asked come first."""
    if not pausing.is_on():
        return 0
    asked, until = 0, time.monotonic() + SECONDS
    for letter in _to_ask(now):
        _ask(letter)
        asked += 1
        if time.monotonic() > until:
            break
    return asked


def _to_ask(now: datetime) -> QuerySet[Letter]:
    found = Letter.objects.due().filter(Q(foreseen=None) | Q(foreseen__at__lte=now - AGAIN))
    return found.order_by(F('foreseen__at').asc(nulls_first=True), 'send_after', 'pk')[:AT_ONCE]


def _ask(letter: Letter) -> None:
    why = why_overtaken(letter)
    waits = not why and put_off_until(letter)
    becomes = Becomes.OVERTAKEN if why else Becomes.WAITS if waits else Becomes.GOES
    reads = {} if why or waits else anew.of_today(letter)
    found = {'becomes': becomes, 'why': why[:300], 'reads': reads.get('subject', ''), 'at': timezone.now()}
    Foreseen.objects.update_or_create(letter=letter, defaults=found)


@dataclass
class WouldGo:
    """`by_kind`: of all that is due, how many of each kind. `becoming`: of all that was asked, how many become what.
    `since`: when the one was asked that was asked longest ago; nothing where none was."""

    count: int
    by_kind: list[tuple[str, int]]
    becoming: list[tuple[Becomes, int]]
    since: datetime | None
    page: Page

    @property
    def not_asked(self) -> int:
        return self.count - sum(count for _, count in self.becoming)


def would_go(page: str | None = None) -> WouldGo:
    """What is due now and would leave if the pause ended, the oldest first."""
    due, named = Letter.objects.due(), kinds()
    counts = due.order_by().values_list('kind').annotate(count=Count('pk')).order_by('-count', 'kind')
    by_kind = [(named.get(kind, kind.replace('_', ' ').capitalize()), count) for kind, count in counts]
    asked: dict[str, Any] = {
        row['becomes']: row
        for row in Foreseen.objects.filter(letter__in=due)
        .order_by()
        .values('becomes')
        .annotate(count=Count('pk'), since=Min('at'))
    }
    return WouldGo(
        sum(count for _, count in by_kind),
        by_kind,
        [(one, asked[one]['count']) for one in Becomes if one in asked],
        min((row['since'] for row in asked.values()), default=None),
        Leafing(
            due.order_by('send_after', 'pk'), SHOWN, shown=Letter.objects.select_related('by', 'foreseen')
        ).get_page(page),
    )
