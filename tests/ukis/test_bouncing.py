"""Letters that come back: what is believed, what it does to the address, and how the mailbox is read."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_person
from tests.ukis.imap_server import Mailbox, serving
from ukis import clock, letters
from ukis.clock import running
from ukis.clock.models import ClockRun
from ukis.clock.running import Job
from ukis.letters import bouncing, mailbox
from ukis.letters.mailbox import MailboxAway, read_all, read_bounces
from ukis.letters.models import Bounce, Letter, SuppressedAddress
from ukis.letters.reports import Meaning, judge, of_reply
from ukis.letters.return_path import key_of, return_path

pytestmark = pytest.mark.django_db
ADA = 'ada@people.example'
UNKNOWN = ('5.1.1', 'smtp; 550 5.1.1 <ada@people.example>: Recipient address rejected: User unknown')
FULL = ('5.2.2', 'smtp; 552 5.2.2 The mailbox of ada is over quota')


@pytest.fixture(autouse=True)
def _returned(settings):
    settings.BOUNCES_TO = 'bounce@back.example'
    settings.DEFAULT_FROM_EMAIL = 'The Society <letters@society.example>'


@pytest.fixture
def sent(society):
    def send(key='one', to=ADA):
        letter = letters.queue(
            kind='weekly', key=key, about=society, to_address=to, subject='Dues', body='Dear Ada,\n'
        )
        letters.send_due()
        letter.refresh_from_db()
        return letter

    return send


def report(to, status='5.1.1', said=UNKNOWN[1], action='failed', kind='multipart/report', before='') -> bytes:
    """As Postfix writes it."""
    text = f"""Return-Path: <>
Delivered-To: {to}
Received: from mx.people.example (mx.people.example [192.0.2.7]) by back.example; Mon, 2 Mar 2026 09:00:12 +0000
From: MAILER-DAEMON@mx.people.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: {kind}; report-type=delivery-status; boundary="4A1.170/mx"

This is a MIME-encapsulated message.

--4A1.170/mx
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

{before}I'm sorry to have to inform you that your message could not be delivered.

--4A1.170/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.people.example
Arrival-Date: Mon,  2 Mar 2026 09:00:11 +0000 (GMT)

Final-Recipient: rfc822; ada@people.example
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--4A1.170/mx
Content-Type: text/rfc822-headers

Subject: Dues

--4A1.170/mx--
"""
    return text.replace('\n', '\r\n').encode()


ON_HOLIDAY = """Return-Path: <>
Delivered-To: {to}
From: Ada <ada@people.example>
To: {to}
Subject: Automatic reply: Dues
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

I am away until 5.1.1 and do not read my letters. 550
"""


def test_each_letter_leaves_from_an_address_of_its_own_and_shows_the_society(sent):
    letter = sent()

    [message] = mail.outbox
    assert message.from_email == return_path(letter)
    assert message.message()['From'] == 'The Society <letters@society.example>'
    assert key_of(f'<{return_path(letter).upper()}>') == letter.pk


def test_without_a_mailbox_letters_leave_as_they_always_did(sent, settings):
    settings.BOUNCES_TO = ''
    sent()

    assert mail.outbox[0].from_email == 'The Society <letters@society.example>'


def test_a_refusal_for_good_suppresses_the_address_and_marks_the_letter(sent):
    letter = sent()

    bouncing.take(report(return_path(letter)))

    letter.refresh_from_db()
    row = SuppressedAddress.objects.get()
    assert (letter.state, row.address, row.cause, row.scope) == ('bounced', ADA, 'bounced', 'all')
    assert row.reason == ' '.join(UNKNOWN)


@pytest.mark.parametrize(
    ('what', 'verdict'),
    [
        ({'status': '5.2.2', 'said': FULL[1]}, 'soft'),
        ({'status': '4.4.1', 'said': 'smtp; connection timed out'}, 'soft'),
        ({'status': '5.7.1', 'said': 'smtp; 550 5.7.1 blocked by a list'}, 'other'),
        ({'action': 'delayed', 'status': '4.4.1'}, None),
        ({'action': 'delivered', 'status': '2.0.0'}, None),
        ({'kind': 'multipart/mixed'}, None),
    ],
)
def test_whatever_else_comes_back_suppresses_nothing(sent, what, verdict):
    letter = sent()

    found = bouncing.take(report(return_path(letter), **what))

    assert (found.verdict if found else None) == verdict
    assert not SuppressedAddress.objects.exists()


def test_somebody_on_holiday_is_not_gone(sent):
    letter = sent()

    assert bouncing.take(ON_HOLIDAY.format(to=return_path(letter)).encode()) is None
    letter.refresh_from_db()
    assert letter.state == 'sent'


def test_what_is_not_signed_by_us_is_not_believed(sent):
    letter = sent()
    key = f'{letter.pk}-'
    forged = [
        f'bounce+{key}{"0" * 20}@back.example',
        return_path(letter).replace(key, f'{letter.pk + 1}-'),
        'bounce@back.example',
        '',
    ]

    assert [bouncing.take(report(to)) for to in forged] == [None] * 4
    assert not SuppressedAddress.objects.exists()


def test_the_same_report_twice_is_one(sent):
    letter = sent()
    raw = report(return_path(letter))

    assert bouncing.take(raw) is not None
    assert bouncing.take(raw) is None
    assert Bounce.objects.count() == SuppressedAddress.objects.count() == 1


def test_three_letters_to_a_full_mailbox_suppress_it_over_a_week_and_not_in_some_days(sent):
    now = timezone.now()
    times = [now - timedelta(days=8), now - timedelta(days=7), now - timedelta(days=2), now]
    suppressed = []
    for number, at in enumerate(times):
        letter = sent(f'letter {number}')
        bouncing.take(report(return_path(letter), *FULL), at)
        suppressed.append(SuppressedAddress.objects.count())

    assert suppressed == [0, 0, 0, 1]
    assert SuppressedAddress.objects.get().cause == 'bounced for days'


def test_a_letter_that_arrived_in_between_begins_the_count_anew(sent):
    now = timezone.now()
    for days in (20, 15, 10, 5, 0):
        letter = sent(f'{days} days ago')
        Letter.objects.filter(pk=letter.pk).update(sent_at=now - timedelta(days=days))
        if days != 10:
            bouncing.take(report(return_path(letter), *FULL), now - timedelta(days=days, hours=-1))

    assert Bounce.objects.count() == 4
    assert not SuppressedAddress.objects.exists()


def test_lifting_it_begins_the_count_anew(sent):
    now = timezone.now()
    row = letters.suppress(ADA, SuppressedAddress.Cause.BOUNCED_FOR_DAYS, 'Full.')
    for days in (40, 20):
        bouncing.take(report(return_path(sent_before(sent, days)), *FULL), now - timedelta(days=days))
    letters.lift(row, by=make_person(), why='She cleared it.')

    bouncing.take(report(return_path(sent()), *FULL), now + timedelta(days=1))

    assert not SuppressedAddress.objects.standing().exists()


def sent_before(sent, days):
    """As it was before the address was suppressed."""
    letter = sent(f'{days} days ago')
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT)
    return letter


@pytest.mark.parametrize(
    'broken',
    [
        b'',
        b'\x00\xff\xfe' * 1000,
        b'Content-Type: multipart/report; boundary="x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n',
        b'Content-Type: multipart/report\r\n\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed',
        report('a@b').replace(b'message/delivery-status', b'message/rfc822'),
        report('a@b').replace(b'Status: 5.1.1', b'Status: \xff\xfe'),
        b'Content-Type: multipart/report; boundary=x\r\n\r\n'
        + b'--x\r\nContent-Type: multipart/mixed\r\n\r\n' * 2000,
    ],
)
def test_what_is_broken_is_read_and_left(broken):
    assert bouncing.take(broken) is None


def test_a_huge_one_is_read_as_far_as_it_tells(sent):
    letter = sent()
    behind = report(return_path(letter)) + b'x' * 5_000_000
    before = report(return_path(letter), before='x' * 300_000)

    assert bouncing.take(before) is None
    assert bouncing.take(behind) is not None


@pytest.mark.parametrize(
    ('status', 'code', 'verdict'),
    [
        ('5.1.1', '550', Meaning.DEAD),
        ('5.1.10', '550', Meaning.DEAD),
        ('5.1.8', '550', Meaning.OTHER),
        ('5.2.1', '550', Meaning.DEAD),
        ('5.2.2', '552', Meaning.SOFT),
        ('5.4.1', '550', Meaning.DEAD),
        ('5.4.6', '554', Meaning.SOFT),
        ('5.6.0', '554', Meaning.OTHER),
        ('5.7.26', '550', Meaning.OTHER),
        ('5.0.0', '550', Meaning.DEAD),
        ('5.0.0', '552', Meaning.SOFT),
        ('5.0.0', '', Meaning.SOFT),
        ('5.0.0', '554', Meaning.OTHER),
        ('4.2.2', '452', Meaning.SOFT),
        ('nonsense', '', Meaning.SOFT),
    ],
)
def test_what_a_status_says_of_an_address(status, code, verdict):
    assert judge(status, code) == verdict


@pytest.mark.parametrize(
    ('code', 'words', 'verdict'),
    [
        (550, '550 no such user', Meaning.DEAD),
        (550, '550 5.2.2 mailbox full', Meaning.SOFT),
        (552, '552 over quota', Meaning.SOFT),
        (554, '554 5.7.1 relay access denied', Meaning.OTHER),
        (530, '530 sign in first', Meaning.OTHER),
        (450, '450 4.2.1 later', Meaning.OTHER),
    ],
)
def test_what_a_refusal_at_the_door_says_of_an_address(code, words, verdict):
    assert of_reply(code, words) == verdict


def test_the_mailbox_is_read_and_emptied(sent, settings):
    mailbox, letter = Mailbox(), sent()
    for raw in (report(return_path(letter)), ON_HOLIDAY.format(to='x').encode(), b'spam'):
        mailbox.put(raw)
    with serving(mailbox) as port:
        settings.BOUNCES_URL = f'imap://bounce%40back.example:secret@127.0.0.1:{port}/INBOX'
        read = [read_bounces(timezone.now()) for _ in range(2)]

    assert (read, mailbox.messages) == ([3, 0], {})
    assert Bounce.objects.get().letter == letter


def test_a_mailbox_that_is_away_or_refuses_us_says_so_and_is_asked_again_in_time(
    settings, society, monkeypatch
):
    with serving(Mailbox(password='other')) as port:
        settings.BOUNCES_URL = f'imap://bounce:secret@127.0.0.1:{port}/INBOX'
        with pytest.raises(MailboxAway, match='wrong password'):
            read_all(bouncing.take)
    with pytest.raises(MailboxAway, match='refused'):
        read_all(bouncing.take)

    with pytest.raises(MailboxAway, match='letters that come back'):
        read_bounces(timezone.now())
    monkeypatch.setattr(mailbox, 'read_all', lambda take: pytest.fail('It is asked again at once.'))
    with pytest.raises(MailboxAway):
        read_bounces(timezone.now())
    monkeypatch.setattr(mailbox, 'read_all', lambda take: 3)
    cache.clear()  # five minutes later
    assert read_bounces(timezone.now()) == 3


def test_a_mailbox_that_is_away_turns_its_job_red(settings, society, monkeypatch, time_machine, client):
    job = Job('ukis: read letters that came back', mailbox.EVERY, read_bounces, lane=clock.BOUNCES)
    monkeypatch.setattr(running, '_jobs', {job.name: job})
    settings.BOUNCES_URL = 'imap://bounce:secret@127.0.0.1:1/INBOX'
    start = timezone.now()
    ClockRun.objects.create(name=job.name, last_run_at=start)

    for minutes in (5, 10, 21):
        time_machine.move_to(start + timedelta(minutes=minutes))
        cache.clear()
        assert clock.run_due(timezone.now()) == 0

    assert clock.late() == [job.name]
    assert 'letters that come back' in ClockRun.objects.get(name=job.name).last_error
    assert job.name in client.get('/health/').text


def test_a_message_that_breaks_its_reader_keeps_no_other_from_being_read(settings, society):
    def take(raw):
        taken.append(raw)
        if raw == b'first':
            raise LookupError

    taken, mailbox = [], Mailbox()
    for raw in (b'first', b'second'):
        mailbox.put(raw)
    with serving(mailbox) as port:
        settings.BOUNCES_URL = f'imap://bounce:secret@127.0.0.1:{port}/INBOX'
        read_all(take)

    assert (taken, mailbox.messages) == ([b'first', b'second'], {})


def test_staff_read_what_the_mail_server_said_and_may_send_it_again_once_lifted(sent, signed_in, secretary):
    letter = sent()
    bouncing.take(report(return_path(letter)))
    client = signed_in(secretary)
    assert 'User unknown' in client.get(reverse('admin:ukis_bounce_changelist')).text

    letters.lift(SuppressedAddress.objects.get(), by=secretary, why='It was a slip.')
    letters.retry(letter, by=secretary)
    letters.send_due()
    bouncing.take(report(return_path(letter), *FULL))

    assert list(Bounce.objects.order_by('pk').values_list('verdict', flat=True)) == ['dead', 'soft']
