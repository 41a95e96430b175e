"""Payments: what they are put to, what they cover, and what is left of them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from members.models import Category, Term
from members.money import billing, payments, renewing
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street\nPerth\nPH1 1AA')
    membership = make_membership(organisation, status='none', joined_on=days.today())
    start = days.today()
    return renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364))


@pytest.fixture
def invoice(term):
    return billing.bill(term, by=None)


def pay(invoice, amount, **given):
    given = {'received_on': days.today(), 'to': [(invoice, Decimal(str(given.pop('put', amount))))]} | given
    return payments.record(invoice.membership, by=None, amount=Decimal(str(amount)), **given)


def state(invoice):
    invoice.refresh_from_db()
    return invoice.paid, invoice.owed, invoice.settled_on, Term.objects.get(pk=invoice.term_id).payment


def test_a_payment_in_two_parts_covers_with_the_second(invoice):
    pay(invoice, 200, received_on=days.today())
    assert state(invoice) == (200, 250, None, 'part-paid')

    second = pay(invoice, 300, put=250)

    assert state(invoice) == (450, 0, days.today(), 'paid')
    assert second.left == 50


def test_a_reversed_payment_ends_its_cover(invoice):
    payment = pay(invoice, 450)

    payments.take_back(payment, by=None, why='The bank recalled it')

    assert state(invoice) == (0, 450, None, 'unpaid')
    with pytest.raises(NotNow, match='taken back on'):
        payments.take_back(payment, by=None, why='Again')


def test_a_small_shortfall_is_let_go_and_no_more(invoice):
    pay(invoice, '448.50')

    payments.write_off(invoice, by=None, reason='The bank kept it')

    assert state(invoice) == (Decimal('448.50'), 0, days.today(), 'paid')


def test_more_than_a_small_shortfall_is_refused_with_the_limit(invoice):
    pay(invoice, 430)

    with pytest.raises(NotNow, match=r'up to £10\.00 of an invoice'):
        payments.write_off(invoice, by=None, reason='Why not')


def test_money_is_put_to_what_is_owed_alone(invoice):
    payment = pay(invoice, 500, put=100)

    for amount, words in ((401, '£400.00 is left'), (400, '£350.00 is owed'), (0, 'a sum above £0')):
        with pytest.raises(NotNow, match=words):
            payments.put_to(payment, invoice, Decimal(amount), by=None)
    payments.put_to(payment, invoice, Decimal(350), by=None)

    assert state(invoice)[:2] == (450, 0)
    assert payment.left == 50
