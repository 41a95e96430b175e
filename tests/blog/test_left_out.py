"""A place that waits for a picture which a paste could not take: no words for print, so somebody mends it first."""

import pytest
from django.urls import reverse

from blog import checklist, workflow
from blog.models import State
from tests.conftest import DECLARED, make_submission
from ukis import markup
from ukis.refusals import NotNow

PASTED = markup.clean('<p>Before <img src="https://other.example/a.png" alt="A [small] bridge"> after.</p>')


@pytest.mark.parametrize(
    ('html', 'count'),
    [
        (PASTED, 1),
        (markup.clean('<p><img src="file:///a.png"></p><p>and</p><p><img src="file:///b.png"></p>'), 2),
        ('<p>A picture left out, as we say.</p>', 0),
        ('<p>[Picture left outside]</p>', 0),
        ('', 0),
    ],
)
def test_places_are_counted(html, count):
    assert markup.pictures_left_out(html) == count


@pytest.mark.parametrize('field', ['body', 'references'])
def test_the_author_is_told_before_submitting_and_cannot_submit(field, author, society, signed_in):
    submission = make_submission(author, words={field: PASTED})
    client = signed_in(author)

    check = client.get(reverse('submission_submit', args=[submission.pk])).text
    writing = client.get(reverse('submission_edit', args=[submission.pk])).text

    assert 'a place marked “[Picture left out]”' in check
    assert 'a place marked “[Picture left out]”' in writing
    with pytest.raises(NotNow, match='Picture left out'):
        workflow.submit(submission, by=author, version=submission.current.number, declarations=DECLARED)


def test_it_is_not_approved_and_not_released_and_the_desk_says_who_mends_it(
    author, editor, society, signed_in
):
    submission = make_submission(author, State.EDITING, editor=editor)
    workflow.save_words(
        submission,
        by=editor,
        base=submission.current.number,
        words=submission.current.words().but(body=PASTED),
    )

    page = signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])).text

    assert 'No picture is left out <strong>– to mend: the author.</strong>' in page
    assert 'left_out' in [line.key for line in checklist.for_release(submission) if not line.done]
    with pytest.raises(NotNow, match='Picture left out'):
        workflow.send_for_approval(submission, by=editor)


def test_a_text_without_one_has_no_such_line(author, society):
    submission = make_submission(author)

    assert 'left_out' not in [line.key for line in checklist.for_writing(submission.current)]
