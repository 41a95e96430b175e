"""Invoices: numbered in the transaction that issues them, frozen, and followed by the cover of their term."""

from datetime import date
from decimal import Decimal

import pytest

from members.models import Category, Invoice
from members.money import billing, renewing
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street\nPerth\nPH1 1AA')
    membership = make_membership(organisation, status='none')
    return renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31))


def test_an_invoice_of_a_term_asks_for_its_fee_and_names_its_period(term):
    invoice = billing.bill(term, by=None, po_number='PO-7')

    assert (invoice.number, invoice.total, invoice.po_number) == (10001, Decimal(450), 'PO-7')
    assert (invoice.period_start, invoice.period_end) == (term.start, term.end)
    assert (invoice.payer_name, invoice.payer_address) == (
        'Institute of Łódź',
        '1 High Street\nPerth\nPH1 1AA',
    )
    assert invoice.issued_on == days.today()
    assert [line.text for line in invoice.lines.all()] == [
        'Membership, Organisation: 1 April 2026 to 31 March 2027, 10 places'
    ]
    invoice.refresh_from_db()
    assert invoice.owed == Decimal(450)


def test_what_is_refused_draws_no_number(term):
    billing.bill(term, by=None)

    with pytest.raises(NotNow, match='Invoice 10001 is for this term already'):
        billing.bill(term, by=None)
    other = renewing.add_term(term.membership, by=None, start=date(2027, 4, 1), end=date(2028, 3, 31))
    term.membership.organisation.billing_address = ' '
    term.membership.organisation.save()
    with pytest.raises(NotNow, match='has no address for invoices'):
        billing.bill(other, by=None)
    term.membership.organisation.billing_address = 'Perth'
    term.membership.organisation.save()

    assert billing.bill(other, by=None).number == 10002
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize(
    ('first', 'last', 'months'),
    [
        (date(2026, 4, 1), date(2027, 3, 31), 12),
        (date(2026, 6, 15), date(2026, 7, 14), 1),
        (date(2026, 6, 15), date(2026, 7, 15), 2),
        (date(2027, 3, 31), date(2027, 3, 31), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
    ],
)
def test_a_month_that_has_begun_counts_whole(first, last, months):
    assert days.months_begun(first, last) == months


@pytest.mark.parametrize(
    ('first', 'last'),
    [
        (date(2026, 4, 1), date(2027, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 12, 1), date(2027, 3, 31)),
    ],
)
def test_a_fixed_year_ends_with_its_eve(first, last):
    category = Category(name='x', holders='organisations', year='fixed', fee=Decimal(120), pro_rata=True)

    assert category.term_from(first) == (first, last)
    assert category.fee_of(first, last) == 10 * days.months_begun(first, last)


def test_a_rolling_year_ends_with_the_eve_of_its_day():
    category = Category(name='x', holders='people', fee=Decimal(120))

    assert category.term_from(date(2028, 2, 29))[1] == date(2029, 2, 28)
    assert category.term_from(date(2026, 6, 15))[1] == date(2027, 6, 14)
