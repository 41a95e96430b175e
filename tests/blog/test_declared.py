"""Every author's declaration counts, and preview and print say the same."""

import pytest
from django.utils import timezone

from blog import post_page, workflow
from blog.checklist import declared
from blog.models import Declaration, State, Submission
from tests.conftest import make_person, make_submission

pytestmark = pytest.mark.django_db


def say(submission, person, answer):
    Declaration.objects.update_or_create(
        submission=submission,
        version=submission.current,
        person=person,
        kind=Declaration.Kind.INTERESTS,
        defaults={'sentence': 'I declare my interests.', 'answer': answer, 'at': timezone.now()},
    )


@pytest.mark.parametrize('answer', ['none', 'None.', 'NO', ' nil ', 'n/a', 'None to declare.', 'Dim'])
def test_no_interests_are_no_words(author, society, answer):
    submission = make_submission(author)
    say(submission, author, answer)

    assert declared.for_print(submission).interests == ''
    assert post_page.of_version(submission.current, submission).interests == ''


def test_one_authors_none_does_not_hide_the_others_interest(author, editor, society):
    helper = make_person('Hel Helper')
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    submission.authorships.create(person=helper, name='Hel Helper', order=1, can_edit=True)
    say(submission, author, 'I advise a supplier of the programme')
    say(submission, helper, 'none')

    said = declared.for_print(submission).interests

    assert said == 'Ada Author: I advise a supplier of the programme.'


def test_what_the_preview_says_is_what_is_printed(author, editor, society):
    submission = make_submission(author, State.READY, editor=editor)
    say(submission, author, 'I own shares in a publisher.')
    previewed = post_page.of_version(submission.current, submission)

    workflow.release(submission, by=editor)

    assert submission.post.interests == previewed.interests == 'I own shares in a publisher.'


def test_a_later_word_takes_the_place_of_an_earlier_one(author, society):
    submission = make_submission(author)
    say(submission, author, 'I own shares.')
    say(submission, author, 'none')

    assert declared.for_print(submission).interests == ''


def test_the_preview_shows_what_the_editor_chose_for_print(author, editor, society):
    submission = make_submission(author, State.READY, editor=editor)
    chosen = {'views': 'organisation', 'licence': 'CC BY 4.0', 'elsewhere_url': 'https://x.example/'}
    workflow.set_details(submission.post, by=editor, **chosen)
    submission = Submission.objects.get(pk=submission.pk)

    preview = post_page.of_version(submission.current, submission)
    workflow.release(submission, by=editor)
    printed = post_page.post_at(submission.post.slug, society)

    assert (preview.views_line, preview.licence, preview.elsewhere_url) == (
        printed.views_line,
        'CC BY 4.0',
        'https://x.example/',
    )
    assert preview.views_line == society.views_line('organisation')
