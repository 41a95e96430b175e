"""An organisation's page for those who act for it: each sees what their office gives, strangers nothing."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from members import leaving
from members.letters import recipients
from members.models import Category, Office, Term
from members.money import billing, payments, renewing
from members.organisations import offices
from members.places import inviting, seats
from tests.conftest import make_membership, make_organisation, make_person, make_post
from ukis import days
from ukis.letters.models import Letter, SuppressedAddress

pytestmark = pytest.mark.django_db
TODAY = days.today()
ROLES = [*Office.Role.values, 'seat', 'stranger']


@pytest.fixture
def place(society):
    Category.objects.create(name='Organisation', holders='organisations', seats=5, fee=100)
    organisation = make_organisation('Institute of Care', billing_address='1 High Street')
    membership = make_membership(organisation)
    people = {role: make_person(f'{role.capitalize()} Person') for role in ROLES}
    for role in Office.Role.values:
        offices.appoint(organisation, by=None, person=people[role], role=role)
    seats.give(membership, by=None, person=people['seat'])
    return organisation, membership, people


def unpaid(membership) -> Term:
    start = max([TODAY, *(term.end + timedelta(days=1) for term in membership.terms.all())])
    return renewing.add_term(
        membership, by=None, start=start, end=start + timedelta(days=364), fee=Decimal(100)
    )


def headings(page) -> list[str]:
    return re.findall(r'<h2>([^<]+)</h2>', page.content.decode())


def test_each_sees_what_is_theirs(place, signed_in):
    organisation, _, people = place

    seen = {
        role: signed_in(person).get(reverse('contacts', args=[organisation.pk]))
        for role, person in people.items()
    }

    people_and_money = {'People with a place', 'Invite somebody', 'Invoices', 'Main contact', 'Offices'}
    told = {'People with a place', 'Invite somebody', 'Invoices', 'Main contact', 'Offices'}
    assert {role: told & set(headings(page)) for role, page in seen.items()} == {
        'main': people_and_money,
        'billing': {'Invoices', 'Main contact', 'Offices'},
        'voting': {'Main contact', 'Offices'},
        'communications': {'Main contact', 'Offices'},
        'seat': {'Main contact'},
        'stranger': set(),
    }
    assert {role: page.status_code for role, page in seen.items() if page.status_code != 200} == {
        'stranger': 404
    }
    assert 'Main Person' in seen['seat'].content.decode()


def test_whoever_votes_sees_the_invoices_that_go_to_them_where_nobody_else_can_be_asked(place, signed_in):
    organisation, membership, people = place
    invoice = billing.bill(unpaid(membership), by=None)
    page, pdf = reverse('contacts', args=[organisation.pk]), reverse('invoice', args=[invoice.number])

    def seen() -> tuple[bool, int]:
        client = signed_in(people['voting'])
        return 'Invoices' in headings(client.get(page)), client.get(pdf).status_code

    before = seen()
    for role in ('main', 'billing'):
        SuppressedAddress.objects.create(address=people[role].email, reason='550')

    assert [one.person for one in recipients.of_money(membership)] == [people['voting']]
    assert (before, seen()) == ((False, 404), (True, 200))


def test_a_place_that_begins_later_counts_stands_there_and_can_be_ended(place, signed_in):
    organisation, membership, people = place
    later = TODAY + timedelta(days=20)
    seat = seats.give(membership, by=None, person=make_person('Lena Later'), since=later)
    client, page = signed_in(people['main']), reverse('contacts', args=[organisation.pk])

    before = client.get(page).text
    client.post(reverse('seat_end', args=[organisation.pk, seat.pk]))
    after = client.get(page).text

    assert ('2 of 5' in before, 'Lena Later' in before, f'from {days.in_words(later)}' in before) == (
        True, True, True,
    )  # fmt: skip
    assert ('1 of 5' in after, 'Lena Later' in after.partition('id="people"')[2].partition('</section>')[0]) == (
        True, False,
    )  # fmt: skip


def test_invoices_of_a_membership_that_ended_stand_beside_those_of_the_next(place, signed_in):
    organisation, membership, people = place
    first = billing.bill(unpaid(membership), by=None)
    leaving.end(membership, by=None, on=TODAY - timedelta(days=1))
    second = billing.bill(unpaid(make_membership(organisation, status='none', joined_on=TODAY)), by=None)

    page = signed_in(people['billing']).get(reverse('contacts', args=[organisation.pk])).text

    assert [str(number) in page for number in (first.number, second.number)] == [True, True]


def test_who_sees_the_money_sees_what_is_to_their_credit(place, signed_in):
    organisation, membership, people = place
    own = make_membership(people['seat'])
    for member, amount in ((membership, '1250.50'), (membership, '20'), (own, '7')):
        payments.record(member, by=None, received_on=TODAY, amount=Decimal(amount))

    seen = {
        role: signed_in(person).get(reverse('contacts', args=[organisation.pk])).text
        for role, person in people.items()
    }
    mine = signed_in(people['seat']).get(reverse('account')).text

    said = '£1,270.50 of what was paid is put to no invoice.'
    assert {role for role, page in seen.items() if said in page} == {'main', 'billing'}
    assert '£7.00 of what was paid is put to no invoice.' in mine
    assert 'to your credit' not in signed_in(people['main']).get(reverse('account')).text


def test_its_latest_posts_in_print_stand_there(place, signed_in):
    organisation, _, people = place
    empty = signed_in(people['seat']).get(reverse('contacts', args=[organisation.pk])).content.decode()
    for number in range(6):
        make_post(f'Post number {number}', people=(people['main'],), organisation=organisation)
    make_post('Of somebody else', people=(people['main'],))

    page = signed_in(people['seat']).get(reverse('contacts', args=[organisation.pk])).content.decode()

    assert 'No post in print names Institute of Care yet.' in empty
    assert (page.count('Post number'), 'Of somebody else' in page) == (5, False)


def test_what_is_another_s_is_refused(place, signed_in):
    organisation, membership, people = place
    seat = inviting.invite(membership, by=people['main'], address='mia@care.example')
    elsewhere = seats.give(make_membership(make_organisation()), by=None, person=make_person())
    asked = {
        'invite': reverse('seat_invite', args=[organisation.pk]),
        'withdraw': reverse('seat_act', args=[organisation.pk, seat.pk, 'withdraw']),
        'appoint': reverse('office_appoint', args=[organisation.pk]),
        'of another': reverse('seat_act', args=[organisation.pk, elsewhere.pk, 'end']),
        'no verb': reverse('seat_act', args=[organisation.pk, seat.pk, 'burn']),
    }

    answers = {
        role: [signed_in(people[role]).post(path).status_code for path in asked.values()]
        for role in ('billing', 'seat', 'stranger', 'main')
    }

    assert answers == {
        'billing': [403, 403, 403, 403, 403],
        'seat': [403, 403, 403, 403, 403],
        'stranger': [404, 404, 404, 404, 404],
        'main': [422, 302, 422, 404, 404],
    }


def test_a_main_contact_invites_renews_and_ends_places(place, signed_in):
    organisation, membership, people = place
    client = signed_in(people['main'])
    page = reverse('contacts', args=[organisation.pk])

    client.post(reverse('seat_invite', args=[organisation.pk]), {'address': 'mia@care.example'})
    twice = client.post(reverse('seat_invite', args=[organisation.pk]), {'address': 'mia@care.example'})
    seat = membership.seats.get(address='mia@care.example')
    again = client.post(reverse('seat_act', args=[organisation.pk, seat.pk, 'again']), follow=True)
    client.post(reverse('seat_act', args=[organisation.pk, seat.pk, 'withdraw']))
    theirs = membership.seats.get(person=people['seat'])
    asked = client.get(reverse('seat_end', args=[organisation.pk, theirs.pk]))
    done = client.post(reverse('seat_end', args=[organisation.pk, theirs.pk]), follow=True)

    assert (twice.status_code, asked.status_code) == (409, 200)
    assert 'has been invited already' in twice.content.decode()
    assert 'Another letter goes to mia@care.example' in again.content.decode()
    assert 'The place of Seat Person has ended' in done.content.decode()
    assert '0 of 5' in client.get(page).content.decode()


def test_the_last_main_contact_is_asked_for_a_successor_and_may_leave_without(place, signed_in):
    organisation, _, people = place
    client = signed_in(people['main'])
    path = reverse('office_step_down', args=[organisation.pk, organisation.offices.get(role='main').pk])

    page = client.get(path).content.decode()
    nothing = client.post(path, {})
    left = client.post(path, {'successor': 'nobody'}, follow=True)

    assert 'Seat Person' in page
    assert 'the office falls vacant' in page
    assert nothing.status_code == 422
    assert 'Main Person is no longer main contact' in left.content.decode()


@pytest.mark.parametrize('answer', ['nobody', 'successor'])
def test_the_last_main_contact_gives_up_the_place_and_says_who_is_it_then_or_nobody(place, signed_in, answer):
    organisation, _, people = place
    client, path = signed_in(people['main']), reverse('seat_leave', args=[organisation.pk])
    name = f'successor_{organisation.offices.get(role="main").pk}'
    seats.give(organisation.memberships.get(), by=None, person=people['main'])
    chosen = 'nobody' if answer == 'nobody' else str(people['seat'].pk)

    page = client.get(path).text
    unsaid = client.post(path, {})
    left = client.post(path, {name: chosen})

    assert 'What you do there as a contact ends with it.' in page
    assert (unsaid.status_code, left.status_code) == (422, 302)
    held = organisation.offices.current(TODAY + timedelta(days=1)).of_role('main')
    assert [one.person for one in held] == ([] if answer == 'nobody' else [people['seat']])
    assert Letter.objects.filter(kind='office_vacant').count() == (answer == 'nobody')


def test_the_page_asks_as_much_for_five_as_for_one(place, signed_in, django_assert_num_queries):
    organisation, membership, people = place
    client = signed_in(people['main'])

    def add(number):
        seats.give(membership, by=None, person=make_person())
        seats.give(membership, by=None, person=make_person())
        inviting.invite(membership, by=None, address=f'a{number}@care.example')
        start = TODAY + timedelta(days=400 + number * 400)
        term = Term(membership=membership, start=start, end=start + timedelta(days=300), fee=100, seats=5)
        term.save()
        billing.bill(term, by=None)
        organisation.domains.create(name=f'd{number}.example', claimed_by=people['main'])

    membership.terms.update(seats=50)
    add(0)
    client.get(reverse('contacts', args=[organisation.pk]))
    for number in (1, 5):
        with django_assert_num_queries(QUERIES):
            page = client.get(reverse('contacts', args=[organisation.pk]))
        if number == 1:
            for extra in range(1, 5):
                add(extra)

    assert page.content.decode().count('£100.00') == 10
    assert page.content.decode().count('Withdraw<') == 5


QUERIES = 29


@pytest.mark.parametrize('goes', [True, False])
def test_with_the_place_of_who_has_left_ends_what_they_did_there_unless_it_goes_on(place, signed_in, goes):
    organisation, membership, people = place
    theirs = seats.give(membership, by=None, person=people['billing'])
    path = reverse('seat_end', args=[organisation.pk, theirs.pk])
    client = signed_in(people['main'])

    page = client.get(path).text
    client.post(path, {'offices': 'on'} if goes else {})

    assert 'They are no longer billing contact either' in page
    assert 'checked' in page
    assert organisation.offices.current(TODAY + timedelta(days=1)).of_role('billing').exists() != goes
    assert Letter.objects.filter(kind='office_ended', to=people['billing']).exists() == goes
