"""The final copy: read whole, with marks and clean, approved word for word or answered with a correction."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State
from tests.conftest import has_been_told, make_person, make_submission
from ukis.letters.models import Letter


def at(name: str, submission) -> str:
    return reverse(name, args=[submission.pk])


@pytest.fixture
def submission(author, editor):
    """A submission whose title and text the editor changed before sending it for approval."""
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(
            title='Careful change takes longer',
            body='<p>The first year is for learning.</p><p>The third year is for doing.</p>',
            references='<p>A source.</p>',
        ),
    )
    return has_been_told(workflow.send_for_approval(submission, by=editor))


def test_every_change_since_the_authors_own_text_is_marked(submission, author, signed_in):
    said = signed_in(author).get(at('submission_approve', submission)).content.decode()

    for words in (
        'takes <del><span class="sr">[deleted: </span>time',
        '<ins><span class="sr">[inserted: </span>longer',
        '<del><span class="sr">[deleted: </span>second',
        'A source.',
        'Ada Author studies careful change.',
        'will be public',
        'Approve these exact words',
    ):
        assert words in said, words


def test_the_clean_copy_has_everything_and_no_marks(submission, author, signed_in):
    said = signed_in(author).get(at('submission_approve', submission), {'marks': 'off'}).content.decode()

    assert '<del>' not in said
    for words in (
        'Careful change takes longer',
        'Why the second year',
        'The third year is for doing.',
        'A source.',
        'Professor of Practice',
    ):
        assert words in said, words


def test_a_correction_later_the_marks_are_still_against_the_authors_own_text(
    submission, author, editor, signed_in
):
    workflow.ask_for_correction(submission, by=author, note='The second year.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(standfirst='Why patience matters.'),
    )
    has_been_told(workflow.send_for_approval(submission, by=editor))

    said = signed_in(author).get(at('submission_approve', submission)).content.decode()

    assert 'longer' in said
    assert 'Changed: title, standfirst, text, references.' in said


def test_a_revision_is_marked_against_the_words_in_print(author, editor, signed_in):
    submission = make_submission(author, 'live', editor=editor)
    workflow.revise(submission, by=editor, note='A figure.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Careful change takes two years'),
    )
    has_been_told(workflow.send_for_approval(submission, by=editor))

    said = signed_in(author).get(at('submission_approve', submission)).content.decode()

    assert 'Changed: title.' in said


def test_approving_fixes_exactly_these_words(submission, author, signed_in):
    answer = signed_in(author).post(
        at('submission_approve', submission),
        {'fingerprint': submission.current.hash, 'note': 'Thank you.'},
        follow=True,
    )

    submission.refresh_from_db()
    assert (submission.state, submission.approved_hash) == (State.READY, submission.current.hash)
    assert submission.steps.last().note == 'Thank you.'
    assert 'You approved these exact words.' in answer.content.decode()


def test_words_changed_meanwhile_are_shown_and_not_approved(submission, author, editor, signed_in):
    seen = submission.current.hash
    workflow.send_back(submission, by=editor, note='One thing more.')
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(title='Yet another title'),
    )
    has_been_told(workflow.send_for_approval(submission, by=editor))

    answer = signed_in(author).post(
        at('submission_approve', submission), {'fingerprint': seen, 'note': 'Fine.'}
    )

    said = answer.content.decode()
    assert answer.status_code == 409
    assert 'The text changed since you opened it.' in said
    assert 'Yet' in said
    assert 'Fine.</textarea>' in said
    assert f'name="fingerprint" value="{submission.current.hash}"' in said
    submission.refresh_from_db()
    assert submission.state == State.AUTHOR_APPROVAL


def test_approving_twice_or_too_late_is_answered_kindly(submission, author, signed_in):
    client = signed_in(author)
    client.post(at('submission_approve', submission), {'fingerprint': submission.current.hash})

    again = client.post(
        at('submission_approve', submission),
        {'fingerprint': submission.current.hash, 'note': 'Once more.'},
        follow=True,
    )
    read = client.get(at('submission_approve', submission), follow=True)

    assert again.status_code == 409
    assert 'answered already, or has moved on.' in again.text
    assert 'Once more.</textarea>' in again.text
    assert 'There is no final copy waiting for you.' in read.content.decode()
    assert submission.steps.filter(move='approve').count() == 1


def test_a_post_without_a_hash_approves_nothing(submission, author, signed_in):
    answer = signed_in(author).post(at('submission_approve', submission))

    assert (answer.status_code, 'did not say which words you saw' in answer.content.decode()) == (200, True)
    submission.refresh_from_db()
    assert submission.state == State.AUTHOR_APPROVAL


def test_asking_for_a_correction(submission, author, signed_in):
    client = signed_in(author)
    empty = client.post(at('submission_correction', submission), {'note': ''})

    client.post(at('submission_correction', submission), {'note': 'It was the second year.'})

    assert (empty.status_code, 'Fill this in.' in empty.content.decode()) == (200, True)
    submission.refresh_from_db()
    assert (submission.state, submission.steps.last().note) == (State.EDITING, 'It was the second year.')


def test_a_correction_asked_for_too_late_keeps_what_was_typed(submission, author, signed_in):
    workflow.approve(submission, by=author, fingerprint=submission.current.hash)

    answer = signed_in(author).post(
        at('submission_correction', submission), {'note': 'A second thought.'}, follow=True
    )

    assert 'A second thought.</textarea>' in answer.text


def test_only_the_corresponding_author_approves(author, editor, signed_in):
    helper, named = make_person('Hel Helper'), make_person('Nam Named')
    submission = make_submission(author, State.AUTHOR_APPROVAL, editor=editor, coauthors=(helper, named))
    submission.authorships.filter(person=helper).update(can_edit=True)
    given = {'fingerprint': submission.current.hash, 'note': 'Mine.'}

    answers = {
        person.name: [
            signed_in(person).get(at('submission_approve', submission)).status_code,
            signed_in(person).post(at('submission_approve', submission), given).status_code,
        ]
        for person in (helper, named)
    }

    assert answers == {'Hel Helper': [200, 403], 'Nam Named': [200, 403]}
    refused = signed_in(named).post(at('submission_correction', submission), given)
    assert (refused.status_code, 'Mine.</textarea>' in refused.text) == (403, True)
    assert 'Only an author with edit right asks for a correction.' in refused.text
    said = signed_in(helper).get(at('submission_approve', submission)).content.decode()
    assert 'Only the corresponding author, Ada Author, can approve it.' in said
    assert signed_in(helper).post(at('submission_correction', submission), given).status_code == 302


def test_the_page_costs_the_same_with_one_change_or_five(
    submission, author, editor, signed_in, django_assert_num_queries
):
    client = signed_in(author)
    client.get(at('submission_approve', submission))
    with django_assert_num_queries(QUERIES):
        client.get(at('submission_approve', submission))
    workflow.send_back(submission, by=editor, note='More.')
    for number in range(5):
        workflow.save_words(
            submission,
            by=editor,
            base=submission.current.number,
            words=submission.current.words().but(standfirst=f'Standfirst {number}.'),
        )
    has_been_told(workflow.send_for_approval(submission, by=editor))

    with django_assert_num_queries(QUERIES):
        client.get(at('submission_approve', submission))


# Five of them are the session's own and the note of when it was last used.
QUERIES = 13


def test_the_second_letter_that_asks_for_approval_says_what_changed_since_the_first(
    submission, author, editor
):
    Letter.objects.filter(kind='final_copy').update(state=Letter.State.SENT)
    first = Letter.objects.get(kind='final_copy')
    workflow.ask_for_correction(submission, by=author, note='It was the fourth year.')
    words = submission.current.words()
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=words.but(body=words.body.replace('third year', 'fourth year')),
    )

    workflow.send_for_approval(submission, by=editor)

    second = Letter.objects.filter(kind='final_copy').latest('pk')
    assert (first.subject, second.subject) == (
        'Please approve the final copy of “Careful change takes longer”',
        'Once more: please approve the final copy of “Careful change takes longer”',
    )
    assert 'sent before' not in first.body
    assert (
        'Since the copy that you were sent before (version 3) this has changed:\n\n'
        '- Replaced (text): “third” → “fourth”\n\nEvery change'
    ) in second.body


def test_a_copy_whose_letter_never_left_is_none_that_they_were_sent_before(submission, author, editor):
    Letter.objects.filter(kind='final_copy').update(state=Letter.State.RECALLED)
    workflow.send_back(submission, by=editor, note='A slip of mine.')

    workflow.send_for_approval(submission, by=editor)

    assert 'sent before' not in Letter.objects.filter(kind='final_copy').latest('pk').body
