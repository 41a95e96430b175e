"""Email domains: whose they may be, and how an address there leads to a place, never without one's own act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import contacts, leaving
from members.models import Category, Domain, Office, Seat
from members.organisations import domains, offices
from members.places import asking, inviting, seats
from tests.conftest import form_of, make_membership, make_organisation, make_person
from ukis import days, letters
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(society):
    Category.objects.create(name='Organisation', holders='organisations', seats=2)
    organisation = make_organisation('Institute of Care')
    make_membership(organisation)
    return organisation


@pytest.fixture
def contact(organisation):
    person = make_person('Fiona Contact', email='fiona@care.example')
    offices.appoint(organisation, by=None, person=person, role=Office.Role.MAIN)
    return person


def claimed(organisation, contact, secretary, *, automatic, name='care.example'):
    domain = domains.claim(organisation, by=contact, name=name, automatic=automatic)
    return domains.confirm(domain, by=secretary, automatic=automatic)


@pytest.mark.parametrize(
    ('typed', 'name'),
    [
        (' @Care.Example. ', 'care.example'),
        ('fiona@care.example', 'care.example'),
        ('BÜRO.example', 'xn--bro-hoa.example'),
        *(
            (wrong, '')
            for wrong in ('', 'localhost', 'a b.example', 'care..example', 'x' * 300 + '.uk', '@', '\0.uk')
        ),
    ],
)
def test_a_domain_is_kept_as_addresses_have_it(typed, name):
    if name:
        assert domains.spelt(typed) == name
    else:
        with pytest.raises(NotNow):
            domains.spelt(typed)


def test_domains_of_many_organisations_stand_for_none():
    shared = [
        'gmail.com',
        'yopmail.com',
        'nhs.net',
        'nhs.scot',
        'hscni.net',
        'sch.uk',
        'kent.sch.uk',
        'gov.uk',
        'ac.uk',
        'co.uk',
        'uk',
        'org.uk',
    ]
    own = ['strath.ac.uk', 'celcis.org', 'school.kent.sch.uk', 'leeds.gov.uk', 'care.example']

    assert [name for name in shared if not domains.refused(name)] == []
    assert [name for name in own if domains.refused(name)] == []


def test_only_who_holds_the_office_and_an_address_there_claims_it(organisation, contact, stranger, secretary):
    contact.emailaddress_set.create(email='f@unconfirmed.example', verified=False)

    for by, name, why in (
        (stranger, 'people.example', NotAllowed),
        (contact, 'elsewhere.example', NotNow),
        (contact, 'unconfirmed.example', NotNow),
        (contact, 'gmail.com', NotNow),
    ):
        with pytest.raises(why):
            domains.claim(organisation, by=by, name=name, automatic=False)
    domain = domains.claim(organisation, by=contact, name='care.example', automatic=False)
    with pytest.raises(NotNow, match=r'has claimed care\.example already'):
        domains.claim(organisation, by=contact, name='care.example', automatic=False)
    with pytest.raises(NotAllowed):
        domains.confirm(domain, by=contact, automatic=False)

    assert domains.offers(make_person(email='mia@care.example')) == []


def test_a_parent_s_domain_and_one_that_is_another_s_are_never_automatic(organisation, contact, secretary):
    other = make_organisation('Other', website='https://www.care.example/')
    organisation.part_of = other
    organisation.save()

    with pytest.raises(NotNow, match='the domain of Other, of which yours is a part'):
        domains.claim(organisation, by=contact, name='care.example', automatic=True)
    mine = claimed(organisation, contact, secretary, automatic=False)
    with pytest.raises(NotNow):
        domains.choose(mine, by=contact, automatic=True)
    organisation.part_of = None
    organisation.save()
    domains.choose(mine, by=contact, automatic=True)
    olga = make_person(email='olga@care.example')
    offices.appoint(other, by=None, person=olga, role=Office.Role.MAIN)
    with pytest.raises(NotNow, match='join Institute of Care by themselves already'):
        domains.claim(other, by=olga, name='care.example', automatic=True)


def test_in_what_became_a_part_of_another_a_main_contact_says_yes_to_who_has_that_one_s_address(
    organisation, contact, secretary, signed_in
):
    domain = claimed(organisation, contact, secretary, automatic=True)
    organisation.part_of = make_organisation('University', website='https://www.care.example/')
    organisation.save()
    mia = make_person(email='mia@care.example')

    shown = signed_in(mia).get(reverse('account')).text
    of_contacts = signed_in(contact).get(reverse('contacts', args=[organisation.pk])).text
    seat = domains.take_place(domain, by=mia)

    assert 'Confirmed; you say yes to each' in of_contacts
    assert 'Let them in without asking' not in of_contacts
    assert ', if its main contact says yes. Nothing happens' in shown
    assert seat.state == seat.State.ASKED
    assert Domain.objects.get().automatic


def test_a_part_whose_people_are_asked_for_takes_nothing_from_the_one_whose_domain_it_is(
    organisation, contact, secretary
):
    claimed(organisation, contact, secretary, automatic=True)
    university = make_organisation('University', website='https://www.care.example/')
    organisation.part_of = university
    organisation.save()
    olga = make_person(email='olga@care.example')
    offices.appoint(university, by=None, person=olga, role=Office.Role.MAIN)

    theirs = claimed(university, olga, secretary, automatic=True)

    assert theirs.automatic
    assert [row.automatic for row in domains.of(university, 5)] == [True]
    assert not Domain.objects.get(organisation=organisation).automatic


def test_who_has_an_address_there_takes_a_place_by_their_own_act_while_there_is_one(
    organisation, contact, secretary, signed_in
):
    membership = organisation.memberships.get()
    domain = claimed(organisation, contact, secretary, automatic=True)
    mia, max_ = (make_person(f'{name.title()} New', email=f'{name}@care.example') for name in ('mia', 'max'))
    seats.give(membership, by=None, person=contact)
    client, page = signed_in(mia), reverse('account')

    shown = client.get(page).content.decode()
    enrolled = membership.seats.filter(person=mia).exists()
    taken = client.post(reverse('place_ask', args=[domain.pk]), follow=True).content.decode()
    again = client.post(reverse('place_ask', args=[domain.pk])).status_code
    full = signed_in(max_).post(reverse('place_ask', args=[domain.pk]), follow=True).content.decode()

    assert 'Your address at care.example leads to a place' in shown
    assert not enrolled
    assert 'You have a place in Institute of Care now' in taken
    assert again == 404
    assert membership.seats.get(person=mia).came == 'domain'
    assert 'The main contact of Institute of Care is asked' in full
    told = Letter.objects.filter(to=contact, kind__startswith='seat').order_by('pk')
    assert [row.kind for row in told] == ['seat_joined', 'seat_wanted']
    with pytest.raises(NotNow, match='No place is left'):
        asking.approve(membership.seats.get(person=max_), by=contact)


def test_a_place_that_was_ended_is_not_taken_back_by_ones_own_address(organisation, contact, secretary):
    membership = organisation.memberships.get()
    domain = claimed(organisation, contact, secretary, automatic=True)
    mia = make_person('Mia Moved', email='mia@care.example')
    seats.end(seats.give(membership, by=None, person=mia), by=contact)

    offered = domains.offers(mia)
    with pytest.raises(NotAllowed):
        domains.take_place(domain, by=mia)
    letters.proved('mia@care.example', mia)
    again = domains.offers(mia)
    domains.take_place(domain, by=mia)

    assert offered == []
    assert [row.automatic for row in again] == [False]
    assert [seat.get_state_display() for seat in membership.seats.filter(person=mia).order_by('pk')] == [
        'ended',
        'asked for',
    ]


def test_where_each_is_approved_the_main_contact_answers(organisation, contact, secretary, signed_in):
    membership = organisation.memberships.get()
    domain = claimed(organisation, contact, secretary, automatic=False)
    mia, max_ = (make_person(f'{name.title()} New', email=f'{name}@care.example') for name in ('mia', 'max'))
    for person in (mia, max_):
        signed_in(person).post(reverse('place_ask', args=[domain.pk]))
    asked = {seat.person: seat for seat in membership.seats.asked_for()}
    used = seats.use(membership).used
    client = signed_in(contact)

    page = client.get(reverse('contacts', args=[organisation.pk])).content.decode()
    mine = client.get(reverse('account')).content.decode()
    for person, verb in ((mia, 'approve'), (max_, 'decline'), (mia, 'decline')):
        client.post(reverse('seat_act', args=[organisation.pk, asked[person].pk, verb]))

    assert used == 0
    assert page.count('asks for a place') == 2
    assert '2 people ask for a place in Institute of Care' in mine
    assert (mia.may_submit(), max_.may_submit()) == (True, False)
    assert Letter.objects.filter(kind__in=['seat_approved', 'seat_declined']).count() == 2


def test_places_of_an_ended_membership_block_none_in_the_next(organisation, contact, secretary, signed_in):
    domain = claimed(organisation, contact, secretary, automatic=True)
    old = organisation.memberships.get()
    mia, max_ = (make_person(email=f'{name}@care.example') for name in ('mia', 'max'))
    seats.give(old, by=None, person=mia)
    asking.ask(old, by=max_)
    leaving.end(old, by=None, on=days.today() - timedelta(days=1))
    new = make_membership(organisation, joined_on=days.today())

    offered = [domains.offers(person) for person in (mia, max_)]
    asked_of_contact = list(contacts.asked_of(contact))
    had = contacts.powers(mia, organisation).has_seat
    taken = signed_in(mia).post(reverse('place_ask', args=[domain.pk]))
    domains.take_place(domain, by=max_)

    assert offered == [[domain], [domain]]
    assert (asked_of_contact, had, taken.status_code) == ([], False, 302)
    assert {seat.person for seat in new.seats.active()} == {mia, max_}
    assert contacts.powers(mia, organisation).has_seat


def test_what_is_asked_for_ends_with_the_membership_or_goes_along_into_the_next(organisation):
    old = organisation.memberships.get()
    before, after = make_person(), make_person()
    asking.ask(old, by=before)
    asking.end_unanswered(timezone.now())
    waited = old.seats.asked_for().count()
    leaving.end(old, by=None, on=days.today() - timedelta(days=1))

    asking.end_unanswered(timezone.now())
    Seat.objects.create(membership=old, person=after, state='asked')
    new = make_membership(organisation, joined_on=days.today())
    for _ in range(2):
        asking.end_unanswered(timezone.now())

    assert waited == 1
    assert [(seat.person, seat.state) for seat in old.seats.all()] == [(before, 'withdrawn')]
    assert [(seat.person, seat.state) for seat in new.seats.all()] == [(after, 'asked')]
    told = Letter.objects.get(kind='seat_unanswered')
    assert told.to == before
    until = days.in_words(days.today() - timedelta(days=1))
    assert f'That membership ended on {until} before anybody there had answered' in told.body


def test_an_invitation_that_waits_is_the_place_that_is_taken(organisation, contact, secretary):
    membership = organisation.memberships.get()
    seat = inviting.invite(membership, by=contact, address='mia@care.example')
    domain = claimed(organisation, contact, secretary, automatic=False)

    taken = domains.take_place(domain, by=make_person(email='mia@care.example'))

    assert (taken.pk, taken.state, seats.use(membership).used) == (seat.pk, 'active', 1)


def test_staff_confirm_a_claim_or_say_why_not(organisation, contact, secretary, signed_in):
    client = signed_in(secretary)
    claim = reverse('domain_claim', args=[organisation.pk])
    for name in ('care.example', 'second.example'):
        contact.emailaddress_set.get_or_create(email=f'fiona@{name}', defaults={'verified': True})
        signed_in(contact).post(claim, {'name': name, 'way': 'ask'})
    first, second = domains.waiting()
    pages = [reverse('admin:members_domain_change', args=[row.pk]) for row in (first, second)]

    confirmed = client.post(pages[0], form_of(client.get(pages[0])) | {'decide': 'confirm'})
    why = {'decide': 'refuse', 'reason': 'It is a club’s.'}
    refused = client.post(pages[1], form_of(client.get(pages[1])) | why)

    assert (confirmed.status_code, refused.status_code) == (302, 302)
    assert [(row.name, row.is_confirmed) for row in Domain.objects.all()] == [('care.example', True)]
    assert 'It is a club’s.' in Letter.objects.get(kind='domain_refused').body
    assert Letter.objects.get(kind='domain_confirmed').to == contact


def test_whoever_follows_takes_over_the_domain_of_one_whose_membership_has_ended(
    organisation, contact, secretary
):
    claimed(organisation, contact, secretary, automatic=True)
    leaving.end(organisation.memberships.get(), by=None, on=days.day_before(days.today()))
    other = make_organisation('House of Care')
    make_membership(other)
    olga = make_person(email='olga@care.example')
    offices.appoint(other, by=None, person=olga, role=Office.Role.MAIN)

    theirs = claimed(other, olga, secretary, automatic=True)

    seat = domains.take_place(theirs, by=make_person(email='mia@care.example'))
    assert (seat.state, seat.membership.organisation) == ('active', other)
    assert not Domain.objects.get(organisation=organisation).automatic
