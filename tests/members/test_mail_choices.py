"""Which letters somebody wants: by kind, signed in or by the link in a letter, each answer kept with its words."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.conftest import make_membership, make_person
from ukis import letters
from ukis.letters.models import Consent, Letter, SuppressedAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def ada():
    return make_person('Ada Author', email='ada@people.example')


def asked(about, to, key='one') -> Letter:
    """A letter that can be refused."""
    return letters.queue(kind='introduction_asked', key=key, about=about, to=to, subject='S', body='B\n')


def path_of(message) -> str:
    return message.extra_headers['List-Unsubscribe'].strip('<>').partition('//')[2].partition('/')[2]


def test_a_letter_that_can_be_refused_says_how_in_its_head_and_at_its_foot(ada, society):
    asked(society, ada)
    letters.queue(kind='weekly', key='two', about=society, to=ada, subject='S', body='B\n')
    letters.send_due()

    can_be, service = mail.outbox
    assert can_be.extra_headers['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click'
    assert path_of(can_be) in can_be.body
    assert path_of(can_be) in can_be.alternatives[0].content
    assert 'List-Unsubscribe' not in service.extra_headers
    assert '/account/letters/' not in service.body


def test_one_click_refuses_that_kind_and_opening_the_page_refuses_nothing(ada, society, client):
    asked(society, ada)
    letters.send_due()
    address = '/' + path_of(mail.outbox[0])

    page = client.get(address)
    before = letters.chosen('ada@people.example')
    answer = client.post(address, {'List-Unsubscribe': 'One-Click'})
    client.post(address, {'List-Unsubscribe': 'One-Click'})

    assert (page.status_code, answer.status_code) == (200, 200)
    assert before == {'news': False, 'introductions': True}
    said = Consent.objects.get()
    assert (said.choice, said.agreed, said.person, said.form) == (
        'introductions',
        False,
        ada,
        'one click in the mail program',
    )
    assert said.wording.startswith('Notes from members who ask to be introduced to you.')
    assert asked(society, ada, 'again').state == 'suppressed'
    assert (
        letters.queue(kind='weekly', key='three', about=society, to=ada, subject='S', body='B').state
        == 'waiting'
    )


def test_a_no_follows_its_person_to_another_address(ada, society):
    letters.choose('ada@people.example', {'introductions': False}, form='signed in', person=ada)
    ada.email = 'ada@new.example'
    ada.save()

    assert asked(society, ada).state == 'suppressed'


def test_signed_in_one_chooses_each_kind_and_what_did_not_change_is_not_written(signed_in, author):
    client, address = signed_in(author), reverse('mail_choices')
    assert client.get(address).status_code == 200

    client.post(address, {'news': 'on', 'introductions': 'on'})
    client.post(address, {'news': 'on', 'introductions': 'on'})
    client.post(address, {})

    said = list(Consent.objects.order_by('pk').values_list('choice', 'agreed', 'form'))
    assert said == [
        ('news', True, 'signed in'),
        ('news', False, 'signed in'),
        ('introductions', False, 'signed in'),
    ]
    assert letters.chosen(author.email, author) == {'news': False, 'introductions': False}


def test_whoever_wants_letters_again_lifts_what_was_suppressed_at_their_wish_and_no_bounce(signed_in, author):
    complained = letters.suppress(author.email, SuppressedAddress.Cause.COMPLAINT, 'They said spam.')
    bounced = letters.suppress(author.email, SuppressedAddress.Cause.BOUNCED, '550')
    client = signed_in(author)
    assert 'Letters to this address come back' in client.get(reverse('mail_choices')).text

    client.post(reverse('mail_choices'), {'introductions': 'on'})

    assert list(SuppressedAddress.objects.standing()) == [bounced]
    complained.refresh_from_db()
    assert complained.lifted_by == author


def test_whoever_chooses_one_kind_again_gets_none_of_what_they_left_empty(ada, society, signed_in):
    letters.suppress(ada.email, SuppressedAddress.Cause.COMPLAINT, 'They said spam.')

    signed_in(ada).post(reverse('mail_choices'), {'news': 'on'})

    assert letters.chosen(ada.email, ada) == {'news': True, 'introductions': False}
    assert asked(society, ada).state == 'suppressed'


def test_a_kind_of_which_nothing_was_said_stays_refused_where_another_is_chosen_again(ada):
    letters.suppress(ada.email, SuppressedAddress.Cause.COMPLAINT, 'They said spam.')

    letters.choose(ada.email, {'news': True}, form='application', person=ada, wording='News, please.')

    said = list(Consent.objects.order_by('choice').values_list('choice', 'agreed', 'wording'))
    assert said[1] == ('news', True, 'News, please.')
    assert said[0][:2] == ('introductions', False)
    assert said[0][2].startswith('Notes from members')


def test_nobody_gets_news_who_has_not_said_so(ada):
    make_membership(ada)

    assert letters.chosen(ada.email, ada)['news'] is False
