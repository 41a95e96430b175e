"""Seats: one at a time for a person, counted against the cap; what is beyond it is said and not refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from members.models import Category, Seat
from members.money import renewing
from members.places import seats
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_joining import said_of
from ukis import days
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
TODAY = days.today()


@pytest.fixture
def membership():
    Category.objects.create(name='Organisation', holders='organisations', seats=2)
    return make_membership(make_organisation())


def test_one_person_has_one_seat_at_a_time(membership):
    person = make_person('Mia Member')
    seats.give(membership, by=None, person=person)

    with pytest.raises(NotNow, match='Mia Member has a place here at that time already'):
        seats.give(membership, by=None, person=person, until=TODAY + timedelta(days=30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(membership=membership, person=person)


def test_a_seat_may_end_and_another_of_the_same_person_start_in_one_save(membership):
    person = make_person()
    old = seats.give(membership, by=None, person=person, since=date(2024, 1, 1))

    old.until = TODAY - timedelta(days=1)
    seats.keep_seats(membership, by=None, seats=[Seat(person=person, since=TODAY), old])

    assert membership.seats.taken().count() == 1
    assert membership.seats.count() == 2


def test_whoever_has_a_place_hears_on_which_day_it_ends_and_that_it_goes_on_after_all(membership):
    mia = make_person('Mia Member')
    seat = seats.give(membership, by=None, person=mia, since=date(2024, 1, 1))
    ahead = TODAY + timedelta(days=30)

    for last in (ahead, ahead, TODAY - timedelta(days=1), None):
        seat.until = last
        seats.keep_seats(membership, by=None, seats=[seat])

    told = Letter.objects.filter(to=mia).order_by('pk').values_list('kind', 'subject')
    where = membership.organisation.shown_name
    assert list(told) == [
        ('seat_ended', f'Your place in {where} ends on {days.in_words(ahead)}'),
        ('seat_ended', f'Your place in {where} has ended'),
        ('seat_stays', f'You keep your place in {where} after all'),
    ]


def test_a_person_s_own_membership_has_no_seats():
    own = make_membership(make_person())

    with pytest.raises(NotNow, match='Only an organisation’s membership has places'):
        seats.give(own, by=None, person=make_person())


def test_seats_beyond_the_cap_are_counted_and_said(membership):
    for _ in range(2):
        seats.give(membership, by=None, person=make_person())
    full = seats.use(membership)
    seats.give(membership, by=None, person=make_person(), since=TODAY + timedelta(days=5))
    beyond = seats.use(membership)

    assert (str(full), full.beyond) == ('2 of 2 used', False)
    assert (str(beyond), beyond.beyond) == ('3 of 2 used', True)


def test_an_ended_seat_is_none_and_its_last_day_stands_in_it(membership, secretary):
    seat = seats.give(membership, by=None, person=make_person('Mia Member'), since=date(2024, 1, 1))

    seats.end(seat, by=secretary)

    yesterday = TODAY - timedelta(days=1)
    assert (seats.use(membership).used, seat.until) == (0, yesterday)
    assert said_of(membership) == [
        'Place of Mia Member: State: was “active”, is “ended”. '
        f'Place of Mia Member: To: was empty, is {days.in_words(yesterday)}.'
    ]


def test_the_cap_is_that_of_the_term_of_the_day(membership):
    last = membership.terms.get().end
    start = last + timedelta(days=1)
    renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364), seats=30)

    assert [seats.use(membership, on=day).cap for day in (TODAY, last, start)] == [2, 2, 30]
    assert seats.use(make_membership(make_organisation(), status='none')).cap == 2
