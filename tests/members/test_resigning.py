"""Somebody ends the membership of their own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from members import leaving
from members.organisations import offices
from tests.conftest import make_membership, make_organisation, make_person
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.mark.parametrize('when', ['today', 'end'])
def test_one_resigns_from_today_or_with_the_last_day_paid_for(stranger, society, signed_in, when):
    society.office_address = 'office@society.example'
    society.save()
    membership = make_membership(stranger)
    last = membership.terms.order_by('-end').first().end
    client, path = signed_in(stranger), reverse('resign', args=[membership.pk])
    mine = client.get(reverse('account')).text

    asked = client.post(path)
    done = client.post(path, {'when': when, 'why': 'I retire.'}, follow=True)

    membership.refresh_from_db()
    on = {'today': days.today(), 'end': last}[when]
    assert path in mine
    assert asked.status_code == 422
    assert (membership.ended_on, membership.ended_why) == (on, 'I retire.')
    assert f'ends on {days.in_words(on)}' in done.content.decode()
    told = Letter.objects.filter(kind='resigned').order_by('pk').values_list('to_address', flat=True)
    assert list(told) == [stranger.email, 'office@society.example']
    assert (path in client.get(reverse('account')).text) == (on > days.today())


def test_pressed_twice_it_is_once_and_sooner_is_possible(stranger):
    membership = make_membership(stranger)
    first = leaving.resign(membership, by=stranger, at_the_end=True)
    again = leaving.resign(membership, by=stranger, at_the_end=True)
    sooner = leaving.resign(membership, by=stranger, at_the_end=False)

    assert first.ended_on == again.ended_on > days.today() + timedelta(days=1)
    assert sooner.ended_on == days.today()
    assert Letter.objects.filter(kind='resigned', to=stranger).count() == 2


def test_nobody_ends_anothers(stranger, author, signed_in):
    membership = make_membership(stranger)

    answer = signed_in(author).post(reverse('resign', args=[membership.pk]), {'when': 'today'})

    assert answer.status_code == 404
    with pytest.raises(NotAllowed):
        leaving.resign(membership, by=author, at_the_end=False)


@pytest.mark.parametrize('when', ['today', 'end'])
def test_its_main_contact_and_nobody_else_ends_the_membership_of_an_organisation(
    when, signed_in, author, stranger
):
    organisation = make_organisation('Board of Leaving')
    membership, main = make_membership(organisation), make_person('Mia Main')
    for person, role in ((main, 'main'), (author, 'billing')):
        offices.appoint(organisation, by=None, person=person, role=role)
    last = membership.terms.get().end
    path = reverse('resign', args=[membership.pk])
    others = [signed_in(person).get(path).status_code for person in (author, stranger)]
    client = signed_in(main)
    theirs, asked = client.get(reverse('contacts', args=[organisation.pk])).text, client.get(path).text

    done = client.post(path, {'when': when, 'why': 'No money.'}, follow=True)

    membership.refresh_from_db()
    on = {'today': days.today(), 'end': last}[when]
    assert others == [404, 404]
    assert path in theirs
    assert 'All places end with it' in asked
    assert (membership.ended_on, membership.ended_why) == (on, 'No money.')
    assert f'The membership of Board of Leaving ends on {days.in_words(on)}.' in done.text
    told = Letter.objects.filter(kind='resigned').values_list('to_address', flat=True)
    assert {main.email, author.email} < set(told)
    with pytest.raises(NotAllowed):
        leaving.resign(membership, by=author, at_the_end=False)
