"""Staff show a letter that they got, and learn whether readers' mail programs may show the button to stop."""

import pytest
from django.urls import reverse

from ukis.letters import signatures

pytestmark = pytest.mark.django_db

SOURCE = """Authentication-Results: mx.people.example;
 dkim=pass header.d=society.example; spf=pass smtp.mailfrom=back.society.example;
 dmarc=pass header.from=society.example
DKIM-Signature: v=1; a=rsa-sha256; d=society.example; s=one;
 h=From:To:Subject:List-Unsubscribe:
  List-Unsubscribe-Post; bh=abc=; b=def=
From: The Society <letters@society.example>
List-Unsubscribe: <https://society.example/blog/subscribe/stop/x/>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Subject: Test

Words.
"""


def missing(source: str) -> list[str]:
    return [one.words for one in signatures.look(source) if not one.holds]


@pytest.mark.parametrize(
    ('was', 'put', 'lacks'),
    [
        ('', '', []),
        ('d=society.example; s', 'd=Example; s', []),
        (
            'd=society.example; s',
            'd=ociety.example; s',
            [
                'It is signed for society.example',
                'The signature covers List-Unsubscribe',
                'The signature covers List-Unsubscribe-Post',
            ],
        ),
        (':\n  List-Unsubscribe-Post;', ';', ['The signature covers List-Unsubscribe-Post']),
        ('\nList-Unsubscribe-Post: ', '\nX: ', ['The letter has List-Unsubscribe-Post']),
        ('spf=pass', 'spf=softfail', ['SPF: the mail server may send for the domain']),
        ('dmarc=pass', '', ['DMARC: both are of the domain that readers see']),
    ],
)
def test_what_a_letter_lacks_is_named(was, put, lacks):
    assert missing(SOURCE.replace(was, put) if was else SOURCE) == lacks


def test_what_the_sender_claims_below_the_line_of_the_receiving_server_is_not_believed():
    forged = SOURCE.replace('spf=pass', 'spf=fail').replace(
        '\nSubject:', '\nAuthentication-Results: x; spf=pass\nSubject:'
    )

    assert missing(forged) == ['SPF: the mail server may send for the domain']


def test_an_editor_is_told_and_what_is_no_letter_is_refused_with_a_sentence(editor, society, signed_in):
    desk, address = signed_in(editor), reverse('admin:edition_signed')

    good = desk.post(address, {'source': SOURCE}).text
    bad = desk.post(address, {'source': SOURCE.replace('dkim=pass', 'dkim=fail')}).text
    other = desk.post(address, {'source': 'Dear Ada,\n\nwords\n'})

    assert 'All is as it must be' in good
    assert 'The server that took it in says “fail”.' in bad
    assert (other.status_code, 'Dear Ada,' in other.text) == (422, True)
    assert 'it has no line that begins with “From:”' in other.text
