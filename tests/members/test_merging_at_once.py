"""Two editors who merge the same two at once, and somebody who takes a place meanwhile: in real processes."""

import pytest
from django.urls import reverse

from members import inviting, merging, offices
from members.models import Category, MergeRecord, Person, Seat
from members.roles import SECRETARY
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_inviting_at_once import answered, at_once
from tests.processes import cookie_of
from ukis.letters.models import PrivateLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures('society')]


def form_of(kept, gone, by):
    looked = merging.look_at_people(kept, gone, by=by)
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
