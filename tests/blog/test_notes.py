"""A note sent with a move is one text: a message of the conversation, and what its letter carries."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import Message, State
from tests.conftest import letters_leave, make_submission
from ukis import letters
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(author, editor, society):
    """Changes were asked for a moment ago: the letter waits."""
    return make_submission(author, State.CHANGES_REQUESTED, editor=editor)


def page_of(submission, person, signed_in):
    return signed_in(person).get(reverse('submission', args=[submission.pk])).content.decode()


def desk_of(submission, person, signed_in):
    return signed_in(person).get(reverse('admin:desk_submission', args=[submission.pk])).content.decode()


def test_the_author_reads_the_note_when_its_letter_has_left(asked, author, signed_in):
    before = page_of(asked, author, signed_in)
    letters_leave()
    after = page_of(asked, author, signed_in)

    assert 'Shorter, please.' not in before
    assert after.count('Shorter, please.') == 3  # on top, in the conversation, in the history


def test_a_change_of_the_letter_is_a_change_of_the_note(asked, author, editor, signed_in):
    letter = Letter.objects.get(kind='changes_requested')
    letters.edit(letter, by=editor, subject=letter.subject, body=letter.body, note='Shorter by half, please.')
    letters_leave()

    assert Message.objects.get().text == 'Shorter by half, please.'
    assert 'Shorter by half, please.' in page_of(asked, author, signed_in)


def test_a_recalled_letter_leaves_the_author_untold_and_the_desk_says_so(asked, author, editor, signed_in):
    letters.recall(Letter.objects.get(kind='changes_requested'), by=editor)

    assert 'Shorter, please.' not in page_of(asked, author, signed_in)
    said = desk_of(asked, editor, signed_in)
    assert 'The author has not been told' in said
    assert 'the letter was recalled' in said


def test_the_desk_says_nothing_of_it_once_the_letter_left(asked, editor, signed_in):
    assert 'the letter waits a few minutes' in desk_of(asked, editor, signed_in)
    letters_leave()
    assert 'The author has not been told' not in desk_of(asked, editor, signed_in)


def test_what_the_author_writes_back_stands_on_top_for_the_editor_and_beside_the_differences(
    asked, author, editor, signed_in
):
    version = asked.current.number
    workflow.resubmit(asked, by=author, version=version, note='I cut the third paragraph.')

    on_top = desk_of(asked, editor, signed_in)
    address = reverse('admin:desk_differences', args=[asked.pk])
    beside = signed_in(editor).get(address).content.decode()

    assert 'Ada Author wrote to you' in on_top
    assert 'I cut the third paragraph.' in beside


def test_a_note_among_editors_is_not_for_the_author(author, editor, society, signed_in):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.send_back(submission, by=editor, note='I was too quick.')
    letters_leave()

    assert Message.objects.get().audience == Message.Audience.EDITORS
    assert 'I was too quick.' not in page_of(submission, author, signed_in)


def test_a_word_to_the_editor_comes_with_the_submission(author, chief, society, signed_in):
    from tests.conftest import DECLARED

    submission = make_submission(author)
    workflow.submit(
        submission,
        by=author,
        version=submission.current.number,
        declarations=DECLARED,
        note='The figure on page two is not published yet.',
    )

    assert 'The figure on page two is not published yet.' in desk_of(submission, chief, signed_in)


def test_what_changed_starts_from_what_this_editor_last_read(author, editor, society, signed_in):
    submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
    desk_of(submission, editor, signed_in)
    read = submission.current.number
    for title in ('Second thoughts', 'Third thoughts'):
        workflow.save_words(
            submission,
            by=author,
            base=submission.current.number,
            words=submission.current.words().but(title=title),
        )

    address = reverse('admin:desk_differences', args=[submission.pk])
    client = signed_in(editor)
    first, again = client.get(address), client.get(address)

    for answer in (first, again):
        assert (answer.context['old'].number, answer.context['new'].number) == (read, read + 2)


# --- One instant a move -----------------------------------------------------------------------------------


@pytest.mark.parametrize('seconds', [-1, 0])
def test_at_the_second_of_publication_a_withdrawal_is_refused_or_nothing_goes_out(
    author, editor, society, seconds, monkeypatch
):
    at = timezone.now().replace(microsecond=0) + timedelta(days=1)
    submission = make_submission(author, 'scheduled', editor=editor)
    workflow.reschedule(submission, by=editor, at=at)
    from ukis.refusals import NotNow

    with time_machine.travel(at + timedelta(seconds=seconds), tick=False) as clock:
        # The clock runs on while the move is being made: its guard, its verb and its writing must agree.
        real = workflow.author.off_the_calendar

        def later(row, moment):
            clock.shift(5)
            real(row, moment)

        monkeypatch.setattr(workflow.author, 'off_the_calendar', later)
        try:
            workflow.withdraw(submission, by=author, reason='I cannot stand by it.')
        except NotNow:
            pass

    submission.refresh_from_db()
    assert (submission.state == State.WITHDRAWN) == (submission.post.published_at is None)
    assert (submission.state == State.WITHDRAWN) == (seconds < 0)


def test_what_another_editor_writes_stands_on_top_for_the_one_who_must_act(author, editor, chief, signed_in):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.send_back(submission, by=chief, note='Cut the third paragraph first.')

    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk]))

    assert page.context['note'].text == 'Cut the third paragraph first.'
    workflow.send_for_approval(submission, by=editor)
    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk]))
    assert page.context['note'] is None


def test_a_reason_for_withdrawing_is_answered_by_reopening(author, editor, chief, signed_in):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.withdraw(submission, by=author, reason='Not now.')
    workflow.reopen(submission, by=chief, note='Now it fits.')

    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk]))

    assert page.context['note'] is None
