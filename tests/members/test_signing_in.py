"""Signing up, in and out: the package does the work, these hold how we have set it up."""

import re
import socket

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from tests.conftest import PASSWORD, make_person
from ukis.cache import RedisOrMemory

pytestmark = pytest.mark.django_db

NEW = {
    'name': 'Nell  Newcomer',
    'email': 'Nell@People.example',
    'password1': 'a careful change',
    'password2': 'a careful change',
}


def code_in(letter) -> str:
    return re.search(r'^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$', letter.body, re.MULTILINE)[1]


def test_signing_up_asks_for_the_code_from_the_letter(society):
    client = Client()
    assert client.post(reverse('account_signup'), NEW).status_code == 302
    assert client.get(reverse('account')).status_code == 302  # not signed in before the address is confirmed

    client.post(reverse('account_email_verification_sent'), {'code': code_in(mail.outbox[0])})

    person = Person.objects.get(email='nell@people.example')
    assert (person.name, person.slug, person.given_names) == ('Nell Newcomer', 'nell-newcomer', 'Nell')
    assert client.get(reverse('account')).status_code == 200
    assert not person.may_submit()


def test_signing_up_again_with_a_known_address_says_nothing_about_it(society, author):
    answer = Client().post(reverse('account_signup'), {**NEW, 'email': author.email})

    assert (answer.status_code, answer.url) == (302, reverse('account_email_verification_sent'))
    assert Person.objects.filter(email=author.email).count() == 1


def test_an_address_is_read_without_regard_to_capitals(society, author):
    client = Client()

    answer = client.post(reverse('account_login'), {'login': author.email.upper(), 'password': PASSWORD})

    assert (answer.status_code, answer.url) == (302, reverse('account'))


def test_a_forgotten_password_is_set_anew_from_the_letter(society, author):
    client = Client()
    client.post(reverse('account_reset_password'), {'email': author.email})
    address = re.search(r'http://\S+', mail.outbox[0].body)[0].replace('http://testserver', '')
    page = client.get(address, follow=True)
    client.post(
        page.redirect_chain[-1][0], {'password1': 'another careful word', 'password2': 'another careful word'}
    )

    author.refresh_from_db()
    assert author.check_password('another careful word')


def test_too_many_wrong_passwords_are_stopped(society, author):
    client = Client()
    for _ in range(6):
        answer = client.post(reverse('account_login'), {'login': author.email, 'password': 'wrong'})

    assert 'There were too many tries' in answer.text
    assert (
        client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD}).status_code
        == 200
    )


def test_a_person_without_an_address_cannot_sign_in(db):
    guest = make_person('Guest Author', email=None)

    assert (guest.email, guest.has_usable_password()) == (None, False)


def test_staff_without_a_second_factor_are_sent_to_set_one_up(society):
    client = Client()
    client.force_login(make_person(group=COMMISSIONING_EDITOR, second_factor=False))

    answer = client.get(reverse('admin:desk'), follow=True)

    assert answer.redirect_chain[-1][0] == reverse('mfa_index')
    assert 'ask for a second factor' in answer.text


def test_staff_with_a_second_factor_are_asked_for_it_when_they_sign_in(chief):

    answer = Client().post(reverse('account_login'), {'login': chief.email, 'password': PASSWORD})

    assert answer.url.split('?')[0] == reverse('mfa_authenticate')


def test_signing_in_leads_only_to_addresses_of_ours(society, author):
    answer = Client().post(
        reverse('account_login') + '?next=https://evil.example/',
        {'login': author.email, 'password': PASSWORD, 'next': '//evil.example'},
    )

    assert answer.url == reverse('account')


@pytest.mark.parametrize('credential', ['{"id": "a"}', '{"id": 1}', '{}', '[]', 'null', '"x"'])
def test_a_passkey_that_is_none_is_refused(society, credential):
    client = Client()
    client.get(reverse('mfa_login_webauthn'))

    answer = client.post(reverse('mfa_login_webauthn'), {'credential': credential})

    assert answer.url == reverse('account_login')


@pytest.fixture
def without_a_cache(settings, monkeypatch):
    with socket.create_server(('127.0.0.1', 0)) as probe:
        port = probe.getsockname()[1]
    monkeypatch.setattr(RedisOrMemory, '_away_until', {})
    settings.CACHES = {
        'default': {'BACKEND': 'ukis.cache.RedisOrMemory', 'LOCATION': f'redis://127.0.0.1:{port}/0'}
    }


def test_a_cache_that_is_away_stops_nobody_who_is_signed_in(society, author, signed_in, without_a_cache):
    client = signed_in(author)

    assert client.get(reverse('write')).status_code == 200
    assert UserSession.objects.get().user == author


def test_without_the_cache_one_signs_in_and_up_and_resets_and_limits_hold(
    society, author, chief, without_a_cache
):
    signed_in = Client().post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    asked = Client().post(reverse('account_login'), {'login': chief.email, 'password': PASSWORD})
    signed_up = Client().post(reverse('account_signup'), NEW)
    reset = Client().post(reverse('account_reset_password'), {'email': author.email})
    client = Client()
    wrong = [
        client.post(reverse('account_login'), {'login': author.email, 'password': 'wrong'}) for _ in range(6)
    ]

    assert [answer.status_code for answer in (signed_in, asked, signed_up, reset)] == [302] * 4
    assert len(mail.outbox) == 2
    assert 'There were too many tries' in wrong[-1].text


def test_apps_and_devices_are_told_the_societys_name_and_not_the_hosts(society, author):
    client = Client()
    client.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    client.post(reverse('account_reauthenticate'), {'password': PASSWORD})

    app = client.get(reverse('mfa_activate_totp'))
    key = client.get(reverse('mfa_add_webauthn'))

    assert 'issuer=UK-IS' in app.context['totp_url']
    assert (
        key.context['js_data']['creation_options']['publicKey']['rp']['name'] == 'UK Implementation Society'
    )
