"""A decision is its author's to read when a letter of it has left: until then their pages say what was before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.models import State, Submission
from blog.told import as_told
from tests.conftest import letters_leave, make_person, make_submission
from ukis import letters
from ukis.letters.models import Letter, SuppressedAddress
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def read(author, editor, society):
    """The editor has it and reads it; its author knows."""
    return make_submission(author, State.IN_REVIEW, editor=editor)


@pytest.fixture
def pages(author, signed_in):
    """Three pages of the author's, one below the other: the submission, My blogs, My page."""

    def of(submission: Submission) -> str:
        client = signed_in(author)
        addresses = reverse('submission', args=[submission.pk]), reverse('write'), reverse('account')
        return ''.join(client.get(address).text for address in addresses)

    return of


def desk_of(submission, person, signed_in) -> str:
    return signed_in(person).get(reverse('admin:desk_submission', args=[submission.pk])).text


DECISIONS = {
    'decline': ({'note': 'It does not fit.'}, 'Not taken up'),
    'request_changes': ({'note': 'Shorter, please.'}, 'Changes asked for'),
    'accept': ({}, 'is preparing the final copy'),
    'accept_as_it_stands': ({}, 'Please approve the final copy'),
}


@pytest.mark.parametrize('name', DECISIONS)
def test_a_decision_is_not_told_before_its_letter_leaves(read, editor, pages, name):
    given, words = DECISIONS[name]
    before = pages(read)
    getattr(workflow, name)(read, by=editor, **given)

    meanwhile = pages(read)
    letters_leave()
    after = pages(read)

    assert (
        before.count('is reading, reply expected by') == meanwhile.count('is reading, reply expected by') == 3
    )
    assert words not in meanwhile
    assert workflow.MOVES[name].history not in meanwhile
    assert after.count(words) >= 3
    assert workflow.MOVES[name].history in after


def test_a_decision_moves_nothing_up_among_my_blogs_before_its_letter_leaves(read, author, editor, signed_in):
    later = make_submission(author, State.SUBMITTED, words={'title': 'Another one'})
    workflow.decline(read, by=editor, note='It does not fit.')

    def in_order() -> list[int]:
        return [blog.submission.pk for blog in signed_in(author).get(reverse('write')).context['submissions']]

    meanwhile = in_order()
    letters_leave()

    assert (meanwhile, in_order()) == ([later.pk, read.pk], [read.pk, later.pk])


def test_the_editor_sees_at_once_what_was_decided(read, editor, signed_in):
    workflow.accept(read, by=editor)

    said = desk_of(read, editor, signed_in)

    assert 'Copy-edit' in said
    assert 'The author has not been told' in said
    assert f'Their page says “{editor.printed_name} is reading' in said


def test_what_the_author_cannot_know_of_is_not_offered_nor_taken(read, author, editor, signed_in):
    workflow.request_changes(read, by=editor, note='Shorter, please.')
    client = signed_in(author)

    edit = client.get(reverse('submission_edit', args=[read.pk]))
    approve = client.get(reverse('submission_approve', args=[read.pk]))
    offered = client.get(reverse('submission', args=[read.pk])).text

    assert edit.status_code == approve.status_code == 302
    assert reverse('submission_edit', args=[read.pk]) not in offered
    assert reverse('submission_withdraw', args=[read.pk]) in offered


def test_a_withdrawal_crosses_a_decision_that_waits(read, author, editor, signed_in, pages):
    workflow.accept(read, by=editor)

    answer = signed_in(author).post(
        reverse('submission_withdraw', args=[read.pk]), {'reason': 'We publish it elsewhere.'}
    )

    read.refresh_from_db()
    assert answer.status_code == 302
    assert read.state == State.WITHDRAWN
    assert 'Withdrawn' in pages(read)
    assert Letter.objects.get(kind='accepted').state == Letter.State.RECALLED


def test_of_two_decisions_each_is_told_by_its_own_letter(read, editor, pages):
    workflow.accept(read, by=editor)
    letter = Letter.objects.get(kind='accepted')
    workflow.send_for_approval(read, by=editor)
    both = pages(read)
    letters.hold(Letter.objects.get(kind='final_copy'), by=editor)

    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.WAITING)
    letters_leave()
    first = pages(read)
    letters.release(Letter.objects.get(kind='final_copy'), by=editor)
    letters_leave()

    assert both.count('is reading') == 3
    assert first.count('is preparing the final copy') == 3
    assert 'The final copy sent to the author' not in first
    assert pages(read).count('Please approve the final copy') >= 3


def test_a_recalled_letter_leaves_it_untold_until_the_author_is_written_to(read, editor, pages, signed_in):
    workflow.decline(read, by=editor, note='It does not fit.')
    letters.recall(Letter.objects.get(kind='declined'), by=editor)

    said, desk = pages(read), desk_of(read, editor, signed_in)
    workflow.say(read, by=editor, text='Let me explain on the telephone.')

    assert 'Not taken up' not in said
    assert 'write to the author in the conversation' in desk
    assert pages(read).count('Not taken up') >= 3


def test_a_word_beside_a_decision_that_waits_does_not_part_it_from_its_note(read, editor, pages):
    workflow.request_changes(read, by=editor, note='Shorter, please.')
    before = pages(read)
    workflow.say(read, by=editor, text='And a photograph would be lovely.')

    meanwhile = pages(read)
    letters_leave()
    after = pages(read)

    assert 'a photograph would be lovely' in meanwhile
    assert 'Changes asked for' not in meanwhile
    assert meanwhile.count('is reading, reply expected by') == before.count('is reading, reply expected by')
    assert 'Changes asked for' in after
    assert 'Shorter, please.' in after


def test_words_that_an_editor_changed_since_a_decision_are_read_once_it_is_told(
    read, author, editor, signed_in
):
    workflow.accept(read, by=editor)
    began = read.current
    words = began.words().but(standfirst='A better standfirst.')
    changed = workflow.save_words(read, by=editor, base=began.number, words=words)
    client = signed_in(author)

    def seen() -> str:
        names = 'submission', 'submission_preview', 'submission_differences'
        return ''.join(client.get(reverse(name, args=[read.pk])).text for name in names)

    meanwhile = seen()
    asked_for = client.get(reverse('submission_preview', args=[read.pk]), {'version': changed.number})
    letters_leave()

    assert 'A better standfirst.' not in meanwhile
    assert began.standfirst in meanwhile
    assert asked_for.status_code == 404
    assert 'A better standfirst.' in seen()


def test_who_has_answered_a_decision_knows_of_it(author, editor, society, signed_in):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    assert Letter.objects.get(kind='final_copy').state == Letter.State.RECALLED
    assert 'The author has not been told' not in desk_of(submission, editor, signed_in)


def test_a_decision_taken_back_in_time_was_never_there(read, editor, pages):
    before = pages(read)
    workflow.accept(read, by=editor)
    workflow.send_back(read, by=editor, note='I was too quick.')
    letters_leave()

    read.refresh_from_db()
    assert read.told_state == ''
    assert pages(read).count('is reading') == before.count('is reading')
    assert 'Accepted for publication' not in pages(read)
    assert 'Sent back' not in pages(read)


def test_a_date_taken_off_before_it_was_told_was_never_there(author, editor, society, pages):
    submission = make_submission(author, 'scheduled', editor=editor, told=False)
    workflow.unschedule(submission, by=editor)
    letters_leave()

    assert 'calendar' not in pages(submission)


def test_a_decision_taken_back_after_it_was_told_stays_in_the_history(read, editor, pages):
    workflow.accept(read, by=editor)
    letters_leave()
    workflow.send_back(read, by=editor, note='I was too quick.')

    assert 'Accepted for publication' in pages(read)
    assert 'Sent back one step' in pages(read)


def test_where_no_letter_can_be_sent_the_page_tells(read, author, editor, pages):
    SuppressedAddress.objects.create(address=author.email, reason='550 unknown')

    workflow.request_changes(read, by=editor, note='Shorter, please.')

    assert 'Changes asked for' in pages(read)
    assert 'Shorter, please.' in pages(read)


def test_where_a_letter_is_given_up_the_page_tells(read, author, editor, pages):
    workflow.request_changes(read, by=editor, note='Shorter, please.')
    before = pages(read)
    SuppressedAddress.objects.create(address=author.email, reason='550 unknown')
    letters_leave()
    after = pages(read)

    assert 'Shorter, please.' not in before
    assert 'Changes asked for' in after
    assert 'Shorter, please.' in after


def test_what_is_out_is_no_secret(author, editor, society, pages):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.release(submission, by=editor, at=None)

    assert pages(submission).count('Published on') == 3


def test_a_date_is_told_by_its_letter(author, editor, society, pages):
    submission = make_submission(author, 'scheduled', editor=editor, told=False)
    before = pages(submission)
    letters_leave()

    assert 'Goes out on' not in before
    assert pages(submission).count('Goes out on') == 3


def test_a_refusal_reopened_before_it_was_told_was_never_there(read, editor, chief, pages, mailoutbox):
    before = pages(read)
    workflow.decline(read, by=editor, note='It does not fit.')
    workflow.reopen(read, by=chief)
    letters_leave()

    assert not [one for one in mailoutbox if one.subject.startswith(('Reopened', 'About your blog'))]
    assert pages(read).count('is reading') == before.count('is reading')
    assert 'Not taken up' not in pages(read)
    assert 'Reopened' not in pages(read)


def test_a_reopening_with_a_word_to_the_author_is_told(read, editor, chief, pages):
    workflow.decline(read, by=editor, note='It does not fit.')
    workflow.reopen(read, by=chief, note='We were too quick.')
    letters_leave()

    assert 'We were too quick.' in pages(read)


@pytest.mark.parametrize('recalled_first', [True, False])
def test_a_letter_recalled_beside_one_given_up_leaves_it_untold(
    author, editor, society, pages, recalled_first, signed_in
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    helper = make_person('Hel Helper')
    submission.authorships.create(
        person=helper, name='Hel Helper', order=1, can_edit=True, agreed_at=timezone.now()
    )
    workflow.decline(submission, by=editor, note='It does not fit.')
    theirs = Letter.objects.get(kind='declined', to=helper)
    letters.hold(theirs, by=editor)
    SuppressedAddress.objects.create(address=author.email, reason='550 unknown')
    if recalled_first:
        letters.recall(theirs, by=editor)
        letters_leave()
    else:
        letters_leave()
        letters.recall(theirs, by=editor)

    said = desk_of(submission, editor, signed_in)
    assert 'Not taken up' not in pages(submission)
    assert 'The author has not been told' in said
    assert 'The author has not been told: the letter was recalled.' in said
    assert 'does not see it before its letter leaves' not in said


def test_what_the_author_knows_is_never_saved(read, editor):
    workflow.decline(read, by=editor, note='It does not fit.')

    with pytest.raises(RuntimeError, match='never saved'):
        as_told(read).save()


def test_no_other_date_is_told_before_the_decision(read, editor):
    workflow.request_changes(read, by=editor, note='Shorter, please.')
    later = read.due_on + timedelta(days=7)

    with pytest.raises(NotNow, match='does not know yet'):
        workflow.extend(read, by=editor, due_on=later)
    letters_leave()
    workflow.extend(read, by=editor, due_on=later)

    read.refresh_from_db()
    assert read.due_on == later


def test_nor_is_a_date_its_authors_to_move_before_they_know_of_it(read, editor, author, signed_in):
    workflow.request_changes(read, by=editor, note='Shorter, please.')
    was = read.due_on

    later = {'due_on': (was + timedelta(days=3)).isoformat()}
    signed_in(author).post(reverse('submission_extend', args=[read.pk]), later)

    read.refresh_from_db()
    assert read.due_on == was


@pytest.mark.parametrize('undone', ['reopened', 'unscheduled'])
def test_what_falls_after_its_letter_was_recalled_by_hand_was_never_there(
    author, editor, chief, society, mailoutbox, undone
):
    submission = make_submission(
        author, State.IN_REVIEW if undone == 'reopened' else State.READY, editor=editor
    )
    letters_leave()
    mailoutbox.clear()
    if undone == 'reopened':
        workflow.decline(submission, by=editor, note='It does not fit.')
    else:
        workflow.release(submission, by=editor, at=timezone.now() + timedelta(days=5))
    letters.recall(Letter.objects.get(kind__in=['declined', 'scheduled']), by=editor)
    if undone == 'reopened':
        workflow.reopen(submission, by=chief)
    else:
        workflow.unschedule(submission, by=editor)
    letters_leave()

    assert [one.subject for one in mailoutbox] == []


@pytest.mark.parametrize('recalled', [False, True])
def test_a_date_that_moved_before_it_was_told_is_told_by_its_new_letter(
    author, editor, society, pages, signed_in, recalled
):
    submission = make_submission(author, State.READY, editor=editor)
    workflow.release(submission, by=editor, at=timezone.now() + timedelta(days=5))
    if recalled:
        letters.recall(Letter.objects.get(kind='scheduled'), by=editor)
    workflow.reschedule(submission, by=editor, at=timezone.now() + timedelta(days=9))
    before = pages(submission)
    letters_leave()

    assert Letter.objects.filter(kind='scheduled', state=Letter.State.SENT).count() == 1
    assert 'Goes out on' not in before
    assert pages(submission).count('Goes out on') == 3
    assert 'The author has not been told' not in desk_of(submission, editor, signed_in)


def test_where_one_of_two_has_heard_of_a_refusal_its_reopening_is_told(
    author, editor, chief, society, mailoutbox
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    helper = make_person('Hel Helper')
    submission.authorships.create(
        person=helper, name='Hel Helper', order=1, can_edit=True, agreed_at=timezone.now()
    )
    workflow.decline(submission, by=editor, note='It does not fit.')
    letters.hold(Letter.objects.get(kind='declined', to=helper), by=editor)
    letters_leave()
    mailoutbox.clear()

    workflow.reopen(submission, by=chief)
    letters_leave()

    told = [''.join(one.to) for one in mailoutbox if one.subject.startswith('Reopened')]
    assert any(author.email in to for to in told), told
