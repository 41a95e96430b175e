"""Money comes in while two workers send the reminders of it: none leaves twice, and the ledger says what became of
each step. At once, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from members.models import Category, Office, Term
from members.money import billing, payments, renewing
from tests.conftest import make_membership, make_organisation, make_person
from tests.members.test_inviting_at_once import at_once
from tests.members.test_renewal import live_through, moment
from ukis import letters
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)
JOINED, ROUNDS = date(2027, 1, 4), 4


def owing(number):
    """An invoice of which the first reminder waits."""
    organisation = make_organisation(f'Institute {number}', billing_address='1 High Street')
    who = make_person(f'Bo {number}')
    Office.objects.create(organisation=organisation, person=who, role='billing', since=JOINED)
    joined = make_membership(organisation, status='none', joined_on=JOINED)
    term = renewing.add_term(joined, by=None, start=JOINED, end=date(2028, 1, 3), payment=Term.Payment.UNPAID)
    return billing.bill(term, by=None)


def test_of_two_workers_and_a_payment_each_letter_is_sent_once_or_recalled(society, database_url):
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10, year='rolling')
    with time_machine.travel(moment(JOINED), tick=False):
        invoices = [owing(number) for number in range(ROUNDS)]
    Letter.objects.all().delete()
    due_on = invoices[0].due_on
    live_through(due_on, due_on + timedelta(days=4))
    Letter.objects.update(send_after=timezone.now())

    def paid():
        try:
            for invoice in invoices:
                payments.record_for(invoice, by=None, amount=Decimal(450), received_on=due_on)
        finally:
            connection.close()

    def worker():
        try:
            return letters.send_due()
        finally:
            connection.close()

    with time_machine.travel(moment(date(2027, 2, 10))):
        at_once([paid, worker, worker])

    reminders = Letter.objects.filter(kind='invoice_reminder')
    states = list(reminders.values_list('state', flat=True))
    assert len(states) == ROUNDS
    assert set(states) <= {'sent', 'recalled'}
    assert len([one for one in mail.outbox if 'is owed' in one.subject]) == states.count('sent')
    for invoice in invoices:
        its = reminders.filter(judged_by__row=invoice.pk)
        [entry] = Reminded.objects.filter(object_id=invoice.pk, step='0')
        sent = its.filter(state='sent').exists()
        assert (entry.outcome, entry.why) == (('sent', '') if sent else ('skipped', 'Nothing is owed.'))
