"""Payment is promised, and does not come: whoever promised is reminded anew, and staff see it until it is decided."""

from datetime import date, timedelta

import pytest
import time_machine

from members import leaving, waiting
from members.models import Term
from members.money import billing, payments, renewing
from members.renewals import offering
from tests.members.test_first_invoices import invoice, live_on  # noqa: F401  # fixtures
from tests.members.test_renewal import (  # noqa: F401  # fixtures
    ENDS,
    live_through,
    membership,
    moment,
    offered,
    sent,
)
from ukis import days
from ukis.clock.models import Reminded
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 9, 30)  # long after the steps that count from the end of the term before


def promised(term: Term, on: date, until: date = UNTIL) -> Term:
    with time_machine.travel(moment(on), tick=False):
        return payments.promise(term, by=None, until=until)


def overdue_on(day: date) -> list[tuple[str, str]]:
    with time_machine.travel(moment(day), tick=False):
        line = next(one for one in waiting.all_of_it() if one.words == 'promises overdue')
    return [(row.words, row.says) for row in line.first]


def test_the_steps_that_are_left_count_from_the_day_of_the_promise(offered):  # noqa: F811
    live_through(ENDS - timedelta(days=57), ENDS)
    promised(offered.term, ENDS)
    live_through(ENDS + timedelta(days=1), ENDS + timedelta(days=70), every=3)
    before = [kind for kind, name in sent() if name == 'Mo Main']
    live_through(UNTIL - timedelta(days=1), UNTIL + timedelta(days=60))

    assert before == ['renewal_offered', 'renewal_in_30_days', 'renewal_in_7_days', 'renewal_ends_today']
    after = [kind for kind, name in sent() if name == 'Mo Main'][len(before) :]
    assert after == ['renewal_after_14_days', 'renewal_after_30_days', 'renewal_last']
    assert 'stopped on 30 September 2027' in Letter.objects.filter(kind='renewal_after_14_days').first().body
    assert Reminded.objects.get(step='+14').due_on == date(2027, 10, 14)


@pytest.mark.parametrize(
    ('until', 'left_on'), [(date(2027, 3, 20), date(2027, 3, 24)), (date(2027, 3, 29), date(2027, 3, 30))]
)
def test_a_promise_to_pay_before_the_term_begins_stops_the_reminders_until_then(offered, until, left_on):  # noqa: F811
    live_through(ENDS - timedelta(days=57), date(2027, 3, 4), every=3)
    term = promised(offered.term, date(2027, 3, 5), until=until)
    live_through(date(2027, 3, 6), date(2027, 5, 25))

    week_before = Reminded.objects.get(step='-7')
    assert (term.payment, term.cover_end) == ('promised', None)
    assert (days.london_day(week_before.at), week_before.outcome) == (left_on, 'sent')
    assert [kind for kind, name in sent() if name == 'Mo Main'] == [
        'renewal_offered',
        'renewal_in_30_days',
        'renewal_in_7_days',
        'renewal_ends_today',
        'renewal_after_14_days',
        'renewal_after_30_days',
        'renewal_last',
    ]
    assert 'stopped on 31 March 2027' in Letter.objects.filter(kind='renewal_after_14_days').first().body
    assert overdue_on(until + timedelta(days=1)) == [
        ('Institute of Łódź', f'to be paid by {days.in_words(until)}')
    ]


@pytest.mark.parametrize(('until', 'status'), [(ENDS, 'lapsed'), (ENDS + timedelta(days=1), 'grace')])
def test_a_promise_to_pay_before_the_term_begins_gives_no_day_of_cover_or_grace(offered, until, status):  # noqa: F811
    promised(offered.term, date(2027, 3, 5), until=until)

    assert offered.term.membership.standing(ENDS + timedelta(days=61)).status == status


def test_who_lapsed_after_such_a_promise_renews_from_the_day_on_which_they_do(offered):  # noqa: F811
    promised(offered.term, date(2027, 3, 5), until=date(2027, 3, 20))

    with time_machine.travel(moment(date(2027, 7, 1)), tick=False):
        offering.renew(offered, by=None)

    term = Term.objects.get(pk=offered.term_id)
    assert (term.start, term.payment, term.promised_until) == (date(2027, 7, 1), 'unpaid', None)


def test_a_first_invoice_waits_for_a_later_promise_and_is_chased_from_there(invoice):  # noqa: F811
    promised(invoice.term, invoice.due_on - timedelta(days=1), until=invoice.due_on + timedelta(days=90))

    assert live_on(invoice, 89) == []
    live_through(invoice.due_on + timedelta(days=90), invoice.due_on + timedelta(days=150))
    assert [one.kind for one in Letter.objects.filter(kind__startswith='invoice_').order_by('pk')][-4:] == [
        *['invoice_reminder'] * 3,
        'invoice_unpaid_for_long',
    ]


def test_a_promise_that_was_not_kept_stands_on_the_front_page_until_something_is_decided(offered):  # noqa: F811
    promised(offered.term, ENDS)

    on_the_day, after = overdue_on(UNTIL), overdue_on(UNTIL + timedelta(days=400))
    promised(offered.term, UNTIL + timedelta(days=2), until=date(2027, 12, 1))
    anew = overdue_on(date(2027, 12, 1))
    with time_machine.travel(moment(date(2027, 12, 5)), tick=False):
        leaving.end(offered.term.membership, by=None)

    assert (on_the_day, anew) == ([], [])
    assert after == [('Institute of Łódź', 'to be paid by 30 September 2027')]
    assert overdue_on(date(2027, 12, 6)) == []


def test_a_promise_that_was_taken_back_does_not_return_with_the_invoice(offered):  # noqa: F811
    term = promised(offered.term, ENDS)
    term.payment = Term.Payment.UNPAID

    with time_machine.travel(moment(ENDS), tick=False):
        renewing.keep_terms(term.membership, by=None, terms=[term])
        billing.bill(term, by=None)

    stored = Term.objects.get(pk=term.pk)
    assert (stored.payment, stored.promised_until, stored.cover_end) == ('unpaid', None, None)


def test_a_first_invoice_promised_before_its_term_begins_is_chased_from_the_promise(invoice):  # noqa: F811
    until = invoice.due_on + timedelta(days=56)
    Term.objects.update(start=date(2027, 9, 1), end=date(2028, 8, 31), promised_until=until)

    live_through(until, until + timedelta(days=56))

    assert Term.objects.get().cover_end is None
    assert [one.kind for one in Letter.objects.filter(kind__startswith='invoice_').order_by('pk')][-4:] == [
        *['invoice_reminder'] * 3,
        'invoice_unpaid_for_long',
    ]
