"""What a reader's mail service passes on where they press “this is spam”: who is believed, and what it does."""

import pytest
from django.core import mail

from tests.ukis.test_bouncing import sent  # noqa: F401  # fixture
from ukis import letters
from ukis.letters import bouncing
from ukis.letters.models import Bounce, SuppressedAddress
from ukis.letters.return_path import return_path
from ukis.letters.wording import kind_of

pytestmark = pytest.mark.django_db
ADA = 'ada@people.example'


@pytest.fixture(autouse=True)
def _returned(settings):
    settings.BOUNCES_TO = 'bounce@back.example'


def complaint(left_from='', message_id='', kind='abuse', part='message/rfc822') -> bytes:
    """As RFC 5965 has it, with the reader's address taken out, as most services do."""
    text = f"""Return-Path: <>
Delivered-To: bounce@back.example
From: <feedback@mx.people.example>
Subject: FW: Dues
To: <bounce@back.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

This is an email abuse report for a message received on 2 March.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: PeopleLoop/1.0
Version: 1
Original-Mail-From: <{left_from}>

--part
Content-Type: {part}
Content-Disposition: inline

From: The Society <letters@society.example>
To: redacted@people.example
Message-ID: {message_id}
Subject: Dues

Dear Ada
--part--
"""
    return text.replace('\n', '\r\n').encode()


@pytest.mark.parametrize('part', ['message/rfc822', 'text/rfc822-headers'])
@pytest.mark.parametrize('by', ['return path', 'message id'])
def test_a_complaint_about_a_letter_of_ours_keeps_back_what_can_be_refused_and_no_invoice(
    sent,  # noqa: F811
    by,
    part,
):
    letter = sent()
    known = {'left_from': return_path(letter)} if by == 'return path' else {'message_id': letter.message_id}

    first, second = (bouncing.take(complaint(**known, part=part)) for _ in range(2))

    letter.refresh_from_db()
    row = SuppressedAddress.objects.get()
    assert (first.verdict, second, Bounce.objects.count()) == ('unwanted', None, 1)
    assert (row.address, row.cause, row.scope) == (ADA, 'complaint', 'refusable')
    assert row.reason == f'{kind_of(letter)} (abuse PeopleLoop/1.0)'
    assert letter.state == 'sent'
    assert sent('another').state == 'sent'


@pytest.mark.parametrize('kind', ['not-spam', 'virus', 'auth-failure', 'other', ''])
def test_a_report_that_is_no_complaint_does_nothing(sent, kind):  # noqa: F811
    assert bouncing.take(complaint(left_from=return_path(sent()), kind=kind)) is None
    assert not SuppressedAddress.objects.exists()


def test_a_complaint_is_believed_of_whoever_had_the_letter_alone(sent):  # noqa: F811
    letter = sent()
    forged = [
        {'left_from': f'bounce+{letter.pk}-{"0" * 20}@back.example'},
        {'left_from': 'bounce@back.example', 'message_id': '<another@society.example>'},
        {'message_id': ''},
    ]

    assert [bouncing.take(complaint(**one)) for one in forged] == [None] * 3
    assert not SuppressedAddress.objects.exists()


def test_a_letter_that_has_not_left_cannot_be_complained_of(sent, society):  # noqa: F811
    letter = letters.queue(
        kind='weekly', key='waits', about=society, to_address=ADA, subject='Dues', body='Dear Ada,\n'
    )

    assert bouncing.take(complaint(message_id=letter.message_id)) is None
    assert mail.outbox == []


@pytest.mark.parametrize(
    'broken',
    [
        complaint().replace(b'message/feedback-report', b'message/feedback-report; x='),
        complaint().replace(b'Feedback-Type: abuse', b'Feedback-Type: \xff\xfe'),
        complaint().replace(b'message/rfc822', b'message/external-body'),
        complaint()[:600],
        b'Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/feedback-report\r\n\r\n',
    ],
)
def test_a_broken_one_is_read_and_left(broken):
    assert bouncing.take(broken) is None
