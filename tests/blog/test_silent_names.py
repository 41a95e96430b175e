"""The end of a silence: told before, a name comes off, everybody concerned hears, and it can come back until release."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import chasers, checklist, workflow
from blog.models import Authorship, State
from members.models import Person
from tests.conftest import letters_leave, make_submission
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
MONDAY = datetime(2027, 2, 1, 10, tzinfo=UTC)  # no holiday for weeks
DAY = timedelta(days=1)
NIA, COL = ('Nia Named', 'nia@far.example'), ('Col League', 'col@far.example')
# She is asked on day 0; her author hears on day 7, a Monday, that the name stands for five working days more.
TOLD, LAST = 7, 14
DAYS = (3, 7, 8, 13, 14, 15, 16, 21, 22, 25)  # on which something is due, or just not


@pytest.fixture
def silent(author, editor, time_machine, monkeypatch):
    """In a state, with one who said yes and one of whom nothing is heard; every letter has left."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)

    def made(state: str = State.IN_REVIEW, coauthors=(NIA, COL)):
        time_machine.move_to(MONDAY)
        submission = make_submission(author, state, editor=editor, coauthors=coauthors)
        submission.authorships.filter(name='Nia Named').update(agreed_at=None, told_at=timezone.now())
        Letter.objects.update(state=Letter.State.SENT)
        submission.refresh_from_db()
        return submission

    return made


@pytest.fixture
def clock(time_machine, monkeypatch):
    """What is written about names from the day after `frm` until the day `to`, each run twice; all of it leaves."""
    monkeypatch.setattr(chasers, 'PLANS', (chasers.coauthors.OfCoauthors(),))

    def until(to: int, frm: int = 0, leave: bool = True) -> set[tuple[int, str, str]]:
        found = set()
        for count in (one for one in DAYS if frm < one <= to):
            now = MONDAY + count * DAY
            time_machine.move_to(now)
            before = set(Letter.objects.values_list('pk', flat=True))
            chasers.remind(now)
            chasers.remind(now + timedelta(minutes=1))
            new = Letter.objects.exclude(pk__in=before).filter(kind__contains='name')
            found |= {(count, kind, name) for kind, name in new.values_list('kind', 'to_name')}
            if leave:
                Letter.objects.filter(state=Letter.State.WAITING).update(state=Letter.State.SENT)
        return found

    return until


def nia(submission) -> Authorship:
    return submission.authorships.get(name='Nia Named')


def names_in(submission) -> list[str]:
    submission.refresh_from_db()
    return [name.name for name in submission.current.printed_names]


def test_the_author_is_told_by_when_and_after_that_day_it_comes_off_and_all_hear(silent, clock):
    submission = silent()

    heard = clock(25)

    off = {(LAST + 1, 'name_came_off', name) for name in ('Ada Author', 'Ed Editor', 'Col League')}
    assert heard == {
        (3, 'name_waits', 'Nia Named'),
        (TOLD, 'name_waits', 'Nia Named'),
        (TOLD, 'name_unanswered', 'Ada Author'),
        *off,
        (LAST + 1, 'your_name_off', 'Nia Named'),
    }
    for kind in ('name_unanswered', 'name_waits'):
        assert (
            'stands until 15 February 2027' in Letter.objects.filter(kind=kind).order_by('pk').last().text()
        )
    assert names_in(submission) == ['Ada Author', 'Col League']
    step = submission.steps.get(move='name_off')
    assert (step.by, step.by_name, step.note) == (None, 'system', 'Nia Named: no answer')
    assert submission.handed_in_version == submission.current
    assert [line for line in checklist.for_release(submission) if line.key == 'agreed'] == []


@pytest.mark.parametrize('state', [one for one in State if one != State.PITCH])
def test_in_each_state_the_clock_takes_it_off_or_leaves_it_to_an_editor(state, silent, clock):
    submission = silent('live' if state == State.RELEASED else state)

    clock(15)

    by_itself = {'drafting', 'submitted', 'in_review', 'changes_requested', 'editing'}
    assert bool(nia(submission).came_off_at) == (state in by_itself)


@pytest.mark.parametrize('what', ['yes', 'no', 'vouched', 'objected', 'declined'])
def test_who_was_heard_meanwhile_stays_or_went(what, silent, clock, author, editor):
    submission = silent()
    clock(TOLD)
    match what:
        case 'yes':
            workflow.agree(submission, by=None, authorship=nia(submission))
        case 'no':
            workflow.leave(submission, by=None, authorship=nia(submission))
        case 'vouched':
            workflow.vouch(submission, by=author, authorship=nia(submission), words='By telephone.')
        case 'objected':
            workflow.object_to(submission, by=None, authorship=nia(submission), words='Not so.')
        case 'declined':
            workflow.decline(submission, by=editor, note='Not for us.')

    heard = clock(25, TOLD)

    assert [kind for _, kind, _ in heard if kind == 'name_came_off'] == []
    assert not submission.authorships.exclude(came_off_at=None).exists()


def test_not_now_gives_another_day(silent, clock, author):
    submission = silent()
    clock(TOLD)
    letter = Letter.objects.get(kind='name_unanswered')
    chasers.putting_off.put_off(chasers.reminding(letter), letter=letter)

    assert {one for one in clock(16, TOLD) if one[2] == 'Ada Author'} == {
        (14, 'name_unanswered', 'Ada Author')
    }
    assert nia(submission).comes_off_on == days.add_working_days((MONDAY + 14 * DAY).date(), 5)
    assert (22, 'name_came_off', 'Ada Author') in clock(22, 16)


def test_while_the_letter_waits_nothing_comes_off_and_one_that_waited_too_long_is_written_anew(
    silent, clock, editor
):
    submission = silent(State.READY)
    clock(16, leave=False)
    with pytest.raises(NotNow, match='has not left'):
        workflow.take_silent_name_off(submission, by=editor, authorship=nia(submission))
    letter = Letter.objects.get(kind='name_unanswered')
    assert chasers.overtaken(letter) == 'The day that it names has come.'

    waiting = silent()
    clock(TOLD, leave=False)
    Letter.objects.filter(kind='name_unanswered').update(state=Letter.State.RECALLED)
    heard = clock(25, TOLD)

    assert (15, 'name_unanswered', 'Ada Author') in heard
    assert (25, 'name_came_off', 'Ada Author') in heard
    assert names_in(waiting) == ['Ada Author', 'Col League']


def test_where_nobody_else_is_printed_it_stays_and_no_day_is_named(silent, clock, author):
    submission = silent(coauthors=(NIA,))
    submission.authorships.filter(corresponding=True).update(printed=False)

    heard = clock(16)

    assert 'name_came_off' not in {kind for _, kind, _ in heard}
    assert 'No other name is printed' in Letter.objects.get(kind='name_unanswered').text()


def test_while_its_author_is_asked_an_editor_takes_it_off_and_they_are_asked_about_the_rest(
    silent, clock, editor, other_editor, author, chief, signed_in
):
    submission = silent(State.AUTHOR_APPROVAL)
    clock(16)
    page = reverse('admin:desk_vouch', args=[submission.pk, nia(submission).pk])
    client = signed_in(editor)
    assert 'Take Nia Named off' in client.get(page).content.decode()
    with pytest.raises(NotAllowed):
        workflow.take_silent_name_off(submission, by=other_editor, authorship=nia(submission))

    assert client.post(page, {'take_off': 'yes'}).status_code == 302
    assert client.post(page, {'take_off': 'yes'}).status_code == 302  # a second tab

    assert names_in(submission) == ['Ada Author', 'Col League']
    assert submission.steps.filter(move='name_off', by=editor).count() == 1
    told = set(Letter.objects.filter(kind='name_came_off').values_list('to_name', flat=True))
    assert told == {'Ada Author', 'Col League'}
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    assert submission.state == State.READY


def test_an_approval_lapses_with_it_and_is_told(silent, clock, editor):
    submission = silent(State.READY)
    clock(16)

    workflow.take_silent_name_off(submission, by=editor, authorship=nia(submission))

    told = Letter.objects.filter(kind='name_came_off')
    assert all('need approving again' in letter.text() for letter in told)
    assert told.exists()
    submission.refresh_from_db()
    with pytest.raises(NotNow, match='has not approved these exact words'):
        workflow.release(submission, by=editor)


def test_before_its_day_no_editor_takes_it_off(silent, clock, editor, signed_in):
    submission = silent(State.READY)
    with pytest.raises(NotNow, match='told first'):
        workflow.take_silent_name_off(submission, by=editor, authorship=nia(submission))
    clock(TOLD)

    with pytest.raises(NotNow, match='stands until 15 February 2027'):
        workflow.take_silent_name_off(submission, by=editor, authorship=nia(submission))

    page = signed_in(editor).get(reverse('admin:desk_vouch', args=[submission.pk, nia(submission).pk]))
    assert b'stands until 15 February 2027' in page.content


@pytest.mark.parametrize('state', [State.IN_REVIEW, State.READY])
def test_by_the_link_they_come_back_at_their_place(state, silent, clock, editor, mailoutbox):
    submission = silent(state)
    clock(LAST)
    clock(15, LAST, leave=False)
    if state == State.READY:
        workflow.take_silent_name_off(submission, by=editor, authorship=nia(submission))
    letters_leave()
    mine = next(
        mail
        for mail in mailoutbox
        if mail.to == ['Nia Named <nia@far.example>'] and 'come off' in mail.subject
    )
    page = re.search(r'https?://[^/]+(/write/named/\S+)', mine.body)[1]
    assert b'Your name came off' in Client().get(page).content

    assert Client().post(page, {'answer': 'yes'}).status_code == 302

    assert names_in(submission) == ['Ada Author', 'Nia Named', 'Col League']
    back = Letter.objects.filter(kind='name_came_back')
    assert set(back.values_list('to_name', flat=True)) == {'Ada Author', 'Ed Editor'}
    assert b'You said yes' in Client().get(page).content


def test_a_late_no_ends_it_and_once_it_has_a_date_there_is_no_way_back(silent, clock, editor, author):
    submission = silent()
    clock(15)
    row = nia(submission)
    with pytest.raises(NotNow, match='not on this submission any more'):
        workflow.object_to(submission, by=None, authorship=row, words='Not so.')
    Authorship.objects.filter(pk=row.pk).update(came_off_at=timezone.now())
    released = make_submission(
        author, 'scheduled', editor=editor, coauthors=(('Lee Late', 'lee@far.example'),)
    )
    late = released.authorships.get(name='Lee Late')
    Authorship.objects.filter(pk=late.pk).update(printed=False, came_off_at=timezone.now(), agreed_at=None)

    with pytest.raises(NotNow, match='has a date for print'):
        workflow.agree(released, by=None, authorship=late)
    workflow.leave(submission, by=None, authorship=row)

    assert not Authorship.objects.filter(pk=row.pk).exists()
    assert not Letter.objects.filter(kind='name_taken_off').exists()


def test_named_anew_they_are_asked_anew_and_the_old_name_makes_room(silent, clock, author):
    submission = silent(State.CHANGES_REQUESTED)
    clock(15)
    names = [{'pk': row.pk} for row in submission.authorships.standing()]

    workflow.change_byline(submission, by=author, names=[*names, {'name': 'Nia Named', 'email': NIA[1]}])

    assert (nia(submission).came_off_at, nia(submission).told_at) == (None, None)
    assert names_in(submission) == ['Ada Author', 'Col League', 'Nia Named']


def test_who_came_off_gets_no_letters_of_it(silent, clock, chief, editor, author):
    submission = silent(State.EDITING)
    clock(15)
    before = set(Letter.objects.values_list('pk', flat=True))
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.release(submission, by=chief)

    new = Letter.objects.exclude(pk__in=before)

    assert 'Nia Named' not in set(new.values_list('to_name', flat=True))
    assert [name.name for name in submission.post.bylines.all()] == ['Ada Author', 'Col League']
