"""A Word file comes in by a real browser, without a script of ours."""

import pytest
from django.urls import reverse

from blog import workflow
from blog.writing import word_files
from tests.blog.test_word_files import text
from tests.browser.test_pages import complaints
from tests.conftest import make_submission
from tests.docx import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DELETED = '<w:p><w:del w:author="Bo"><w:r><w:delText>never seen again</w:delText></w:r></w:del></w:p>'


@pytest.fixture
def written(author, society):
    submission = make_submission(author)
    words = submission.current.words().but(body='<p>My own words.</p>')
    workflow.save_words(submission, by=author, base=submission.current.number, words=words)
    return submission


def test_over_words_its_author_reads_what_differs_and_puts_the_file_at_the_end(author, written, opened):
    page = opened(author, scripts=False)
    source = text(more=f'<w:p>{picture("i")}</w:p>{DELETED}')
    page.goto(reverse('submission_edit', args=[written.pk]))

    page.get_by_role('button', name='Save and bring in a Word file').click()
    page.get_by_label('The Word document').set_input_files(
        {'name': 'A text.docx', 'mimeType': word_files.KINDS['.docx'], 'buffer': source}
    )
    page.get_by_role('button', name='Read this file').click()
    told = page.get_by_role('region', name='What came in').inner_text()
    page.get_by_label('Put them at the end of the text').check()
    page.get_by_label('What picture 1 shows').fill('A boat in harbour')
    page.get_by_label('No: the words are enough').check()
    page.get_by_role('button', name='Save', exact=True).click()

    written.refresh_from_db()
    assert 'Left out: 1 tracked deletion (3 words).' in told
    assert page.get_by_text(
        'The words of “A text.docx” are put at the end. The file itself is not kept.'
    ).is_visible()
    assert written.current.body.startswith(
        '<p>My own words.</p>\n<p>Written elsewhere.</p>\n<figure><img src="/media/'
    )
    assert 'alt="A boat in harbour"' in written.current.body


def test_there_is_nothing_to_complain_of_where_a_file_is_sent_and_answered(author, written, opened):
    page = opened(author)
    file = word_files.take(
        written, by=author, source=text(more=f'<w:p>{picture("i")}</w:p>{DELETED}'), name='A text.docx'
    )

    found = complaints(page, reverse('submission_upload', args=[written.pk]))
    found += complaints(page, reverse('word_file', args=[written.pk, file.pk]))

    assert found == []
