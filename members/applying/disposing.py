"""What is not kept: drafts that nobody came back to, and applications that led to nothing, with their files."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from members import letters
from members.application_states import ApplicationState, where
from members.applying.engine import applicant, letters_overtaken, link_to, locked
from members.models import Application
from members.models.applications import ApplicationQuerySet
from ukis import days

NOTICE_DAYS = 14  # before a draft goes, its applicant is told
CLOSED_DAYS = 365  # after it was declined, withdrawn or led elsewhere: time for an appeal
AT_ONCE = 200  # in one run of the clock; the rest in the next


def dispose(now: datetime | None = None) -> int:
    """A job of the clock: warns, and deletes what is due. How many were deleted."""
    now = now or timezone.now()
    today = days.london_day(now)
    drafts, closed = _drafts(), _closed(now)
    soon = drafts.filter(due_on__lte=today + timedelta(days=NOTICE_DAYS), warned_on=None)
    for row in soon.order_by('due_on', 'pk')[:AT_ONCE]:
        _warn(row, now)
    gone = 0
    for rows in (_told(drafts, today), closed):
        for pk in list(rows.order_by('pk').values_list('pk', flat=True)[:AT_ONCE]):
            gone += _delete(pk, rows)
    return gone


def due_to_go(now: datetime) -> ApplicationQuerySet:
    """What `dispose` would delete."""
    return _told(_drafts(), days.london_day(now)) | _closed(now)


def _drafts() -> ApplicationQuerySet:
    return Application.objects.filter(state=ApplicationState.DRAFT)


def _told(drafts: ApplicationQuerySet, today: date) -> ApplicationQuerySet:
    """Nobody's draft goes before its notice has had its days, however late the clock runs."""
    return drafts.filter(due_on__lt=today, warned_on__lte=today - timedelta(days=NOTICE_DAYS))


def _closed(now: datetime) -> ApplicationQuerySet:
    return Application.objects.filter(
        state__in=where(lambda row: row.disposed_of), held_since__lt=now - timedelta(days=CLOSED_DAYS)
    )


@transaction.atomic
def _warn(row: Application, now: datetime) -> None:
    row = locked(row)
    today = days.london_day(now)
    if not row.is_draft or row.warned_on or row.due_on is None:
        return
    row.warned_on = today
    # Told late, it stays as much longer: the date in the letter is the one that counts.
    row.due_on = max(row.due_on, today + timedelta(days=NOTICE_DAYS))
    row.save(update_fields=['warned_on', 'due_on'])
    letters.tell(
        'application_goes',
        [applicant(row)],
        row,
        key=f'application {row.pk} goes {row.due_on.isoformat()}',
        link=link_to(row),
    )


@transaction.atomic
def _delete(pk: int, rows: ApplicationQuerySet) -> bool:
    """Unless somebody came back to it meanwhile."""
    list(Application.objects.select_for_update().filter(pk=pk).values_list('pk'))
    row = rows.filter(pk=pk).first()
    if row is None:
        return False
    letters_overtaken(row)
    row.delete()
    return True
