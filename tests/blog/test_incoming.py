"""Answers by email: taken into the conversation where address and sender are right, else held for an editor."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from blog import workflow
from blog.conversation import incoming
from blog.models import IncomingLetter, Message, State
from tests.conftest import letters_leave, make_person, make_submission
from tests.ukis.imap_server import Mailbox, serving
from ukis import clock, personal
from ukis.letters.mailbox import MailboxAway
from ukis.letters.models import Letter, PrivateLink
from ukis.refusals import NotAllowed, NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society', 'answered')]


@pytest.fixture
def answered(settings):
    settings.ANSWERS_TO = 'answers@society.example'


@pytest.fixture
def submission(author, editor):
    return make_submission(author, State.IN_REVIEW, editor=editor)


@pytest.fixture
def asked(submission, editor, author):
    """A message of the editor's, as it reached the author."""
    workflow.say(submission, by=editor, text='Could you say more of the second year?')
    return sent_to(author)


def sent_to(person):
    mail.outbox.clear()
    letters_leave()
    theirs = [one for one in mail.outbox if person.email in one.to[0]]
    return next(one for one in theirs if one.subject.startswith('A message about'))


def reply(letter, text: str = 'Yes, by Monday.', *, sender: str = 'author', **headers) -> EmailMessage:
    """As a mail program answers: above the quoted letter."""
    quoted = '\n'.join(f'> {line}' for line in letter.body.split('\n'))
    made = EmailMessage()
    made['From'] = sender
    made['To'] = letter.reply_to[0]
    made['Subject'] = f'Re: {letter.subject}'
    made['Message-ID'] = '<one@people.example>'
    for name, value in headers.items():
        made[name.replace('_', '-')] = value
    made.set_content(
        f'{text}\n\nOn 28 Nov 2026, at 10:00, The Society <letters@society.example> wrote:\n\n{quoted}\n'
    )
    return made


def came(made: EmailMessage) -> IncomingLetter:
    row = incoming.take(made.as_bytes())
    assert row is not None
    return row


def test_a_letter_is_answered_at_a_secret_address_of_which_only_the_hash_is_kept(asked, author):
    [address] = asked.reply_to
    token = address.removeprefix('answers+').removesuffix('@society.example')

    letter = Letter.objects.get(kind='message', to=author)
    link = PrivateLink.objects.get(letter=letter)

    assert (len(token), token.isalnum()) == (32, True)
    assert token not in f'{letter.body} {letter.reply_to} {link.token_hash}'
    assert 'You can answer this letter by email too: the author and the editors read it.' in asked.body
    assert asked.extra_headers['Auto-Submitted'] == 'auto-generated'
    assert asked.extra_headers['X-Auto-Response-Suppress'] == 'OOF, AutoReply, RN, NRN'


def test_without_a_mailbox_answers_go_to_the_editors_working_address(submission, editor, author, settings):
    settings.ANSWERS_TO = ''
    workflow.say(submission, by=editor, text='Could you say more?')

    letter = sent_to(author)

    assert letter.reply_to == ['blogs@society.example']
    assert 'by email too' not in letter.body


def test_an_author_s_answer_enters_the_conversation_without_what_it_quotes(asked, author, submission, editor):
    row = came(reply(asked, sender=f'Ada <{author.email.upper()}>'))

    message = row.message
    assert (message.by, message.text, message.audience) == (author, 'Yes, by Monday.', 'authors')
    assert 'Could you say more' in row.whole
    assert row.left_out > 5
    assert editor.email in sent_to(editor).to[0]


def test_it_enters_once_however_often_it_is_read(asked, author):
    made = reply(asked, sender=author.email)
    came(made)

    assert incoming.take(made.as_bytes()) is None
    assert Message.objects.filter(by=author, text='Yes, by Monday.').count() == 1


def test_killed_between_taking_and_deleting_it_is_neither_lost_nor_doubled(asked, author, settings):
    box = Mailbox()
    box.put(reply(asked, sender=author.email).as_bytes())
    with serving(box) as port:
        settings.ANSWERS_URL = f'imap://answers:secret@127.0.0.1:{port}/INBOX'
        incoming.take(box.messages[1])  # and the worker dies
        assert incoming.read_answers(timezone.now()) == 1

    assert box.messages == {}
    assert Message.objects.filter(by=author, text='Yes, by Monday.').count() == 1


def test_a_stranger_s_letter_to_a_right_address_is_held_and_enters_nothing(asked, author, submission):
    row = came(reply(asked, sender='colleague@people.example'))

    assert (row.state, row.why, row.submission, row.person) == ('held', incoming.STRANGER, submission, author)
    assert not Message.objects.filter(by=author).exists()


def test_of_two_senders_nobody_knows_which_one_wrote(asked, author):
    assert came(reply(asked, sender=f'{author.email}, other@people.example')).why == incoming.STRANGER


@pytest.mark.parametrize(
    'said',
    [
        {'Auto_Submitted': 'auto-replied'},
        {'Precedence': 'bulk'},
        {'List_Id': '<a.list>'},
        {'X_Autoreply': 'yes'},
        {'Return_Path': '<>'},
        {'X_Auto_Response_Suppress': 'All'},
    ],
)
def test_a_machine_s_letter_never_enters_and_counts_for_nothing(asked, author, submission, said):
    before = Letter.objects.count()

    row = came(reply(asked, sender=author.email, **said))

    assert row.state == 'machine'
    assert not Message.objects.filter(by=author).exists()
    assert Letter.objects.count() == before


@pytest.mark.parametrize('subject', ['Automatic reply: Your blog', 'Out of office: Your blog'])
def test_so_does_what_its_subject_says_is_automatic(asked, author, subject):
    made = reply(asked, sender=author.email)
    del made['Subject']
    made['Subject'] = subject

    assert came(made).state == 'machine'


def test_a_delivery_report_is_a_machine_s(asked):
    raw = (
        f'From: MAILER-DAEMON@x.example\r\nTo: {asked.reply_to[0]}\r\n'
        'Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nGone\r\n--b--\r\n'
    )

    assert incoming.take(raw.encode()).state == 'machine'


def test_answers_between_the_quoted_lines_keep_the_quotes(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content(
        'See below.\n\nOn 28 Nov 2026, at 10:00, The Society <letters@society.example> wrote:\n\n'
        '> Could you say more of the second year?\n\nYes: it is the longer one.\n\n> And of the third?\n\nNo.\n'
    )

    row = came(made)

    assert row.message.text.startswith('See below.')
    assert '> And of the third?\n\nNo.' in row.message.text
    assert row.is_whole


def test_an_author_s_own_lines_that_look_like_a_letter_s_head_do_not_vanish(asked, author):
    text = (
        'Change these, please.\n\nFrom: the first paragraph\nTo: the end of the second\n\nand cut the rest.'
    )

    row = came(reply(asked, text, sender=author.email))

    assert 'From: the first paragraph\nTo: the end of the second\n\nand cut the rest.' in row.message.text


def test_what_outlook_quotes_without_a_mark_is_cut_where_it_is_our_letter(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content(
        'Yes, by Monday.\n\n________________________________\nFrom: The Society <letters@society.example>\n'
        f'Sent: 28 November 2026 10:00\nTo: Ada Author <{author.email}>\nSubject: {asked.subject}\n\n{asked.body}\n'
    )

    row = came(made)

    assert row.message.text == 'Yes, by Monday.'
    assert 'Sent: 28 November' in row.whole


def test_an_answer_below_the_letter_that_is_quoted_without_a_mark_stays(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content(
        'Hello.\n\nFrom: The Society <letters@society.example>\nSent: 28 November 2026 10:00\n'
        f'To: Ada Author <{author.email}>\nSubject: {asked.subject}\n\n{asked.body}\n\nYes\n'
    )

    assert came(made).message.text.endswith('Yes')


def test_a_letter_in_html_alone_is_read_as_text(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content(
        '<p>Yes &amp; no.</p><script>alert(1)</script><p onclick="x()">Second.</p>', subtype='html'
    )

    assert came(made).message.text == 'Yes & no.\n\nSecond.'


def test_attachments_are_told_and_not_kept(asked, author, signed_in, submission):
    made = reply(asked, sender=author.email)
    made.add_attachment(b'%PDF', maintype='application', subtype='pdf', filename='The figures.pdf')
    made.add_attachment(b'PK', maintype='application', subtype='zip', filename='More.zip')

    row = came(made)
    page = signed_in(author).get(submission.get_absolute_url())

    assert row.attachments == ['The figures.pdf', 'More.zip']
    assert (
        '2 attachments came with it and are not kept: The figures.pdf, More.zip. Ask for them here.'
        in page.text
    )


def test_the_whole_letter_is_read_by_whoever_reads_the_message(asked, author, editor, signed_in, submission):
    came(reply(asked, sender=author.email))

    pages = [
        signed_in(author).get(submission.get_absolute_url()),
        signed_in(editor).get(reverse('admin:desk_submission', args=[submission.pk])),
    ]

    assert all('Show the whole letter' in page.text and 'By email' in page.text for page in pages)


def test_an_editor_answers_an_author_s_message_to_both_and_other_letters_to_the_editors(
    submission, author, editor
):
    workflow.say(submission, by=author, text='When do you read it?')
    to_both = came(reply(sent_to(editor), 'On Friday.', sender=editor.email)).message
    workflow.take_back(make_submission(author, State.SUBMITTED), by=author)
    kinds = Letter.objects.filter(to=editor).values_list('kind', 'answers')

    assert (to_both.audience, to_both.by) == ('authors', editor)
    assert {answers for kind, answers in kinds if kind != 'message'} == {'editors'}


def test_of_a_draft_that_editors_do_not_see_no_such_address_is_given(author, editor):
    submission = make_submission(
        author, State.DRAFTING, coauthors=(('Guest Writer', 'guest@people.example'),)
    )
    submission.authorships.filter(person=None).update(agreed_at=None)
    workflow.ask(submission, by=author, authorship=submission.authorships.get(person=None))
    Letter.objects.update(send_after=timezone.now())
    mail.outbox.clear()
    letters_leave()

    to_guest = [one for one in mail.outbox if 'guest@people.example' in one.to[0]]

    assert [one.reply_to for one in to_guest] == [['blogs@society.example']]


def test_what_is_answered_to_a_closed_submission_or_after_half_a_year_is_held(asked, author, submission):
    PrivateLink.objects.update(expires_at=timezone.now())
    ended = came(reply(asked, sender=author.email))
    PrivateLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    workflow.withdraw(submission, by=author, reason='Elsewhere.')
    made = reply(asked, sender=author.email)
    made.replace_header('Message-ID', '<two@people.example>')

    assert (ended.state, ended.why) == ('held', incoming.ENDED)
    assert (came(made).state, IncomingLetter.objects.first().why) == ('held', incoming.IS_CLOSED)


def test_an_editor_who_is_named_meanwhile_adds_nothing_to_the_editors_talk(submission, editor, chief):
    workflow.say(submission, by=chief, text='What do you think?', audience='editors')
    letter = sent_to(editor)
    submission.authorships.create(person=editor, name='Ed Editor', order=2, agreed_at=timezone.now())

    row = came(reply(letter, 'It is weak.', sender=editor.email))

    assert (row.state, row.message) == ('held', None)
    assert not IncomingLetter.objects.on_the_desk_of(editor).filter(pk=row.pk).exists()


def test_a_letter_in_which_nothing_was_written_is_held(asked, author):
    assert came(reply(asked, '', sender=author.email)).why == incoming.SAYS_NOTHING


# --- Hostile ------------------------------------------------------------------------------------------


def test_whatever_comes_is_bounded_and_put_where_an_editor_sees_it(asked, author):
    to = asked.reply_to[0]
    many = ', '.join(f'a{n}@x.example' for n in range(10_000))
    letters = {
        'huge': f'From: {author.email}\nTo: {to}\n\n'.encode() + b'a' * 50_000_000,
        'broken': f'From: {author.email}\nTo: {to}\nContent-Type: multipart/mixed; boundary="b\n\n--b\n\x00\xff'.encode(
            'latin-1'
        ),
        'many': f'From: {author.email}\nTo: {to}, {many}\n\nHello.'.encode(),
        'charset': f'From: {author.email}\nTo: {to}\nContent-Type: text/plain; charset=nonsense\n\ncaf'.encode()
        + b'\xe9',
        'injected': f'From: {author.email}\nTo: {to}\nSubject: =?utf-8?q?a=0ABcc:_x=40y.example?=\n\nHi.'.encode(),
        'deep': f'From: {author.email}\nTo: {to}\n'.encode()
        + b''.join(
            f'Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n'.encode() for n in range(3_000)
        ),
        'nothing': b'',
        'headers': b'From: ' + b'=?utf-8?b?' * 100_000,
        'slow': f'From: {author.email}\nTo: {to}\n\n'.encode() + b'On ' * 15_000 + b'\n> wrote' * 100,
    }

    rows = {name: incoming.take(raw) for name, raw in letters.items()}

    assert all(rows.values())
    assert len(rows['huge'].whole) == 100_000
    assert rows['huge'].shortened
    assert (rows['charset'].state, rows['charset'].words) == ('entered', 'café')
    assert rows['many'].state == 'entered'
    assert '\n' not in rows['injected'].subject
    assert (rows['nothing'].why, rows['headers'].why) == (incoming.NOWHERE, incoming.NOWHERE)


def test_what_cannot_be_read_at_all_is_told_and_the_next_is_read(asked, author, settings, monkeypatch):
    box = Mailbox()
    box.put(b'one that breaks us')
    box.put(reply(asked, sender=author.email).as_bytes())
    read = incoming.read
    monkeypatch.setattr(
        incoming,
        'read',
        lambda raw: read(raw) if raw.startswith(b'From') else 1 / 0,  # as a fault of ours
    )
    with serving(box) as port:
        settings.ANSWERS_URL = f'imap://answers:secret@127.0.0.1:{port}/INBOX'
        incoming.read_answers(timezone.now())

    assert box.messages == {}
    assert sorted(IncomingLetter.objects.values_list('state', 'why')) == [
        ('entered', ''),
        ('held', incoming.SPOILT),
    ]


def test_a_mailbox_that_is_away_fails_the_job_and_is_not_asked_again_at_once(settings, monkeypatch):
    box = Mailbox('another')
    tried = []
    box.messages = {}
    with serving(box) as port:
        settings.ANSWERS_URL = f'imap://answers:secret@127.0.0.1:{port}/INBOX'
        with pytest.raises(MailboxAway, match='answers by email'):
            incoming.read_answers(timezone.now())
        monkeypatch.setattr(incoming, 'read_mailbox', lambda *_, **__: tried.append(1))
        with pytest.raises(MailboxAway):
            incoming.read_answers(timezone.now())
        cache.clear()  # five minutes later
        incoming.read_answers(timezone.now())

    assert tried == [1]


def test_without_a_mailbox_there_is_no_job(settings):
    assert 'blog: read answers by email' not in {job.name for job in clock.jobs()}
    assert incoming.read_answers(timezone.now()) == 0


# --- By an editor -------------------------------------------------------------------------------------


@pytest.fixture
def held(asked):
    return came(reply(asked, sender='Colleague <colleague@people.example>'))


def test_an_editor_reads_what_is_held_and_takes_it_in(held, editor, author, signed_in, submission):
    client, page = signed_in(editor), reverse('admin:desk_incoming')
    assert 'colleague@people.example' in client.get(page).text

    client.post(reverse('admin:desk_incoming_take_in', args=[held.pk]), {'as': 'theirs'})

    message = Message.objects.get(by=author)
    shown = signed_in(author).get(submission.get_absolute_url()).text
    assert (message.text, message.audience) == ('Yes, by Monday.', 'authors')
    assert 'from colleague@people.example; taken in by Ed Editor' in ' '.join(shown.split())
    assert 'colleague@people.example' not in client.get(page).text


def test_or_as_a_note_among_the_editors_in_their_own_name(held, editor):
    row = incoming.take_in(held, by=editor, as_note=True)

    assert (row.message.by, row.message.audience) == (editor, 'editors')
    assert row.message.text == 'colleague@people.example writes by email:\n\nYes, by Monday.'


def test_two_editors_decide_on_it_once(held, editor, chief):
    incoming.put_aside(held, by=chief)

    with pytest.raises(NotNow, match='put aside'):
        incoming.take_in(held, by=editor, as_note=False)
    assert not Message.objects.filter(text='Yes, by Monday.').exists()


def test_an_author_sees_and_decides_on_nothing_that_is_held_of_their_own(held, editor, submission, signed_in):
    submission.authorships.create(person=editor, name='Ed Editor', order=2, agreed_at=timezone.now())

    assert 'colleague@people.example' not in signed_in(editor).get(reverse('admin:desk_incoming')).text
    with pytest.raises(NotAllowed):
        incoming.put_aside(held, by=editor)


def test_machines_stand_on_a_page_of_their_own(asked, author, editor, signed_in):
    came(reply(asked, sender=author.email, Auto_Submitted='auto-replied'))
    client, page = signed_in(editor), reverse('admin:desk_incoming')

    assert author.email not in client.get(page).text
    assert 'It says that it was sent by itself (Auto-Submitted).' in client.get(f'{page}?of=machines').text


def test_the_desk_says_how_many_wait(held, editor, signed_in, settings):
    client, page = signed_in(editor), reverse('admin:desk')
    assert 'Letters that came in' not in client.get(page).text

    settings.ANSWERS_URL = 'imap://x'

    assert 'Letters that came in <span class="desk-count">1' in client.get(page).text


# --- Gone ---------------------------------------------------------------------------------------------


def test_each_kind_goes_in_its_time(asked, author, editor):
    came(reply(asked, sender=author.email))
    now = timezone.now()

    assert incoming.over(now + timedelta(days=364)).count() == 0
    assert incoming.over(now + timedelta(days=366)).count() == 1
    IncomingLetter.objects.update(state='held', message=None)
    assert incoming.over(now + timedelta(days=91)).count() == 1
    IncomingLetter.objects.update(state='machine')
    assert incoming.over(now + timedelta(days=31)).count() == 1


def test_what_somebody_sent_is_given_out_and_goes_with_them(held, asked, author):
    assert list(incoming.of_person(author)) == [held]
    leaving = personal.Leaving(
        make_person(), 'keep', timezone.now(), (), ('colleague@people.example',), of_staff=False
    )

    incoming.forget(leaving)

    assert not IncomingLetter.objects.exists()
