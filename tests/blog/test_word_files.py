"""A Word file comes in: into an empty draft at once, beside words only as its author chooses, and is kept only if they say so."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog import workflow
from blog.models import State, Submission, WordFile
from blog.writing import word_files
from tests.blog.test_writing import edit, sheet
from tests.conftest import make_submission
from tests.docx import docx, p, part, picture
from ukis.documents import reading, refused
from ukis.pictures.models import Picture
from ukis.unsaved.models import Buffer

pytestmark = pytest.mark.django_db
STYLES = part('styles', '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>')


def drawing(colour: str = 'teal') -> bytes:
    out = io.BytesIO()
    Image.new('RGB', (40, 30), colour).save(out, 'PNG')
    return out.getvalue()


def text(words: str = 'Written elsewhere.', *, more: str = '', **parts) -> bytes:
    return docx(
        p('A title from Word', style='T') + p(words) + more,
        parts={'styles.xml': STYLES, 'media/a.png': drawing(), **parts},
        links={'i': ('image', '/media/a.png')},
    )


def send(client: Client, submission: Submission, source: bytes, name: str = 'A text.docx'):
    file = SimpleUploadedFile(name, source, word_files.KINDS['.docx'])
    return client.post(reverse('submission_upload', args=[submission.pk]), {'file': file})


def page(submission: Submission) -> str:
    return reverse('word_file', args=[submission.pk, submission.word_files.first().pk])


@pytest.fixture
def empty(author):
    submission = make_submission(author)
    words = submission.current.words().but(title='', standfirst='', body='', references='')
    workflow.save_words(submission, by=author, base=submission.current.number, words=words)
    return submission


@pytest.fixture
def written(author):
    submission = make_submission(author)
    words = submission.current.words().but(title='Mine', standfirst='', body='<p>My own words.</p>')
    workflow.save_words(submission, by=author, base=submission.current.number, words=words)
    return submission


def test_a_draft_without_words_is_filled_and_its_author_reads_what_was_told(author, empty, signed_in):
    client = signed_in(author)

    sent = send(client, empty, text(more=f'<w:p>{picture("i")}</w:p>'))
    shown = client.get(page(empty)).text

    empty.refresh_from_db()
    source = Picture.objects.get()
    assert sent.url == page(empty)
    assert (empty.current.title, empty.current.body) == (
        'A title from Word',
        f'<p>Written elsewhere.</p>\n<figure><img src="/media/{source.file.name}" alt=""></figure>',
    )
    assert empty.current.note == 'From the file “A text.docx”'
    assert 'Words of the document as its reader sees it: 6; here: 6.' in shown
    assert '1 picture needs a description' in shown


def test_pictures_are_described_one_after_the_other_where_they_stand_already(author, empty, signed_in):
    client = signed_in(author)
    send(client, empty, text(more=f'<w:p>{picture("i")}</w:p>'))

    client.post(page(empty), {'keep': 'no', 'alt_1': ' A boat in\nharbour '})

    empty.refresh_from_db()
    assert 'alt="A boat in harbour"' in empty.current.body
    assert empty.current.note == 'What the pictures show'


@pytest.mark.parametrize(
    ('where', 'body'),
    [
        ('replaced', '<p>Written elsewhere.</p>'),
        ('appended', '<p>My own words.</p>\n<p>Written elsewhere.</p>'),
        ('left', '<p>My own words.</p>'),
        ('beside', '<p>My own words.</p>'),
    ],
)
def test_over_words_that_are_there_the_difference_is_shown_and_its_author_chooses(
    author, written, signed_in, where, body
):
    client, number = signed_in(author), written.current.number
    send(client, written, text())
    shown = client.get(page(written)).text
    written.refresh_from_db()
    before = written.current.body

    client.post(page(written), {'base': str(number), 'where': where, 'keep': 'no'})

    written.refresh_from_db()
    assert before == '<p>My own words.</p>'
    assert '<del>' in shown
    assert '<ins>' in shown
    assert 'Its title is not taken over, for your draft has another: “A title from Word”.' in shown
    assert (written.current.title, written.current.body) == ('Mine', body)
    assert written.versions.filter(body='<p>My own words.</p>').exists()


def test_a_title_that_the_draft_lacks_is_said_to_come_where_the_words_are_replaced(
    author, written, signed_in
):
    client, words = signed_in(author), written.current.words().but(title='')
    workflow.save_words(written, by=author, base=written.current.number, words=words)
    send(client, written, text())
    written.refresh_from_db()

    asked = client.get(page(written)).text
    client.post(page(written), {'base': str(written.current.number), 'where': 'appended', 'keep': 'no'})
    done = client.get(page(written)).text

    assert (
        'Its title is taken over where its words are put in place of yours, for your draft has none' in asked
    )
    assert 'Its title is not taken over: “A title from Word”.' in done


def test_no_choice_is_made_for_the_author_and_what_was_typed_comes_back(author, written, signed_in):
    client = signed_in(author)
    send(client, written, text(more=f'<w:p>{picture("i")}</w:p>'))

    shown = client.get(page(written)).text
    answer = client.post(page(written), {'base': str(written.current.number), 'alt_1': 'A boat'})

    written.refresh_from_db()
    assert ' checked' not in shown
    assert answer.status_code == 422
    assert 'value="A boat"' in answer.text
    assert (written.current.body, written.word_files.get().put) == ('<p>My own words.</p>', '')


def test_what_is_kept_beside_stands_in_the_writing_page_as_text_not_yet_saved(author, written, signed_in):
    client = signed_in(author)
    send(client, written, text())
    client.post(page(written), {'base': str(written.current.number), 'where': 'beside', 'keep': 'no'})

    shown = client.get(reverse('submission_edit', args=[written.pk])).text

    assert Buffer.objects.get().data['body'] == '<p>Written elsewhere.</p>'
    assert 'You have text that was not saved as a version' in shown
    assert 'Written elsewhere.' in shown


def test_descriptions_already_typed_are_carried_over_and_notes_keep_apart(author, written, signed_in):
    client = signed_in(author)
    send(client, written, text(more=f'<w:p>{picture("i")}</w:p>'))
    src = f'/media/{Picture.objects.get().file.name}'
    old = f'<p>A<a href="#fn-1" id="fnref-1">[1]</a></p>\n<figure><img src="{src}" alt="Typed before"></figure>\n<ol><li id="fn-1">N <a href="#fnref-1">↑</a></li></ol>'
    words = written.current.words().but(body=old)
    version = workflow.save_words(written, by=author, base=written.current.number, words=words)
    note = part('footnotes', f'<w:footnote w:id="1">{p("A note")}</w:footnote>')
    file = word_files.take(
        written,
        by=author,
        source=text(more=f'<w:p><w:r><w:t>B</w:t><w:footnoteReference w:id="1"/></w:r>{picture("i")}</w:p>', **{'footnotes.xml': note}),
        name='b.docx',
    )  # fmt: skip

    replaced = word_files.words_of(file, version, WordFile.Put.REPLACED).body
    appended = word_files.words_of(file, version, WordFile.Put.APPENDED).body

    assert 'alt="Typed before"' in replaced
    assert appended.startswith(old)
    assert 'href="#fn-1-2" id="fnref-1-2"' in appended
    assert 'id="fn-1-2"' in appended.replace('li ', '')


def test_somebody_who_saved_meanwhile_is_compared_with_and_nothing_is_overwritten(author, written, signed_in):
    client, number = signed_in(author), written.current.number
    send(client, written, text())
    words = written.current.words().but(body='<p>Newer words.</p>')
    workflow.save_words(written, by=author, base=number, words=words)

    answer = client.post(page(written), {'base': str(number), 'where': 'replaced', 'keep': 'no'})
    written.refresh_from_db()
    between = written.current.body
    client.post(page(written), {'base': str(written.current.number), 'where': 'replaced', 'keep': 'no'})

    written.refresh_from_db()
    assert answer.status_code == 409
    assert 'Somebody saved other words meanwhile.' in answer.text
    assert f'name="base" value="{number + 1}"' in answer.text
    assert (between, written.current.body) == ('<p>Newer words.</p>', '<p>Written elsewhere.</p>')


def test_the_same_file_sent_twice_says_so(author, written, signed_in):
    client, source = signed_in(author), text()
    send(client, written, source)

    send(client, written, source)

    assert 'This is the same file as you sent on' in client.get(page(written)).text


@pytest.mark.parametrize('keep', ['yes', 'no'])
def test_the_file_is_kept_only_where_its_author_says_so_and_can_be_let_go(author, written, signed_in, keep):
    client, source = (
        signed_in(author),
        text(more='<w:p><w:del w:author="Bo"><w:r><w:delText>no never</w:delText></w:r></w:del></w:p>'),
    )
    send(client, written, source)
    shown = client.get(page(written)).text
    file = written.word_files.get()
    original = reverse('word_file_original', args=[written.pk, file.pk])
    before = client.get(original).status_code

    client.post(page(written), {'base': str(written.current.number), 'where': 'left', 'keep': keep})
    client.post(page(written), {'keep': keep})  # pressed twice
    kept = client.get(original)
    client.post(page(written), {'do': 'forget'})

    file.refresh_from_db()
    assert '1 deleted passage (2 words) can still be read in it.' in shown
    assert before == 404
    assert (kept.status_code, kept.content == source) == ((200, True) if keep == 'yes' else (404, False))
    assert (file.content, client.get(original).status_code) == (None, 404)


def test_a_kept_file_is_given_to_its_author_and_the_editors_of_the_submission_alone(
    author, coauthor, stranger, editor, other_editor, chief, secretary, signed_in
):
    submission = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(coauthor,))
    file = submission.word_files.create(
        by=author, name='T “x”.docx', content=b'PK', answered_at=timezone.now()
    )
    original = reverse('word_file_original', args=[submission.pk, file.pk])

    codes = [
        signed_in(one).get(original).status_code
        for one in (author, editor, chief, coauthor, other_editor, stranger, secretary)
    ]
    answer = signed_in(author).get(original)

    assert codes == [200, 200, 200, 404, 404, 404, 404]
    assert (
        answer.headers['Content-Disposition'] == "attachment; filename*=UTF-8''T%20%E2%80%9Cx%E2%80%9D.docx"
    )
    assert answer.headers['Cache-Control'].startswith('private, no-store')


@pytest.mark.parametrize(
    ('source', 'name', 'sentence'),
    [
        (b'', 'A.docx', refused.EMPTY),
        (b'PK\x03\x04', 'A.docx', refused.DAMAGED),
        (docx(''), 'A.docx', word_files.NO_WORDS),
    ],
)
def test_a_refused_file_says_why_and_leaves_the_draft_as_it_was(
    author, written, signed_in, source, name, sentence
):
    number = written.current.number

    answer = send(signed_in(author), written, source, name)

    written.refresh_from_db()
    assert answer.status_code == 422
    assert sentence.replace('“', '').split('.')[0] in answer.text
    assert (written.current.number, written.word_files.count()) == (number, 0)


def test_a_picture_that_cannot_be_read_leaves_its_place_and_is_told(author, empty, signed_in):
    client = signed_in(author)

    send(
        client, empty, text(more=f'<w:p>{picture("i")}</w:p>', **{'media/a.png': b'\x89PNG\r\n\x1a\nbroken'})
    )

    empty.refresh_from_db()
    assert empty.current.body == '<p>Written elsewhere.</p>\n<p>[Picture left out: it could not be read]</p>'
    assert (
        empty.word_files.get()
        .told[-1]
        .startswith('Picture 1 was left out. This is not a picture that we can read.')
    )


def test_saving_leads_to_the_file_so_that_nothing_typed_is_left_behind(author, written, signed_in):
    answer = signed_in(author).post(edit(written), sheet(written, body='<p>Just typed.</p>', then='upload'))

    written.refresh_from_db()
    assert answer.url == reverse('submission_upload', args=[written.pk])
    assert written.current.body == '<p>Just typed.</p>'


@pytest.mark.parametrize('where', ['replaced', 'appended'])
def test_a_picture_that_stands_there_already_is_described_while_the_words_are_put_in(
    author, written, signed_in, where
):
    client = signed_in(author)
    for words in ('First.', 'Second.'):
        send(client, written, text(words, more=f'<w:p>{picture("i")}</w:p>'))
        shown = client.get(page(written)).context['form'].initial
        given = {'base': shown['base'], 'where': where, 'keep': 'no'}
        answer = client.post(page(written), given | ({'alt_1': 'A teal field'} if words == 'Second.' else {}))
        assert answer.status_code == 302
        written.refresh_from_db()

    assert [version.note for version in written.versions.order_by('number')][-2:] == [
        'From the file “A text.docx”'
    ] * 2
    pictures = re.findall('<img[^>]*>', written.current.body)
    assert len(pictures) == (1 if where == 'replaced' else 2)
    assert all('alt="A teal field"' in one for one in pictures)


def test_what_a_file_still_holds_is_for_who_sent_it_and_for_no_co_author(author, coauthor, editor, signed_in):
    submission = make_submission(author, coauthors=(coauthor,))
    submission.authorships.filter(person=coauthor).update(can_edit=True)
    kept = submission.word_files.create(by=author, name='T.docx', content=b'PK', answered_at=timezone.now())
    waits = submission.word_files.create(
        by=author, name='Held.docx', content=b'PK', held=['3 comments, by Rita.']
    )
    pages = [
        reverse('word_file_original', args=[submission.pk, kept.pk]),
        *(reverse('word_file', args=[submission.pk, one.pk]) for one in (kept, waits)),
    ]

    codes = {
        one.email: [signed_in(one).get(here).status_code for here in pages] for one in (author, coauthor)
    }
    answered = signed_in(coauthor).post(pages[2], {'keep': 'yes', 'where': 'left'}).status_code
    writing = signed_in(coauthor).get(reverse('submission_edit', args=[submission.pk])).text

    assert codes == {author.email: [200, 200, 200], coauthor.email: [404, 404, 404]}
    waits.refresh_from_db()
    assert (answered, waits.answered_at, 'Held.docx' in writing) == (404, None, False)


def test_files_go_by_their_dates_answered_or_not(author, written):
    now = timezone.now()
    rows = {
        'unanswered': {'at': now - timedelta(days=3), 'content': b'x'},
        'fresh': {'at': now - timedelta(days=1), 'content': b'x'},
        'read': {'at': now - timedelta(days=31), 'answered_at': now},
        'kept': {'at': now - timedelta(days=300), 'answered_at': now, 'content': b'x'},
        'kept long': {'at': now - timedelta(days=366), 'answered_at': now, 'content': b'x'},
    }
    for name, given in rows.items():
        written.word_files.create(by=author, name=name, **given)

    assert {file.name for file in word_files.over(now)} == {'unanswered', 'read', 'kept long'}


def test_who_may_not_save_words_sends_no_file(author, editor, signed_in, monkeypatch):
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    monkeypatch.setattr(reading, 'read', lambda *_: pytest.fail('read'))

    answer = send(signed_in(author), submission, text())

    assert (answer.status_code, submission.word_files.count()) == (302, 0)
