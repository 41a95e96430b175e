"""Money that comes for a membership that is over: it stands at staff with two choices, also where no invoice stands."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from members import leaving, waiting
from members.models import Invoice, Membership, Payment, Renewal, Term
from members.money import bank, crediting, late_money, payments, taking_up, up_front
from members.renewals import offering
from tests.conftest import form_of
from tests.members.test_paying_without_answering import as_proposed, at_once, proposals, taken
from tests.members.test_renewal import ENDS, live_through, membership, moment, offered, sent  # noqa: F401  # fixtures
from tests.members.test_up_front import DAY, invoice  # noqa: F401  # fixture
from ukis.refusals import NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db
LATE = ENDS + timedelta(days=70)
OLD, NEW = '1 April 2027 to 31 March 2028', '9 June 2027 to 31 March 2028'
WAITS = 'payments for a term that is over'


@pytest.fixture
def late(offered):  # noqa: F811
    """9 June 2027: the membership lapsed ten days ago, and nobody answered."""
    with time_machine.travel(moment(LATE)):
        yield Membership.objects.get()


def came(membership, amount=450, day=LATE):  # noqa: F811
    return payments.record(membership, by=None, received_on=day, amount=Decimal(amount))


def move(kind, row, name):
    return reverse('admin:money_move', args=[kind, row.pk, name])


def waits() -> list[str]:
    [found] = [one for one in waiting.all_of_it() if one.words == WAITS]
    return [row.says for row in found.first]


@pytest.mark.parametrize(('name', 'span'), [('old-days', OLD), ('new-term', NEW)])
def test_the_bank_s_money_waits_in_sight_and_either_button_draws_the_invoice(
    late, secretary, signed_in, name, span
):
    row, client = taken(secretary, ('450', '1001'), day=LATE), signed_in(secretary)
    bank.confirm(row, by=secretary, choices=as_proposed(row))
    payment = Payment.objects.get()
    listed = client.get(reverse('admin:members_payment_changelist') + '?left=choose').context['cl']
    assert waits() == ['£450.00 came on 9 June 2027: choose the old days or a new term']
    assert (Invoice.objects.count(), listed.result_count) == (0, 1)
    shown = client.get(reverse('admin:members_payment_change', args=[payment.pk])).text
    assert [move('payment', payment, one) in shown for one in ('old-days', 'new-term')] == [True, True]

    page = client.get(move('payment', payment, name))
    answer = client.post(move('payment', payment, name), form_of(page), follow=True)
    again = client.post(move('payment', payment, name), form_of(page))

    assert f'The old days, with no gap: {OLD}, £450.00.' in page.text
    assert (
        f'A new term from the day of the payment: {NEW}, £450.00. Nothing covers the days from 1 April'
        in page.text
    )
    assert (
        f'Invoice 10001 is {"drawn for" if name == "old-days" else "for a term from the day of the payment,"}'
        in answer.text
    )
    drawn = Invoice.objects.get()
    assert (drawn.term.span, drawn.owed, drawn.term.payment) == (span, 0, 'paid')
    assert [kind for kind, name in sent() if name == 'Bo Billing'][-1] == 'payment_in_full'
    assert (again.status_code, waits(), late.standing().status) == (409, [], 'active')
    assert (
        not client.get(reverse('admin:members_payment_changelist') + '?left=choose')
        .context['cl']
        .result_count
    )


def test_the_number_of_an_invoice_that_the_lapse_credited_leads_to_the_choice(invoice, secretary, signed_in):  # noqa: F811
    number = f'INV {invoice.number}'
    crediting.credit(invoice, by=None, reason='By mistake')
    [before] = proposals(taken(secretary, ('450', number), day=DAY))
    assert (before.verdict, before.target) == (
        'proposed',
        'renews Institute of Łódź (1001) to 31 March 2028, £450.00: draws an invoice',
    )
    assert before.why == f'{invoice} was taken back. The amount agrees.'

    with time_machine.travel(moment(LATE)):
        [lapsed] = proposals(taken(secretary, ('450', number), day=LATE))
        record, client = move('invoice', invoice, 'record'), signed_in(secretary)
        typed = {'received_on': str(LATE), 'amount': '450', 'method': 'transfer'}
        answer = client.post(record, form_of(client.get(record)) | typed, follow=True)
        payment = Payment.objects.get()
        new = late_money.begin_new_term(payment, by=secretary)

    assert lapsed.why.startswith('On 9 June 2027 the membership was over already. Choose: the old days')
    assert 'put to no invoice yet. On 9 June 2027 the membership was over already' in answer.text
    assert (new.replaces, new.term.span, new.owed) == (invoice, NEW, 0)


def test_the_term_s_old_days_replace_an_invoice_drawn_up_front_and_keep_its_order(invoice):  # noqa: F811
    Invoice.objects.update(po_number='PO-7')
    with time_machine.travel(moment(LATE)):
        up_front.credit_lapsed(moment(LATE))
        new = late_money.keep_old_days(came(invoice.membership), by=None)

    assert (new.replaces, new.po_number, new.term.span, new.owed) == (invoice, 'PO-7', OLD, 0)


def test_two_who_choose_at_once_choose_once(late, transactional_db):
    payment = came(late)

    said = at_once(
        lambda: late_money.keep_old_days(Payment.objects.get(pk=payment.pk), by=None),
        lambda: late_money.begin_new_term(Payment.objects.get(pk=payment.pk), by=None),
    )

    assert sorted(said) == ['', late_money.CHOSEN]
    assert (Invoice.objects.get().paid, Payment.objects.get().left) == (450, 0)


def test_the_rest_of_a_new_term_s_money_needs_no_second_choice(late):
    new = late_money.begin_new_term(came(late, 400), by=None)
    rest = came(late, 50)
    assert (waits(), late_money.choice_of(rest)) == (
        ['£50.00 came on 9 June 2027: choose the old days or a new term'],
        None,
    )

    payments.put_to(rest, new, Decimal(50), by=None)

    assert (Invoice.objects.get().owed, waits()) == (0, [])


def test_money_after_a_refusal_is_recorded_and_goes_back_or_waits(late, secretary, signed_in):
    with time_machine.travel(moment(ENDS)):
        offering.refuse(Renewal.objects.get(), by=None)
    client, term = signed_in(secretary), Term.objects.get(payment='void')
    record = move('term', term, 'record')
    assert record in client.get(reverse('admin:members_membership_change', args=[late.pk])).text

    payment, why = taking_up.record_for(term, by=secretary, amount=Decimal(450), received_on=LATE)

    assert (why, len(waits())) == (f'The term {OLD} is void.', 1)
    for act in (late_money.keep_old_days, late_money.begin_new_term):
        with pytest.raises(NotNow, match='The membership ended on 31 March 2027'):
            act(payment, by=None)
    payments.refund(payment, Decimal(450), by=None, why='Sent back', sent_on=LATE)
    assert waits() == []


def test_a_void_term_is_taken_up_again_or_another_begins(late):
    Term.objects.filter(renewal__isnull=False).update(payment='void')
    old, new = came(late, 450), came(late, 450)

    drawn = late_money.keep_old_days(old, by=None)

    assert (drawn.term.span, drawn.term.payment) == (OLD, 'paid')
    assert (late_money.choice_of(new), waits()) == (None, [])
    crediting.credit(drawn, by=None, reason='A mistake')
    assert [one.to_choose for one in Payment.objects.order_by('pk')] == [True, False]


def test_where_nothing_is_offered_the_old_days_follow_the_last_term(late):
    Renewal.objects.all().delete()
    Term.objects.filter(payment='unpaid').delete()

    drawn = late_money.keep_old_days(came(late), by=None)

    assert (drawn.term.span, drawn.owed) == (OLD, 0)


def test_a_balance_of_one_that_is_covered_waits_for_nobody(offered):  # noqa: F811
    with time_machine.travel(moment(ENDS - timedelta(days=3))):
        payment = came(Membership.objects.get(), 20, ENDS - timedelta(days=3))

    assert (payment.to_choose, Society.objects.count()) == (False, 1)


def test_money_put_to_a_refused_term_takes_the_refusal_back(late):
    with time_machine.travel(moment(ENDS)):
        offering.refuse(Renewal.objects.get(), by=None, why='Too dear')
    payment = came(late)
    leaving.go_on(late, by=None)

    late_money.keep_old_days(payment, by=None)

    held = Renewal.objects.get()
    assert (held.answer, held.answered_at, held.by, held.letter, held.why) == ('', None, None, None, '')
    assert held.term.payment == 'paid'


def test_money_of_the_lapse_is_simply_put_to_a_term_renewed_after_it_and_promised(late):
    drawn = offering.renew(Renewal.objects.get(), by=None)
    payments.promise(drawn.term, by=None, until=LATE + timedelta(days=30))
    payment = came(late, 450, LATE - timedelta(days=5))
    assert late_money.choice_of(payment) is None

    payments.put_to(payment, drawn, Decimal(450), by=None)

    assert (Invoice.objects.get().owed, waits()) == (0, [])


def test_nobody_is_asked_to_choose_any_more_once_an_end_was_taken_back(offered):  # noqa: F811
    held, day = Membership.objects.get(), ENDS + timedelta(days=7)
    with time_machine.travel(moment(day)):
        leaving.end(held, by=None, on=ENDS)
        came(held, 450, day)
        before = len(waits())
        leaving.go_on(held, by=None)

        assert (before, waits()) == (1, [])


def test_nobody_is_asked_to_choose_any_more_once_another_term_is_offered(offered):  # noqa: F811
    held, day = Membership.objects.get(), ENDS + timedelta(days=7)
    offering.refuse(offered, by=None)
    with time_machine.travel(moment(day)):
        came(held, 450, day)
        leaving.go_on(held, by=None)
        before = len(waits())
        offering.prepare(held)

        assert (before, waits()) == (1, [])
