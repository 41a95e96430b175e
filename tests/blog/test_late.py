"""Late is said in words and in the same words, to whoever reads of a submission."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog import wording, workflow
from blog.desk import queues
from blog.models import State, Submission
from tests.conftest import make_submission
from ukis import days
from ukis.letters.models import Letter

LATE = '3 days late'


def made_late(submission: Submission) -> Submission:
    Submission.objects.filter(pk=submission.pk).update(due_on=days.today() - timedelta(days=3))
    return Submission.objects.get(pk=submission.pk)


@pytest.mark.parametrize(
    'state', [State.IN_REVIEW, State.CHANGES_REQUESTED, State.EDITING, State.AUTHOR_APPROVAL]
)
def test_author_and_coauthor_read_it_whoever_is_late(state, author, coauthor, editor, society):
    submission = made_late(make_submission(author, state, editor=editor, coauthors=(coauthor,)))

    assert wording.author_words(submission).endswith(f' – {LATE}')
    assert wording.guest_words(submission).endswith(f' – {LATE}')


def test_an_editor_who_is_given_what_is_late_already_is_told_so(
    author, editor, other_editor, chief, society, signed_in
):
    submission = made_late(make_submission(author, State.IN_REVIEW, editor=editor))

    workflow.change_editor(submission, by=chief, editor=other_editor)

    letter = Letter.objects.get(kind='assigned', to=other_editor)
    assert f': it is {LATE}.' in letter.body


def test_the_desk_calls_the_queue_what_its_rows_are(author, editor, society, signed_in):
    made_late(make_submission(author, State.IN_REVIEW, editor=editor))

    page = signed_in(editor).get(reverse('admin:desk'), {'queue': 'overdue'}).text

    assert (queues.QUEUES['overdue'].label, LATE in page, 'Overdue' in page) == ('Late', True, False)
