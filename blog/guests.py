"""Guest editors come and go: they hear of it, and what they had in hand does not wait for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from blog import commissioning, workflow
from blog.letters import guest_letters
from blog.models import Series, SeriesEditor
from members import staffing
from members.models import Person
from ukis import days

# A job that missed more than this tells nobody any more.
TOLD_WITHIN = timedelta(days=14)


@transaction.atomic
def changed(series: Series, *, had: Iterable[SeriesEditor], by: Person) -> None:
    """After the guests of a series were written: whoever is named is let in to that and no more, whoever is named for
    none any more is let in no longer, and each is told. `had`: its guests until then."""
    before = {row.person_id: row for row in had}
    now = {row.person_id: row for row in series.guests.select_related('person')}
    gone = before.keys() - now.keys()
    still = set(SeriesEditor.objects.filter(person__in=gone).values_list('person', flat=True))
    staffing.let_guests_in(now.keys() - before.keys(), by=by)
    staffing.let_guests_out(gone - still, by=by)
    for key in sorted(now.keys() - before.keys()):
        row = now[key]
        if not series.is_over:
            guest_letters.tell(
                'guest_named', row.person, series, occasion=f'from {row.pk}', by=by, named=row.named
            )
    for key in sorted(gone):
        row = before[key]
        if not series.is_over:
            guest_letters.tell('guest_over', row.person, series, occasion=f'gone {row.pk}', by=by)
    _hand_on(by=by)


def over(now: datetime) -> None:
    """Of series that have ended: their guests are told once, and what these had in hand goes on."""
    today = days.london_day(now)
    ended = SeriesEditor.objects.filter(series__ends_on__lt=today, series__ends_on__gte=today - TOLD_WITHIN)
    for row in ended.select_related('series', 'person').order_by('pk'):
        with transaction.atomic():
            guest_letters.tell(
                'guest_over', row.person, row.series, occasion=f'ended {row.series.ends_on} {row.pk}', by=None
            )
    _hand_on(by=None)


def _hand_on(*, by: Person | None) -> None:
    workflow.hand_on_from_guests(by=by)
    commissioning.hand_on_from_guests(by=by)
