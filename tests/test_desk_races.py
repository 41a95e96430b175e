"""What two tabs, two editors or the clock do at once on the desk beside the moves of one row, in two processes on
PostgreSQL: each pair in both orders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from blog import absences, chasers, previews, workflow
from blog.desk import calendar_file, saving, would_write
from blog.models import Absence, Authorship, PreviewLink, SavedQueue, Series, State, Submission, WouldWrite
from blog.workflow import assigning
from members.models import Person
from tests import moving
from tests.conftest import make_person, make_submission
from tests.moving import in_line
from ukis import days
from ukis.letters.models import Letter, PrivateLink
from ukis.letters.subjects import why_overtaken
from ukis.letters.texts import editing, house
from ukis.letters.texts.filling import Texts
from ukis.letters.texts.models import LetterText
from ukis.society.models import Society
from ukis.tags.models import Tag

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != 'postgresql', reason='stands in line for locks of PostgreSQL'),
]
LATER = timedelta(days=12)  # by then whoever was asked for changes is reminded


@pytest.fixture
def movers(database_url, society):
    yield from moving.two(database_url)


@dataclass
class Meeting:
    """Two that meet at what is held, and what must be true whoever came first: told what came of `one` and of `two`,
    of two that do the same in the order in which they came, and whether `one` was first."""

    held: QuerySet
    one: tuple[str, dict[str, Any]]
    two: tuple[str, dict[str, Any]]
    stands: Callable[[list[str], bool], Any]


# --- What a mover calls ---------------------------------------------------------------------------


def person(pk: int) -> Person:
    return Person.objects.get(pk=pk)


def give(pk: int, was: int, by: int, editor: int) -> None:
    assigning.give({pk: was}, by=person(by), editor=person(editor))


def move(name: str, pk: int, by: int, **given: Any) -> None:
    getattr(workflow, name)(Submission.objects.get(pk=pk), by=person(by), **given)


def assign(pk: int, by: int, editor: int) -> None:
    workflow.assign(Submission.objects.get(pk=pk), by=person(by), editor=person(editor))


def agree(pk: int, name: int) -> None:
    submission = Submission.objects.get(pk=pk)
    workflow.agree(submission, by=None, authorship=submission.authorships.get(pk=name))


def name_off(pk: int, name: int, by: int) -> None:
    submission = Submission.objects.get(pk=pk)
    theirs = submission.authorships.get(pk=name)
    workflow.take_silent_name_off(submission, by=person(by), authorship=theirs)


def release(pk: int, by: int) -> None:
    workflow.release(Submission.objects.get(pk=pk), by=person(by), at=None)


def set_series(pk: int, by: int, series: int) -> None:
    workflow.set_series(Submission.objects.get(pk=pk), by=person(by), series=Series.objects.get(pk=series))


def would(tag: int, by: int, words: str) -> None:
    would_write.say(Tag.objects.get(pk=tag), by=person(by), words=words)


def address(by: int) -> None:
    calendar_file.make_address(by=person(by))


def share(pk: int, by: int, version: int) -> None:
    previews.share(
        Submission.objects.get(pk=pk), by=person(by), version=version, for_whom='A colleague', runs=7
    )


def withdraw_link(pk: int, by: int) -> None:
    previews.withdraw(PreviewLink.objects.get(pk=pk), by=person(by))


def away(by: int, first: str, last: str) -> None:
    its = {'first': date.fromisoformat(first), 'last': date.fromisoformat(last)}
    absences.say(person(by), by=person(by), **its)


def save_queue(by: int, asked: str) -> None:
    saving.save(by=person(by), name='Late', asked=asked, shared=True)


def save_text(by: int, subject: str) -> None:
    editing.save('taken', Texts(subject, house.of('taken').body), by=person(by), number=0)


def remind() -> None:
    chasers.remind(timezone.now() + LATER)


# --- What meets -----------------------------------------------------------------------------------


def of(submission: Submission) -> QuerySet:
    return Submission.objects.filter(pk=submission.pk)


def many_given_meets_taking(cast) -> Meeting:
    Letter.objects.filter(kind='assigned_several').delete()
    submission = make_submission(cast['author'], State.SUBMITTED)

    def stands(said: list[str], given_first: bool) -> None:
        submission.refresh_from_db()
        whose = cast['spare'] if given_first else cast['other']
        assert submission.editor == whose
        assert said == (['made', 'NotNow'] if given_first else ['made', 'made'])
        assert Letter.objects.filter(kind='assigned_several', to=cast['spare']).exists() == given_first

    given = {'pk': submission.pk, 'was': 0, 'by': cast['chief'].pk, 'editor': cast['spare'].pk}
    taken = {'name': 'take', 'pk': submission.pk, 'by': cast['other'].pk}
    return Meeting(of(submission), ('give', given), ('move', taken), stands)


def many_given_meets_one_given(cast) -> Meeting:
    submission = make_submission(cast['author'], State.SUBMITTED)

    def stands(said: list[str], given_first: bool) -> None:
        submission.refresh_from_db()
        assert submission.editor == (cast['spare'] if given_first else cast['other'])
        assert said == (['made', 'NotNow'] if given_first else ['made', 'made'])

    given = {'pk': submission.pk, 'was': 0, 'by': cast['chief'].pk, 'editor': cast['spare'].pk}
    assigned = {'pk': submission.pk, 'by': cast['chief'].pk, 'editor': cast['other'].pk}
    return Meeting(of(submission), ('give', given), ('assign', assigned), stands)


def many_given_meets_a_decision(cast) -> Meeting:
    editor = cast['editor']
    submission = make_submission(cast['author'], State.IN_REVIEW, editor=editor)

    def stands(said: list[str], given_first: bool) -> None:
        submission.refresh_from_db()
        assert (submission.state, submission.editor) == (
            (State.IN_REVIEW, cast['spare']) if given_first else (State.DECLINED, editor)
        )
        assert said == (['made', 'NotAllowed'] if given_first else ['made', 'made'])

    given = {'pk': submission.pk, 'was': editor.pk, 'by': cast['chief'].pk, 'editor': cast['spare'].pk}
    declined = {'name': 'decline', 'pk': submission.pk, 'by': editor.pk, 'note': 'It does not fit.'}
    return Meeting(of(submission), ('give', given), ('move', declined), stands)


def a_yes_of_a_coauthor_meets_release(cast) -> Meeting:
    submission = make_submission(cast['author'], State.READY, editor=cast['editor'])
    name = submission.authorships.create(name='Gwen Guest', email='gwen@far.example', order=3)
    workflow.send_back(submission, by=cast['editor'], note='A name more.')
    workflow.send_for_approval(submission, by=cast['editor'])
    workflow.approve(submission, by=cast['author'], fingerprint=submission.current.hash)

    def stands(said: list[str], agreed_first: bool) -> None:
        submission.refresh_from_db()
        assert said == (['made', 'made'] if agreed_first else ['made', 'NotNow'])
        assert submission.state == (State.RELEASED if agreed_first else State.READY)

    agreed = {'pk': submission.pk, 'name': name.pk}
    return Meeting(
        of(submission), ('agree', agreed), ('release', {'pk': submission.pk, 'by': cast['editor'].pk}), stands
    )


def series_meets_another_series(cast) -> Meeting:
    submission = make_submission(cast['author'], State.IN_REVIEW, editor=cast['editor'])
    one, two = (Series.objects.create(title=f'{which} {submission.pk}') for which in ('Ten years', 'Eleven'))

    def stands(said: list[str], one_first: bool) -> None:
        submission.refresh_from_db()
        assert (said, submission.series) == (['made', 'made'], two if one_first else one)
        assert submission.steps.filter(move='set_series').count() == 2

    given = [{'pk': submission.pk, 'by': cast['editor'].pk, 'series': its.pk} for its in (one, two)]
    return Meeting(of(submission), ('set_series', given[0]), ('set_series', given[1]), stands)


def an_answer_elsewhere_meets_the_reminder(cast) -> Meeting:
    submission = make_submission(cast['author'], State.CHANGES_REQUESTED, editor=cast['editor'])

    def stands(said: list[str], noted_first: bool) -> None:
        reminders = Letter.objects.about(submission).filter(kind='changes_due', state=Letter.State.WAITING)
        assert said == ['made', 'made']
        assert [one for one in reminders if not why_overtaken(one)] == []

    noted = {'name': 'note_answer', 'pk': submission.pk, 'by': cast['editor'].pk, 'note': 'By telephone.'}
    return Meeting(of(submission), ('move', noted), ('remind', {}), stands)


def a_topic_said_twice(cast) -> Meeting:
    author, [tag] = cast['author'], Tag.objects.order_by('pk')[:1]
    WouldWrite.objects.all().delete()

    def stands(said: list[str], one_first: bool) -> None:
        row = WouldWrite.objects.get(person=author)
        assert (said, row.words) == (['made', 'made'], 'The other tab.' if one_first else 'One tab.')

    given = [{'tag': tag.pk, 'by': author.pk, 'words': words} for words in ('One tab.', 'The other tab.')]
    return Meeting(Person.objects.filter(pk=author.pk), ('would', given[0]), ('would', given[1]), stands)


def a_calendar_address_made_in_two_tabs(cast) -> Meeting:
    editor = cast['editor']

    def stands(said: list[str], one_first: bool) -> None:
        assert said == ['made', 'made']
        assert PrivateLink.objects.filter(purpose=calendar_file.PURPOSE, object_id=editor.pk).count() == 1

    its = ('address', {'by': editor.pk})
    return Meeting(Person.objects.filter(pk=editor.pk), its, its, stands)


def the_last_preview_link_made_twice(cast) -> Meeting:
    submission, editor = (
        make_submission(cast['author'], State.IN_REVIEW, editor=cast['editor']),
        cast['editor'],
    )
    number = submission.current.number
    for _ in range(previews.MOST - 1):
        previews.share(submission, by=editor, version=number, for_whom='A colleague', runs=7)

    def stands(said: list[str], one_first: bool) -> None:
        assert said == ['made', 'NotNow']
        assert submission.previews.count() == previews.MOST

    its = ('share', {'pk': submission.pk, 'by': editor.pk, 'version': number})
    return Meeting(of(submission), its, its, stands)


def a_preview_link_withdrawn_twice(cast) -> Meeting:
    submission, people = (
        make_submission(cast['author'], State.IN_REVIEW, editor=cast['editor']),
        (cast['editor'], cast['chief']),
    )
    previews.share(
        submission, by=people[0], version=submission.current.number, for_whom='A colleague', runs=7
    )
    link = submission.previews.get()

    def stands(said: list[str], one_first: bool) -> None:
        link.refresh_from_db()
        assert (said, link.withdrawn_by) == (['made', 'made'], people[0] if one_first else people[1])

    one, two = (('withdraw_link', {'pk': link.pk, 'by': who.pk}) for who in people)
    return Meeting(of(submission), one, two, stands)


def away_said_in_two_tabs(cast) -> Meeting:
    editor, today = cast['editor'], days.today()
    Absence.objects.all().delete()

    def stands(said: list[str], one_first: bool) -> None:
        assert sorted(said) == ['NotNow', 'made']
        assert Absence.objects.get(person=editor).first == today + timedelta(days=1 if one_first else 2)

    one, two = (
        (
            'away',
            {
                'by': editor.pk,
                'first': str(today + timedelta(days=at)),
                'last': str(today + timedelta(days=9)),
            },
        )
        for at in (1, 2)
    )
    return Meeting(Person.objects.filter(pk=editor.pk), one, two, stands)


def a_queue_saved_twice_under_one_name(cast) -> Meeting:
    editor = cast['editor']
    SavedQueue.objects.all().delete()

    def stands(said: list[str], one_first: bool) -> None:
        assert sorted(said) == ['NotNow', 'made']
        assert SavedQueue.objects.get(person=editor).asked == ('late=yes' if one_first else 'waits=7')

    one, two = (('save_queue', {'by': editor.pk, 'asked': asked}) for asked in ('late=yes', 'waits=7'))
    return Meeting(Person.objects.filter(pk=editor.pk), one, two, stands)


def a_letter_text_edited_by_two(cast) -> Meeting:
    LetterText.objects.all().delete()

    def stands(said: list[str], one_first: bool) -> None:
        assert sorted(said) == ['Stale', 'made']
        assert LetterText.objects.get().subject == ('One: {title}' if one_first else 'Two: {title}')

    one, two = (
        ('save_text', {'by': cast['chief'].pk, 'subject': f'{which}: {{title}}'}) for which in ('One', 'Two')
    )
    return Meeting(Society.objects.filter(pk=1), one, two, stands)


def with_a_silent_name(cast, state: State) -> tuple[Submission, Authorship]:
    submission = make_submission(
        cast['author'], state, editor=cast['editor'], coauthors=(('Gwen Guest', 'gwen@people.example'),)
    )
    theirs = submission.authorships.get(person=None)
    submission.authorships.filter(pk=theirs.pk).update(
        agreed_at=None, comes_off_on=days.today() - timedelta(days=1)
    )
    return submission, theirs


def a_silent_name_taken_off_meets_its_yes(cast) -> Meeting:
    submission, theirs = with_a_silent_name(cast, State.IN_REVIEW)

    def stands(said: list[str], one_first: bool) -> None:
        theirs.refresh_from_db()
        moves = list(submission.steps.values_list('move', flat=True))
        assert said == (['made', 'made'] if one_first else ['NotNow', 'made'])
        assert (theirs.printed, theirs.agreed_at is not None) == (True, True)
        assert [one for one in moves if one in ('name_off', 'come_back')] == (
            ['name_off', 'come_back'] if one_first else []
        )

    return Meeting(
        Submission.objects.filter(pk=submission.pk),
        ('name_off', {'pk': submission.pk, 'name': theirs.pk, 'by': cast['editor'].pk}),
        ('agree', {'pk': submission.pk, 'name': theirs.pk}),
        stands,
    )


def a_silent_name_is_taken_off_twice(cast) -> Meeting:
    submission, theirs = with_a_silent_name(cast, State.EDITING)

    def stands(said: list[str], one_first: bool) -> None:
        assert said == ['made', 'NotNow']
        assert submission.steps.filter(move='name_off').count() == 1

    both = ('name_off', {'pk': submission.pk, 'name': theirs.pk, 'by': cast['editor'].pk})
    return Meeting(Submission.objects.filter(pk=submission.pk), both, both, stands)


def a_name_that_comes_back_meets_release(cast) -> Meeting:
    """Before it, and the approval of the words without the name has lapsed; after it, and it is too late."""
    submission, theirs = with_a_silent_name(cast, State.EDITING)
    workflow.take_silent_name_off(submission, by=cast['editor'], authorship=theirs)
    workflow.send_for_approval(submission, by=cast['editor'])
    Letter.objects.about(submission).filter(kind='final_copy').update(state=Letter.State.SENT)
    workflow.approve(submission, by=cast['author'], fingerprint=submission.current.hash)

    def stands(said: list[str], one_first: bool) -> None:
        submission.refresh_from_db()
        names = [name.name for name in submission.current.printed_names]
        assert said == (['made', 'NotNow'] if one_first else ['NotNow', 'made'])
        assert (theirs.name in names, submission.state == State.RELEASED) == (one_first, not one_first)

    return Meeting(
        Submission.objects.filter(pk=submission.pk),
        ('agree', {'pk': submission.pk, 'name': theirs.pk}),
        ('release', {'pk': submission.pk, 'by': cast['editor'].pk}),
        stands,
    )


MEETINGS = (
    many_given_meets_taking,
    many_given_meets_one_given,
    many_given_meets_a_decision,
    a_yes_of_a_coauthor_meets_release,
    series_meets_another_series,
    an_answer_elsewhere_meets_the_reminder,
    a_topic_said_twice,
    a_calendar_address_made_in_two_tabs,
    the_last_preview_link_made_twice,
    a_preview_link_withdrawn_twice,
    away_said_in_two_tabs,
    a_queue_saved_twice_under_one_name,
    a_letter_text_edited_by_two,
    a_silent_name_taken_off_meets_its_yes,
    a_silent_name_is_taken_off_twice,
    a_name_that_comes_back_meets_release,
)


def test_whoever_comes_second_meets_what_the_first_made(movers, author, editor, other_editor, chief):
    spare = make_person('Spare Editor', group='Editor')
    cast = {'author': author, 'editor': editor, 'other': other_editor, 'chief': chief, 'spare': spare}
    odd = {}

    for meeting in MEETINGS:
        for one_first in (True, False):
            cache.clear()  # one author has a hundred letters sent, and more
            its = meeting(cast)
            line = (its.one, its.two) if one_first else (its.two, its.one)
            asked = [
                (mover, f'{__name__}.{call}', given)
                for mover, (call, given) in zip(movers, line, strict=True)
            ]
            said = in_line(its.held, *asked)
            try:
                its.stands(said if one_first else said[::-1] if its.one[0] != its.two[0] else said, one_first)
            except AssertionError as why:
                odd[meeting.__name__, one_first] = (said, str(why)[:300])

    assert odd == {}
