"""Letters about accounts: whose words they carry, how many go, and what happens while the mail server is away."""

import re
import smtplib

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Person
from tests.conftest import PASSWORD
from tests.members.test_signing_in import code_in
from ukis.letters.models import Letter
from ukis.mailers import mailer

pytestmark = pytest.mark.django_db

WORDS = {
    'name': 'Buy cheap pills at evil.example',
    'password1': 'a careful change',
    'password2': 'a careful change',
}


def signs_up(client: Client, address: str = 'nell@people.example', network: str = '192.0.2.1', **more):
    given = {**WORDS, 'email': address, **more}
    return client.post(reverse('account_signup'), given, REMOTE_ADDR=network)


@pytest.fixture
def mail_server_away(monkeypatch):
    def fail(*args):
        raise ConnectionRefusedError('the mail server is away')

    monkeypatch.setattr(EmailBackend, 'send_messages', fail)
    return lambda: monkeypatch.undo()


def test_no_letter_before_an_address_is_confirmed_carries_what_a_stranger_typed(society, author, signed_in):
    author.name = 'Buy cheap pills at evil.example'
    author.save()
    signs_up(Client())
    signs_up(Client(), author.email)
    Client().post(reverse('account_reset_password'), {'email': 'nobody@people.example'})
    client = Client()
    client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    asked = client.post(reverse('account_email'), {'action_add': '', 'email': 'other@people.example'})
    client.post(asked.url, {'password': PASSWORD})

    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        assert 'pills' not in letter.subject + letter.body + str(letter.alternatives)


def test_letters_are_the_societys_and_not_the_hosts(society, author):
    signs_up(Client())
    signs_up(Client(), author.email)
    for address in (author.email, 'nobody@people.example'):
        Client().post(reverse('account_reset_password'), {'email': address})

    for letter in mail.outbox:
        assert 'UK Implementation Society' in letter.subject
        assert letter.body.startswith('Somebody, most likely you, ')
        assert 'UK Implementation Society' in letter.body
        words = re.sub(r'https?://\S+', '', letter.body)
        assert 'testserver' not in words
        assert 'example.com' not in words
        assert letter.extra_headers['Auto-Submitted'] == 'auto-generated'


def test_one_network_makes_twenty_letters_of_sign_up_in_an_hour_and_then_gets_its_words_back(society):
    answers = [signs_up(Client(), f'nell{number}@people.example') for number in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert 'nell20@people.example</textarea>' in answers[-1].text
    assert 'a careful change' not in answers[-1].text
    assert len(mail.outbox) == 20


def test_one_address_gets_six_letters_in_an_hour_whoever_asks(society, monkeypatch):
    monkeypatch.setattr('allauth.core.internal.ratelimit.time.time', iter(range(1000, 9000, 15)).__next__)

    answers = [signs_up(Client(), network=f'192.0.2.{number}') for number in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert len(mail.outbox) == 6


def test_one_address_gets_five_letters_of_reset_in_an_hour(society, author):
    answers = [
        Client().post(
            reverse('account_reset_password'), {'email': author.email}, REMOTE_ADDR=f'192.0.2.{number}'
        )
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert 'That was too often' in answers[-1].text


# --- While the mail server is away


def test_an_account_made_while_the_mail_server_is_away_is_usable_when_it_is_back(society, mail_server_away):
    client = Client()
    page = client.get(signs_up(client).url)
    assert page.status_code == 200
    assert 'our mail server does not answer' in page.text
    assert 'is on its way' not in page.text

    mail_server_away()
    cache.clear()  # ten seconds lie between two letters
    client.post(reverse('account_email_verification_sent'), {'action': 'resend'})
    client.post(reverse('account_email_verification_sent'), {'code': code_in(mail.outbox[-1])})

    assert client.get(reverse('account')).status_code == 200


def test_who_closed_that_page_signs_in_later_and_gets_a_code(society, mail_server_away):
    signs_up(Client())
    mail_server_away()
    cache.clear()  # ten seconds lie between two letters
    client = Client()

    answer = client.post(
        reverse('account_login'), {'login': 'nell@people.example', 'password': 'a careful change'}
    )
    client.post(answer.url, {'code': code_in(mail.outbox[-1])})

    assert client.get(reverse('account')).status_code == 200


@pytest.mark.parametrize('known', [True, False])
def test_a_reset_while_the_mail_server_is_away_says_so_whoever_asks(society, author, mail_server_away, known):
    address = author.email if known else 'nobody@people.example'

    answer = Client().post(reverse('account_reset_password'), {'email': address})

    assert answer.status_code == 503
    assert 'our mail server does not answer' in answer.text
    assert f'{address}</textarea>' in answer.text


def test_a_mail_server_that_refuses_is_no_500(society, author, monkeypatch):
    def refuse(*args):
        raise smtplib.SMTPRecipientsRefused({'x': (550, b'no such box')})

    monkeypatch.setattr(EmailBackend, 'send_messages', refuse)

    assert signs_up(Client()).status_code == 302
    assert Client().post(reverse('account_reset_password'), {'email': author.email}).status_code == 503


def test_a_code_is_waited_for_a_few_seconds_only(settings):
    assert mailer('smtp://mail.example', timeout=5)['OPTIONS']['timeout'] == 5
    assert set(settings.MAILERS) == {'default', 'at_once'}


# --- What tells somebody of a change goes by the outbox


def test_a_change_of_password_is_told_by_the_outbox_however_the_mail_server_does(
    society, author, mail_server_away
):
    client = Client()
    client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    new = {'password1': 'another careful word', 'password2': 'another careful word'}

    answer = client.post(reverse('account_change_password'), {'oldpassword': PASSWORD, **new})

    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert (letter.to, letter.to_address, letter.kind) == (author, author.email, 'password_changed')
    assert letter.body.startswith(
        'This is to say that the password of your account at UK Implementation Society'
    )
    assert '127.0.0.1' not in letter.body


def test_a_change_of_address_is_told_to_the_old_one(society, author):
    client = Client()
    client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    author.emailaddress_set.create(email='ada@elsewhere.example', verified=True)

    asked = client.post(reverse('account_email'), {'action_primary': '', 'email': 'ada@elsewhere.example'})
    client.post(asked.url, {'password': PASSWORD})

    letter = Letter.objects.get()
    assert letter.to_address == author.email
    assert 'is now ada@elsewhere.example' in letter.body
    assert Person.objects.get(pk=author.pk).email == 'ada@elsewhere.example'


def test_letters_about_accounts_are_kept_from_the_editors(society, author, editor, secretary, signed_in):
    client = Client()
    client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    new = {'password1': 'another careful word', 'password2': 'another careful word'}
    client.post(reverse('account_change_password'), {'oldpassword': PASSWORD, **new})
    letters = reverse('admin:ukis_letter_changelist')

    assert 'Your password at' not in signed_in(editor).get(letters).text
    assert 'Your password at' in signed_in(secretary).get(letters).text


def test_a_new_password_signs_in_at_once(society, author):
    client = Client()
    client.post(reverse('account_reset_password'), {'email': author.email})
    address = re.search(r'http://testserver(\S+)', mail.outbox[0].body)[1]
    page = client.get(address, follow=True)
    new = {'password1': 'another careful word', 'password2': 'another careful word'}

    answer = client.post(page.redirect_chain[-1][0], new)

    assert answer.url == reverse('account')
    assert client.get(reverse('account')).status_code == 200
    assert timezone.now() - Letter.objects.get().queued_at < timezone.timedelta(minutes=1)
