"""A membership is given another category: what becomes of its next term, and what staff are told."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.messages import get_messages

from members import joining
from members.models import Category, Renewal, Term
from members.money import renewing
from members.renewals import offering, renewable
from members.status import Status
from tests.conftest import fill_in, make_person
from tests.members.test_membership_page import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
ENDS = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def in_february():
    with time_machine.travel('2027-02-10T10:00Z'):
        yield


@pytest.fixture
def honorary():
    return Category.objects.create(name='Honorary', holders='people', fee=0, year='fixed')


@pytest.fixture
def individual():
    return Category.objects.create(name='Individual', holders='people', fee=60, year='fixed')


def covered(category: Category, payment: str = 'free'):
    """A person's membership of this category, to 31 March, with its next term prepared."""
    holder = make_person('Hana Holder', postal_address='1 High Street\nPerth')
    membership = joining.admit(holder, by=None, category=category, joined_on=date(2026, 4, 1))
    renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=ENDS, payment=payment)
    offering.prepare(membership)
    return membership


def next_of(membership) -> Term:
    return membership.terms.get(start__gt=ENDS)


def test_a_free_next_term_asks_for_the_fee_of_another_category_and_is_to_be_renewed(honorary, individual):
    membership = covered(honorary)
    before = next_of(membership)

    joining.correct(membership, by=None, category=individual)

    term = next_of(membership)
    assert (before.payment, before.fee) == ('free', 0)
    assert (term.payment, term.fee, term.start, term.end) == ('unpaid', 60, before.start, before.end)
    assert membership.standing().status == Status.DUE
    [chance] = renewable.chances(membership.person)
    assert (chance.renewal, chance.to_be.fee) == (Renewal.objects.get(term=term), Decimal(60))


def test_a_next_term_with_a_fee_is_free_in_a_category_that_is_and_asked_for_again_in_the_other(
    honorary, individual
):
    membership = covered(individual, 'paid')
    told = []

    for category in (honorary, individual):
        joining.correct(membership, by=None, category=category)
        term = next_of(membership)
        told.append((term.payment, term.fee, len(renewable.chances(membership.person))))

    assert told == [('free', 0, 0), ('unpaid', 60, 1)]


@pytest.mark.parametrize(
    ('given', 'stands'),
    [
        ({'payment': 'promised', 'promised_until': date(2027, 5, 1)}, ('promised', 60, date(2027, 5, 1))),
        ({'payment': 'free', 'fee': Decimal(25)}, ('free', 25, None)),
        ({'payment': 'waived', 'waived_why': 'Hardship'}, ('waived', 0, None)),
    ],
    ids=['promised without an invoice', 'free by staff’s word', 'waived'],
)
def test_what_was_promised_takes_the_fee_and_what_staff_decided_stays(honorary, individual, given, stands):
    membership = covered(honorary)
    term = next_of(membership)
    for name, value in given.items():
        setattr(term, name, value)
    renewing.keep_terms(membership, by=None, terms=[term])

    joining.correct(membership, by=None, category=individual)

    term.refresh_from_db()
    assert (term.payment, term.fee, term.promised_until) == stands


def test_a_free_term_that_has_begun_stays_free(honorary, individual):
    membership = covered(honorary)

    joining.correct(membership, by=None, category=individual)

    assert membership.terms.get(end=ENDS).payment == 'free'


def test_staff_read_what_the_next_term_costs_now(honorary, individual, secretary, signed_in):
    membership, client = covered(honorary), signed_in(secretary)

    said = [
        [str(one) for one in get_messages(fill_in(client, page_of(membership), category=key).wsgi_request)]
        for key in (individual.pk, honorary.pk)
    ]

    span = 'The next term, 1 April 2027 to 31 March 2028,'
    assert said[0][0] == f'{span} is offered anew as Individual has it: its fee is £60.00, its places 1.'
    assert said[1][0] == f'{span} is offered anew as Honorary has it: it is free, its places 1.'


@pytest.mark.parametrize(
    ('typed', 'stands'),
    [
        ({'promised_until': '1 May 2027', 'payment': 'promised'}, ('promised', 60, 1, date(2028, 3, 31))),
        ({'end': '30 April 2028'}, ('unpaid', 60, 1, date(2028, 4, 30))),
        ({'fee': '45'}, ('unpaid', 45, 1, date(2028, 3, 31))),
        ({'seats': '3'}, ('unpaid', 60, 3, date(2028, 3, 31))),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else '',
)
def test_one_form_with_another_category_and_a_change_of_its_term_keeps_both(
    individual, honorary, secretary, signed_in, typed, stands
):
    membership = covered(honorary)
    row = {f'terms-1-{name}': value for name, value in typed.items()}

    answer = fill_in(signed_in(secretary), page_of(membership), category=individual.pk, **row)

    term = next_of(membership)
    assert answer.status_code == 302
    assert (term.payment, term.fee, term.seats, term.end) == stands
