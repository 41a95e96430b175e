"""Twenty at once, and some that fail among them: the numbers have no gap and no twin, and follow the days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connections

from members import billing, payments, renewing
from members.models import Category, Invoice, Payment
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


def test_two_who_record_one_payment_at_once_put_it_to_the_invoice_once(database_url):
    Category.objects.create(name='Organisation', holders='organisations', fee=450)
    invoice = billing.bill(_term('1 High Street'), by=None)

    def pay(_):
        try:
            payments.record(
                invoice.membership,
                by=None,
                received_on=days.today(),
                amount=Decimal(450),
                to=[(invoice, Decimal(450))],
            )
        except NotNow as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(pay, range(2)))

    assert sorted(answers, key=str) == sorted(
        [None, 'Nothing is owed on Invoice 10001 any more. The money can stay the payer’s balance.'], key=str
    )
    invoice.refresh_from_db()
    assert (invoice.paid, Payment.objects.count()) == (450, 1)
