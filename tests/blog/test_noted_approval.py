"""An approval that reached the editors another way: noted by whoever decides, told to the author, who can deny it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from blog import checklist, wording, workflow
from blog.models import State
from members.models import Person
from tests.conftest import has_been_told, make_submission
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
MONDAY = datetime(2027, 2, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WORDS = 'By telephone, today: yes, fine, publish it.'


@pytest.fixture
def asked(author, editor, time_machine, monkeypatch):
    """For approval, on a Monday; the author has the final copy."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)
    time_machine.move_to(MONDAY)
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)
    Letter.objects.update(state=Letter.State.SENT)
    return has_been_told(submission)


def test_it_is_noted_in_words_and_the_author_hears_and_has_a_working_day(asked, chief, time_machine):
    workflow.note_approval(asked, by=chief, note=WORDS)

    step = asked.steps.latest('pk')
    assert (step.move, step.by, step.note, asked.state) == ('note_approval', chief, WORDS, State.READY)
    letters = {letter.to_name: letter.text() for letter in Letter.objects.filter(kind='approval_noted')}
    assert set(letters) == {'Ada Author', 'Ed Editor'}
    assert all(WORDS in text and '3 February 2027' in text for text in letters.values())
    assert [line.text for line in checklist.for_release(asked) if line.key == 'approval'] == [
        'The author approved these exact words, as an editor noted'
    ]
    Letter.objects.update(state=Letter.State.SENT)
    time_machine.move_to(MONDAY + DAY)
    with pytest.raises(NotNow, match='until 3 February 2027'):
        workflow.release(asked, by=chief)
    time_machine.move_to(MONDAY + 2 * DAY)
    workflow.release(asked, by=chief)
    assert asked.has_live_post


@pytest.mark.parametrize('left', [Letter.State.WAITING, Letter.State.HELD, Letter.State.RECALLED])
def test_of_which_the_author_was_not_told_does_not_come_out(left, asked, chief, time_machine):
    workflow.note_approval(asked, by=chief, note=WORDS)
    Letter.objects.filter(kind='approval_noted').update(state=left)
    time_machine.move_to(MONDAY + 9 * DAY)

    with pytest.raises(NotNow, match='has not left yet'):
        workflow.release(asked, by=chief)


def test_the_author_says_on_their_page_that_it_is_not_so(asked, chief, author, signed_in):
    workflow.note_approval(asked, by=chief, note=WORDS)
    client, page = signed_in(author), reverse('submission', args=[asked.pk])
    button = reverse('submission_not_approved', args=[asked.pk])
    shown = client.get(page).text
    assert button in shown
    assert f'{chief.printed_name} noted that you approved these words' in shown

    assert client.post(button).status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.approved_hash, asked.noted_hash) == (State.AUTHOR_APPROVAL, '', '')
    assert wording.author_words(asked).startswith('Please approve the final copy')
    assert set(Letter.objects.filter(kind='approval_denied').values_list('to_name', flat=True)) == {
        'Ed Editor',
        chief.printed_name,
    }
    assert button not in client.get(page).content.decode()
    workflow.approve(asked, by=author, fingerprint=asked.current.hash)
    assert not asked.approved_elsewhere


def test_only_whoever_decides_notes_it_and_only_of_words_that_reached_the_author(
    asked, editor, other_editor, author, chief
):
    for person in (editor, other_editor, author):
        with pytest.raises(NotAllowed):
            workflow.note_approval(asked, by=person, note=WORDS)
    Letter.objects.filter(kind='final_copy').update(state=Letter.State.HELD)

    with pytest.raises(NotNow, match='still in the outbox'):
        workflow.note_approval(asked, by=chief, note=WORDS)


def test_what_the_author_approved_themselves_they_do_not_deny(author, editor):
    approved = make_submission(author, State.READY, editor=editor)

    with pytest.raises(NotNow, match='You approved it yourself'):
        workflow.deny_approval(approved, by=author)
