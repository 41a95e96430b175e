"""The seam for cards: what a provider says is recorded once, and stops at staff where a term is over."""

from datetime import date
from decimal import Decimal

import pytest

from members.models import Invoice, Payment
from members.money import billing, cards, renewing
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(society) -> Invoice:
    membership = make_membership(make_organisation(billing_address='1 High Street'), status='none')
    first, last = membership.category.term_from(days.today())
    term = renewing.add_term(membership, by=None, start=first, end=last, fee=Decimal(90))
    return billing.bill(term, by=None)


def said(invoice: Invoice, reference: str = 'ch_1', amount: int = 90) -> cards.Settled:
    return cards.Settled(reference, invoice.number, Decimal(amount), days.today())


def test_money_is_recorded_once_however_often_it_is_told(invoice):
    once, again = (cards.settle(said(invoice)) for _ in 'ab')

    assert once == again
    assert Payment.objects.get().method == 'card'
    assert Invoice.objects.get().owed == 0


def test_what_is_more_stays_the_balance(invoice):
    cards.settle(said(invoice, amount=100))

    assert invoice.membership.balance == 10


def test_what_is_taken_back_is_owed_again(invoice):
    cards.settle(said(invoice))

    for _ in 'ab':
        cards.take_back('ch_1', why='Recalled')

    assert Invoice.objects.get().owed == 90
    with pytest.raises(NotNow, match='no card payment'):
        cards.take_back('ch_2', why='Recalled')


def test_an_invoice_that_there_is_not_is_refused(invoice):
    with pytest.raises(NotNow, match='no invoice 5'):
        cards.settle(cards.Settled('ch_1', 5, Decimal(1), date(2026, 1, 1)))


def test_without_a_provider_nothing_is_offered():
    assert cards.provider() is None
