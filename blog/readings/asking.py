"""The editor's verbs: ask, remind, take back, note what was answered elsewhere, share what was advised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from blog import workflow
from blog.models import Authorship, Reading, Submission
from blog.readings.engine import PROCESS, MovingReading, is_named, moving, parties_on
from blog.readings.moves import MOVES, readers_are_asked
from blog.states.reading_states import OPEN
from blog.states.reading_states import ReadingState as State
from blog.workflow.engine import locked as locked_submission
from members import owners
from members.models import Affiliation, Person
from ukis import days
from ukis.erasing import ERASED
from ukis.letters.models import PrivateLink
from ukis.lines import one_line
from ukis.refusals import NotAllowed, NotNow

MOST_OPEN = 6  # at one submission


@dataclass(frozen=True)
class KnownReader:
    """Who an address already is, asked before it is written to."""

    person: Person | None
    other_name: str  # where they go by another name than the one typed
    refused: str  # why they cannot be asked at all
    shared_with: Sequence[str]  # organisations at which they are, and an author is
    open: Sequence[Reading]
    before: Sequence[Reading]

    @property
    def warns(self) -> bool:
        """Whether there is anything to read before one goes on."""
        return bool(self.person or self.shared_with or self.open or self.before)


def known_reader(submission: Submission, *, name: str, email: str, by: Person) -> KnownReader:
    email = email.strip().lower()
    person = owners.owner_of(email)
    theirs = Q(email=email) | Q(reader=person) if person else Q(email=email)
    others = Reading.objects.filter(theirs).exclude(email=ERASED).with_sentences()
    # Of what the asking editor writes themselves they hear nothing here either.
    own = Authorship.objects.filter(person=by).values('submission')
    found = list(others.exclude(submission__in=own).order_by('-held_since', '-pk')[:20])
    return KnownReader(
        person=person,
        other_name=person.printed_name if person and person.printed_name != name else '',
        refused=_why_never(submission, person, email, by),
        shared_with=_shared_with(submission, person, email),
        open=[one for one in found if one.is_open and not one.is_decided],
        before=[one for one in found if not one.is_open],
    )


def _why_never(submission: Submission, person: Person | None, email: str, by: Person) -> str:
    if is_named(submission, person, email):
        return 'This is the address of somebody who is named on the submission: they cannot be its second reader.'
    if person is not None and person.pk in (by.pk, submission.editor_id):
        return 'Its editor reads it anyway. Ask somebody else.'
    if submission.readings.filter(email=email, state__in=OPEN).exists():
        return 'They are asked already, under the same address.'
    return ''


def _shared_with(submission: Submission, person: Person | None, email: str) -> list[str]:
    """By what their entries say; of somebody without one, by the part of the address that follows the @."""
    names = list(submission.authorships.all())
    authors = [name.person_id for name in names if name.person_id]
    at = Affiliation.objects.current().filter(person__in=authors).select_related('organisation')
    of_authors: dict[int | None, str] = {one.organisation_id: one.organisation.shown_name for one in at}
    of_authors |= {name.organisation_id: name.organisation.shown_name for name in names if name.organisation}
    if person is not None:
        theirs = Affiliation.objects.current().filter(person=person).values_list('organisation', flat=True)
        return sorted(of_authors[key] for key in set(theirs) & set(of_authors))
    domain = email.rpartition('@')[2]
    same = domain and any(
        domain == address.rpartition('@')[2]
        for name in names
        for address in (name.email, (name.person.email or '') if name.person else '')
        if address
    )
    return [domain] if same else []


def ask(
    submission: Submission, *, by: Person, name: str, email: str, question: str, due_on: date, seen: int = 0
) -> Reading:
    """The words as they stand are what is read, whatever becomes of them. `seen`: their number on the page."""
    name, email, question = one_line(name), email.strip().lower(), question.strip()
    move = MOVES['ask']
    with transaction.atomic():
        held = locked_submission(submission)
        at = timezone.now()
        if not move.who & parties_on(held, by):
            raise NotAllowed('Second readers are asked by the editor of the submission.')
        assert held.current is not None, 'a submission has words from the start on'
        if why_not := readers_are_asked(held.state) or _why_not_them(held, email, by):
            raise NotNow(why_not)
        if seen and seen != held.current.number:
            raise NotNow('The words have changed since you opened this page. Look at them, then ask.')
        if not question:
            raise NotNow('Write what you would like to hear of them.')
        _is_to_come(due_on, days.london_day(at))
        row = Reading(
            submission=held,
            version=held.current,
            reader=owners.owner_of(email),
            name=name,
            email=email,
            question=question,
            due_on=due_on,
            asked_by=by,
            asked_at=at,
            held_since=at,
        )
        made = MovingReading(row, move, by, '', '', State.ASKED, at)
        PROCESS.write(made)
        PROCESS.tell(made)
    return row


def _why_not_them(submission: Submission, email: str, by: Person) -> str:
    if submission.readings.filter(state__in=OPEN).count() >= MOST_OPEN:
        return f'{MOST_OPEN} people are reading it already. Take one back first.'
    return _why_never(submission, owners.owner_of(email), email, by)


def _is_to_come(day: date, today: date) -> None:
    if day < today:
        raise NotNow('Choose a day that is not past.')


def remind(reading: Reading, *, by: Person, note: str = '') -> Reading:
    with moving('remind', reading, by=by, note=note):
        pass
    return reading


def move_date(reading: Reading, *, by: Person, due_on: date, note: str = '') -> Reading:
    with moving('move_date', reading, by=by, note=note) as made:
        _is_to_come(due_on, days.london_day(made.at))
        made.facts['was_due'], made.reading.due_on = made.reading.due_on, due_on
    return reading


def correct_address(reading: Reading, *, by: Person, name: str, email: str) -> Reading:
    """A new letter goes to the right address; links that were sent to the wrong one lead nowhere from now on."""
    with moving('correct_address', reading, by=by) as made:
        row, name, email = made.reading, one_line(name), email.strip().lower()
        if (row.name, row.email) == (name, email):
            raise NotNow('This is the name and the address that it has.')
        if email != row.email and (why_not := _why_never(row.submission, owners.owner_of(email), email, by)):
            raise NotNow(why_not)
        made.history = f'{row.name}, {row.email}'  # where it went before
        forget_links(row)
        row.name, row.email, row.reader = name, email, owners.owner_of(email)
    return reading


def forget_links(row: Reading) -> None:
    kind = ContentType.objects.get_for_model(Reading)
    PrivateLink.objects.filter(content_type=kind, object_id=row.pk).delete()


def note_no(reading: Reading, *, by: Person, note: str) -> Reading:
    with moving('note_no', reading, by=by, note=note) as made:
        made.reading.answer = made.note
    return reading


def note_advice(reading: Reading, *, by: Person, note: str) -> Reading:
    """They said it by telephone, or by ordinary mail. Whether they may be named nobody asked: they are not."""
    with moving('note_advice', reading, by=by, note=note) as made:
        row = made.reading
        row.for_editor = f'{row.for_editor}\n\n{made.note}'.strip() if row.for_editor else made.note
        row.may_name, row.returned_at = bool(row.may_name), made.at
    return reading


def revive(reading: Reading, *, by: Person, due_on: date, note: str = '') -> Reading:
    with moving('revive', reading, by=by, note=note) as made:
        _is_to_come(due_on, days.london_day(made.at))
        row = made.reading
        if why_not := _why_never(row.submission, row.reader, row.email, by):
            raise NotNow(why_not)
        row.due_on, row.asked_at, row.asked_by = due_on, made.at, by
        row.reason = row.answer = row.other_name = row.other_email = ''
    return reading


def take_back(reading: Reading, *, by: Person, reason: str) -> Reading:
    """What they typed stays theirs to read."""
    with moving('take_back', reading, by=by, note=reason):
        pass
    return reading


def share(reading: Reading, *, by: Person, for_author: str) -> Reading:
    """A message of the conversation, in the editor's name: whose words it holds it says only where they agreed to it.
    What they wrote stays with the editors as it was."""
    with moving('share', reading, by=by) as made:
        row, text = made.reading, for_author.strip()
        if not text:
            raise NotNow('Write, or leave, what the author is to read.')
        message = workflow.say(row.submission, by=by, text=f'{row.named_to_author} writes:\n\n{text}')
        row.shared, row.shared_at = message, made.at
    return reading
