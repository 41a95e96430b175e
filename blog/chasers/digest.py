"""Monday's letter to each editor: what waits for them, the oldest first. One a week, at eight or later; where that is a
holiday, on the next day on which they work. With nothing in it there is none."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from blog import absences, wording
from blog.chasers.plan import nation_of
from blog.desk import commission_queues, queues
from blog.models import Authorship
from blog.models.submissions_seen import SubmissionQuerySet
from members.models import Person
from ukis import days
from ukis import letters as outbox
from ukis.clock import ledger
from ukis.clock.models import Reminded
from ukis.engine import locked
from ukis.letters.models import Letter
from ukis.society.models import Society

PLAN = 'desk'
KINDS = {'desk_digest': 'What waits on the desk (to an editor)'}
AT = 8  # o'clock in London
NAMED = 10
WAITS = ('mine', 'unassigned', 'overdue')


def write(now: datetime) -> None:
    """To whoever has had none this week: after days that were missed, that of this week alone. Of somebody who is away
    it goes to their deputy; where there is none it waits until they are back."""
    on = days.london_day(now)
    if now.astimezone(days.LONDON).hour < AT:
        return
    monday = _monday(on)
    had = Reminded.objects.filter(
        plan=PLAN, content_type=ContentType.objects.get_for_model(Person), step=str(monday)
    )
    editors = Person.objects.editors().exclude(pk__in=had.values('object_id')).order_by('pk').distinct()
    absent = absences.among(editors, on)
    for person in editors:
        reader = absent[person.pk].deputy if person.pk in absent else person
        if reader and reader.is_active and reader.is_editor and ledger.works(on, nation_of(reader)):
            _write(person, monday, reader)


@transaction.atomic
def _write(person: Person, monday: date, reader: Person) -> None:
    person = locked(person)
    entry = Reminded(
        plan=PLAN,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=person.pk,
        whom='an editor',
        step=str(monday),
        due_on=monday,
        outcome=Reminded.Outcome.SKIPPED,
        why='Nothing waited.',
    )
    of_week = Reminded.objects.filter(
        plan=PLAN, content_type=entry.content_type, object_id=person.pk, step=entry.step
    )
    if of_week.exists():
        return  # another worker was quicker
    counted = queues.counts(reader)
    counted['mine'] = _seen_by(reader, person).count()
    asked = commission_queues.rows('mine', person).exclude(invitee=reader).count()
    if asked or any(counted[key] for key in WAITS):
        _queue(person, monday, counted, asked, reader)
        entry.outcome, entry.why, entry.letters = Reminded.Outcome.SENT, '', 1
    entry.save(force_insert=True)


def _seen_by(reader: Person, person: Person) -> SubmissionQuerySet:
    """What waits for somebody, as far as whoever reads of it may see it on the desk."""
    own = Authorship.objects.filter(person=reader).values('submission')
    return queues.rows('mine', person).exclude(pk__in=own)


def _queue(person: Person, monday: date, counted: dict[str, int], asked: int, reader: Person) -> None:
    society = Society.get()
    key = 'mine' if counted['mine'] else 'unassigned'
    found = _seen_by(reader, person) if counted['mine'] else queues.rows(key, reader)
    oldest = list(queues.with_what_a_row_shows(found)[:NAMED])
    words = outbox.written(
        'desk_digest',
        {
            'recipient': reader.printed_name,
            'stands_in_for': person.printed_name if reader != person else '',
            'desk': settings.LETTERS_URL + reverse('admin:desk'),
            'mine': counted['mine'],
            'asked': asked,
            'counts': [(queues.QUEUES[one].label, counted[one]) for one in counted if one != 'mine'],
            'oldest': [(one, wording.editor_words(one)) for one in oldest],
        },
        society=society,
    )
    outbox.queue(
        kind='desk_digest',
        key=f'desk {monday} {person.pk}',
        about=person,
        to=reader,
        words=words,
        reply_to=society.contributions_address,
        judged_by={'plan': PLAN, 'week': str(monday)},
    )


def overtaken(letter: Letter) -> str:
    by = letter.judged_by
    of_this_week = by.get('plan') != PLAN or by['week'] == str(_monday(days.today()))
    return '' if of_this_week else 'That week is over.'


def kept_from(staff: Person) -> Q:
    """It names what stands on the desk of one editor, and is read by nobody else."""
    return Q(kind__in=KINDS) & ~Q(to=staff.pk)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
