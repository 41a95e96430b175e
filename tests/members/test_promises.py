"""Payment is promised, and does not come: whoever promised is reminded anew, and staff see it until it is decided."""

from datetime import date, timedelta

import pytest
import time_machine

from members import leaving, payments, waiting
from members.models import Term
from tests.members.test_first_invoices import invoice, live_on  # noqa: F401  # fixtures
from tests.members.test_renewal import (  # noqa: F401  # fixtures
    ENDS,
    live_through,
    membership,
    moment,
    offered,
    sent,
)
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
