"""Small things that forms say: choices begin with a capital, and no button stands where it can do nothing."""

import re

import pytest
from django.urls import reverse

from tests.conftest import make_membership, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


def options_of(page: str) -> set[str]:
    return {text.strip() for text in re.findall(r'<option[^>]*>([^<]+)</option>', page)}


def small(page: str) -> set[str]:
    return {text for text in options_of(page) if text[:1].islower()}


def test_what_is_chosen_from_begins_with_a_capital(author, secretary, signed_in):
    membership = make_membership(make_organisation())
    staff = signed_in(secretary)

    pages = [
        signed_in(author).get(reverse('profile')).text,
        staff.get(reverse('admin:members_membership_change', args=[membership.pk])).text,
        staff.get(reverse('admin:members_seat_add')).text,
        staff.get(reverse('admin:members_person_change', args=[author.pk])).text,
        staff.get(reverse('admin:members_category_add')).text,
    ]

    assert [small(page) for page in pages] == [set()] * 5
    assert 'Everybody' in options_of(pages[0])
    assert 'Active' in options_of(pages[2])


def test_of_one_address_alone_nothing_can_be_done(author, signed_in):
    client, path = signed_in(author), reverse('account_email')
    actions = ('action_primary', 'action_send', 'action_remove')

    alone = client.get(path).text
    author.emailaddress_set.create(email='second@people.example', verified=True)
    two = client.get(path).text
    author.emailaddress_set.create(email='third@people.example', verified=False)
    three = client.get(path).text

    offered = [[name in page for name in actions] for page in (alone, two, three)]
    assert offered == [[False] * 3, [True, False, True], [True] * 3]
    assert author.email in alone


def test_who_has_no_role_has_none(author, secretary, signed_in):
    page = signed_in(secretary).get(reverse('admin:members_person_change', args=[author.pk])).text

    roles = page.partition('Roles:')[2][:200]
    assert '>none</d' in roles
    assert 'empty' not in roles
