"""Former members: six years after the year in which they were last anything here they are written to, and forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import erasing
from members.erasing import former
from members.models import Erasure, Membership, Person
from members.money import renewing
from members.organisations import offices
from members.places import seats
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis import keeping
from ukis.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
# In a financial year that begins in April: that of 2027 ended six years ago, on the last day of March.
BEFORE, SINCE, NOW = date(2027, 3, 31), date(2027, 4, 1), '2033-04-01 09:00:00+00:00'


def period():
    return next(one for one in keeping.periods() if one.words == 'Former members')


def member_until(day: date, **fields) -> Person:
    person = make_person(joined_at=datetime(2025, 4, 1, tzinfo=UTC), **fields)
    membership = make_membership(person, status='none', joined_on=date(2025, 4, 1))
    renewing.add_term(membership, by=None, start=date(2025, 4, 1), end=day, payment='paid')
    return person


def seated_until(day: date | None, membership: Membership) -> Person:
    person = make_person(joined_at=datetime(2025, 4, 1, tzinfo=UTC))
    seats.give(membership, by=None, person=person, since=date(2025, 4, 1), until=day)
    return person


def test_they_are_due_six_years_after_the_year_in_which_they_were_last_anything(time_machine):
    time_machine.move_to(NOW, tick=False)
    body = make_membership(make_organisation(), status='none', joined_on=date(2025, 4, 1))
    renewing.add_term(body, by=None, start=date(2025, 4, 1), end=date(2031, 3, 31), payment='paid')
    gone = [member_until(BEFORE), seated_until(BEFORE, body)]
    member_until(SINCE), seated_until(SINCE, body), seated_until(None, body)
    make_person(joined_at=datetime(2020, 4, 1, tzinfo=UTC))  # was never a member
    member_until(BEFORE, last_login=datetime(2027, 4, 2, tzinfo=UTC))
    Person.objects.filter(pk=member_until(BEFORE).pk).update(is_staff=True)
    offices.appoint(make_organisation(), by=None, person=member_until(BEFORE), role='main')
    make_post('In print', people=(member_until(BEFORE),))
    Erasure.objects.create(
        person=member_until(BEFORE), bylines='keep', due_at=timezone.now(), taken_back_at=timezone.now()
    )

    found = list(period().due(timezone.now()).order_by('pk'))

    assert found == gone
    time_machine.move_to('2033-03-31 09:00:00+00:00', tick=False)
    assert not period().due(timezone.now()).exists()


def test_each_is_written_to_a_week_before_and_can_say_that_it_stays(time_machine):
    time_machine.move_to(NOW, tick=False)
    stays, goes = member_until(BEFORE), member_until(BEFORE)

    period().run(timezone.now())
    period().run(timezone.now())
    row = Erasure.objects.get(person=stays)
    erasing.take_back(row, by=None)
    time_machine.move_to(row.due_at, tick=False)
    erasing.carry_out_due(timezone.now())
    period().run(timezone.now())

    told = Letter.objects.filter(kind='erasure_asked')
    assert told.count() == Erasure.objects.count() == 2
    assert 'no member of UK Implementation Society for more than six years' in told.get(to=stays).body
    assert [Person.objects.get(pk=one.pk).name for one in (stays, goes)] == [stays.name, 'Former member']
    assert Letter.objects.get(kind='erasure_done').body.startswith('Dear')


def test_who_signs_in_meanwhile_stays(time_machine, signed_in):
    time_machine.move_to(NOW, tick=False)
    person = member_until(BEFORE)
    period().run(timezone.now())
    page = signed_in(person).get(reverse('my_data')).content.decode()
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now() + timedelta(days=1))
    row = Erasure.objects.get()

    erasing.carry_out_due(row.due_at)

    row.refresh_from_db()
    assert 'We do not keep your data for longer' in page
    assert (row.taken_back_at, row.done_at) == (row.due_at, None)
    assert not former.due(row.due_at).exists()


def test_staff_read_who_goes_next(time_machine, secretary, signed_in):
    time_machine.move_to(NOW, tick=False)
    person = member_until(BEFORE)

    page = signed_in(secretary).get(reverse('admin:keeping')).content.decode()

    assert f'1: {person.printed_name}' in page
