"""Revisions of what is in print, and dates on the calendar: nothing reaches print that nobody approved."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import post_page, wording, workflow
from blog.models import Post, State, Submission
from blog.views.approval import last_seen
from tests.conftest import DECLARED, make_post, make_submission, named_on
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = pytest.mark.usefixtures('society')


def test_a_name_taken_off_a_scheduled_submission_does_not_come_out(author, coauthor, editor):
    submission = make_submission(author, 'scheduled', editor=editor, coauthors=(coauthor,))

    workflow.leave(submission, by=coauthor, authorship=named_on(submission, coauthor))

    submission = Submission.objects.get(pk=submission.pk)
    assert (submission.state, submission.holder, submission.post.published_at) == (
        State.READY,
        'editor',
        None,
    )
    with pytest.raises(NotNow, match='not approved these exact words'):
        workflow.release(submission, by=editor)


def test_a_name_taken_off_before_the_approval_asks_for_the_new_byline(author, coauthor, editor):
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor, coauthors=(coauthor,))
    workflow.leave(submission, by=coauthor, authorship=named_on(submission, coauthor))
    submission.refresh_from_db()

    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    assert [entry['name'] for entry in submission.current.byline] == ['Ada Author']


def test_a_dropped_revision_takes_its_byline_with_it(author, coauthor, editor):
    submission = make_submission(author, 'live', editor=editor)
    mine = submission.authorships.get().pk
    workflow.revise(submission, by=editor, note='A new figure.')
    workflow.request_changes(submission, by=editor, note='Which one?')
    names = [{'pk': mine, 'biography': 'Unapproved.'}, {'person': coauthor, 'name': 'Col Coauthor'}]
    workflow.change_byline(submission, by=author, names=names)

    workflow.drop_revision(submission, by=editor)
    words = {'title': 'Careful changes take time'}
    workflow.correct_typo(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(**words),
        reason='A letter.',
    )

    printed = [(line.name, line.biography) for line in Post.objects.live().get().bylines.all()]
    assert printed == [('Ada Author', 'Ada Author studies careful change.')]
    assert [(row.pk, row.corresponding, row.can_edit) for row in submission.authorships.all()] == [
        (mine, True, True)
    ]


def test_what_was_declared_last_is_printed(author, editor):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.request_changes(submission, by=editor, note='Anything to declare?')
    again = {
        **DECLARED,
        'interests': ('Interests', 'I own shares in it.'),
        'views': ('Views', 'organisation'),
    }
    workflow.resubmit(
        submission, by=author, version=submission.current.number, note='Yes.', declarations=again
    )
    workflow.accept_as_it_stands(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.release(submission, by=editor)

    post = Post.objects.get()
    assert (post.interests, post.views) == ('I own shares in it.', 'organisation')


def test_what_is_declared_with_a_revision_waits_for_its_release(author, editor):
    submission = make_submission(author, 'live', editor=editor)
    workflow.revise(submission, by=editor, note='A new figure.')
    workflow.request_changes(submission, by=editor, note='Which one?')
    again = {**DECLARED, 'interests': ('Interests', 'I own shares in it.')}
    workflow.resubmit(
        submission, by=author, version=submission.current.number, note='Yes.', declarations=again
    )
    assert Post.objects.get().interests == ''
    workflow.accept_as_it_stands(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)
    workflow.release_revision(submission, by=editor, correction='An interest was declared.')

    assert Post.objects.get().interests == 'I own shares in it.'


def edited(author, editor) -> tuple[Submission, object]:
    submission = make_submission(author, State.EDITING, editor=editor)
    handed_in = submission.current
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(body='<p>Wholly other words.</p>'),
    )
    return submission, handed_in


def test_every_change_since_the_author_s_own_words_stays_marked(author, editor):
    submission, handed_in = edited(author, editor)
    workflow.send_back(submission, by=editor, note='Once more.')
    workflow.accept(submission, by=editor)
    workflow.send_for_approval(submission, by=editor)

    submission = Submission.objects.select_related('post').get(pk=submission.pk)
    assert last_seen(submission) == handed_in


def test_words_that_the_editor_changed_do_not_stand_as_they_were(author, editor):
    submission, _ = edited(author, editor)
    workflow.request_changes(submission, by=editor, note='Shorter.')
    workflow.send_back(submission, by=editor, note='I was too quick.')

    with pytest.raises(NotNow, match='changed since the author handed it in'):
        workflow.accept_as_it_stands(submission, by=editor)


def test_a_revision_of_an_imported_submission_needs_its_author(author, chief):
    submission = make_post('Old', people=(author,)).submission
    workflow.revise(submission, by=chief, note='A new figure.')
    body = {'body': '<p>The opposite.</p>'}
    workflow.save_words(
        submission, by=chief, base=submission.current.number, words=submission.current.words().but(**body)
    )

    with pytest.raises(NotNow, match='not every change is marked as a typo'):
        workflow.keep_approval(submission, by=chief)
    workflow.send_back(submission, by=chief, note='Back.')
    workflow.drop_revision(submission, by=chief)
    assert Post.objects.live().get().version.body == '<p>Some words.</p>'


def test_typos_in_an_imported_submission_need_nobody(author, chief):
    submission = make_post('Old', people=(author,)).submission
    workflow.revise(submission, by=chief, note='A letter.')
    body = {'body': '<p>Some word.</p>'}
    workflow.save_words(
        submission,
        by=chief,
        base=submission.current.number,
        words=submission.current.words().but(**body),
        typo=True,
    )

    workflow.keep_approval(submission, by=chief)
    workflow.release_revision(submission, by=chief, correction='A letter.')

    assert Post.objects.live().get().version.body == '<p>Some word.</p>'


@pytest.mark.parametrize(
    ('typed', 'meant'),
    [
        ('2027-03-28 00:30', '2027-03-28T00:30:00+00:00'),
        ('2027-03-28 01:30', '2027-03-28T01:30:00+00:00'),  # does not exist: 02:30 by the new clock
        ('2027-03-28 02:30', '2027-03-28T01:30:00+00:00'),
        ('2027-10-31 00:30', '2027-10-30T23:30:00+00:00'),
        ('2027-10-31 01:30', '2027-10-31T00:30:00+00:00'),  # exists twice: the first is meant
        ('2027-10-31 02:30', '2027-10-31T02:30:00+00:00'),
    ],
)
def test_half_past_one_on_both_clock_change_sundays(request, time_machine, typed, meant):
    time_machine.move_to(datetime.fromisoformat('2027-03-01T12:00:00+00:00'))
    # Made now: their memberships are of that day, whenever that is.
    author, editor = request.getfixturevalue('author'), request.getfixturevalue('editor')
    submission = make_submission(author, State.READY, editor=editor)
    at = days.in_london(datetime.fromisoformat(typed))

    workflow.release(submission, by=editor, at=at)

    post = Post.objects.get()
    assert post.published_at == datetime.fromisoformat(meant)
    assert submission.due_on == datetime.fromisoformat(typed).date()
    time_machine.move_to(datetime.fromisoformat(meant) - timedelta(seconds=1))
    assert not Post.objects.live().exists()
    time_machine.move_to(datetime.fromisoformat(meant) + timedelta(seconds=1))
    assert Post.objects.live().get() == post
    assert timezone.localtime(post.published_at, days.LONDON).utcoffset() is not None


def test_a_name_taken_off_in_a_revision_takes_its_interests_along(author, coauthor, editor):
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    declared = {**DECLARED, 'interests': ('Any?', 'I am paid by a maker')}
    workflow.submit(submission, by=coauthor, version=submission.current.number, declarations=declared)
    workflow.take(submission, by=editor)
    workflow.accept(submission, by=editor)
    _approved(submission, author, editor)
    workflow.release(submission, by=editor)
    assert 'paid by a maker' in submission.post.interests

    workflow.revise(submission, by=editor, note='A name comes off.')
    named = submission.authorships
    workflow.change_byline(
        submission,
        by=editor,
        names=[{'pk': named.get(person=author).pk}],
        removed=[named.get(person=coauthor).pk],
    )
    submission = Submission.objects.get(pk=submission.pk)
    _approved(submission, author, editor)
    preview = post_page.of_version(submission.current, submission).interests
    workflow.release_revision(submission, by=editor, correction='A name was taken off.')

    assert (preview, Post.objects.get(submission=submission).interests) == ('', '')


def _approved(submission, author, editor):
    workflow.send_for_approval(submission, by=editor)
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)


@pytest.mark.parametrize(
    ('move', 'said', 'at_desk'),
    [
        ('take_down', 'Taken down. ', 'the post is taken down'),
        ('archive', 'Archived. ', 'the post is archived'),
        (None, 'Published. ', 'the post is published'),
    ],
)
def test_of_a_revision_it_is_said_how_the_post_stands(author, editor, chief, move, said, at_desk):
    submission = make_submission(author, 'live', editor=editor)
    workflow.revise(submission, by=editor, note='A figure.')
    if move:
        getattr(workflow, move)(submission, by=chief, reason='Asked for.')

    submission = Submission.objects.get(pk=submission.pk)
    assert wording.author_words(submission).startswith(said)
    assert wording.editor_words(submission).endswith(at_desk)


@pytest.mark.parametrize(
    ('state', 'next_for_author', 'to_the_editor'),
    [
        (
            State.AUTHOR_APPROVAL,
            'The editor chooses the date, and you will get a letter with it.',
            ['It is ready to be scheduled.', 'Choose a date: '],
        ),
        (
            'live',
            'The editor publishes the revision, and you will get a letter.',
            ['The revision can come out.', 'Publish it: '],
        ),
    ],
)
def test_whoever_approves_a_revision_is_promised_no_date(
    author, editor, signed_in, state, next_for_author, to_the_editor
):
    submission = make_submission(author, state, editor=editor)
    if submission.has_live_post:
        workflow.revise(submission, by=editor, note='A new figure.')
        words = submission.current.words().but(title='Another title')
        workflow.save_words(submission, by=editor, base=submission.current.number, words=words)
        workflow.send_for_approval(submission, by=editor)
    address = reverse('submission_approve', args=[submission.pk])

    answer = signed_in(author).post(address, {'fingerprint': submission.current.hash}, follow=True)

    assert f'You approved these exact words. {next_for_author}' in answer.content.decode()
    letter = Letter.objects.filter(kind='approved').latest('pk').text()
    assert [words in letter for words in to_the_editor] == [True, True]


def test_what_was_taken_down_is_not_published_again_by_a_revision(author, editor, chief):
    submission = make_submission(author, 'live', editor=editor)
    workflow.revise(submission, by=editor, note='A figure.')
    workflow.take_down(submission, by=chief, reason='Asked for.')
    _approved(submission, author, editor)

    with pytest.raises(NotNow, match='Put it back first'):
        workflow.release_revision(submission, by=editor, correction='Another figure.')


def test_the_byline_of_a_revision_is_not_said_to_be_in_print(author, editor, signed_in):
    submission = make_submission(author, 'live', editor=editor)
    assert 'as it is printed' in signed_in(author).get(submission.get_absolute_url()).text
    workflow.revise(submission, by=editor, note='A post of theirs.')
    mine = {'pk': submission.authorships.get().pk, 'role': 'President'}
    workflow.change_byline(submission, by=editor, names=[mine])

    assert 'as it will be printed' in signed_in(author).get(submission.get_absolute_url()).text
