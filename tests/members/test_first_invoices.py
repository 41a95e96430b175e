"""An invoice of a first term that is not paid: chased in steps, and at last asked about among staff."""

from datetime import date, timedelta

import pytest
import time_machine

from members import leaving
from members.models import BankImport, Category, Invoice, Office, Term
from members.money import billing, renewing
from tests.conftest import letters_leave, make_membership, make_organisation, make_person
from tests.members.test_renewal import live_through, moment
from ukis import days
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db
BEGINS = date(2027, 1, 4)


@pytest.fixture
def invoice(society) -> Invoice:
    society.office_address = 'office@society.example'
    society.save()
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10, year='rolling')
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street')
    Office.objects.create(organisation=organisation, person=make_person('Bo'), role='billing', since=BEGINS)
    with time_machine.travel(moment(BEGINS)):
        joined = make_membership(organisation, status='none', joined_on=BEGINS)
        term = renewing.add_term(
            joined,
            by=None,
            start=BEGINS,
            end=date(2028, 1, 3),
            payment=Term.Payment.PROMISED,
            promised_until=BEGINS + timedelta(days=30),
        )
        return billing.bill(term, by=None)


def live_on(invoice: Invoice, for_days: int = 60) -> list[str]:
    live_through(invoice.due_on, invoice.due_on + timedelta(days=for_days))
    kinds = ('invoice_reminder', 'invoice_unpaid_for_long')
    return list(Letter.objects.filter(kind__in=kinds).order_by('pk').values_list('kind', flat=True))


def end_it(invoice: Invoice) -> None:
    with time_machine.travel(moment(invoice.due_on)):
        leaving.end(invoice.membership, by=None, on=invoice.due_on, why='Resigned')


def test_what_a_promise_gave_is_owed_and_chased_when_the_membership_has_ended(invoice):
    end_it(invoice)

    assert live_on(invoice) == ['invoice_reminder'] * 3 + ['invoice_unpaid_for_long']


def test_of_an_end_before_any_cover_the_staff_alone_are_asked(invoice):
    Term.objects.update(payment=Term.Payment.UNPAID, promised_until=None)
    end_it(invoice)

    assert live_on(invoice) == ['invoice_unpaid_for_long']
    asked = Letter.objects.get(kind='invoice_unpaid_for_long')
    assert 'The membership ended on 3 February 2027.' in asked.body
    assert 'end the membership' not in asked.body
    assert '£450.00 is owed, and no reminder went out.' in asked.body


@pytest.mark.parametrize(
    ('becomes', 'why'),
    [
        ({'payment': 'void'}, 'The term is void.'),
        ({'payment': 'waived', 'waived_why': 'Founder'}, 'The term is waived.'),
    ],
)
def test_of_a_term_that_is_void_or_waived_nobody_is_reminded_and_what_waits_is_recalled(
    invoice, becomes, why
):
    due = invoice.due_on
    live_through(due, due + timedelta(days=3))
    Term.objects.update(promised_until=None, **becomes)

    with time_machine.travel(moment(due + timedelta(days=4))):
        letters_leave()

    assert live_on(invoice) == ['invoice_reminder']
    [reminder] = Letter.objects.filter(kind='invoice_reminder')
    assert (reminder.state, reminder.overtaken_why) == ('recalled', why)


def test_staff_read_how_many_reminders_went_out_and_when_the_last_did(invoice):
    due = invoice.due_on
    live_through(due, due + timedelta(days=3))
    live_through(due + timedelta(days=44), due + timedelta(days=47))
    last = Reminded.objects.get(step='+30')
    live_through(due + timedelta(days=50), due + timedelta(days=53))

    asked = Letter.objects.get(kind='invoice_unpaid_for_long')
    words = (
        f'and 2 reminders went out, the last on {days.in_words(days.london_day(last.at))}. No more follow.'
    )
    assert last.outcome == 'sent'
    assert words in asked.body


def file_reaches(day: date, number: int) -> None:
    by, at = Office.objects.get().person, moment(day)
    read = {'number': number, 'file_name': 'a.csv', 'columns': {}, 'oldest': day, 'newest': day}
    BankImport.objects.create(**read, by=by, at=at, confirmed_by=by, confirmed_at=at)


def test_staff_are_asked_at_last_also_where_the_bank_s_file_is_late_by_weeks(invoice):
    file_reaches(invoice.due_on, 1)
    waiting = live_on(invoice, for_days=75)
    file_reaches(invoice.due_on + timedelta(days=75), 2)

    live_through(*[invoice.due_on + timedelta(days=76)] * 2)

    assert waiting == ['invoice_reminder']
    assert Letter.objects.filter(kind='invoice_unpaid_for_long').count() == 1
