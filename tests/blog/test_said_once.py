"""What is said in several places is said in one way: the range of words, lateness, a word to the editor."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import State, Submission
from tests.conftest import letters_leave, make_submission
from ukis import days
from ukis.society.models import Page, Society

RANGE = 'between 450 and 1,050 words'


@pytest.fixture
def of_another_length(society) -> Society:
    society.words_from, society.words_to = 450, 1050
    society.save()
    return society


def late(submission: Submission, count: int = 3) -> Submission:
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today() - timedelta(days=count))
    return submission


@pytest.mark.usefixtures('of_another_length')
def test_one_range_of_words_everywhere(author, signed_in, client) -> None:
    submission = make_submission(author)
    guidelines = Page.objects.create(
        title='Guidelines', address='writing-guidelines', body='<p>Short.</p>', published=True
    )
    writes = signed_in(author)

    pages = [
        client.get(reverse('contribute')),
        client.get(guidelines.get_absolute_url()),
        writes.get(reverse('submission_edit', args=[submission.pk])),
        writes.get(reverse('submission_submit', args=[submission.pk])),
    ]

    assert [RANGE in page.content.decode() for page in pages] == [True] * 4


@pytest.mark.usefixtures('society')
def test_late_is_said_in_the_same_words_everywhere(author, editor, signed_in) -> None:
    submission = late(make_submission(author, State.CHANGES_REQUESTED, editor=editor))
    writes, edits = signed_in(author), signed_in(editor)

    pages = [
        writes.get(reverse('write')),
        writes.get(reverse('account')),
        writes.get(submission.get_absolute_url()),
        edits.get(reverse('admin:desk')),
        edits.get(reverse('admin:desk_submission', args=[submission.pk])),
    ]

    assert ['3 days late' in page.content.decode() for page in pages] == [True] * 5


@pytest.mark.usefixtures('society')
def test_an_author_reads_that_the_editor_is_late(author, editor, signed_in) -> None:
    submission = late(make_submission(author, State.IN_REVIEW, editor=editor), 1)

    assert '1 day late' in signed_in(author).get(submission.get_absolute_url()).content.decode()


@pytest.mark.usefixtures('society')
def test_a_word_to_the_editor_goes_with_a_submission(author, chief, signed_in, mailoutbox) -> None:
    submission = make_submission(author)
    address, client = reverse('submission_submit', args=[submission.pk]), signed_in(author)
    page = client.get(address).content.decode()

    client.post(
        address,
        {
            'version': submission.current.number,
            'note': 'The board has seen it.',
            'rights': 'on',
            'interests': 'none',
            'views': 'own',
        },
    )
    letters_leave()

    assert 'A word to the editor' in page
    [letter] = [one for one in mailoutbox if chief.email in one.to[0]]
    assert 'Ada Author writes:\n\nThe board has seen it.' in letter.body
    desk = signed_in(chief).get(reverse('admin:desk_submission', args=[submission.pk])).content.decode()
    assert 'The board has seen it.' in desk


@pytest.mark.usefixtures('society')
def test_my_page_gives_an_editor_the_counts_of_the_desk(author, editor, signed_in) -> None:
    late(make_submission(author, State.IN_REVIEW, editor=editor))
    workflow.start(by=author, working_title='Unsent')

    said = ' '.join(signed_in(editor).get(reverse('account')).content.decode().split())

    assert '<strong>1</strong> waits for you' in said
    assert '<strong>1</strong> is late' in said
    assert '1 open' in said
    assert 'is late' not in signed_in(author).get(reverse('account')).content.decode()
