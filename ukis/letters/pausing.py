"""All mail paused: every letter waits, none is lost, and none that is true no more goes out afterwards."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from ukis import lately
from ukis.leafing import Leafing
from ukis.letters.models import Letter
from ukis.letters.subjects import kinds, put_off_until, why_overtaken
from ukis.letters.texts.models import MailPause
from ukis.refusals import NotNow
from ukis.society.models import Society

# Of so many at a time it is asked what would become of them, the oldest first: each is asked as at sending.
LOOKED_AT = 25


def standing() -> MailPause | None:
    return MailPause.objects.filter(is_on=True).select_related('by').first()


# For pages, which must not ask each time.
known = lately.Lately(standing)


def is_on_for_a_claim() -> bool:
    """Asked in the transaction of a worker's claim, and held until it ends: whoever pauses waits for that, so that no
    letter is taken in hand once the pause stands."""
    _hold()
    return MailPause.objects.filter(is_on=True).exists()


def is_on() -> bool:
    return MailPause.objects.filter(is_on=True).exists()


@transaction.atomic
def begin(*, by: Any, reason: str) -> MailPause:
    """NotNow where somebody paused it meanwhile."""
    _hold()
    if found := standing():
        raise NotNow(f'All mail is paused already, by {found.by}: {found.reason}')
    if not reason.strip():
        raise NotNow('Say why: staff read it on every page while it lasts.')
    transaction.on_commit(lately.forget)
    return MailPause.objects.create(by=by, reason=' '.join(reason.split())[:300], since=timezone.now())


@transaction.atomic
def end(pause: MailPause, *, by: Any) -> MailPause:
    """NotNow where it has ended."""
    _hold()
    row = MailPause.objects.select_for_update(of=('self',)).select_related('ended_by').get(pk=pause.pk)
    if not row.is_on:
        raise NotNow(f'{row.ended_by} has ended this pause already.')
    row.is_on, row.ended_at, row.ended_by = False, timezone.now(), by
    row.save(update_fields=['is_on', 'ended_at', 'ended_by'])
    transaction.on_commit(lately.forget)
    return row


def _hold() -> None:
    list(Society.objects.select_for_update(no_key=True).filter(pk=1).values_list('pk'))


# --- What would go ----------------------------------------------------------------------------------------


@dataclass
class Judged:
    letter: Letter
    becomes: str  # 'goes', 'overtaken' or 'waits'
    why: str = ''


@dataclass
class WouldGo:
    """`by_kind`: of all that is due, how many of each kind. `judged`: what would become of those of one page."""

    count: int
    by_kind: list[tuple[str, int]]
    page: Page
    judged: list[Judged] = field(default_factory=list)

    @property
    def counted(self) -> Counter:
        return Counter(one.becomes for one in self.judged)


def would_go(page: str | None = None) -> WouldGo:
    """What is due now and would leave if the pause ended, the oldest first. Judged as at sending, those of one page;
    nothing is written."""
    due = Letter.objects.due()
    named = kinds()
    counts = due.order_by().values_list('kind').annotate(count=Count('pk')).order_by('-count', 'kind')
    by_kind = [(named.get(kind, kind.replace('_', ' ').capitalize()), count) for kind, count in counts]
    leaves = Leafing(due.order_by('send_after', 'pk'), LOOKED_AT, shown=Letter.objects.select_related('by'))
    shown = leaves.get_page(page)
    return WouldGo(sum(count for _, count in by_kind), by_kind, shown, [_judged(letter) for letter in shown])


def _judged(letter: Letter) -> Judged:
    if why := why_overtaken(letter):
        return Judged(letter, 'overtaken', why)
    if put_off_until(letter):
        return Judged(letter, 'waits')
    return Judged(letter, 'goes')
