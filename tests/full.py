"""A submission with everything on it that its page can show, and what else stands on a desk: for what that costs."""

from datetime import timedelta

from django.utils import timezone

from blog import absences, previews, workflow
from blog.desk import presence, saving
from blog.messages import attachments
from blog.models import Message, ReadMark, Series, State, Submission, WouldWrite
from blog.states.reading_states import ReadingState
from members.models import Person
from tests.commissions import brought_to as commission_in
from tests.conftest import make_person, make_submission
from tests.readings import brought_to as reading_in
from ukis import days
from ukis.tags.models import Tag

AUTHORS, EDITORS = Message.Audience.AUTHORS, Message.Audience.EDITORS
READINGS = (ReadingState.ASKED, ReadingState.AGREED, ReadingState.RETURNED, ReadingState.DECLINED)
OTHERS = ('pitch', 'promised', *State.values[2:8], 'scheduled', State.DECLINED)
COMMISSIONS = ('draft', 'sent', 'accepted', 'declined', 'expired', 'fulfilled')


def full_submission(
    author: Person, editor: Person, other: Person, state: str = State.IN_REVIEW
) -> Submission:
    """`other` is another editor, who has it open."""
    coauthor = make_person()
    names = (coauthor, ('Guest Writer', 'guest@people.example'))
    submission = make_submission(author, state, editor=editor, coauthors=names)
    _name(submission, coauthor)
    Submission.objects.filter(pk=submission.pk).update(
        commission=commission_in('accepted', editor, email=f'asked{submission.pk}@far.example')
    )
    series = Series.objects.create(title=f'Ten years on, part {submission.pk}')
    workflow.set_series(submission, by=editor, series=series)
    if submission.state == State.IN_REVIEW:
        for at in READINGS:
            reading_in(at, submission, editor, name=f'Rhea {at}', email=f'{at}@far.example')
    _talk(submission, author, editor, other)
    for form in ('Message', 'Copy-edit'):
        submission.buffers.create(
            writer=editor, form=form, page='/', tab='a', typed_at=1, fields={'text': ['Half a word']}
        )
    submission.word_files.create(by=author, name='A text.docx', content=b'PK', answered_at=timezone.now())
    if not previews.why_not(submission):
        number = submission.current.number
        previews.share(submission, by=editor, version=number, for_whom='A colleague', runs=7)
    presence.note(submission, other)
    submission.refresh_from_db()
    return submission


def _name(submission: Submission, coauthor: Person) -> None:
    now = timezone.now()
    submission.authorships.filter(person=coauthor).update(objected_at=now, objection='Not so.')
    submission.authorships.create(name='Silent Writer', email='silent@people.example', order=9)
    submission.authorships.create(name='Said Writer', order=10, statement='By telephone.', stated_at=now)


def _talk(submission: Submission, author: Person, editor: Person, other: Person) -> None:
    """Said on both sides and among editors, with passages and files, read and not read; some of it waits."""
    first = submission.versions.first()
    quoted = {'version': first, 'part': 'body', 'block': 0, 'start': 0, 'words': 'The first'}
    for by, audience in ((author, AUTHORS), (editor, AUTHORS), (editor, EDITORS), (other, EDITORS)):
        said = workflow.say(submission, by=by, text='A word.', audience=audience)
        submission.passages.create(message=said, by=by, **quoted)
        attachments.keep(submission, by, 'A table.pdf', b'%PDF-1.7')
        submission.attachments.filter(message=None).update(message=said)
        readers = {editor, other} if audience == EDITORS else {author, editor, other}
        ReadMark.objects.bulk_create(ReadMark(message=said, person=one) for one in readers - {by})
    workflow.say(submission, by=author, text='Not read yet.')
    submission.passages.create(by=editor, **quoted)
    attachments.keep(submission, editor, 'Waits.pdf', b'%PDF-1.7')


def full_desk(submission: Submission, author: Person, editor: Person, other: Person) -> dict[str, int]:
    """One in every other state, commissions, letters that came in, absences, saved queues; the keys of those that an
    address can name."""
    for state in OTHERS:
        make_submission(author, state, editor=editor)
    asked = [commission_in(state, editor, email=f'{state}@far.example').pk for state in COMMISSIONS]
    today = days.today()
    absences.say(editor, by=editor, first=today, last=today + timedelta(days=3), deputy=other)
    saved = [
        saving.save(by=editor, name=name, asked='late=yes', shared=True).pk for name in ('Late', 'Later')
    ]
    for number in range(3):
        submission.incoming.create(
            state='held', why='…', mail_id=f'<{number}@far>', person=author, whole='Hello', words='Hello'
        )
    WouldWrite.objects.create(person=author, tag=Tag.objects.order_by('pk')[0], words='I would.')
    return {
        'commission': asked[1],
        'draft': asked[0],
        'saved': saved[0],
        'silent': submission.authorships.get(name='Silent Writer').pk,
        'reading': submission.readings.get(state=ReadingState.RETURNED).pk,
    }
