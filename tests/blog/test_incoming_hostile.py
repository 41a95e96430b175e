"""Letters that came in and were not made for us: passed on, numbered alike, with secrets in them, from machines of every
kind, out of mailboxes that misbehave."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog import chasers as every
from blog import workflow
from blog.chasers import commissions as chasers
from blog.commissioning import expire_due
from blog.conversation import incoming
from blog.models import IncomingLetter, State
from blog.states.commission_states import CommissionState as S
from tests.blog.test_answers_of_guests import anew, letter_to
from tests.blog.test_incoming import came, reply, sent_to
from tests.commissions import brought_to
from tests.conftest import letters_leave, make_submission
from tests.readings import ask as ask_reader
from tests.ukis.imap_server import Mailbox, serving
from ukis.letters.mailbox import MailboxAway
from ukis.letters.models import PrivateLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def asked(author, editor, settings):
    settings.ANSWERS_TO = 'answers@society.example'
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    workflow.say(submission, by=editor, text='Could you say more of the second year?')
    return sent_to(author)


@pytest.fixture
def commission(editor, settings):
    settings.ANSWERS_TO = 'answers@society.example'
    return brought_to(S.SENT, editor)


@pytest.fixture
def invited(commission):
    return letter_to(commission.email)


def raw(asked, sender: str, head: str = '', words: str = 'Yes.', key: str = 'one') -> bytes:
    lines = (f'From: {sender}', f'To: {asked.reply_to[0]}', f'Message-ID: <{key}@x.example>', head)
    return ('\r\n'.join(filter(None, lines)) + f'\r\n\r\n{words}\r\n').encode()


# --- What they wrote ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'head',
    [
        'Begin forwarded message:\n\n> From: Bob Brown <bob@x.example>\n> Subject: The figures\n> To: Ada\n> \n',
        'On 27 Nov 2026, at 10:00, Bob Brown <bob@x.example> wrote:\n\n',
        '---------- Forwarded message ---------\nFrom: Bob Brown <bob@x.example>\nTo: <ada@x.example>\n\n',
    ],
)
def test_what_they_pass_on_of_somebody_else_is_no_letter_of_ours_and_stays(asked, author, head):
    made = reply(asked, sender=author.email)
    made.set_content(f'Bob says:\n\n{head}> The second year is wrong, it was 2019.\n')

    row = came(made)

    assert '> The second year is wrong, it was 2019.' in row.message.text
    assert row.left_out == 0


def test_an_answer_that_a_mail_program_marks_as_quoted_stays_with_the_quotes(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content(
        made.get_content().replace('second year?', 'second year?\n> Yes, it was the longer one.')
    )

    assert '> Yes, it was the longer one.' in came(made).message.text


def test_what_we_wrote_is_cut_also_as_the_other_kind_of_our_letter_has_it(asked, author):
    html = next(str(one[0]) for one in asked.alternatives)
    inner = html.partition('<body>')[2].partition('</body>')[0]
    made = reply(asked, sender=author.email)
    made.set_content(
        '<div>Yes, by Monday.</div><div>On Sat, 28 Nov 2026 at 10:00, The Society &lt;letters@society.example&gt; '
        f'wrote:<br></div><blockquote>{inner}</blockquote>',
        subtype='html',
    )

    assert came(made).message.text == 'Yes, by Monday.'


@pytest.mark.parametrize(
    'above',
    ['<style>' + 'p{color:red}' * 30_000 + '</style>', f'<img src="data:image/png;base64,{"A" * 400_000}">'],
)
def test_words_behind_long_styles_and_pictures_are_read(asked, author, above):
    made = reply(asked, sender=author.email)
    made.set_content(f'<html><head></head><body>{above}<p>Yes, by Monday.</p></body></html>', subtype='html')

    row = came(made)

    assert row.message.text.endswith('Yes, by Monday.')
    assert 'AAAA' not in row.whole


def test_of_a_letter_that_grows_as_it_is_read_the_beginning_is_read_and_the_cut_told(asked, author):
    made = reply(asked, sender=author.email)
    made.set_content('<p>Yes, by Monday.' + '<p>x' * 130_000, subtype='html')

    row = came(made)

    assert (row.message.text.startswith('Yes, by Monday.'), row.shortened) == (True, True)


def test_a_letter_of_files_alone_says_so_and_its_writer_hears(asked, author):
    head = 'Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64'

    row = incoming.take(raw(asked, author.email, head, 'AAAA'))

    assert (row.state, row.why, row.attachments) == ('held', incoming.ONLY_FILES, ['smime.p7m'])
    assert row.answered.to.letters.filter(kind='answer_in_part').count() == 1


def test_a_card_or_a_calendar_s_entry_in_the_letter_is_told(asked, author):
    made = reply(asked, sender=author.email)
    made.make_mixed()
    made.add_attachment('BEGIN:VCARD', subtype='vcard', disposition='inline')

    assert came(made).attachments == ['without a name']


# --- Links that work are their reader's ------------------------------------------------------------------


def test_a_link_that_works_is_not_shown_to_those_who_read_the_answer(invited, commission, editor, signed_in):
    token = invited.body.split('/commission/')[1].split('/')[0]
    wrapped = f'https://safelinks.example/?url=https%3A%2F%2Fx.example%2Fcommission%2F{token}%2F&data=1'
    made = reply(invited, f'I pressed {wrapped} and wrote to {invited.reply_to[0]}.', sender=commission.email)

    row = came(made)
    page = signed_in(editor).get(reverse('admin:desk_incoming')).text

    assert PrivateLink.find(token, 'commission') is not None
    assert token not in row.whole + row.words + page
    assert invited.reply_to[0] not in row.whole
    assert '/commission/…/' in row.whole
    assert row.words.startswith('I pressed')
    assert row.left_out > 5


# --- Who wrote --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'name',
    [
        '=?utf-8?q?Ada=3B_A?=',
        '=?utf-8?q?Ada_=40_work?=',
        '=?utf-8?q?Ada_=3CA=3E?=',
        '=?utf-8?q?Author=2C_Ada?=',
    ],
)
def test_a_name_may_hold_whatever_addresses_are_made_of(asked, author, name):
    row = incoming.take(raw(asked, f'{name} <{author.email}>'))

    assert (row.state, row.from_address, row.from_name[:1]) == ('entered', author.email, 'A')


@pytest.mark.parametrize(
    'sender',
    ['{} <evil@y.example>', '"{}" <evil@y.example>', 'evil@y.example ({})', 'evil@y.example\r\nFrom: {}'],
)
def test_and_an_address_in_a_name_is_no_sender(asked, author, sender):
    quoted = author.email.replace('@', '=40')
    found = [
        incoming.take(raw(asked, sender.format(one), key=key))
        for key, one in (
            ('a', author.email),
            ('b', f'=?utf-8?q?{quoted}?='),
            ('c', f'=?utf-8?q?=3C{quoted}=3E=2C?='),
        )
    ]

    assert {row.why for row in found} == {incoming.STRANGER}


def test_two_letters_of_one_number_are_two(asked, author):
    came(reply(asked, sender=author.email))

    second = came(reply(asked, 'Something else.', sender=author.email))

    assert second.message.text == 'Something else.'
    assert incoming.take(reply(asked, 'Something else.', sender=author.email).as_bytes()) is None
    assert incoming.take(reply(asked, sender=author.email).as_bytes()) is None


@pytest.mark.parametrize(
    'head',
    [
        'X-Autoreply-From: a@x.example',
        'X-Auto-Reply: yes',
        'Precedence: auto-reply',
        'X-Precedence: bulk',
        'Preference: auto_reply',
        'X-POST-MessageClass: 9; Autoresponder',
        'Delivered-To: Autoresponder',
        'X-Vacation-Reply: yes',
        'X-Out-Of-Office: 1',
        'Subject: Ateb Awtomatig: Eich blog',
        'Subject: Abwesenheitsnotiz: Ihr Beitrag',
        'Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_votre_texte?=',
        'Content-Type: text/calendar; method=REPLY',
        'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
    ],
)
def test_machines_of_other_makes_never_enter(asked, author, head):
    assert incoming.take(raw(asked, author.email, head)).state == 'machine'


@pytest.mark.parametrize(
    'head', ['Feedback-ID: 1.eu-west-1.abc=:AmazonSES', 'Auto-Submitted: no', 'Subject: Out of office hours']
)
def test_what_many_people_s_mail_services_put_on_their_letters_makes_nobody_a_machine(asked, author, head):
    assert incoming.take(raw(asked, author.email, head)).state == 'entered'


def test_what_comes_once_its_address_is_forgotten_is_on_the_desk_of_what_it_answers_and_on_no_author_s(
    author, editor, other_editor, settings
):
    settings.ANSWERS_TO = 'answers@society.example'
    submission = make_submission(author, State.IN_REVIEW, editor=editor)
    submission.authorships.create(person=other_editor, name='Ola Editor', order=2, agreed_at=timezone.now())
    reading = ask_reader(submission, editor)
    asked = letter_to(reading.email)
    PrivateLink.objects.all().delete()  # as half a year later

    row = came(
        reply(asked, 'It is thin.', sender=reading.email, In_Reply_To=asked.extra_headers['Message-ID'])
    )
    stranger = came(anew(reply(asked, 'Me too.', sender='a@b.example', References='<x@y.example>')))

    assert (row.state, row.why, row.reading, row.words) == ('held', incoming.NOWHERE, reading, 'It is thin.')
    assert list(IncomingLetter.objects.on_the_desk_of(other_editor)) == [stranger]
    assert set(IncomingLetter.objects.on_the_desk_of(editor)) == {row, stranger}


def test_an_answer_whose_address_is_forgotten_is_kept_however_much_about_nothing_waits(
    asked, author, monkeypatch
):
    PrivateLink.objects.all().delete()
    monkeypatch.setattr(incoming, 'MOST_OF_NOTHING', 0)

    row = came(reply(asked, sender=author.email, In_Reply_To=asked.extra_headers['Message-ID']))

    assert (row.state, row.submission.started_by) == ('held', author)


# --- What waits unread stops the clock ------------------------------------------------------------------


def test_nobody_s_time_is_over_while_their_answer_waits_unread(invited, commission, editor, time_machine):
    row = came(reply(invited, 'Let me think until Friday.', sender='their.other@people.example'))
    written = chasers.OfAnswers.last_written(None, commission.steps.last())
    for later in (30, 2, 2):  # reminded, late, by the newest step; and time is left to answer it
        time_machine.move_to(timezone.now() + timedelta(days=later))
        every.remind(timezone.now())
        letters_leave()
    expire_due(timezone.now())
    commission.refresh_from_db()
    before = commission.state
    incoming.put_aside(row, by=editor)
    expire_due(timezone.now())
    commission.refresh_from_db()

    assert written == row.at
    assert (before, commission.state) == (S.SENT, S.EXPIRED)


def test_a_machine_s_answer_stops_nothing(invited, commission):
    row = came(anew(reply(invited, sender=commission.email, Auto_Submitted='auto-replied')))

    assert chasers.OfAnswers.last_written(None, commission.steps.last()) < row.at


# --- The mailbox ------------------------------------------------------------------------------------------


def read_from(box: Mailbox, settings) -> object:
    with serving(box) as port:
        settings.ANSWERS_URL = f'imap://answers:secret@127.0.0.1:{port}/INBOX'
        try:
            return incoming.read_answers(timezone.now())
        except MailboxAway as away:
            return str(away)


def test_what_another_reader_took_meanwhile_is_no_letter_without_words(asked, author, settings):
    box = Mailbox()
    for key in ('one', 'two'):
        box.put(raw(asked, author.email, key=key))
    box.gone = {1}

    assert read_from(box, settings) == 1
    assert [row.state for row in IncomingLetter.objects.all()] == ['entered']


def test_what_the_server_does_not_give_out_just_now_stays_and_is_said(asked, author, settings):
    box = Mailbox()
    for key in ('one', 'two'):
        box.put(raw(asked, author.email, key=key))
    box.kept_back = {1}

    assert 'one of the letters is not given out' in read_from(box, settings)
    assert list(box.messages) == [1]
    assert IncomingLetter.objects.count() == 1


def test_a_mailbox_in_which_nothing_can_be_deleted_says_so(asked, author, settings):
    box = Mailbox()
    box.put(raw(asked, author.email))
    box.is_read_only = True

    assert 'nothing can be deleted there' in read_from(box, settings)
    assert IncomingLetter.objects.count() == 1
