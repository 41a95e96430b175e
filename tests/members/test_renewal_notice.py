"""What a renewal says of its fee before there is an invoice: how much, what to quote and where to pay."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from members.models import Category, Invoice, Membership, Term
from members.money import renewing
from members.renewals import overtaken
from tests.members.test_renewal import ENDS, live_through, membership, moment, page_of  # noqa: F401  # fixture
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.society.models import Society

pytestmark = pytest.mark.django_db
ACCOUNT = 'Sort code 00-00-00\nAccount 12345678'


@pytest.fixture
def offered(membership):  # noqa: F811
    Society.objects.update(pay_to=ACCOUNT, vat_number='GB 123', vat_rate=20)
    Category.objects.update(vat=Category.Vat.STANDARD, vat_why='As the treasurer has it.')
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=58))
    return membership.terms.last().renewal


def test_each_notice_names_the_price_what_to_quote_and_the_account(offered):
    live_through(ENDS - timedelta(days=31), ENDS + timedelta(days=50), every=1)

    number = Membership.objects.get().number
    bodies = list(Letter.objects.filter(to_name='Mo Main').values_list('body', flat=True))
    assert (len(bodies), Invoice.objects.count()) == (7, 0)
    for body in bodies:
        assert 'The fee is £540.00 for 1 April 2027 to 31 March 2028. This is not an invoice' in body
        assert f'Please quote {number} when you pay' in body
        assert f'\n{ACCOUNT}\n' in body


def test_the_page_names_them_too_and_asks_what_the_invoice_will(offered):
    with time_machine.travel(moment(date(2027, 2, 3))):
        page, client = page_of(offered), Client()
        text = client.get(page).text
        client.post(page, {'do': 'renew'})
        after = client.get(page).text

    number, invoice = Membership.objects.get().number, Invoice.objects.get()
    assert 'This is not an invoice, and nothing is owed yet.' in text
    assert f'please quote {number}' in text
    assert 'Sort code 00-00-00<br>Account 12345678' in text
    assert ('Renew for £540.00' in text, invoice.total) == (True, Decimal(540))
    assert (f'quote {number}' in after, f'quote {invoice.number}' in after) == (False, True)


def test_a_notice_that_waited_is_true_while_it_names_what_the_invoice_would_ask(offered):
    letter = Letter.objects.first()

    with time_machine.travel(moment(date(2027, 2, 3))):
        before = overtaken.why(letter)
        Society.objects.update(vat_rate=10)
        after = overtaken.why(letter)

    assert (before, after) == ('', '£495.00 is owed now, and it names £540.00.')


def test_where_grace_is_short_no_letter_speaks_of_a_lapse_that_has_been(membership):  # noqa: F811
    Category.objects.update(grace_days=20)
    live_through(ENDS - timedelta(days=61), ENDS + timedelta(days=60), every=1)

    kinds = list(Letter.objects.filter(to_name='Mo Main').order_by('pk').values_list('kind', flat=True))
    skipped = Reminded.objects.filter(outcome='skipped').order_by('due_on')
    assert kinds[-2:] == ['renewal_ends_today', 'renewal_after_14_days']
    assert [(one.step, one.why) for one in skipped] == [
        ('+30', 'The membership has lapsed.'),
        ('+50', 'The membership has lapsed.'),
    ]


def test_the_letter_of_the_last_day_names_the_grace_of_the_term_that_ends(membership):  # noqa: F811
    membership.joined_on = date(2025, 4, 1)
    membership.save()
    renewing.add_term(
        membership, by=None, start=date(2025, 4, 1), end=date(2026, 3, 31), payment=Term.Payment.PAID
    )
    live_through(ENDS - timedelta(days=61), ENDS)

    letter = Letter.objects.get(kind='renewal_ends_today', to_name='Mo Main')
    assert 'You stay members until 30 May 2027' in letter.body


def test_what_is_told_before_the_end_is_true_on_a_later_day(membership):  # noqa: F811
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=4))

    early = Letter.objects.filter(to_name='Mo Main', kind__in=['renewal_in_30_days', 'renewal_in_7_days'])
    assert list(early.order_by('pk').values_list('subject', flat=True)) == [
        'Institute of Łódź: your membership is covered until 31 March 2027',
        'Institute of Łódź: your membership runs out on 31 March 2027',
    ]
    for letter in early:
        assert 'from now' not in letter.body
