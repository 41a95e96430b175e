"""Fewer places than people: the main contact chooses, time does where nobody did, and nobody goes unheard."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from members import joining
from members.models import Category
from members.money import renewing
from members.organisations import offices
from members.places import seats, staying
from tests.conftest import make_organisation, make_person
from ukis.letters.models import Letter
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
STARTS = date(2027, 4, 1)


@pytest.fixture
def at():
    with time_machine.travel('2027-03-01T10:00Z') as traveller:
        yield traveller.move_to


@pytest.fixture
def squeezed(society, author, at):
    """Four people, the last of whom is main contact; two places from 1 April 2027."""
    category = Category.objects.create(name='Band', holders='organisations', fee=100, seats=4)
    membership = joining.admit(
        make_organisation('Board of Bands'), by=None, category=category, joined_on=date(2026, 4, 1)
    )
    renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31), payment='paid')
    renewing.add_term(membership, by=None, start=STARTS, end=date(2028, 3, 31), seats=2)
    people = [make_person('Ann One'), make_person('Ben Two'), make_person('Cat Three'), author]
    for number, person in enumerate(people):
        seats.give(membership, by=None, person=person, since=date(2026, 5, 1 + number))
    offices.appoint(membership.organisation, by=None, person=author, role='main')
    Letter.objects.all().delete()
    return membership


def kept(membership, on: date) -> list[str]:
    return sorted(str(seat.person) for seat in membership.seats.active(on).select_related('person'))


def clock(day: date) -> None:
    staying.see_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def told() -> list[tuple[str, str]]:
    return sorted(Letter.objects.values_list('kind', 'to__name'))


def test_the_main_contact_is_asked_once_and_time_chooses_at_last(squeezed, author, at):
    for day in (date(2027, 3, 1), date(2027, 3, 2)):
        clock(day)
    assert told() == [('seats_too_many', author.name)]

    at('2027-04-01T10:00Z')
    clock(STARTS)
    clock(STARTS)

    assert kept(squeezed, STARTS) == ['Ada Author', 'Ann One']
    assert told() == [('seat_goes', 'Ben Two'), ('seat_goes', 'Cat Three'), ('seats_too_many', author.name)]


def test_who_was_asked_late_has_a_fortnight_all_the_same(squeezed, at):
    at('2027-04-01T10:00Z')
    clock(STARTS)
    clock(STARTS + timedelta(days=1))
    assert len(kept(squeezed, STARTS + timedelta(days=1))) == 4

    for day in (15, 16, 20):
        at(f'2027-04-{day}T10:00Z')
        clock(date(2027, 4, day))

        assert kept(squeezed, date(2027, 4, day)) == ['Ada Author', 'Ann One']
    assert [kind for kind, _ in told()].count('seat_goes') == 2


def test_who_chooses_after_the_term_has_begun_is_heard(squeezed, author, at):
    at('2027-04-01T10:00Z')
    clock(STARTS)
    at('2027-04-10T10:00Z')
    stay = squeezed.seats.filter(person__name__in=['Ben Two', 'Cat Three']).values_list('pk', flat=True)
    staying.choose(squeezed, by=author, stay=list(stay))

    at('2027-04-15T10:00Z')
    clock(date(2027, 4, 15))

    assert kept(squeezed, date(2027, 4, 15)) == ['Ben Two', 'Cat Three']


def test_the_main_contact_chooses_and_chooses_anew(squeezed, author, signed_in):
    client, page = signed_in(author), reverse('seats_staying', args=[squeezed.organisation_id])
    seat = {row.person.name: row.pk for row in squeezed.seats.select_related('person')}
    too_many = client.post(page, {'stay': [seat['Ann One'], seat['Ben Two'], seat['Cat Three']]})
    client.post(page, {'stay': [seat['Ben Two'], seat['Cat Three']]})
    client.post(page, {'stay': [seat['Ben Two'], seat['Ada Author']]})

    assert too_many.status_code == 409
    assert 'Choose 2 at most' in too_many.content.decode()
    assert kept(squeezed, date(2027, 3, 31)) == ['Ada Author', 'Ann One', 'Ben Two', 'Cat Three']
    assert kept(squeezed, STARTS) == ['Ada Author', 'Ben Two']
    assert told() == [
        ('seat_goes', 'Ada Author'),
        ('seat_goes', 'Ann One'),
        ('seat_goes', 'Cat Three'),
        ('seat_stays', 'Ada Author'),
    ]
    clock(date(2027, 3, 2))
    assert not Letter.objects.filter(kind='seats_too_many').exists()


def test_more_than_the_cap_that_staff_gave_is_left_alone(squeezed):
    squeezed.terms.update(seats=2)

    clock(date(2027, 3, 1))

    assert told() == []
    with pytest.raises(NotNow, match='nobody need go'):
        staying.choose(squeezed, by=None, stay=[])
    assert squeezed.seats.filter(until=None).count() == 4


def test_who_was_to_go_can_stay_where_there_is_room_after_all(squeezed, author, signed_in):
    seat = {row.person.name: row.pk for row in squeezed.seats.select_related('person')}
    staying.choose(squeezed, by=author, stay=[seat['Ann One'], seat['Ada Author']])
    client, org = signed_in(author), squeezed.organisation_id
    stay = reverse('seat_act', args=[org, seat['Ben Two'], 'stay'])
    too_early = client.post(stay, follow=True).text
    squeezed.terms.filter(start=STARTS).update(seats=3)
    squeezed.terms.filter(start__lt=STARTS).update(seats=3)

    page = client.get(reverse('contacts', args=[org])).text
    answer = client.post(stay, follow=True).text

    assert 'Choose who stays: there are 2 places from 1 April 2027.' in too_early
    assert f'action="{stay}"' in page
    assert 'The place of Ben Two goes on.' in answer
    assert kept(squeezed, STARTS) == ['Ada Author', 'Ann One', 'Ben Two']
    assert ('seat_stays', 'Ben Two') in told()
