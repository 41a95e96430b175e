"""Two editors who merge the same two at once, and places that are taken and given meanwhile: in real processes."""

import pytest
from django.db import connection
from django.urls import reverse

from members import merging
from members.models import Category, MergeRecord, Person, Seat
from members.organisations import offices
from members.places import inviting, seats
from members.roles import SECRETARY
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_inviting_at_once import answered, at_once
from tests.processes import cookie_of
from ukis.letters.models import PrivateLink
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]
ROUNDS = 3


def form_of(kept, gone, by, look=merging.look_at_people):
    looked = look(kept, gone, by=by)
    return {'state': looked.state} | {choice.name: choice.initial for choice in looked.choices}


def test_of_two_who_merge_at_once_one_does_and_the_other_is_told(site, secretary, signed_in):
    kept, gone = make_person('Ann Lee'), make_person('Ann M. Lee')
    other = make_person('Second Secretary', group=SECRETARY)
    webs = [site.web(), site.web()]

    def merger(number, by, one, two):
        path = reverse('admin:merge', args=['person', one.pk, two.pk])
        asked = {'cookie': cookie_of(signed_in(by)), 'form': form_of(one, two, by)}
        return lambda: answered(webs[number], path, **asked)

    codes = at_once([merger(0, secretary, kept, gone), merger(1, other, gone, kept)])

    assert sorted(codes) == [302, 409]
    assert MergeRecord.objects.count() == 1
    assert Person.objects.standing().filter(name__startswith='Ann').count() == 1


def test_a_place_taken_while_its_person_is_merged_is_the_kept_ones_or_is_refused(site, secretary, signed_in):
    Category.objects.create(name='Organisation', holders='organisations', seats=5)
    membership = make_membership(organisation := make_organisation())
    contact = make_person('Main Contact')
    offices.appoint(organisation, by=None, person=contact, role='main')
    kept, gone = make_person('Ann Lee'), make_person('Ann M. Lee')
    seat = inviting.invite(membership, by=contact, address=gone.email)
    token = PrivateLink.make(purpose='seat', about=seat, days=3)
    webs = [site.web(), site.web()]
    path = reverse('admin:merge', args=['person', kept.pk, gone.pk])
    merger = {'cookie': cookie_of(signed_in(secretary)), 'form': form_of(kept, gone, secretary)}
    taker = {'cookie': cookie_of(signed_in(gone)), 'form': {'answer': 'yes', 'name': 'Ann'}}

    merged, taken = at_once(
        [
            lambda: answered(webs[0], path, **merger),
            lambda: answered(webs[1], reverse('invitation', args=[token]), **taker),
        ]
    )

    # Whoever comes second is refused, or finds nothing of the other left behind.
    assert (merged, taken < 500) in ((302, True), (409, True))
    assert not Seat.objects.filter(person__merged_into__isnull=False).exists()


def giving(membership, person):
    def give():
        try:
            return bool(seats.give(membership, by=None, person=person))
        except NotNow:
            return False
        finally:
            connection.close()

    return give


def test_places_taken_and_given_while_two_organisations_are_merged_come_along_or_are_refused(
    site, secretary, signed_in
):
    Category.objects.create(name='Organisation', holders='organisations', seats=50)
    webs = [site.web(), site.web()]
    for _ in range(ROUNDS):
        kept, gone = make_organisation(), make_organisation()
        goes_on, ends = make_membership(kept), make_membership(gone)
        contact, invited, given = make_person(), make_person(), make_person()
        offices.appoint(gone, by=None, person=contact, role='main')
        seat = inviting.invite(ends, by=contact, address=invited.email)
        link = reverse('invitation', args=[PrivateLink.make(purpose='seat', about=seat, days=3)])
        path = reverse('admin:merge', args=['organisation', kept.pk, gone.pk])
        form = form_of(kept, gone, secretary, merging.look_at_organisations)
        merger = {'cookie': cookie_of(signed_in(secretary)), 'form': form | {'membership': str(goes_on.pk)}}
        taker = {'cookie': cookie_of(signed_in(invited)), 'form': {'answer': 'yes', 'name': 'Ann'}}

        merged, taken, was_given = at_once(
            [
                lambda: answered(webs[0], path, **merger),  # noqa: B023
                lambda: answered(webs[1], link, **taker),  # noqa: B023
                giving(ends, given),
            ]
        )
        again = answered(webs[1], link, **taker)

        assert (merged, taken in (302, 409), again in (302, 409)) == (302, True, True), (taken, again)
        assert not ends.seats.filter(until=None).exists()
        there = set(goes_on.seats.active().values_list('person', flat=True))
        assert there == {invited.pk, *([given.pk] if was_given else [])}
