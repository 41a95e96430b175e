"""A renewal for whose term something stands already: an invoice, money, a credit note, a waiver."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from members import crediting, offering, reminders
from members.models import Invoice, Term
from tests.members.test_changes_at_renewal import at_renewal  # noqa: F401  # fixture
from tests.members.test_renewal import ENDS, membership, offered, page_of, sent  # noqa: F401  # fixtures
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db


def payment_of(renewal) -> str:
    return Term.objects.get(pk=renewal.term_id).payment


def test_where_the_invoice_was_credited_whole_renewing_draws_another(at_renewal):  # noqa: F811
    page, client = page_of(at_renewal), Client()
    client.post(page, {'do': 'renew'})
    crediting.credit(Invoice.objects.get(), by=None, reason='Wrong name')
    credited = payment_of(at_renewal)

    for _ in range(2):
        answer = client.post(page, {'do': 'renew', 'renew-po_number': 'PO-2'})

    first, second = Invoice.objects.order_by('number')
    assert (answer.status_code, credited, payment_of(at_renewal)) == (302, 'credited', 'unpaid')
    assert (first.owed, second.owed, second.po_number) == (0, Decimal(450), 'PO-2')
    assert [name for kind, name in sent() if kind == 'renewed'] == ['Bo Billing'] * 2


def test_a_reminder_names_no_invoice_that_was_credited_whole(at_renewal):  # noqa: F811
    offering.renew(at_renewal, by=None)
    crediting.credit(Invoice.objects.get(), by=None, reason='Wrong name')
    Term.objects.filter(pk=at_renewal.term_id).update(payment='unpaid')

    plan = reminders.OfTerms()
    plan.tell(plan.lock(at_renewal.term), plan.steps[1], date(2027, 3, 1))

    body = Letter.objects.filter(kind='renewal_in_30_days').first().body
    assert 'The fee is £450.00 for 1 April 2027 to 31 March 2028.' in body
    assert 'Renew, have something changed' in body
