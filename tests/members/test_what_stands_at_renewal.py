"""A renewal for whose term something stands already: an invoice, money, a credit note, a waiver."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from members.models import Invoice, Term
from members.money import billing, crediting, payments
from members.renewals import offering, reminders
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


def test_where_an_invoice_is_there_the_page_shows_it_and_renewing_adds_the_order_to_it(at_renewal):  # noqa: F811
    page, client = page_of(at_renewal), Client()
    invoice = billing.bill(at_renewal.term, by=None, po_number='PO-1', attention='Ann')

    shown = client.get(page).text
    answer = client.post(page, {'do': 'renew', 'renew-po_number': 'PO-2'})

    invoice.refresh_from_db()
    assert f'Invoice {invoice.number}, issued on 3 February 2027: £450.00 of £450.00 is owed' in shown
    assert f'Renew by invoice {invoice.number}' in shown
    assert 'until then nothing is owed' not in shown
    assert 'Do not renew' in shown
    assert (answer.status_code, Invoice.objects.count()) == (302, 1)
    assert (invoice.po_number, invoice.attention) == ('PO-2', 'Ann')


def pay(renewal) -> None:
    invoice, on = billing.bill(renewal.term, by=None), date(2027, 2, 2)
    put = [(invoice, Decimal(450))]
    payments.record(renewal.term.membership, by=None, received_on=on, amount=Decimal(450), to=put)


def waive(renewal) -> None:
    billing.bill(renewal.term, by=None)
    crediting.waive(renewal.term, by=None, why='They help us')


@pytest.mark.parametrize(
    ('settle', 'says', 'refused'),
    [
        (pay, ('it is paid.', 'Paid, settled on 2 February 2027.', 'who can send it back'), 409),
        (waive, ('it is waived.', 'Credited whole: nothing is owed.'), 302),
    ],
)
def test_where_the_term_is_settled_the_page_says_how_and_offers_no_renewal(
    at_renewal,  # noqa: F811
    settle,
    says,
    refused,
):
    page, client = page_of(at_renewal), Client()
    settle(at_renewal)

    shown = client.get(page).text
    renewed = client.post(page, {'do': 'renew'})
    refusal = client.post(page, {'do': 'refuse', 'refuse-sure': 'on'})

    assert [words for words in ('Nothing is owed for this term', *says) if words not in shown] == []
    assert ('value="renew"' in shown, 'value="refuse"' in shown) == (False, refused == 302)
    assert (renewed.status_code, refusal.status_code) == (409, refused)


def test_a_renewal_whose_invoice_was_credited_whole_is_offered_again(at_renewal):  # noqa: F811
    page, client = page_of(at_renewal), Client()
    client.post(page, {'do': 'renew'})
    before = client.get(page).text
    crediting.credit(Invoice.objects.get(), by=None, reason='Wrong name')

    after = client.get(page).text

    assert ('<h2>Renewed</h2>' in before, 'value="renew"' in before) == (True, False)
    assert ('<h2>Renewed</h2>' in after, 'Renew for £450.00' in after) == (False, True)
    assert 'Credited whole: nothing is owed.' in after
