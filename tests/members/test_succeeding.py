"""Organisations that became one in truth, or several: both records stay, and nobody loses a paid day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import merging, waiting
from members.models import Membership, Seat, Succession, Term
from members.money import renewing
from members.places import inviting, seats
from tests.conftest import make_membership, make_organisation, make_person, make_seat
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
    told = Letter.objects.filter(kind__in=['seat_ended', 'seat_left_over']).order_by('kind')
    assert list(told.values_list('kind', 'to')) == [('seat_ended', first.pk), ('seat_left_over', second.pk)]
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


def _over(membership):
    Membership.objects.filter(pk=membership.pk).update(ended_on=days.today() - timedelta(days=1))
    for _ in range(2):
        merging.look_after_people(timezone.now())


def _waiting():
    [found] = [one for one in waiting.all_of_it() if one.words == 'people for whom no place followed']
    return found


@pytest.mark.parametrize(
    ('case', 'said'),
    [
        ('no room', 'New University is a member of the Society, but there was no place left'),
        ('no membership', 'New University is not a member of the Society today'),
        ('two', 'We cannot know in which of these you work now'),
    ],
)
def test_for_whom_no_place_follows_has_one_letter_and_waits_for_staff(two, secretary, signed_in, case, said):
    old, new = two
    membership = make_membership(old)
    left, elsewhere = make_person('Left Over'), make_person()
    for person in (left, elsewhere):
        seats.give(membership, by=None, person=person)
    make_seat(elsewhere, make_organisation('Third Place'))
    if case != 'no membership':
        make_membership(new).terms.update(seats=0 if case == 'no room' else 9)
    after = [new, make_organisation('New Charity')] if case == 'two' else [new]
    merging.succeed(old, by=secretary, successors=after, since=days.today())

    _over(membership)
    waits, client = _waiting(), signed_in(secretary)
    page = client.get(waits.first[0].address).text
    listed = client.get(waits.all_at).context['cl'].result_count
    done = {'action': 'let_be', '_selected_action': [membership.seats.get(person=left).pk]}
    client.post(waits.all_at, done)

    letters = Letter.objects.filter(to=left)
    assert [letter.kind for letter in letters] == ['seat_left_over']
    assert said in letters[0].body
    assert 'Old Centre is part of New University' in letters[0].body
    assert [letter.kind for letter in Letter.objects.filter(to=elsewhere)] == ['seat_ended']
    assert (waits.count, listed, [row.words for row in waits.first]) == (1, 1, ['Left Over'])
    assert 'part of New University' in page
    assert _waiting().count == 0


def test_who_has_a_place_meanwhile_waits_no_more(two, secretary):
    old, new = two
    membership, left = make_membership(old), make_person('Left Over')
    seats.give(membership, by=None, person=left)
    merging.succeed(old, by=secretary, successors=[new], since=days.today())
    _over(membership)
    before = _waiting().count

    make_seat(left, new)

    assert (before, _waiting().count) == (1, 0)


@pytest.mark.parametrize(
    ('what', 'waits'),
    [('waits', 0), ('expires', 1), ('is withdrawn', 1), ('is refused', 0), ('is accepted', 0)],
)
def test_whose_invitation_came_to_nothing_waits_for_staff_unless_they_said_no(two, secretary, what, waits):
    old, new = two
    membership, place = make_membership(old), make_membership(new)
    mia = make_person('Mia Member')
    seats.give(membership, by=None, person=mia)
    place.terms.update(seats=9)
    merging.succeed(old, by=secretary, successors=[new], since=days.today())
    _over(membership)
    invitation = place.seats.get(address=mia.email)

    if what == 'expires':
        place.seats.update(holds_until=days.today() - timedelta(days=1))
    elif what == 'is withdrawn':
        inviting.withdraw(invitation, by=secretary)
    elif what == 'is refused':
        inviting.refuse(invitation)
    elif what == 'is accepted':
        seats.end(inviting.accept(invitation, by=mia), by=None)  # it was theirs, and is over

    assert _waiting().count == waits
    assert [letter.kind for letter in Letter.objects.filter(to=mia)][:1] == ['seat_ended']


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
