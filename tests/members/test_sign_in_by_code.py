"""Signing in by a code from a letter: for everybody, and nobody learns from it whose an address is."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import Person
from tests.conftest import PASSWORD, make_person
from tests.members.test_account_letters import mail_server_away  # noqa: F401  # a fixture
from tests.members.test_signing_in import NEW, code_in
from ukis import letters
from ukis.letters.models import Letter, SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
_networks = iter(range(1, 250))
CONFIRM = '/account/login/code/confirm/'
ASK = '/account/login/code/'


def asks(client: Client, address: str, network: str = '', next: str = ''):  # noqa: A002
    """Each from a network of its own, unless the test says."""
    network = network or f'192.0.2.{next_network()}'
    return client.post(f'{ASK}?next={next}' if next else ASK, {'email': address}, REMOTE_ADDR=network)


def next_network() -> int:
    return next(_networks)


def types(client: Client, code: str, **more):
    return client.post(CONFIRM, {'code': code, **more})


def ages(client: Client, **by) -> None:
    """The code that is waited for was asked for so much earlier."""
    session = client.session
    pending = session['account_login']
    pending['state']['stages']['login_by_code']['data']['at'] -= timedelta(**by).total_seconds()
    session.save()


def is_in(client: Client) -> bool:
    return client.get(reverse('account')).status_code == 200


def test_the_code_from_the_letter_signs_in_and_leads_back(author):
    client = Client()
    assert reverse('account_request_login_code') in client.get(reverse('account_login')).text
    assert asks(client, author.email.upper(), next='/write/').url == f'{CONFIRM}?next=%2Fwrite%2F'
    assert not is_in(client)

    answer = types(client, code_in(mail.outbox[0]).lower(), next='/write/')

    assert (answer.url, is_in(client)) == ('/write/', True)
    assert 'known_browser' in answer.cookies
    [letter] = mail.outbox
    assert letter.to == [author.email]
    assert letter.subject == 'Your code for UK Implementation Society'
    assert letter.extra_headers['Auto-Submitted'] == 'auto-generated'
    assert not Letter.objects.exists()  # never by the outbox, which staff read


def test_an_address_typed_to_sign_in_is_not_typed_again_for_a_code(author):
    client = Client()
    page = client.get('/account/login/?next=/write/').text
    assert f'formaction="{ASK}"' in page
    assert 'have a code sent' in client.post('/account/login/', {'login': author.email}).text

    typed = {'login': author.email, 'password': '', 'next': '/write/'}
    answer = client.post(ASK, typed, REMOTE_ADDR='192.0.2.251')

    assert answer.url == f'{CONFIRM}?next=%2Fwrite%2F'
    assert types(client, code_in(mail.outbox[0]), next='/write/').url == '/write/'


def test_an_address_that_was_no_address_is_put_right_where_the_code_is_asked_for():
    answer = Client().post(ASK, {'login': 'nell at people', 'password': 'hers', 'next': '/write/'})

    assert answer.status_code == 200
    assert 'value="nell at people"' in answer.text
    assert 'Enter a valid email address' in answer.text
    assert 'name="next" value="/write/"' in answer.text
    assert 'hers' not in answer.text


def test_it_leads_only_to_addresses_of_ours(author):
    client = Client()
    asks(client, author.email, next='//evil.example')

    assert types(client, code_in(mail.outbox[0]), next='//evil.example').url == reverse('account')


def test_staff_are_asked_for_their_second_factor_afterwards(chief):
    client = Client()
    asks(client, chief.email)

    answer = types(client, code_in(mail.outbox[0]))

    assert answer.url == reverse('mfa_authenticate')
    assert (is_in(client), 'known_browser' in answer.cookies) == (False, False)


# --- Nothing is learned by asking


def of_nobody() -> str:
    return 'nobody@people.example'


def closed() -> str:
    return make_person('Clara Closed', email='clara@people.example', is_active=False).email


def disowned() -> str:
    person = make_person('Dan Disowned', email='dan@people.example')
    letters.suppress(person.email, SuppressedAddress.Cause.DISOWNED, 'Ended.')
    return person.email


@pytest.mark.parametrize('whose', [of_nobody, closed, disowned])
def test_an_address_that_lets_nobody_in_is_answered_as_any_other(author, whose):
    address, pages, steps = whose(), [], []
    for one in (author.email, address):
        client = Client()
        steps.append([asks(client, one).url, client.get(CONFIRM), types(client, 'AAAA-AAAA')])
        steps[-1] += [client.post(CONFIRM, {'action': 'resend'}).url, client.get(CONFIRM)]
        pages.append(
            [
                re.sub(r'nonce="[^"]*"|value="\w{64}"', '', getattr(step, 'text', step)).replace(one, 'X')
                for step in steps[-1]
            ]
        )

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[author.email]] * 2 + [[address]] * 2
    assert [code_in(message) is not None for message in mail.outbox[:2]] == [True, True]
    for message in mail.outbox[2:]:
        assert message.subject == 'No account at UK Implementation Society with this address'
        assert 'for a code to sign in' in message.body


# --- How often


def test_the_third_wrong_code_ends_it(author):
    client = Client()
    asks(client, author.email)
    right = code_in(mail.outbox[0])

    answers = [types(client, 'AAAA-AAAA') for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 2 + [302]
    assert 'This is not the code we sent' in answers[0].text
    assert types(client, right).url == ASK
    assert 'third wrong code' in client.get(ASK).text


def test_a_code_works_for_fifteen_minutes_from_the_newest_letter(author):
    client, late = Client(), Client()
    asks(client, author.email)
    asks(late, author.email)
    ages(client, minutes=14)
    ages(late, minutes=15)
    too_late = types(late, code_in(mail.outbox[1]))

    client.post(CONFIRM, {'action': 'resend'})
    ages(client, minutes=14)

    assert (too_late.url, is_in(late)) == (ASK, False)
    assert 'No code is waited for' in late.get(ASK).text
    assert 'not the code we sent' in types(client, code_in(mail.outbox[0])).text
    assert types(client, code_in(mail.outbox[2])).url == reverse('account')


def test_one_address_gets_five_letters_in_an_hour_and_its_owner_ten_more_at_home(author):
    home = Client()
    home.post(reverse('account_login'), {'login': author.email, 'password': PASSWORD})
    home.post(reverse('account_logout'))

    strangers = [asks(Client(), author.email) for _ in range(6)]
    answer = asks(home, author.email)

    assert [one.status_code for one in strangers] == [302] * 5 + [200]
    assert 'Several codes were asked for already' in strangers[5].text
    assert answer.url == CONFIRM
    assert types(home, code_in(mail.outbox[-1])).url == reverse('account')


def test_letters_sent_again_are_counted_too(author):
    client = Client()
    asks(client, author.email)
    for _ in range(4):
        client.post(CONFIRM, {'action': 'resend'})

    refused = client.post(CONFIRM, {'action': 'resend'}, follow=True)

    assert len(mail.outbox) == 5
    assert 'Several codes were asked for already' in refused.text
    assert types(client, code_in(mail.outbox[4])).url == reverse('account')


def test_one_network_asks_for_twenty_and_no_more():
    answers = [asks(Client(), f'nell{n}@people.example', network='198.51.100.7') for n in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [200]
    assert len(mail.outbox) == 20


# --- While the mail server is away


@pytest.mark.parametrize('known', [True, False])
def test_a_letter_that_cannot_be_sent_is_told_whoever_asks(author, mail_server_away, known):  # noqa: F811
    address = author.email if known else 'nobody@people.example'

    answer = asks(Client(), address)

    assert answer.status_code == 503
    assert f'{address}</textarea>' in answer.text


def test_a_code_stays_good_where_another_cannot_be_sent(author, monkeypatch):
    client = Client()
    asks(client, author.email)
    with monkeypatch.context() as away:
        away.setattr('django.core.mail.backends.locmem.EmailBackend.send_messages', _fail)
        answer = client.post(CONFIRM, {'action': 'resend'}, follow=True)

    assert 'our mail server does not answer' in answer.text
    assert types(client, code_in(mail.outbox[0])).url == reverse('account')


def _fail(*args):
    raise ConnectionRefusedError('the mail server is away')


# --- Whose account it is


def test_a_password_that_a_stranger_set_before_is_valid_no_longer():
    Client().post(reverse('account_signup'), NEW)
    person, client = Person.objects.get(email='nell@people.example'), Client()
    asks(client, person.email)

    answer = client.post(CONFIRM, {'code': code_in(mail.outbox[-1])}, follow=True)

    person.refresh_from_db()
    assert (person.has_usable_password(), is_in(client)) == (False, True)
    assert person.emailaddress_set.get().verified
    assert 'works no more' in answer.text


def test_an_address_that_somebody_only_wrote_down_is_not_theirs(author, stranger):
    author.emailaddress_set.create(email='sam@people.example')
    Person.objects.filter(pk=stranger.pk).update(email='sam@people.example')
    client = Client()
    asks(client, 'sam@people.example')

    types(client, code_in(mail.outbox[-1]))

    assert client.get(reverse('account')).context['user'] == stranger


def test_who_was_closed_meanwhile_is_not_signed_in(author):
    client = Client()
    asks(client, author.email)
    Person.objects.filter(pk=author.pk).update(is_active=False)

    answer = client.post(CONFIRM, {'code': code_in(mail.outbox[0])}, follow=True)

    assert answer.redirect_chain == [(ASK, 302)]
    assert 'Nobody was signed in' in answer.text


def test_a_main_address_confirmed_meanwhile_by_somebody_else_signs_nobody_in(author):
    waiting, client = make_person('Will Waiting', email=None), Client()
    Person.objects.filter(pk=waiting.pk).update(email='will@people.example')
    asks(client, 'will@people.example')
    author.emailaddress_set.create(email='will@people.example', verified=True)

    types(client, code_in(mail.outbox[0]))

    assert not is_in(client)
    assert not waiting.emailaddress_set.exists()


def test_what_needs_scripts_says_so_beside_its_button_and_within_the_page():
    page = Client().get('/account/login/').text

    said = re.findall(r'<noscript>.*?</noscript>', page)

    assert said == ['<noscript><p class="hint">It works only where your browser runs scripts.</p></noscript>']
    assert page.index('</main>') > page.index('Sign in with a passkey') > page.index(said[0])


def test_who_has_no_password_is_offered_one_and_not_asked_for_it(author, signed_in):
    author.set_unusable_password()
    author.save(update_fields=['password'])
    client = signed_in(author)

    security, erasing = client.get(reverse('mfa_index')).text, client.get(reverse('my_erasure')).text

    assert ('Set a password' in security, 'Change my password' in security) == (True, False)
    assert 'for your password' not in erasing
    assert 'We write to you with a link' in erasing
