"""Nothing typed is lost, whatever is sent and however often."""

import io

import pytest
from django.urls import reverse

from blog import workflow
from blog.models import Submission
from tests.conftest import make_submission
from ukis.pictures.models import Picture
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.usefixtures('society')


def at(name: str, submission: Submission) -> str:
    return reverse(name, args=[submission.pk])


def sheet(submission: Submission, **changed) -> dict:
    """The form as the page would send it, with what the writer changed."""
    version, row = submission.current, submission.authorships.get(corresponding=True)
    return {
        'base': version.number,
        'title': version.title,
        'standfirst': version.standfirst,
        'body': version.body,
        'tags': ', '.join(version.tag_words),
        'language': version.language,
        'me-name': row.name,
        'me-role': row.role,
        'me-place': row.organisation_id,
        'me-biography': row.biography,
        **changed,
    }


def test_a_button_pressed_twice_makes_one_version(author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)
    sent = sheet(submission, title='Slow  is smooth', **{'me-role': 'Director'})

    first = client.post(at('submission_edit', submission), sent)
    made = submission.versions.count()
    second = client.post(at('submission_edit', submission), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert submission.versions.count() == made


@pytest.mark.parametrize('base', ['', 'abc', '-1', '99999999999999999999', '1.5', '٣', '7'])
def test_a_base_that_is_no_version_shows_both_texts(author, signed_in, base) -> None:
    submission = make_submission(author)
    sent = sheet(submission, base=base, title='Typed all the same')

    answer = signed_in(author).post(at('submission_edit', submission), sent)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert 'Typed all the same' in said
    assert f'name="base" value="{submission.current.number}"' in said
    assert Buffer.objects.get().data['title'] == 'Typed all the same'


def test_a_stale_save_is_kept_also_when_the_page_is_closed(author, signed_in) -> None:
    submission = make_submission(author)
    sent = sheet(submission, body='<p>What I typed myself.</p>')
    number = submission.current.number
    workflow.save_words(
        submission,
        by=author,
        base=number,
        words=submission.current.words().but(body='<p>What they saved.</p>'),
    )
    client = signed_in(author)

    client.post(at('submission_edit', submission), sent)
    said = client.get(at('submission_edit', submission)).content.decode()

    assert 'What I typed myself.' in said
    assert 'Two texts' in said
    assert f'name="base" value="{number + 1}"' in said


def test_more_than_a_blog_can_hold_is_refused_with_a_sentence(author, signed_in) -> None:
    submission = make_submission(author)
    client = signed_in(author)

    saved = client.post(at('submission_edit', submission), sheet(submission, body='x' * 2_000_000))
    too_huge = client.post(at('submission_edit', submission), sheet(submission, body='x' * 10_000_000))

    assert [answer.status_code for answer in (saved, too_huge)] == [422, 413]
    assert 'The text is too long' in saved.content.decode()
    assert not Buffer.objects.exists()


@pytest.mark.parametrize('name', ['submission_edit', 'submission_byline'])
def test_nul_in_a_form_is_refused(author, signed_in, name) -> None:
    submission = make_submission(author)

    assert signed_in(author).post(at(name, submission), sheet(submission, title='a\0b')).status_code == 400


@pytest.mark.parametrize('content', [b'', b'no picture', b'\x89PNG\r\n\x1a\n' + bytes(50_000_000)])
def test_a_refused_picture_is_an_error_at_its_field_and_all_words_stay(author, signed_in, content) -> None:
    submission = make_submission(author)
    file = io.BytesIO(content)
    file.name = 'lead.png'

    answer = signed_in(author).post(
        at('submission_edit', submission), sheet(submission, lead_file=file, body='<p>Still here.</p>')
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'Still here.' in said
    assert 'id="id_lead_file_error"' in said
    assert not Picture.objects.exists()
