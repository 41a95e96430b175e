"""An organisation that was here twice: looked at, decided, and merged once, with nothing lost unseen."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Byline
from members import merging
from members.models import (
    Affiliation,
    ChangeProposal,
    Domain,
    Invoice,
    MergeRecord,
    Office,
    Organisation,
    Seat,
)
from members.money import billing, renewing
from members.organisations import offices
from members.places import inviting, placing, seats
from tests.conftest import make_membership, make_organisation, make_person, make_post, make_seat
from ukis import days
from ukis import merging as machinery
from ukis.refusals import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]


@pytest.fixture
def two(db):
    kept = make_organisation(
        'Centre for Careful Change', nations=['scotland'], billing_address='1 High Street'
    )
    gone = make_organisation('The Careful Change Centre', nations=['wales'], website='https://ccc.example/')
    return kept, gone


def merged(kept, gone, by, **answers):
    looked = merging.look_at_organisations(kept, gone, by=by)
    given = {choice.name: choice.initial for choice in looked.choices} | answers
    return merging.merge_organisations(kept, gone, by=by, state=looked.state, answers=given)


def test_every_column_in_a_rule_of_uniqueness_is_answered_for():
    assert machinery.unanswered(Organisation) == set()


def test_of_two_open_memberships_one_goes_on_with_the_people_of_both_and_invoices_stay(two, secretary):
    kept, gone = two
    mine, other = make_membership(kept), make_membership(gone)
    Organisation.objects.filter(pk=gone.pk).update(billing_address='2 Low Street')
    gone.refresh_from_db()
    term = renewing.add_term(other, by=None, fee=Decimal(450), start=date(2031, 1, 1), end=date(2031, 12, 31))
    invoice = billing.bill(term, by=None)
    as_issued = Invoice.objects.values().get()
    both, one = make_person('Bo Both'), make_person('Una One')
    seats.give(mine, by=None, person=both)
    for person in (both, one):
        seats.give(other, by=None, person=person)
    other.seats.filter(person=one).update(address='una@people.example')
    mine.seats.create(state='refused', address='una@people.example')

    with pytest.raises(NotNow, match='Which one goes on'):
        merged(kept, gone, secretary)
    merged(kept, gone, secretary, membership=str(mine.pk))

    other.refresh_from_db()
    assert (other.organisation, other.ended_on) == (kept, days.today())
    assert [seat.person for seat in mine.seats.taken().order_by('person__name')] == [both, one]
    assert Invoice.objects.values().get() == as_issued
    assert invoice.membership == other


def test_what_was_open_in_another_tab_leaves_no_place_in_the_membership_that_ended(two, secretary):
    kept, gone = two
    mine, other = make_membership(kept), make_membership(gone)
    contact, una, had, late = (
        make_person(name) for name in ('Cleo Contact', 'Una One', 'Hal Had', 'Lee Late')
    )
    offices.appoint(gone, by=None, person=contact, role='main')
    invited, seat = (
        inviting.invite(other, by=contact, address=una.email),
        seats.give(other, by=None, person=had),
    )
    merged(kept, gone, secretary, membership=str(mine.pk))

    for act, says in (
        (lambda: inviting.accept(invited, by=una), 'came along into another membership'),
        (lambda: seats.end(seat, by=None), 'came along into another membership'),
        (lambda: seats.give(other, by=None, person=late), 'no place is given in it'),
        (lambda: inviting.invite(other, by=contact, address=late.email), 'no more places are given'),
    ):
        with pytest.raises(NotNow, match=says):
            act()
    inviting.accept(Seat.objects.get(pk=invited.pk), by=una)

    assert not other.seats.exists()
    assert {one.person for one in mine.seats.active()} == {una, had}
    assert placing.open_places(kept) == mine


def test_offices_domains_wishes_and_who_works_there_come_once(two, secretary):
    kept, gone = two
    fay = make_person('Fay')
    for place, since in ((kept, date(2024, 1, 1)), (gone, date(2020, 1, 1))):
        Office.objects.create(organisation=place, person=fay, role='main', since=since)
        Affiliation.objects.create(organisation=place, person=fay, job_title='Director', main=place == gone)
        place.proposals.create(field='website', was='', wanted=f'https://{place.pk}.example/', by=fay)
        place.registrations.create(register='EW', number='1234567')
    Office.objects.create(organisation=gone, person=make_person('Gil'), role='main')
    kept.domains.create(name='ccc.example', claimed_by=fay)
    gone.domains.create(
        name='ccc.example',
        claimed_by=fay,
        automatic=True,
        confirmed_by=secretary,
        confirmed_at=timezone.now(),
    )

    merged(kept, gone, secretary)

    standing = Office.objects.filter(until=None).order_by('person__name')
    assert [(row.organisation, row.since.year) for row in standing if row.person == fay] == [(kept, 2020)]
    assert standing.count() == 2
    assert [(row.organisation, row.automatic, row.is_confirmed) for row in Domain.objects.all()] == [
        (kept, True, True)
    ]
    assert [(row.organisation, row.main) for row in fay.affiliations.all()] == [(kept, True)]
    assert [row.wanted for row in ChangeProposal.objects.filter(decision='waiting')] == [
        f'https://{kept.pk}.example/'
    ]
    assert [row.organisation for row in kept.registrations.all()] == [kept]


def test_names_addresses_and_what_either_says_of_itself(two, secretary):
    kept, gone = two
    make_membership(kept)
    address = gone.get_absolute_url()

    record = merged(kept, gone, secretary, earlier='yes')

    kept.refresh_from_db()
    assert (kept.name, kept.nations) == ('Centre for Careful Change', ['scotland', 'wales'])
    assert (kept.website, kept.billing_address) == ('https://ccc.example/', '1 High Street')
    assert [row.name for row in kept.earlier_names.all()] == ['The Careful Change Centre']
    assert Client().get(address).headers['Location'] == kept.get_absolute_url()
    assert MergeRecord.objects.get() == record
    assert list(Organisation.objects.standing()) == [kept]


def test_names_in_print_stay_to_the_letter_and_stand_on_one_page(two, secretary):
    kept, gone = two
    author = make_person('Ann Lee')
    make_seat(author, gone)
    post = make_post('In print', people=(author,), organisation=gone)
    printed = list(Byline.objects.values_list('name', 'role', 'affiliation', 'biography'))

    merged(kept, gone, secretary)

    assert list(Byline.objects.values_list('name', 'role', 'affiliation', 'biography')) == printed
    assert [row.organisation for row in post.bylines.all()] == [kept]
    assert post.get_absolute_url() in Client().get(kept.get_absolute_url()).text


def test_a_part_is_not_the_same_as_its_whole(two, secretary):
    kept, gone = two
    Organisation.objects.filter(pk=gone.pk).update(part_of=kept)
    gone.refresh_from_db()

    with pytest.raises(NotNow, match='is part of'):
        merged(kept, gone, secretary)


def test_staff_look_decide_and_merge(two, secretary, signed_in, django_assert_num_queries):
    kept, gone = two
    make_membership(kept), make_membership(gone)
    client = signed_in(secretary)
    path = reverse('admin:merge', args=['organisation', kept.pk, gone.pk])
    client.get(path)

    with django_assert_num_queries(11):
        shown = client.get(path)
    given = {choice.name: choice.options[0][0] for choice in shown.context['looked'].choices}
    done = client.post(path, {'state': shown.context['looked'].state, **given})

    assert done.status_code == 302
    assert client.get(reverse('admin:members_organisation_change', args=[gone.pk])).url == done.url
    assert reverse('admin:same_as', args=['organisation', kept.pk]) in client.get(done.url).text
