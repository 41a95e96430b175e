"""What changed between any two versions, on the author's side."""

import pytest
from django.urls import reverse

from blog import workflow
from tests.conftest import DECLARED, make_submission
from ukis import differences
from ukis.differences.comparing import Budget


@pytest.fixture
def submission(author):
    submission = make_submission(author)
    workflow.save_words(
        submission,
        by=author,
        base=submission.current.number,
        words=submission.current.words().but(title='Careful change, slowly'),
    )
    workflow.save_words(
        submission,
        by=author,
        base=submission.current.number,
        words=submission.current.words().but(standfirst='Why patience.'),
    )
    return submission


def seen(client, submission, **which) -> str:
    return client.get(reverse('submission_differences', args=[submission.pk]), which).content.decode()


def test_by_default_the_last_change_is_shown(submission, author, signed_in):
    said = seen(signed_in(author), submission)

    assert 'From version 3 to version 4' in said
    assert 'Changed: standfirst.' in said


def test_any_two_versions_can_be_compared(submission, author, signed_in):
    client = signed_in(author)

    assert 'Changed: title, standfirst.' in seen(client, submission, **{'from': 2, 'to': 4})
    assert 'From version 2 to version 3' in seen(client, submission, to=3)
    assert 'These two versions say the same.' in seen(client, submission, **{'from': 4, 'to': 4})


def test_where_not_all_was_compared_it_is_said(submission, author, editor, signed_in, monkeypatch):
    monkeypatch.setattr(differences, 'Budget', lambda: Budget(0))
    which = {'from': 2, 'to': 4}
    workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)
    desk = signed_in(editor).get(reverse('admin:desk_differences', args=[submission.pk]), which)

    assert 'not all of it was compared word by word' in seen(signed_in(author), submission, **which)
    assert 'not all of it was compared word by word' in desk.text


@pytest.mark.parametrize('number', ['99', '-1', 'x', '²', '9' * 40])
def test_a_version_that_is_not_there_is_404(number, submission, author, signed_in):
    answer = signed_in(author).get(reverse('submission_differences', args=[submission.pk]), {'from': number})

    assert answer.status_code == 404


def test_another_submissions_versions_are_not_reached(submission, stranger, signed_in):
    assert signed_in(stranger).get(reverse('submission_differences', args=[submission.pk])).status_code == 404


def test_two_versions_or_seven_take_the_same_queries(
    submission, author, signed_in, django_assert_num_queries
):
    client = signed_in(author)
    seen(client, submission)
    with django_assert_num_queries(QUERIES):
        seen(client, submission)
    for number in range(5):
        workflow.save_words(
            submission,
            by=author,
            base=submission.current.number,
            words=submission.current.words().but(title=f'Title {number}'),
        )

    with django_assert_num_queries(QUERIES):
        seen(client, submission)


# Five of them are the session's own and the note of when it was last used.
QUERIES = 9
