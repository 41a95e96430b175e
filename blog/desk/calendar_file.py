"""The desk's calendar as other calendars read it: titles and days, at an address that is its editor's secret."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blog.desk import commission_queues
from blog.models import Commission, Submission
from blog.states import HANDS, IN_PROCESS
from members.models import Person
from ukis import days
from ukis.letters.models import PrivateLink

PURPOSE = 'desk_calendar'
STANDS = 3_650  # days: it ends by being made anew, or with its editor's place on the desk
BACK = timedelta(days=90)
MOST = 1_000  # entries of a kind


def _addresses(person: Person) -> QuerySet[PrivateLink]:
    kind = ContentType.objects.get_for_model(Person)
    return PrivateLink.objects.filter(purpose=PURPOSE, content_type=kind, object_id=person.pk)


def made_at(person: Person) -> datetime | None:
    """Since when somebody has an address."""
    return _addresses(person).values_list('made_at', flat=True).first()


def make_address(*, by: Person) -> str:
    """A new secret, which is shown once; the one before it ends at once."""
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).only('pk').get(pk=by.pk)
        _addresses(by).delete()
        return PrivateLink.make(purpose=PURPOSE, about=by, days=STANDS)


def end_address(*, by: Person) -> None:
    _addresses(by).delete()


def of(person: Person, *, name: str, host: str) -> bytes:
    """What this person's desk shows just now, as a file of whole days. Who has no desk any more has none of it."""
    from icalendar import Calendar, Event  # here alone: visitors' pages make none

    made = Calendar()
    for key, value in {'prodid': '-//UK-IS//The desk//EN', 'version': '2.0', 'x-wr-calname': name}.items():
        made.add(key, value)
    made.add('refresh-interval', timedelta(hours=6), parameters={'VALUE': 'DURATION'})
    now = timezone.now()
    for key, words, day in _entries(person, now):
        event = Event()
        event.add('uid', f'{key}@{host}')
        event.add('dtstamp', now)
        event.add('dtstart', day)
        event.add('dtend', day + timedelta(days=1))
        event.add('summary', words)
        event.add('transp', 'TRANSPARENT')
        made.add_component(event)
    return bytes(made.to_ical())


def _entries(person: Person, now: datetime) -> Iterator[tuple[str, str, date]]:
    seen = Submission.objects.on_the_desk_of(person).with_title()
    out = seen.filter(post__published_at__gte=now - BACK, post__taken_down_at=None).select_related('post')
    for row in out.order_by('-post__published_at')[:MOST]:
        if row.post.published_at is not None:
            yield f'out-{row.pk}', f'Out: {row.title}', days.london_day(row.post.published_at)
    due = seen.filter(holder__in=HANDS, state__in=IN_PROCESS, due_on__isnull=False)
    for row in due.order_by('-due_on')[:MOST]:
        if row.due_on is not None:
            yield f'due-{row.pk}', f'Due: {row.title}', row.due_on
    for commission in commission_queues.without_words(person)[:MOST]:
        yield _asked(commission)


def _asked(commission: Commission) -> tuple[str, str, date]:
    title, pk = commission.working_title, commission.pk
    if commission.is_promised:
        return f'words-{pk}', f'Due: {title}', commission.deadline
    words = 'Another date asked for' if commission.proposed_on else 'Answer due'
    return f'answer-{pk}', f'{words}: {title}', commission.answer_by
