"""Organisations that became one in truth, or several: both records stay, and nobody loses a paid day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import merging, renewing, seats
from members.models import Membership, Seat, Succession, Term
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_joining import said_of
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def two(db):
    return make_organisation('Old Centre'), make_organisation('New University')


def test_a_merger_lets_the_paid_term_run_to_its_end_and_says_what_followed(two, secretary):
    old, new = two
    membership = make_membership(old)
    paid_until = membership.terms.get().end
    since = days.today() + timedelta(days=30)

    merging.succeed(old, by=secretary, successors=[new], since=since)

    membership.refresh_from_db()
    assert (membership.ended_on, membership.organisation) == (paid_until, old)
    assert membership.ended_why == f'From {days.in_words(since)} part of New University'
    assert said_of(old)[-1] == f'From {days.in_words(since)} part of New University.'
    page = Client().get(old.get_absolute_url()).text
    assert f'From {days.in_words(since)} part of' in page
    assert 'New University' in page


def test_after_the_last_day_people_are_told_and_invited_as_far_as_there_is_room(two, secretary):
    old, new = two
    membership, place = make_membership(old), make_membership(new)
    first, second = make_person('First'), make_person('Second')
    for person, since in ((first, date(2021, 1, 1)), (second, date(2022, 1, 1))):
        seats.give(membership, by=None, person=person, since=since)
    place.terms.update(seats=1)
    merging.succeed(old, by=secretary, successors=[new], since=days.today())
    merging.look_after_people(timezone.now())
    still = membership.seats.taken().count()
    Membership.objects.filter(pk=membership.pk).update(ended_on=days.today() - timedelta(days=1))

    for _ in range(2):
        merging.look_after_people(timezone.now())

    assert still == 2
    assert set(membership.seats.values_list('state', 'until')) == {
        ('ended', days.today() - timedelta(days=1))
    }
    assert sorted(Letter.objects.filter(kind='seat_ended').values_list('to', flat=True)) == [
        first.pk,
        second.pk,
    ]
    assert [(seat.address, seat.state) for seat in place.seats.all()] == [(first.email, 'invited')]


def test_after_a_split_nobody_is_placed_by_the_site(two, secretary):
    old, new = two
    other = make_organisation('New Charity')
    membership, place = make_membership(old), make_membership(new)
    seats.give(membership, by=None, person=make_person())
    place.terms.update(seats=9)

    merging.succeed(old, by=secretary, successors=[new, other], since=days.today())
    Membership.objects.filter(pk=membership.pk).update(ended_on=days.today() - timedelta(days=1))
    merging.look_after_people(timezone.now())

    assert [row.successor for row in old.successions.all()] == [other, new]
    assert not Seat.objects.filter(membership=place).exists()
    assert membership.seats.taken().count() == 0
    page = Client().get(old.get_absolute_url()).text
    assert page.index('New Charity') < page.index('New University')


def test_terms_and_invoices_stay_as_they_are(two, secretary):
    old, new = two
    membership = make_membership(old)
    end = membership.terms.get().end
    renewing.add_term(membership, by=None, start=end + timedelta(days=1), end=end + timedelta(days=365))
    before = list(Term.objects.values())

    merging.succeed(old, by=secretary, successors=[new], since=days.today())

    assert list(Term.objects.values()) == before


def test_nothing_is_followed_by_itself_or_by_what_it_followed(two, secretary):
    old, new = two
    third = make_organisation('Third')
    merging.succeed(old, by=secretary, successors=[new], since=days.today())
    merging.succeed(new, by=secretary, successors=[third], since=days.today())

    for row, other in ((old, old), (third, old)):
        with pytest.raises(NotNow, match='followed by'):
            merging.succeed(row, by=secretary, successors=[other], since=days.today())


def test_staff_write_it_down(two, secretary, signed_in):
    old, new = two
    client, path = signed_in(secretary), reverse('admin:followed', args=[old.pk])

    page = client.get(reverse('admin:members_organisation_change', args=[old.pk]))
    empty = client.post(path, {'since': '1 May 2027'})
    done = client.post(path, {'since': '1 May 2027', 'successor0': new.pk})

    assert path in page.text
    assert (empty.status_code, done.status_code) == (422, 302)
    assert [(row.successor, row.since) for row in Succession.objects.all()] == [(new, date(2027, 5, 1))]
    assert 'New University' in client.get(done.url).text
