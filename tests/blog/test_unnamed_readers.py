"""A second reader who is not to be named is named in nothing that an editor sends to the author."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blog import workflow
from blog.forms.desk_words import TypoForm
from blog.messages import unnamed
from blog.models import Attachment, Message, State
from blog.readings import Advice
from blog.states.reading_states import ReadingState as S
from tests.conftest import make_submission
from tests.docx import docx, p, part, zipped
from tests.readings import brought_to

pytestmark = pytest.mark.usefixtures('society')
NAMES = ['Rhea Reader', 'rhea@far.example']
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Rhea Reader</dc:creator></cp:coreProperties>'
)
COMMENT = part('comments', f'<w:comment w:id="0" w:author="Rhea Reader">{p("Thin.")}</w:comment>')


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


def kept(submission, editor, may_name: bool = False):
    return brought_to(S.RETURNED, submission, editor, advice=Advice('small', '', 'Say more.', may_name))


def test_names_are_found_in_words_and_in_whatever_lies_open_of_a_file():
    words = [
        'As Rhea  Reader says',
        'rhea reader’s view',
        'Ask rhea@far.example',
        'Reader, Rhea',
        'A Rhea Readers’ club',
    ]
    files = {
        'Review by Rhea_Reader.pdf': b'%PDF-1.7',
        'a.docx': docx(p('Words.'), parts={'docProps/core.xml': CORE}),
        'b.docx': docx(p('Words.'), parts={'comments.xml': COMMENT}),
        'c.pdf': b'%PDF-1.7 /Author (Rhea Reader)',
        'd.pdf': b'%PDF-1.7 /Author (\xfe\xff' + 'Rhea Reader'.encode('utf-16-be') + b')',
        'e.txt': b'Yours, Rhea Reader',
        'f.docx': docx(p('Words.')),
        'g.docx': b'PK\x03\x04 broken',
        'h.xlsx': zipped({'xl/workbook.xml': '<x/>'}),
        'Readers.txt': b'Nobody.',
    }

    assert [unnamed.in_words(NAMES, one) for one in words] == [NAMES[0], NAMES[0], NAMES[1], '', '']
    assert [bool(unnamed.in_file(NAMES, name, content)) for name, content in files.items()] == [True] * 6 + [
        False
    ] * 4


def test_a_name_in_other_letters_is_found_where_it_stands_and_nowhere_else():
    name = 'Иван Петров'

    found = [
        unnamed.in_file([name], 'a.txt', text.encode()) for text in ('nothing of the kind', f'Ваш {name}')
    ]

    assert found == ['', name]


def test_what_is_said_of_a_copy_edit_and_of_a_typo_does_not_name_them(submission, author, editor, signed_in):
    kept(submission, editor)
    workflow.accept(submission, by=editor)
    client, here = signed_in(editor), reverse('admin:desk_edit', args=[submission.pk])
    given = {
        'base': submission.current.number, 'title': 'Slow change', 'standfirst': 'Short.', 'body': '<p>Words.</p>',
        'language': 'en-GB', 'note': 'Cut as Rhea Reader asked',
    }  # fmt: skip

    asked = client.post(here, given)
    again = client.post(here, given | {'knowingly': 'on'})

    assert (asked.status_code, 'names Rhea Reader' in asked.text, 'name="knowingly"' in asked.text) == (
        200,
        True,
        True,
    )
    assert again.status_code == 302
    typo = TypoForm(given | {'reason': 'Rhea Reader saw it'}, version=submission.current, by=editor)
    assert 'names Rhea Reader' in str(typo.errors['reason'])


@pytest.mark.parametrize(
    ('may_name', 'audience', 'given', 'code'),
    [
        (False, 'authors', {'text': 'Rhea Reader finds it thin.'}, 200),
        (False, 'authors', {'text': 'Rhea Reader finds it thin.', 'knowingly': 'on'}, 302),
        (False, 'editors', {'text': 'Rhea Reader finds it thin.'}, 302),
        (True, 'authors', {'text': 'Rhea Reader finds it thin.'}, 302),
        (False, 'authors', {'text': 'Somebody finds it thin.'}, 302),
    ],
)
def test_a_message_to_the_author_does_not_name_them(
    may_name, audience, given, code, submission, editor, signed_in
):
    kept(submission, editor, may_name)
    answer = signed_in(editor).post(
        reverse('admin:desk_message', args=[submission.pk]), {'audience': audience, **given}
    )

    assert answer.status_code == code
    assert Message.objects.filter(text=given['text']).exists() == (code == 302)
    if code == 200:
        assert (
            'The text names Rhea Reader, who has not said that the author may learn who read it.'
            in answer.text
        )
        assert 'it does not tell that Rhea Reader is a second reader' in answer.text
        assert given['text'] in answer.text


def test_a_file_that_says_who_made_it_is_held_back_and_kept_with_what_was_typed(
    submission, editor, signed_in
):
    kept(submission, editor)
    source = io.BytesIO(docx(p('Words.'), parts={'docProps/core.xml': CORE}))
    here = reverse('admin:desk_message', args=[submission.pk])
    client, sent = signed_in(editor), {'text': 'With remarks.', 'audience': 'authors'}

    answer = client.post(here, sent | {'upload': SimpleUploadedFile('Remarks.docx', source.getvalue())})

    said = '“Remarks.docx”, in its name, its properties or its comments, names Rhea Reader'
    assert said in answer.text
    file = Attachment.objects.get()
    assert (file.message, 'With remarks.' in answer.text) == (None, True)
    assert client.post(here, sent | {'enclosing': file.pk, 'audience': 'editors'}).status_code == 302
    file.refresh_from_db()
    assert file.message.is_among_editors


def test_advice_that_is_shared_and_notes_of_moves_do_not_name_them(submission, author, editor, signed_in):
    row = kept(submission, editor)
    client = signed_in(editor)
    share = reverse('admin:desk_reading_move', args=[submission.pk, row.pk, 'share'])
    ask = reverse('admin:desk_move', args=[submission.pk, 'request_changes'])
    due = {'due_on_0': '1', 'due_on_1': '1', 'due_on_2': '2030'}

    shared = client.post(share, {'for_author': 'Say more. Yours, Rhea Reader'})
    asked = client.post(ask, {'note': 'Rhea Reader wants more.', **due})

    assert [one.status_code == 302 for one in (shared, asked)] == [False, False]
    assert ['names Rhea Reader' in one.text for one in (shared, asked)] == [True, True]
    assert client.post(share, {'for_author': 'Say more.'}).status_code == 302
    assert Message.objects.visible_to(author, submission).get().text == 'A second reader writes:\n\nSay more.'


def test_who_is_known_to_the_author_otherwise_may_be_named(submission, other_editor, editor, signed_in):
    brought_to(S.RETURNED, submission, editor, name=other_editor.printed_name, email=other_editor.email)
    workflow.change_editor(submission, by=editor, editor=other_editor)

    names = unnamed.names_kept(submission, but=[submission.editor])

    assert names == []
