"""Passwords may be guessed only so often, and nobody is locked out by somebody else's guesses."""

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.signing_in import browsers, guessing
from tests.conftest import PASSWORD, make_person
from ukis.limits import MINUTE, Limit

pytestmark = pytest.mark.django_db

TOO_MANY = 'There were too many tries'
NOT_THIS = 'do not fit together'
_networks = iter(range(1, 250))


def signs_in(client: Client, address: str, password: str = PASSWORD, network: str = ''):
    """Each from a network of its own, unless the test says."""
    network = network or f'192.0.2.{next(_networks)}'
    return client.post(
        reverse('account_login'), {'login': address, 'password': password}, REMOTE_ADDR=network
    )


def test_strangers_guesses_do_not_lock_out_the_owner_in_a_browser_known_to_be_theirs(society, author):
    home, elsewhere = Client(), Client()
    signs_in(home, author.email)
    home.post(reverse('account_logout'))
    for _ in range(5):
        assert NOT_THIS in signs_in(elsewhere, author.email, 'guess').text

    assert TOO_MANY in signs_in(elsewhere, author.email, 'guess').text
    assert TOO_MANY in signs_in(elsewhere, author.email).text  # not even with the right one
    assert signs_in(home, author.email).url == reverse('account')


def test_a_known_browser_is_known_for_those_who_signed_in_with_it_and_for_nobody_else(
    society, author, stranger
):
    shared = Client()
    signs_in(shared, stranger.email)
    shared.post(reverse('account_logout'))
    for _ in range(5):
        signs_in(Client(), author.email, 'guess')

    assert TOO_MANY in signs_in(shared, author.email).text
    assert signs_in(shared, stranger.email).status_code == 302


def test_a_known_browser_may_not_guess_for_ever(society, author, monkeypatch):
    monkeypatch.setattr(guessing, 'AT_HOME', Limit('wrong_password_at_home', 2, MINUTE))
    home = Client()
    signs_in(home, author.email)
    home.post(reverse('account_logout'))

    answers = [signs_in(home, author.email, 'guess').text for _ in range(3)]

    assert [TOO_MANY in answer for answer in answers] == [False, False, True]


def test_the_addresses_of_one_person_are_guessed_together(society, author):
    author.emailaddress_set.create(email='ada@elsewhere.example', verified=True)
    for number in range(5):
        signs_in(Client(), ('ada@elsewhere.example', author.email)[number % 2], 'guess')

    assert TOO_MANY in signs_in(Client(), 'ada@elsewhere.example').text


def test_one_network_may_try_ten_accounts_and_no_more(society):
    people = [make_person() for _ in range(11)]

    answers = [signs_in(Client(), one.email, 'guess', network='198.51.100.7').text for one in people]

    assert [TOO_MANY in answer for answer in answers] == [False] * 10 + [True]


def test_who_signs_in_rightly_often_is_not_counted(society, author):
    for _ in range(7):
        assert signs_in(Client(), author.email).status_code == 302


def test_an_address_without_an_account_is_counted_as_one_with(society):
    answers = [signs_in(Client(), 'nobody@people.example', 'guess').text for _ in range(6)]

    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]


def test_the_cookie_says_nothing_that_can_be_read_or_forged(society, author, rf):
    client = Client()
    answer = signs_in(client, author.email)
    cookie = answer.cookies[browsers.COOKIE]

    assert (cookie['httponly'], cookie['samesite'], cookie['path']) == (True, 'Lax', '/account/')
    assert author.email not in cookie.value
    for forged in ('', 'x', cookie.value[:-1], cookie.value.swapcase()):
        request = rf.get('/', headers={'cookie': f'{browsers.COOKIE}={forged}'})
        assert browsers.mark_of(request, author.pk) == ''


def test_with_a_second_factor_a_browser_is_known_after_both(society, chief):
    answer = signs_in(Client(), chief.email)

    assert browsers.COOKIE not in answer.cookies
    assert answer.url == reverse('mfa_authenticate')


def test_at_most_five_people_share_a_browser(society):
    client = Client()
    people = [make_person() for _ in range(6)]
    for one in people:
        signs_in(client, one.email)
        client.post(reverse('account_logout'))
    request = type('Request', (), {'COOKIES': {browsers.COOKIE: client.cookies[browsers.COOKIE].value}})()

    assert [bool(browsers.mark_of(request, one.pk)) for one in people] == [False] + [True] * 5


# --- Nothing is learned by asking


def test_an_address_that_has_an_account_costs_sign_up_as_many_hashes_as_a_new_one(
    society, author, monkeypatch, settings
):
    hashed = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, 'encode', lambda self, *args: hashed.append(1) or encode(self, *args)
    )
    counts, letters = [], []
    for address in ('nell@people.example', author.email):
        hashed.clear()
        mail.outbox.clear()
        given = {
            'name': 'Nell',
            'email': address,
            'password1': 'a careful change',
            'password2': 'a careful change',
        }
        Client().post(reverse('account_signup'), given)
        counts.append(len(hashed))
        letters.append(len(mail.outbox))

    assert counts == [1, 1]
    assert letters == [1, 1]


# --- Second factors are counted as they were


def test_codes_of_a_second_factor_are_limited(society, chief):
    client = Client()
    signs_in(client, chief.email)

    answers = [client.post(reverse('mfa_authenticate'), {'code': '000000'}).text for _ in range(6)]

    assert TOO_MANY in answers[-1]
    assert TOO_MANY not in answers[0]
