"""What letters about money name is what remains when they leave: whatever was paid, credited or renewed by then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail

from members import applying
from members.models import Invoice
from members.money import billing, crediting, payments
from members.renewals import offering
from tests.conftest import letters_leave, make_application, make_category, make_person
from tests.members.test_renewal import membership, moment, offered  # noqa: F401  # fixtures
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 4)


@pytest.fixture
def at():
    with time_machine.travel(moment(DAY)) as traveller:
        yield lambda day: traveller.move_to(moment(day))


@pytest.fixture
def invoice(offered, at):  # noqa: F811
    """Of £450, for the term that is offered; nothing of it has left."""
    Letter.objects.all().delete()
    return billing.bill(offered.term, by=None)


def pay(invoice, amount, on=DAY):
    payment, _ = payments.record_for(invoice, by=None, amount=Decimal(amount), received_on=on)
    return payment


def left(kind: str) -> list[str]:
    """What Bo was sent of a kind, once all has left that takes the place of another."""
    mail.outbox = []
    for _ in range(3):
        letters_leave()
    sent = Letter.objects.filter(kind=kind, state='sent', to_name='Bo Billing').order_by('pk')
    return [' '.join(one.body.split()) for one in sent]


def test_thanks_for_renewing_name_what_remains_to_pay(invoice, offered):  # noqa: F811
    pay(invoice, 100)

    offering.renew(offered, by=None)

    [said] = left('renewed')
    assert 'is for £450.00, of which £350.00 is still due, due on 3 April 2027. Please quote' in said


def test_thanks_for_renewing_that_waited_name_what_was_paid_meanwhile(invoice, offered):  # noqa: F811
    offering.renew(offered, by=None)

    pay(invoice, 450)

    [said] = left('renewed')
    assert f'Invoice {invoice.number} is for £450.00, and nothing is due on it.' in said
    assert 'quote' not in said


def test_nobody_is_thanked_for_a_renewal_that_was_taken_back_before_the_letter_left(offered, at):  # noqa: F811
    offering.renew(offered, by=None)

    offering.refuse(offered, by=None)

    assert left('renewed') == []
    assert len(left('not_renewed')) == 1


def test_a_credit_note_names_what_is_still_due(invoice):
    pay(invoice, 50)

    crediting.credit(invoice, by=None, reason='Two places less.', amount=Decimal(100))

    [said] = left('credit_note_issued')
    assert f'Of invoice {invoice.number} £300.00 is still due by 3 April 2027.' in said


def test_a_credit_note_for_an_invoice_that_is_issued_anew_leaves_the_money_where_it_went(invoice):
    pay(invoice, 450)

    new = crediting.reissue(invoice, by=None, reason='Another address')

    [said] = left('credit_note_issued')
    assert f'Invoice {new.number} stands in its place.' in said
    assert 'to your credit' not in said


def test_an_invoice_of_which_some_was_credited_before_it_left_asks_for_the_rest(invoice):
    crediting.credit(invoice, by=None, reason='Two places less.', amount=Decimal(100))

    [said] = left('invoice_issued')
    assert 'It is for £450.00' in said
    assert 'of which £350.00 is still due.' in said


def test_a_payment_taken_back_of_which_some_had_been_sent_back_says_both(invoice):
    payment = pay(invoice, 460)
    payments.refund(payment, Decimal(10), by=None, why='Too much.', sent_on=DAY)

    payments.take_back(payment, by=None, why='Recalled by the bank.')

    [said] = left('payment_taken_back')
    assert 'Your payment of £460.00' in said
    assert 'Of it we had sent £10.00 back to you before.' in said


def test_a_payment_taken_back_names_what_is_due_when_the_letter_leaves(invoice):
    payments.take_back(pay(invoice, 450), by=None, why='Recalled by the bank.')

    pay(invoice, 200)

    [said] = left('payment_taken_back')
    assert f'On invoice {invoice.number} £250.00 is due again.' in said


@pytest.mark.parametrize('waited', [True, False])
def test_nobody_is_asked_to_pay_by_a_day_that_is_past(invoice, at, waited):
    late = invoice.due_on + timedelta(days=2)
    if not waited:
        letters_leave()
        at(late)
    pay(invoice, 100)

    at(late)

    [said] = left('payment_in_part')
    assert '£350.00 is still due: it was to be paid by 3 April 2027, so please pay it now.' in said
    assert ['It was due on 3 April 2027: please pay now' in one for one in left('invoice_issued')] == [waited]


def test_the_welcome_and_its_invoice_wait_five_minutes_and_name_what_was_paid_by_then(society, secretary):
    category = make_category('Small organisation', fee=Decimal('250.00'), seats=2, promise_days=30)
    row = make_application(make_person('Ann Applicant'), category=category)
    Letter.objects.all().delete()
    applying.approve(row, by=secretary)
    waited = {
        one.kind: one.send_after - one.queued_at for one in Letter.objects.filter(to_name='Ann Applicant')
    }
    invoice = Invoice.objects.get()

    payments.record_for(invoice, by=None, amount=Decimal(100), received_on=invoice.issued_on)
    Letter.objects.update(send_after=invoice.at)
    for _ in range(3):
        letters_leave()

    assert {kind: round(held / timedelta(minutes=1)) for kind, held in waited.items()} == {
        'application_approved': 5,
        'invoice_issued': 5,
    }
    [said] = Letter.objects.filter(kind='application_approved', state='sent')
    assert 'What there is to pay: £150.00, the rest of £250.00, for' in said.body
    assert said.link is not None
