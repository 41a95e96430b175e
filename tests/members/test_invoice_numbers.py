"""Twenty at once, and some that fail among them: the numbers have no gap and no twin, and follow the days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from members import billing, renewing
from members.models import Category, Invoice
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE, FAILING = 20, 4


def test_twenty_invoices_at_once_have_twenty_numbers_without_a_gap(database_url):
    Category.objects.create(name='Organisation', holders='organisations', fee=450)
    terms = [_term('1 High Street') for _ in range(AT_ONCE)]
    for place in range(FAILING):
        terms.insert(place * 5, _term(''))

    with ThreadPoolExecutor(len(terms)) as pool:
        drawn = list(pool.map(_bill, terms))

    assert sorted(filter(None, drawn)) == list(range(10001, 10001 + AT_ONCE))
    assert drawn.count(None) == FAILING
    at = list(Invoice.objects.order_by('number').values_list('at', flat=True))
    assert at == sorted(at)
    assert billing.bill(_term('Perth'), by=None).number == 10001 + AT_ONCE


def _term(address):
    membership = make_membership(make_organisation(billing_address=address), status='none')
    start = days.today()
    return renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364))


def _bill(term):
    try:
        return billing.bill(term, by=None).number
    except NotNow:
        return None
    finally:
        connections.close_all()
