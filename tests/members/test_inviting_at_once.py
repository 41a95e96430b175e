"""Twenty people at the last places of a membership, in real processes: nobody gets in beyond the cap."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from members.models import Category, Invoice, Membership, Seat
from members.organisations import offices
from members.places import asking, seats
from tests.conftest import make_application, make_membership, make_organisation, make_person
from tests.processes import cookie_of
from ukis import days
from ukis.letters.models import Letter, PrivateLink

pytestmark = pytest.mark.django_db(transaction=True)
MANY, CAP = 20, 5


def at_once(asked):
    """Each a call; all begin together."""
    barrier = threading.Barrier(len(asked))

    def go(one):
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(go, asked))


def answered(web, path, **asked):
    """The answer; on a busy machine the last in line waits longer for the lock than a request may, and asks again."""
    for _ in range(9):
        code = web.ask('POST', path, **asked)[0]
        if code not in (500, 503):
            break
    return code


def test_twenty_invitations_and_acceptances_meet_at_the_cap(site, society, signed_in):
    Category.objects.create(name='Organisation', holders='organisations', seats=CAP)
    organisation = make_organisation()
    membership = make_membership(organisation)
    contact = make_person('Main Contact')
    offices.appoint(organisation, by=None, person=contact, role='main')
    webs, cookie = [site.web(), site.web()], cookie_of(signed_in(contact))
    path = reverse('seat_invite', args=[organisation.pk])

    def inviter(number):
        form = {'address': f'a{number % (MANY - 2)}@care.example'}  # two addresses come twice
        return lambda: answered(webs[number % 2], path, cookie=cookie, form=form)

    codes = at_once([inviter(number) for number in range(MANY)])
    rows = list(Seat.objects.all())
    tokens = [PrivateLink.make(purpose='seat', about=seat, days=3) for seat in rows for _ in range(4)]
    answer = {'answer': 'yes', 'name': 'New Colleague'}

    def accepter(number, token):
        link = reverse('invitation', args=[token])
        return lambda: answered(webs[number % 2], link, form=answer)

    taken = at_once([accepter(number, token) for number, token in enumerate(tokens)])

    assert sorted(codes) == [302] * CAP + [409] * (MANY - CAP)
    assert len(rows) == Letter.objects.filter(kind='seat_invitation').count() == CAP
    assert set(taken) <= {200, 409}
    assert str(seats.use(membership)) == f'{CAP} of {CAP} used'
    assert [seat.state for seat in Seat.objects.all()] == ['active'] * CAP
    assert Letter.objects.filter(kind='seat_taken').count() == CAP


def test_one_place_is_left_and_twenty_with_an_address_in_the_domain_ask_for_it(site, society, signed_in):
    Category.objects.create(name='Organisation', holders='organisations', seats=1)
    membership = make_membership(make_organisation())
    people = [make_person() for _ in range(MANY)]

    def asker(person):
        def ask():
            try:
                while True:
                    # On a busy machine the last in line waits longer than a request may, and asks again.
                    with suppress(OperationalError):
                        return asking.join(membership, by=person, automatic=True).state
            finally:
                connection.close()

        return ask

    states = at_once([asker(person) for person in people])

    assert sorted(states) == ['active'] + ['asked'] * (MANY - 1)
    assert seats.use(membership, days.today()).used == 1


def test_twenty_requests_by_domain_and_twenty_approvals_meet_on_one_site(site, society, secretary, signed_in):
    """The last place is taken once, the others wait for the main contact; numbers have no gap and no twin."""
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=1)
    membership = make_membership(make_organisation())
    claimed = {'claimed_by': make_person(), 'confirmed_by': secretary, 'confirmed_at': timezone.now()}
    domain = membership.organisation.domains.create(name='care.example', automatic=True, **claimed)
    people = [make_person(email=f'p{number}@care.example') for number in range(MANY)]
    rows = [make_application(organisation_name=f'Body {number}') for number in range(MANY)]
    webs, staff = [site.web(), site.web()], cookie_of(signed_in(secretary))
    cookies = [cookie_of(signed_in(person)) for person in people]
    form = {'category': rows[0].category_id, 'first': days.in_words(days.today()), 'same_as': 'new'}

    def joiner(number):
        path = reverse('place_ask', args=[domain.pk])
        return lambda: answered(webs[number % 2], path, cookie=cookies[number], form={})

    def approver(number):
        path = reverse('admin:application_move', args=[rows[number].pk, 'approve'])
        return lambda: answered(webs[number % 2], path, cookie=staff, form=form)

    joined = at_once([joiner(number) for number in range(MANY)])
    approved = at_once([approver(number) for number in range(MANY)])

    assert joined == approved == [302] * MANY
    states = membership.seats.values_list('state', flat=True)
    assert sorted(states) == ['active'] + ['asked'] * (MANY - 1)
    invoices = list(Invoice.objects.order_by('at').values_list('number', flat=True))
    assert invoices == list(range(10001, 10001 + MANY))
    made = Membership.objects.filter(application__in=rows)
    assert sorted(made.values_list('number', flat=True)) == list(range(1002, 1002 + MANY))
