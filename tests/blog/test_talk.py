"""Who reads a message, what goes with it, who has read it, and the one letter of a burst."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from blog import conversation, workflow
from blog.messages import attachments
from blog.models import Attachment, Message, ReadMark, State
from tests.conftest import make_person, make_submission
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

PDF = b'%PDF-1.7 a table'


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


def desk(submission) -> str:
    return reverse('admin:desk_message', args=[submission.pk])


def here(submission) -> str:
    return reverse('submission', args=[submission.pk])


def said_on(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def clock():
    """Stands still, and is moved on by seconds."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


# --- Who reads it -------------------------------------------------------------------------------------


def test_without_a_button_that_says_who_reads_it_nothing_is_sent(submission, editor, signed_in):
    client = signed_in(editor)
    client.post(desk(submission), {'text': 'Among us.', 'audience': 'editors'})

    answer = client.post(desk(submission), {'text': 'And this?'})

    said = answer.content.decode()
    assert (answer.status_code, 'Press one of the buttons below' in said, 'And this?' in said) == (
        200,
        True,
        True,
    )
    assert Message.objects.count() == 1
    assert 'checked' not in said[said.index('id="say"') : said.index('Send to the editors only')]


def test_an_answer_to_the_editors_talk_stays_among_the_editors(submission, author, editor, signed_in):
    asked = workflow.say(submission, by=editor, text='Too long?', audience='editors')
    client = signed_in(editor)
    page = said_on(client, reverse('admin:desk_submission', args=[submission.pk]) + f'?answer={asked.pk}')

    refused = client.post(desk(submission), {'text': 'Yes.', 'audience': 'authors', 'answers': asked.pk})
    client.post(desk(submission), {'text': 'Yes.', 'audience': 'editors', 'answers': asked.pk})

    assert ('Send to the author and the editors' in page, 'Send to the editors only' in page) == (False, True)
    assert (refused.status_code, 'answered to the editors only' in refused.content.decode()) == (409, True)
    answer = Message.objects.exclude(pk=asked.pk).get()
    assert (answer.answers, answer.audience) == (asked, 'editors')


def test_an_author_cannot_answer_what_they_cannot_read(submission, author, editor, signed_in):
    asked = workflow.say(submission, by=editor, text='Too long?', audience='editors')

    answer = signed_in(author).post(
        reverse('submission_message', args=[submission.pk]), {'text': 'No.', 'answers': asked.pk}
    )

    assert (answer.status_code, Message.objects.count()) == (409, 1)
    assert 'Too long?' not in answer.content.decode()


# --- What goes with it --------------------------------------------------------------------------------


def send(client, submission, *files, text='See this.', **more):
    given = {'text': text, 'upload': [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post(reverse('submission_message', args=[submission.pk]), given | more)


def test_a_file_is_downloaded_by_whoever_reads_its_message_and_never_shown(
    submission, author, editor, signed_in, stranger
):
    client = signed_in(author)
    send(client, submission, ('A “table”.pdf', PDF))
    file = Attachment.objects.get()
    address = reverse('submission_attachment', args=[submission.pk, file.pk])

    answer = signed_in(editor).get(address)

    assert (answer.content, answer['Content-Type']) == (PDF, 'application/octet-stream')
    assert answer['Content-Disposition'].startswith('attachment; ')
    assert answer['X-Content-Type-Options'] == 'nosniff'
    assert answer['Content-Security-Policy'] == "default-src 'none'; sandbox"
    assert 'no-store' in answer['Cache-Control']
    assert signed_in(stranger).get(address).status_code == 404
    letter = Letter.objects.get(kind='message')
    assert 'There is one attachment: ' in letter.body
    assert 'table' not in letter.body


def test_a_file_of_the_editors_talk_is_not_there_for_an_author(submission, author, editor, signed_in):
    client = signed_in(editor)
    client.post(
        desk(submission),
        {'text': 'Look.', 'audience': 'editors', 'upload': [SimpleUploadedFile('note.txt', b'secret')]},
    )
    address = reverse('submission_attachment', args=[submission.pk, Attachment.objects.get().pk])

    assert (client.get(address).status_code, signed_in(author).get(address).status_code) == (200, 404)
    assert 'note.txt' not in said_on(signed_in(author), here(submission))


@pytest.mark.parametrize(
    ('name', 'content', 'said'),
    [
        ('run.exe', b'MZ', 'We cannot take “run.exe”'),
        ('page.html', b'<script>', 'We cannot take'),
        ('picture.svg', b'<svg>', 'We cannot take'),
        ('macros.docm', b'PK\x03\x04', 'We cannot take'),
        ('a.docx', b'PK\x03\x04 word/vbaProject.bin', 'holds macros'),
        ('table.pdf', b'<html>', 'is not what its name says'),
        ('words.txt', b'a\x00b', 'is not what its name says'),
        ('nothing.pdf', b'', 'is empty'),
        ('.pdf', PDF, 'We cannot take'),
        ('large.txt', b'x' * 10_000_001, 'is larger than 10 MB'),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_why_and_the_text_comes_back(
    name, content, said, submission, author, signed_in
):
    answer = send(signed_in(author), submission, (name, content), ('good.pdf', PDF))

    page = answer.content.decode()
    assert (answer.status_code, said in page, 'See this.' in page, 'good.pdf' in page) == (
        200,
        True,
        True,
        True,
    )
    assert not Message.objects.exists()
    assert [file.name for file in Attachment.objects.all()] == ['good.pdf']


def test_files_wait_where_the_text_is_refused_and_go_with_it_when_it_comes_again(
    submission, author, signed_in
):
    client = signed_in(author)

    send(client, submission, ('one.pdf', PDF), text='')
    kept = Attachment.objects.get()
    again = said_on(client, here(submission))
    send(client, submission, enclosing=kept.pk, offered_enclosing=kept.pk)

    assert f'name="enclosing" value="{kept.pk}"' in again
    assert list(Message.objects.get().attachments.all()) == [kept]


def test_what_is_unticked_is_let_go_and_nobody_sends_what_another_chose(
    submission, author, editor, signed_in
):
    mine = attachments.keep(submission, author, 'mine.pdf', PDF)
    theirs = attachments.keep(submission, editor, 'theirs.pdf', PDF)

    send(signed_in(author), submission, enclosing=theirs.pk, offered_enclosing=[mine.pk, theirs.pk])

    assert list(Attachment.objects.values_list('name', 'message')) == [('theirs.pdf', None)]


def test_more_files_than_go_with_one_message_are_refused_and_kept(submission, author, signed_in):
    answer = send(signed_in(author), submission, *((f'{n}.pdf', PDF) for n in range(6)))

    assert (answer.status_code, Attachment.objects.filter(message=None).count()) == (409, 6)
    assert 'Up to 5 files' in answer.content.decode()


@pytest.mark.parametrize(
    ('name', 'kept'),
    [
        ('C:\\Users\\me\\a table.PDF', 'a table.pdf'),
        ('../../etc/a.pdf', 'a.pdf'),
        ('fdp.\u202egpj.pdf', 'fdp. gpj.pdf'),
        ('a\r\nSet-Cookie: b.pdf', 'a Set-Cookie b.pdf'),
        ('x' * 300 + '.pdf', 'x' * 100 + '.pdf'),
    ],
)
def test_a_files_name_is_one_line_without_folders(name, kept):
    assert attachments.named(name) == kept


def test_what_was_never_sent_goes_after_two_days(submission, author):
    file = attachments.keep(submission, author, 'mine.pdf', PDF)
    now = timezone.now()

    due = [list(conversation.attachments_never_sent(now + timedelta(days=days))) for days in (1, 3)]

    assert due == [[], [file]]


# --- What was read ------------------------------------------------------------------------------------


def test_what_is_new_says_so_until_it_was_read_and_opening_a_page_reads_nothing(
    submission, author, editor, signed_in
):
    said = workflow.say(submission, by=editor, text='A question.')
    client = signed_in(author)

    before = [said_on(client, here(submission)) for _ in range(2)][1]
    marked = ReadMark.objects.count()
    answer = client.post(reverse('submission_read', args=[submission.pk]), {'seen': said.pk})
    after = said_on(client, here(submission))

    assert ('1 message since you last looked' in before, marked) == (True, 0)
    assert answer.url == here(submission) + '#conversation'
    assert 'since you last looked' not in after
    assert 'Read by ' in said_on(signed_in(editor), reverse('admin:desk_submission', args=[submission.pk]))


def test_what_came_after_the_page_was_opened_is_still_new(submission, author, editor, signed_in):
    first = workflow.say(submission, by=editor, text='One.')
    workflow.say(submission, by=editor, text='Two.')

    signed_in(author).post(reverse('submission_read', args=[submission.pk]), {'seen': first.pk})

    assert [one.is_new for one in conversation.of(submission, author).said] == [False, True]


def test_authors_learn_of_their_editor_alone_that_a_message_was_read(submission, author, editor, chief):
    said = workflow.say(submission, by=author, text='A question.')

    workflow.mark_read(submission, by=chief, up_to=said.pk)
    by_another = conversation.of(submission, author).said[0].read_by
    workflow.mark_read(submission, by=editor, up_to=said.pk)
    by_editor = conversation.of(submission, author).said[0].read_by

    assert by_another == ''
    assert by_editor.startswith('Read by the editor on ')


def test_nobody_reads_the_editors_talk_by_a_number(submission, author, editor):
    said = workflow.say(submission, by=editor, text='Among us.', audience='editors')

    workflow.mark_read(submission, by=author, up_to=said.pk + 10)

    assert not ReadMark.objects.exists()
    with pytest.raises(NotAllowed):
        workflow.mark_read(submission, by=make_person('Some Body'), up_to=said.pk)


# --- One letter of a burst ----------------------------------------------------------------------------


def bodies() -> list[str]:
    return [letter.body for letter in Letter.objects.filter(kind='message').order_by('pk')]


def test_what_follows_within_five_minutes_goes_in_the_same_letter(submission, author, editor, clock):
    workflow.say(submission, by=author, text='First of all.')
    clock.shift(240)
    workflow.say(submission, by=author, text='And then.')

    letter = Letter.objects.get(kind='message')
    first, then = letter.body.index('First of all.'), letter.body.index('And then.')
    assert first < then
    assert letter.send_after > timezone.now() + timedelta(minutes=4)
    last = Message.objects.get(text='And then.')
    assert f'/write/{submission.pk}/?answer={last.pk}#say' in letter.body[: letter.body.index('Dear')]


@pytest.mark.parametrize(
    ('between', 'letters'), [(4, 1), (6, 2)], ids=['four minutes later', 'six minutes later']
)
def test_a_burst_ends_five_minutes_after_its_last_message(
    between, letters, submission, author, editor, clock
):
    workflow.say(submission, by=author, text='One.')
    clock.shift(60 * between)
    workflow.say(submission, by=author, text='Two.')

    assert len(bodies()) == letters


def test_a_burst_is_told_after_a_quarter_of_an_hour_at_the_latest(submission, author, editor, clock):
    for text in ('One.', 'Two.', 'Three.', 'Four.'):
        workflow.say(submission, by=author, text=text)
        clock.shift(240)

    letter = Letter.objects.get(kind='message')
    assert letter.send_after == letter.queued_at + timedelta(minutes=15)


@pytest.mark.parametrize('state', [Letter.State.SENDING, Letter.State.SENT, Letter.State.RECALLED])
def test_a_letter_that_left_or_leaves_is_not_written_into(state, submission, author, editor):
    workflow.say(submission, by=author, text='One.')
    Letter.objects.update(state=state)

    workflow.say(submission, by=author, text='Two.')

    assert [('One.' in body, 'Two.' in body) for body in bodies()] == [(True, False), (False, True)]


def test_a_letter_that_staff_changed_stays_as_they_left_it(submission, author, editor):
    workflow.say(submission, by=author, text='One.')
    Letter.objects.update(body='Changed by staff.\n')

    said = workflow.say(submission, by=author, text='Two.')

    assert bodies()[0] == 'Changed by staff.\n'
    assert 'Two.' in bodies()[1]
    workflow.take_back_message(submission, by=author, message=said.pk)
    with pytest.raises(NotNow, match='has left'):
        Letter.objects.update(state=Letter.State.SENT)
        workflow.take_back_message(submission, by=author, message=said.pk - 1)


def test_the_editors_talk_never_joins_a_letter_to_the_authors(submission, author, editor, chief):
    workflow.say(submission, by=editor, text='To you.')
    workflow.say(submission, by=editor, text='Among us.', audience='editors')

    to = {letter.to: letter.body for letter in Letter.objects.filter(kind='message')}
    assert ('To you.' in to[author], 'Among us.' in to[author]) == (True, False)
    assert ('To you.' in to[chief], 'Among us.' in to[chief]) == (False, True)


def test_one_message_of_a_burst_is_taken_back_and_the_others_go(submission, author, editor, signed_in):
    one = workflow.say(submission, by=author, text='Too soon.')
    two = workflow.say(submission, by=author, text='A question.')
    back = [reverse('submission_message_back', args=[submission.pk, said.pk]) for said in (one, two)]
    client = signed_in(author)

    client.post(back[0])
    body = bodies()[0]
    client.post(back[1])

    assert ('Too soon.' in body, 'A question.' in body) == (False, True)
    assert Letter.objects.get(kind='message').state == Letter.State.RECALLED
    assert 'Too soon.' not in said_on(
        signed_in(editor), reverse('admin:desk_submission', args=[submission.pk])
    )
    assert 'You took this back' in said_on(client, here(submission))


def test_nobody_takes_back_what_another_said(submission, author, editor):
    said = workflow.say(submission, by=author, text='One.')

    with pytest.raises(NotAllowed):
        workflow.take_back_message(submission, by=editor, message=said.pk)


def test_whoever_writes_alone_is_promised_no_other_reader_than_the_editors(
    author, coauthor, editor, signed_in
):
    alone = make_submission(author, State.IN_REVIEW, editor=editor)
    both = make_submission(author, State.IN_REVIEW, editor=editor, coauthors=(coauthor,))
    client = signed_in(author)

    buttons = ['>Send to the editors<', '>Send to everybody named and the editors<']

    assert [words in client.get(here(alone)).text for words in buttons] == [True, False]
    assert [words in client.get(here(both)).text for words in buttons] == [False, True]
