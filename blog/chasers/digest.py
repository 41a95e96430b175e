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
from ukis.letters.texts.house import Values
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
    counted = _waits(person, reader)
    if any(counted.values()):
        _queue(person, monday, reader)
        entry.outcome, entry.why, entry.letters = Reminded.Outcome.SENT, '', 1
    entry.save(force_insert=True)


def _waits(person: Person, reader: Person) -> dict[str, int]:
    """How much of what the letter is for."""
    counted = queues.counts(reader)
    return {
        **{key: counted[key] for key in WAITS},
        'mine': _seen_by(reader, person).count(),
        'asked': commission_queues.rows('mine', person).exclude(invitee=reader).count(),
    }


def _seen_by(reader: Person, person: Person) -> SubmissionQuerySet:
    """What waits for somebody, as far as whoever reads of it may see it on the desk."""
    own = Authorship.objects.filter(person=reader).values('submission')
    return queues.rows('mine', person).exclude(pk__in=own)


def _words(person: Person, reader: Person) -> outbox.LetterWords:
    """As it reads now."""
    counted = queues.counts(reader)
    mine = _seen_by(reader, person)
    count = mine.count()
    oldest = list(queues.with_what_a_row_shows(mine if count else queues.rows('unassigned', reader))[:NAMED])
    return outbox.written(
        'desk_digest',
        {
            'recipient': reader.printed_name,
            'stands_in_for': person.printed_name if reader != person else '',
            'desk': settings.LETTERS_URL + reverse('admin:desk'),
            'mine': count,
            'asked': commission_queues.rows('mine', person).exclude(invitee=reader).count(),
            'counts': [(queues.QUEUES[one].label, counted[one]) for one in counted if one != 'mine'],
            'oldest': [(one, wording.editor_words(one)) for one in oldest],
        },
        society=Society.get(),
    )


def _queue(person: Person, monday: date, reader: Person) -> None:
    outbox.queue(
        kind='desk_digest',
        key=f'desk {monday} {person.pk}',
        about=person,
        to=reader,
        words=_words(person, reader),
        reply_to=Society.get().contributions_address,
        judged_by={'plan': PLAN, 'week': str(monday)},
    )


def overtaken(letter: Letter) -> str:
    """It waited for another week, or until nothing was left to be done."""
    found = _of(letter)
    if found is None:
        return ''
    if letter.judged_by['week'] != str(_monday(days.today())):
        return 'That week is over.'
    return '' if any(_waits(*found).values()) else 'Nothing waits any more.'


def values(letter: Letter) -> Values | None:
    found = _of(letter)
    return _words(*found).values if found else None


def _of(letter: Letter) -> tuple[Person, Person] | None:
    """Whose desk it is about, and who reads it; nothing for other letters."""
    if letter.judged_by.get('plan') != PLAN or letter.to is None:
        return None
    return Person.objects.get(pk=letter.object_id), letter.to


def kept_from(staff: Person) -> Q:
    """It names what stands on the desk of one editor, and is read by nobody else."""
    return Q(kind__in=KINDS) & ~Q(to=staff.pk)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
