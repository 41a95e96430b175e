"""From a private link to an account, by a code to the address that the link was sent to: no password stands between."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import path, reverse

from members import owners
from members.models import Person
from members.signing_in import by_code
from tests.conftest import make_person
from tests.members.test_account_letters import mail_server_away  # noqa: F401  # a fixture
from tests.members.test_sign_in_by_code import CONFIRM, asks, is_in, types
from tests.members.test_signing_in import NEW, code_in
from ukis import letters, urls
from ukis.letters.models import SuppressedAddress
from ukis.private import private_page
from ukis.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401  # of the site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society', 'with_a_link')]
THEN = '/write/?from=a-link'
WORDS = {'words': 'What we learned in the first year.'}


@private_page('Ask for another.')
def page(request, address):
    return by_code.begin(request, email=address, name=' Nell  Newcomer ', then=THEN)


urlpatterns = [path('link/<str:address>/', page), *urls.urlpatterns]


@pytest.fixture
def with_a_link(settings):
    settings.ROOT_URLCONF = __name__


def follows(client: Client, address: str, **more):
    return client.post(f'/link/{address}/', {**WORDS, **more})


def test_whoever_has_no_account_is_led_through_a_code_to_where_the_link_leads():
    client = Client()

    asked = follows(client, 'Nell@People.example')
    person = Person.objects.get(email='nell@people.example')
    before = (person.has_usable_password(), person.emailaddress_set.exists(), is_in(client))
    shown = client.get(asked.url).text
    answer = types(client, code_in(mail.outbox[0]))

    assert asked.url == CONFIRM
    assert 'We have written to <strong>nell@people.example</strong>. The letter holds a code' in shown
    assert [letter.to for letter in mail.outbox] == [['nell@people.example']]
    assert before == (False, False, False)
    assert (answer.url, is_in(client)) == (THEN, True)
    assert client.get(reverse('account')).context['user'] == person
    address = person.emailaddress_set.get()
    assert (person.name, address.verified, address.primary) == ('Nell Newcomer', True, True)


def test_whoever_owns_the_address_comes_in_as_themselves(author):
    author.emailaddress_set.create(email='ada@home.example', verified=True)
    client = Client()
    follows(client, 'ada@home.example')

    assert mail.outbox[0].to == ['ada@home.example']
    assert types(client, code_in(mail.outbox[0])).url == THEN
    assert client.get(reverse('account')).context['user'] == author
    assert author.emailaddress_set.get(primary=True).email == author.email


def test_a_second_factor_is_asked_for_on_the_way(chief):
    client = Client()
    follows(client, chief.email)

    assert types(client, code_in(mail.outbox[0])).url == reverse('mfa_authenticate')
    assert client.session['account_login']['redirect_url'] == THEN


def test_a_password_that_somebody_set_unproved_is_valid_no_longer():
    Client().post(reverse('account_signup'), NEW)
    client = Client()
    follows(client, NEW['email'])

    types(client, code_in(mail.outbox[-1]))

    person = Person.objects.get(email='nell@people.example')
    assert (person.has_usable_password(), is_in(client)) == (False, True)


def test_who_is_in_already_goes_straight_on(author, signed_in):
    assert follows(signed_in(author), author.email).url == THEN
    assert mail.outbox == []


def test_somebody_else_who_is_in_is_told_and_signs_out_first(author, signed_in):
    client = signed_in(author)

    told = follows(client, 'nell@people.example')
    nothing_yet = (
        is_in(client),
        list(mail.outbox),
        Person.objects.filter(email='nell@people.example').count(),
    )
    follows(client, 'nell@people.example', sign_out_first='1')
    types(client, code_in(mail.outbox[0]))

    assert (told.status_code, nothing_yet) == (409, (True, [], 0))
    assert f'You are signed in as {author.printed_name}' in told.text
    assert WORDS['words'] in told.text
    assert client.get(reverse('account')).context['user'].email == 'nell@people.example'


def test_whoever_is_half_in_as_another_comes_in_as_the_owner_alone(author, chief):
    client = Client()
    asks(client, chief.email)
    follows(client, author.email)

    wrong = types(client, code_in(mail.outbox[0]))
    types(client, code_in(mail.outbox[1]))

    assert 'not the code we sent' in wrong.text
    assert client.get(reverse('account')).context['user'] == author


def closed() -> str:
    return make_person('Clara Closed', is_active=False).email


def disowned() -> str:
    person = make_person('Dan Disowned')
    letters.suppress(person.email, SuppressedAddress.Cause.DISOWNED, 'Ended.')
    return person.email


@pytest.mark.parametrize(('whose', 'why'), [(closed, by_code.CLOSED), (disowned, by_code.DOUBTED)])
def test_where_nobody_may_come_in_a_sentence_says_so_and_no_code_is_sent(whose, why):
    answer = follows(Client(), whose())

    assert answer.status_code == 409
    assert why in answer.text
    assert WORDS['words'] in answer.text
    assert mail.outbox == []


def test_pressed_twice_it_is_one_account_and_one_letter():
    client = Client()

    answers = [follows(client, 'nell@people.example').url for _ in range(2)]

    assert answers == [CONFIRM] * 2
    assert len(mail.outbox) == 1
    assert Person.objects.filter(email='nell@people.example').count() == 1


def test_two_at_the_same_moment_are_one_account(author, monkeypatch):
    monkeypatch.setattr(owners, 'owner_of', lambda address: None)  # as the second read it

    assert owners.owner_or_new(author.email.upper(), 'Ada Again') == author


def test_strangers_use_up_nothing_of_who_has_the_link():
    for _ in range(6):
        asks(Client(), 'nell@people.example')
    mail.outbox.clear()
    clients = [Client() for _ in range(11)]

    answers = [follows(client, 'nell@people.example') for client in clients]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert WORDS['words'] in answers[10].text
    assert len(mail.outbox) == 10


def test_a_letter_that_cannot_be_sent_gives_the_words_back(mail_server_away):  # noqa: F811
    client = Client()

    answer = follows(client, 'nell@people.example')
    mail_server_away()

    assert answer.status_code == 503
    assert WORDS['words'] in answer.text
    assert follows(client, 'nell@people.example').url == CONFIRM
    types(client, code_in(mail.outbox[0]))
    assert is_in(client)


def test_it_leads_to_paths_of_ours_alone(rf):
    for then in ('https://evil.example/', '//evil.example', ''):
        with pytest.raises(ValueError, match='no path of ours'):
            by_code.begin(rf.post('/'), email='nell@people.example', name='Nell', then=then)
