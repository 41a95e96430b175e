"""What staff wrote beside sums and terms, of anybody: once somebody is forgotten it names them no more."""

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from members import leaving
from members.models import CreditNote, Membership, Override, Payment, Refund, Term
from members.money import billing, crediting, payments
from tests.conftest import make_membership, make_organisation
from tests.members.test_erasing import erase
from ukis import days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
GONE = 'Former member (Former member) asked for it.'


@pytest.fixture
def billed(secretary):
    """Of an organisation: an invoice of £100, paid with £120."""
    membership = make_membership(make_organisation(billing_address='1 High Street'), status='none')
    today = days.today()
    term = Term.objects.create(membership=membership, start=today, end=today, fee=100, seats=9)
    invoice = billing.bill(term, by=secretary)
    payment, _ = payments.record_for(
        invoice, by=secretary, amount=Decimal(120), received_on=today, reference='ADA AUTHOR'
    )
    return membership, invoice, payment


def test_reasons_on_the_books_stay_without_the_name_and_sums_as_they_are(billed, author, secretary):
    membership, invoice, payment = billed
    why = f'{author.printed_name} ({author.email}) asked for it.'
    payments.refund(payment, Decimal(20), by=secretary, why=why, sent_on=days.today())
    other = payments.record(membership, by=secretary, amount=Decimal(5), received_on=days.today(), to=())
    payments.take_back(other, by=secretary, why=why)
    crediting.credit(invoice, by=secretary, reason=why)
    leaving.suspend(membership, by=secretary, reason=why)
    Membership.objects.filter(pk=membership.pk).update(ended_why=why)

    erase(author)

    note = CreditNote.objects.get()
    said = [
        note.reason,
        Refund.objects.get().why,
        Payment.objects.get(pk=other.pk).reversed_why,
        Override.objects.get().reason,
        Membership.objects.get(pk=membership.pk).ended_why,
    ]
    assert said == [GONE] * 5
    payment.refresh_from_db()
    assert (note.total, payment.amount, payment.reference) == (100, 120, 'ADA AUTHOR')
    assert author.printed_name not in str(list(LogEntry.objects.values_list('change_message', 'object_repr')))


def test_the_preview_says_that_the_books_stay_and_reasons_name_nobody(author, signed_in):
    payments.record(make_membership(author), by=None, amount=Decimal(5), received_on=days.today(), to=())

    page = signed_in(author).get(reverse('my_erasure')).text

    assert 'as the bank’s file has them. What staff wrote beside it names you no more.' in page
