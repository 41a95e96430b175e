"""Somebody is forgotten while letters to them, of them and about them wait in the outbox: none leaves with what is gone."""

import pytest
from django.core import mail

from members.models import Person
from members.organisations import offices
from members.places import inviting
from tests.conftest import letters_leave
from tests.members.test_erasing import erase
from ukis import letters
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def wait(key: str, about: Person, **given) -> Letter:
    letter = letters.queue(
        kind='trial', key=key, about=about, **{'subject': 'Trial', 'body': 'Words.\n', **given}
    )
    assert letter is not None
    return letter


def test_what_waits_for_them_is_withdrawn_under_whichever_of_their_addresses(author, stranger):
    author.emailaddress_set.create(email='Ada.Second@People.example', verified=True)
    author.seats.update(address='ada.invited@people.example')
    to_them = [
        wait('main', stranger, to=author),
        wait('held', stranger, to=author),
        wait('capitals', stranger, to_address=author.email.title()),
        wait('second', stranger, to_address='ada.second@people.example'),
        wait('second, as written', stranger, to_address='Ada.Second@People.example'),
        wait('invited', stranger, to_address='ada.invited@people.example'),
    ]
    Letter.objects.filter(key='held').update(state='held')
    other = wait('other', stranger, to=stranger)

    erase(author)
    letters_leave()

    assert [one.to for one in mail.outbox if 'erased' not in one.subject] == [
        [f'{stranger.name} <{stranger.email}>']
    ]
    found = Letter.objects.filter(pk__in=[letter.pk for letter in to_them])
    assert set(found.values_list('state', 'to_address', 'body')) == {('recalled', '', '')}
    assert Letter.objects.get(pk=other.pk).state == 'sent'


def test_an_address_that_is_another_s_by_now_is_not_taken_for_theirs(author, stranger):
    author.seats.update(address=stranger.email)
    wait('other', author, to=stranger)

    erase(author)
    letters_leave()

    assert [stranger.email in one.to[0] for one in mail.outbox].count(True) == 1


def test_what_waits_for_others_leaves_without_name_words_and_way_back(author, stranger, editor):
    name = author.printed_name
    wait(
        'of them', stranger, to=stranger, by=author, reply_to=author.email, subject=f'{name} writes',
        body=f'{name} writes:\n\n{letters.NOTE}\n', note='Ring me at home.', note_key='one',
    )  # fmt: skip
    wait('about them', editor, to=editor, body=f'{name} ({author.email}) has come.\n')

    erase(author)
    letters_leave()

    sent = [one for one in mail.outbox if 'erased' not in one.subject]
    assert [(one.subject, one.reply_to) for one in sent] == [('Former member writes', []), ('Trial', [])]
    assert 'Former member writes:\n\n(erased)' in sent[0].body
    for gone in (name, author.email, 'at home'):
        assert gone not in ''.join(one.body for one in sent)


def test_an_invitation_that_they_sent_goes_on_without_their_name(author, organisation):
    offices.appoint(organisation, by=None, person=author, role='main')
    organisation.memberships.get().terms.update(seats=9)
    inviting.invite(organisation.memberships.get(), by=author, address='guest@people.example')

    erase(author)
    letters_leave()

    [sent] = [one for one in mail.outbox if one.to == ['guest@people.example']]
    assert sent.subject.startswith('Former member offers you a place')
    assert author.printed_name not in sent.body
