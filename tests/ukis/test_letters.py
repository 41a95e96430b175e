"""The outbox: queued once, sent once, and every way in which a letter can fail to arrive."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.db.models import Q
from django.urls import path
from django.utils import timezone

from tests.conftest import make_person
from ukis import letters
from ukis.letters import sending
from ukis.letters.models import Letter, PrivateLink, SuppressedAddress, hashed

State = Letter.State
urlpatterns = [path('named/<str:token>/', lambda request, token: None, name='by_link')]


class Failing(EmailBackend):
    """A mail server that says `error` to every letter, or cannot be reached at all."""

    error: Exception | None = None
    unreachable = False
    asked = 0
    may_have_arrived = True

    def open(self):
        if Failing.unreachable:
            raise ConnectionRefusedError('nobody there')

    def send_messages(self, email_messages):
        Failing.asked += 1
        if Failing.error:
            raise Failing.error
        return super().send_messages(email_messages)


@pytest.fixture
def server(settings):
    settings.MAILERS = {'default': {'BACKEND': f'{__name__}.Failing'}}
    mail.outbox = []
    Failing.error, Failing.unreachable, Failing.asked, Failing.may_have_arrived = None, False, 0, True
    return Failing


def queue(society, key='one', **fields):
    given = {
        'to_name': 'Ada Author',
        'to_address': 'ada@people.example',
        'subject': 'Hello',
        'body': 'Dear Ada,',
    }
    return letters.queue(kind='trial', key=key, about=society, **{**given, **fields})


def make_due(letter):
    Letter.objects.filter(pk=letter.pk).update(send_after=timezone.now() - timedelta(seconds=1))


# --- Queueing


def test_a_key_is_queued_once_and_its_first_words_stay(society):
    first = queue(society, subject='First')
    assert queue(society, subject='Second') == first
    assert Letter.objects.get().subject == 'First'


def test_without_the_callers_commit_there_is_no_letter(society):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue(society)
        raise RuntimeError
    assert not Letter.objects.exists()


def test_a_persons_name_and_main_address_are_frozen_on_the_row(society):
    person = make_person('Ada Author', title='Dr')
    letter = letters.queue(
        kind='trial', key='one', about=society, to=person, subject='Hello', body='Dear Ada,'
    )
    address = person.email
    person.email, person.name = 'new@people.example', 'Ada Newname'
    person.save()
    letter.refresh_from_db()
    assert (letter.to, letter.to_name, letter.to_address) == (person, 'Dr Ada Author', address)


def test_nobody_without_an_address_is_written_to(society):
    person = make_person('Guest', email=None)
    assert (
        letters.queue(kind='trial', key='one', about=society, to=person, subject='Hello', body='Dear,')
        is None
    )
    assert not Letter.objects.exists()


def test_a_suppressed_address_gets_its_row_and_no_letter(society, server):
    SuppressedAddress.objects.create(address='ada@people.example', reason='550 no such user')
    assert queue(society, to_address='Ada@people.example').state == State.SUPPRESSED
    assert letters.send_due() == 0
    assert mail.outbox == []


def test_line_breaks_cannot_reach_a_header(society, server):
    letter = queue(society, subject='Hello\r\nBcc: all@people.example', to_name='Ada\nAuthor')
    assert (letter.subject, letter.to_name) == ('Hello Bcc: all@people.example', 'Ada Author')
    assert letters.send_due() == 1
    assert mail.outbox[0].recipients() == ['Ada Author <ada@people.example>']


def test_what_is_held_five_minutes_goes_out_after_five_minutes(society, server, time_machine):
    time_machine.move_to('2026-03-02 09:00:00+00:00', tick=False)
    queue(society, hold=timedelta(minutes=5))
    time_machine.move_to('2026-03-02 09:04:59+00:00', tick=False)
    assert letters.send_due() == 0
    time_machine.move_to('2026-03-02 09:05:00+00:00', tick=False)
    assert letters.send_due() == 1


def test_cancelling_recalls_only_what_has_not_gone_of_those_kinds(society, server):
    queue(society, 'gone')
    letters.send_due()
    waiting, held, other = queue(society, 'waiting'), queue(society, 'held'), queue(society, 'other')
    letters.hold(held, by=make_person())
    Letter.objects.filter(pk=other.pk).update(kind='another')
    assert letters.cancel(about=society, kinds=['trial']) == {'trial'}
    states = dict(Letter.objects.values_list('key', 'state'))
    assert states == {
        'gone': State.SENT,
        'waiting': State.RECALLED,
        'held': State.RECALLED,
        'other': State.WAITING,
    }
    assert waiting.key == 'waiting'


def test_one_recalled_while_it_is_in_a_worker_s_hands_is_not_tried_again(society, server, monkeypatch):
    letter = queue(society, 'in hand')
    Letter.objects.update(state=State.SENDING, claimed_at=timezone.now(), attempts=1)
    letters.cancel(about=society, kinds=['trial'])
    letter.refresh_from_db()
    sending._later(letter, 'the line went')
    assert Letter.objects.get().state == State.RECALLED

    Letter.objects.update(state=State.SENDING, claimed_at=timezone.now() - timedelta(hours=1))
    letters.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.in_doubt) == (State.RECALLED, True)


# --- What is sent


def test_a_letter_says_who_what_and_that_a_machine_sent_it(society, server):
    letter = queue(
        society,
        to_name='Zoë "Zed" Łuk',
        reply_to='blogs@society.example',
        body='Dear Zoë,\n\nSee https://society.example/a/ & <b>this</b>.\n',
    )
    assert letters.send_due() == 1
    sent = message_from_bytes(mail.outbox[0].message(policy=policy.SMTP).as_bytes(), policy=policy.default)
    assert sent['Message-ID'] == letter.message_id
    assert sent['Auto-Submitted'] == 'auto-generated'
    assert sent['Reply-To'] == 'blogs@society.example'
    assert sent['Date']
    assert [(one.display_name, one.addr_spec) for one in sent['To'].addresses] == [
        ('Zoë "Zed" Łuk', 'ada@people.example')
    ]
    plain = sent.get_body(('plain',)).get_content().replace('\r\n', '\n')
    assert plain.startswith(
        'Dear Zoë,\n\nSee https://society.example/a/ & <b>this</b>.\n\n-- \nUK Implementation'
    )
    rich = sent.get_body(('html',)).get_content()
    assert '<a href="https://society.example/a/" rel="nofollow">' in rich
    assert '&lt;b&gt;this&lt;/b&gt;' in rich
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.in_doubt) == (State.SENT, 1, False)
    assert letter.sent_at


def test_the_oldest_goes_first_and_no_more_than_asked_for(society, server):
    for key in ('a', 'b', 'c'):
        queue(society, key, subject=key)
    assert letters.send_due(limit=2) == 2
    assert [message.subject for message in mail.outbox] == ['a', 'b']


def test_a_worker_told_to_stop_takes_no_further_letter(society, server):
    queue(society, 'a')
    queue(society, 'b')
    assert letters.send_due(stop=lambda: Failing.asked == 1) == 1
    assert Letter.objects.filter(state=State.WAITING).count() == 1


@pytest.mark.urls(__name__)
def test_a_private_link_is_made_at_sending_and_only_its_hash_is_kept(society, server):
    kind = ContentType.objects.get_for_model(society).pk
    letter = queue(
        society,
        body='Open {{ link }} please.',
        link={'view': 'by_link', 'purpose': 'named', 'days': 90, 'about': [kind, society.pk]},
    )
    assert not PrivateLink.objects.exists()
    letters.send_due()
    body = mail.outbox[0].body
    token = body.split('/named/')[1].split('/')[0]
    link = PrivateLink.find(token, 'named')
    assert link.about == society
    assert link.letter == letter
    assert link.token_hash == hashed(token)
    letter.refresh_from_db()
    assert letter.body == 'Open {{ link }} please.'


@pytest.mark.urls(__name__)
def test_a_second_attempt_leaves_no_link_of_the_first(society, server):
    kind = ContentType.objects.get_for_model(society).pk
    link = {'view': 'by_link', 'purpose': 'named', 'days': 90, 'about': [kind, society.pk]}
    letter = queue(society, body='Open {{ link }}.', link=link)
    Failing.error = smtplib.SMTPDataError(451, b'later')
    letters.send_due()
    Failing.error = None
    make_due(letter)
    letters.send_due()
    assert PrivateLink.objects.count() == 1


# --- What can go wrong


@pytest.mark.parametrize(
    'error',
    [
        smtplib.SMTPRecipientsRefused({'ada@people.example': (450, b'4.2.1 try later')}),
        smtplib.SMTPRecipientsRefused({'ada@people.example': (554, b'5.7.1 relay access denied')}),
        smtplib.SMTPDataError(451, b'greylisted'),
        smtplib.SMTPSenderRefused(552, b'5.3.4 too large', 'us'),
        RuntimeError('something of ours'),
    ],
)
def test_what_may_pass_is_tried_again_after_a_pause(society, server, error):
    letter = queue(society)
    Failing.error = error
    assert letters.send_due() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.in_doubt) == (State.WAITING, 1, False)
    assert timedelta(seconds=45) < letter.send_after - timezone.now() < timedelta(seconds=75)
    assert letter.last_error
    assert not SuppressedAddress.objects.exists()


AWAY = [
    smtplib.SMTPSenderRefused(421, b'closing', 'us'),
    smtplib.SMTPSenderRefused(530, b'sign in first', 'us'),
    smtplib.SMTPDataError(421, b'closing'),
    smtplib.SMTPRecipientsRefused({'ada@people.example': (421, b'closing')}),
    smtplib.SMTPServerDisconnected('gone'),
    TimeoutError(),
    ConnectionResetError(),
]


def test_a_server_that_cannot_be_reached_is_no_attempt_of_anybody_s(society, server):
    queue(society, 'a')
    queue(society, 'b')
    Failing.unreachable = True
    for _ in range(100):
        with pytest.raises(letters.MailServerAway, match='nobody there'):
            letters.send_due()
    assert (
        list(Letter.objects.values_list('state', 'attempts', 'in_doubt')) == [(State.WAITING, 0, False)] * 2
    )


@pytest.mark.parametrize('error', AWAY)
def test_a_server_that_goes_before_it_was_given_the_letter_is_no_attempt_either(society, server, error):
    first = queue(society, 'a')
    queue(society, 'b')
    Failing.error, Failing.may_have_arrived = error, False
    for _ in range(20):
        with pytest.raises(letters.MailServerAway):
            letters.send_due()
    assert (
        list(Letter.objects.values_list('state', 'attempts', 'in_doubt')) == [(State.WAITING, 0, False)] * 2
    )
    first.refresh_from_db()
    assert (first.first_tried_at, first.send_after <= timezone.now()) == (None, True)
    assert Failing.asked == 20
    Failing.error = None
    assert letters.send_due() == 2


@pytest.mark.parametrize('error', [TimeoutError(), ConnectionResetError(), smtplib.SMTPServerDisconnected()])
def test_a_line_that_breaks_after_the_letter_was_given_leaves_it_in_doubt(society, server, error):
    letter = queue(society)
    Failing.error = error
    with pytest.raises(letters.MailServerAway):
        letters.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.in_doubt) == (State.WAITING, 1, True)
    assert letter.send_after - timezone.now() > timedelta(minutes=7)  # each time may be a second copy


def test_what_is_put_off_again_and_again_is_given_up_after_eight_attempts_and_five_days(
    society, server, time_machine
):
    """A weekend passes, as it does between mail servers."""
    time_machine.move_to('2026-03-06 17:00:00+00:00', tick=False)  # a Friday
    letter = queue(society)
    Failing.error = smtplib.SMTPDataError(451, b'greylisted')
    while letter.state == State.WAITING:
        time_machine.move_to(letter.send_after, tick=False)
        letters.send_due()
        letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.FAILED, '451 greylisted')
    assert timedelta(days=5) <= timezone.now() - letter.first_tried_at < timedelta(days=5, hours=8)
    assert 20 < Failing.asked < 40


def test_pauses_grow_threefold_up_to_six_hours_give_or_take_a_fifth():
    hours = [sending.pause_after(attempts) for attempts in range(1, 9)]
    for pause, minutes in zip(hours, [1, 3, 9, 27, 81, 243, 360, 360], strict=True):
        assert timedelta(minutes=minutes * 0.8) <= pause <= timedelta(minutes=minutes * 1.2)
    assert timedelta(hours=19) < sending.pause_after(40, doubt=True) < timedelta(hours=29)


def test_a_refused_address_is_suppressed_in_one_place(society, server):
    first, second = queue(society, 'a'), queue(society, 'b', to_address='ADA@people.example')
    Failing.error = smtplib.SMTPRecipientsRefused({'ada@people.example': (550, b'5.1.1 no such user')})
    letters.send_due()
    assert SuppressedAddress.objects.get().address == 'ada@people.example'
    for letter in (first, second):
        letter.refresh_from_db()
        assert letter.state == State.SUPPRESSED
    assert Failing.asked == 1


def test_a_letter_whose_words_are_refused_fails_at_once(society, server):
    letter = queue(society)
    Failing.error = smtplib.SMTPDataError(554, b'looks like spam')
    letters.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.FAILED, '554 looks like spam')


def test_a_dead_workers_letter_is_sent_again_under_the_same_message_id(society, server):
    letter = queue(society)
    claimed = timezone.now() - timedelta(minutes=4)
    Letter.objects.filter(pk=letter.pk).update(state=State.SENDING, claimed_at=claimed, attempts=1)
    assert letters.send_due() == 0
    Letter.objects.filter(pk=letter.pk).update(claimed_at=timezone.now() - timedelta(minutes=6))
    assert letters.send_due() == 1
    assert mail.outbox[0].extra_headers['Message-ID'] == letter.message_id
    letter.refresh_from_db()
    assert (letter.state, letter.in_doubt, letter.attempts) == (State.SENT, True, 2)


def test_a_letter_that_somebody_else_has_claimed_is_left_alone(society, server):
    letter = queue(society)
    assert sending._claim(letter.pk) == letter
    assert sending._claim(letter.pk) is None


# --- Staff's moves


def in_state(society, state, key='one'):
    letter = queue(society, key)
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=timezone.now())
    letter.refresh_from_db()
    return letter


MOVES = {
    letters.hold: {State.WAITING: State.HELD},
    letters.release: {State.WAITING: State.WAITING, State.HELD: State.WAITING},
    letters.recall: {State.WAITING: State.RECALLED, State.HELD: State.RECALLED, State.FAILED: State.RECALLED},
    letters.retry: dict.fromkeys((State.FAILED, State.SUPPRESSED, State.BOUNCED), State.WAITING),
}


@pytest.mark.parametrize('state', State)
@pytest.mark.parametrize('move', MOVES)
def test_each_move_is_made_from_its_states_and_refused_from_the_others(society, move, state):
    letter, by = in_state(society, state), make_person()
    leads_to = MOVES[move].get(state)
    if leads_to is None:
        with pytest.raises(letters.TooLate):
            move(letter, by=by)
    else:
        move(letter, by=by)
    letter.refresh_from_db()
    assert letter.state == (leads_to or state)


@pytest.mark.parametrize('state', State)
def test_words_are_changed_only_before_the_letter_goes(society, state):
    letter, by = in_state(society, state), make_person()
    if state in (State.WAITING, State.HELD):
        letters.edit(letter, by=by, subject='New', body='New words.')
    else:
        with pytest.raises(letters.TooLate):
            letters.edit(letter, by=by, subject='New', body='New words.')
    letter.refresh_from_db()
    assert (letter.subject == 'New') == (state in (State.WAITING, State.HELD))


def test_a_released_letter_goes_now(society, server):
    letter = queue(society, hold=timedelta(minutes=5))
    letters.release(letter, by=make_person())
    assert letters.send_due() == 1


def test_an_edited_letter_keeps_its_private_link(society):
    letter = queue(society, body='{{ link }}', link={'view': 'x', 'purpose': 'x', 'days': 1, 'about': [1, 1]})
    with pytest.raises(ValidationError, match='Keep'):
        letters.edit(letter, by=make_person(), subject='New', body='Without.')


def test_what_is_suppressed_is_tried_again_only_after_it_was_lifted(society, server):
    row = SuppressedAddress.objects.create(address='ada@people.example', reason='550')
    letter = queue(society)
    with pytest.raises(letters.TooLate, match='suppressed'):
        letters.retry(letter, by=make_person())
    letters.lift(row, by=make_person(), why='It works again.')
    letters.retry(letter, by=make_person())
    assert letters.send_due() == 1


def test_a_sent_letters_refusal_says_when_it_went(society, time_machine):
    time_machine.move_to('2026-07-02 09:05:00+00:00', tick=False)
    letter = in_state(society, State.SENT)
    with pytest.raises(letters.TooLate) as late:
        letters.recall(letter, by=make_person())
    assert str(late.value) == 'This letter can no longer be recalled: it is sent (at 10:05 on 2 July 2026).'


# --- Overtaken


@pytest.mark.parametrize(
    ('says', 'state'), [('They paid.', State.RECALLED), ('', State.SENT), (None, State.SENT)]
)
def test_what_a_letter_is_about_may_say_that_it_is_true_no_more(society, server, monkeypatch, says, state):
    def overtaken(letter):
        return says if says is not None else 1 / 0

    heard = []
    subject = letters.Subject(
        lambda person: Q(), str, overtaken=overtaken, recalled=lambda one: heard.append(one.state)
    )
    monkeypatch.setitem(letters.SUBJECTS, 'ukis.society', subject)
    letter = queue(society)

    letters.send_due()
    again = sending._claim(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.overtaken_why, again) == (state, says or '', None)
    assert (heard, letter.attempts) == ((['recalled'], 0) if says else ([], 1))
