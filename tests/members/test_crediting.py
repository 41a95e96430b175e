"""What is taken back of an invoice: credit notes in proportion, void, issued anew, waived; and sums that stay true."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Category, CreditNote, Invoice, InvoiceLine, Term
from members.money import billing, books, crediting, invoicing, payments, renewing
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.refusals import NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street\nPerth\nPH1 1AA')
    membership = make_membership(organisation, status='none', joined_on=days.today() - timedelta(days=900))
    start = days.today()
    return renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364))


@pytest.fixture
def invoice(term):
    return billing.bill(term, by=None, po_number='PO-7')


def pay(invoice, amount, received_on=None, **given):
    put = Decimal(str(given.pop('put', amount)))
    return payments.record(
        invoice.membership, by=None, amount=Decimal(str(amount)), received_on=received_on or days.today(),
        to=[(invoice, put)] if put else [], **given,
    )  # fmt: skip


def payment_of(term):
    return Term.objects.get(pk=term.pk).payment


def test_a_credit_note_takes_lines_and_vat_in_proportion_to_the_penny(term):
    Category.objects.update(vat='standard', vat_why='So the treasurer')
    Society.objects.update_or_create(pk=1, defaults={'vat_number': 'GB 123 4567 89'})
    invoice = billing.bill(term, by=None)
    InvoiceLine.objects.create(
        invoice=invoice, text='Handbook', net=Decimal('0.01'), vat='outside', position=1
    )
    Invoice.objects.filter(pk=invoice.pk).update(total=Decimal('540.01'))

    notes = [crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal('100.03'))]
    notes.append(crediting.credit(invoice, by=None, reason='All of it'))

    assert [note.number for note in notes] == [80001, 80002]
    assert [note.total for note in notes] == [Decimal('100.03'), Decimal('439.98')]
    for note in notes:
        assert sum(line.gross for line in note.lines.all()) == note.total
    first = notes[0].lines.get()
    assert (first.net, first.vat_amount, first.vat_rate) == (Decimal('83.36'), Decimal('16.67'), 20)
    for line in invoice.lines.all():
        credited = [one for note in notes for one in note.lines.filter(position=line.position)]
        assert (sum(one.net for one in credited), sum(one.vat_amount for one in credited)) == (
            line.net,
            line.vat_amount,
        )


def test_a_full_credit_of_a_paid_invoice_ends_its_cover_and_the_money_is_balance(invoice, term):
    payment = pay(invoice, '448.50')
    payments.write_off(invoice, by=None, reason='The bank kept it')
    assert payment_of(term) == 'paid'

    crediting.credit(invoice, by=None, reason='Asked twice')

    assert payment_of(term) == 'credited'
    assert Term.objects.get(pk=term.pk).cover_end is None
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.written_off, invoice.credited, invoice.owed) == (0, 0, 450, 0)
    assert payment.left == Decimal('448.50')
    with pytest.raises(NotNow, match='Credited whole: nothing is owed'):
        crediting.credit(invoice, by=None, reason='Again')


def test_void_is_for_untouched_ones_and_keeps_its_number(invoice, term):
    payment = pay(invoice, 10)
    with pytest.raises(NotNow, match='cannot be void'):
        crediting.void(invoice, by=None, why='Wrong')
    payments.take_back(payment, by=None, why='Recalled')

    crediting.void(invoice, by=None, why='Wrong')

    invoice.refresh_from_db()
    assert (invoice.number, invoice.owed, invoice.voided_why) == (10001, 0, 'Wrong')
    with pytest.raises(NotNow, match='Void since'):
        pay(invoice, 10)
    assert billing.bill(term, by=None).number == 10002


def test_a_paid_invoice_is_issued_anew_in_one_move_and_its_money_follows(invoice, term):
    pay(invoice, 450)
    organisation = term.membership.organisation
    organisation.billing_address = '2 New Street'
    organisation.save()

    new = crediting.reissue(invoice, by=None, reason='Another address', fee=Decimal(400))

    invoice.refresh_from_db()
    assert (new.number, new.replaces, invoice.replaced_by) == (10002, invoice, new)
    assert (new.payer_address, new.po_number, new.total) == ('2 New Street', 'PO-7', 400)
    assert (new.paid, new.owed, invoice.paid, invoice.credited) == (400, 0, 0, 450)
    assert invoice.payer_address == '1 High Street\nPerth\nPH1 1AA'
    assert payment_of(term) == 'paid'
    assert term.membership.payments.get().left == 50
    with pytest.raises(NotNow, match='Invoice 10002 stands in place'):
        crediting.reissue(invoice, by=None, reason='Again')


def test_what_was_credited_before_is_not_asked_for_anew_and_the_cover_stays(invoice, term):
    pay(invoice, 350)
    crediting.credit(invoice, by=None, reason='A hard year', amount=Decimal(100))

    new = crediting.reissue(invoice, by=None, reason='Another address')

    assert (new.total, new.paid, new.owed, payment_of(term)) == (350, 350, 0, 'paid')
    again = crediting.reissue(new, by=None, reason='Yet another')
    assert (again.total, again.owed, payment_of(term)) == (350, 0, 'paid')
    other = crediting.reissue(again, by=None, reason='The band above', fee=Decimal(450))
    assert (other.total, other.owed, payment_of(term)) == (450, 100, 'part-paid')


@pytest.mark.parametrize(
    ('fee', 'paid', 'let_go', 'owed'),
    [(None, '448.50', '1.50', 0), (400, 400, 0, 0), (500, '448.50', '1.50', 50)],
)
def test_what_was_let_go_stays_let_go_on_the_invoice_in_its_place(invoice, term, fee, paid, let_go, owed):
    pay(invoice, '448.50')
    payments.write_off(invoice, by=None, reason='The bank kept it')

    new = crediting.reissue(invoice, by=None, reason='Another address', fee=fee and Decimal(fee))

    invoice.refresh_from_db()
    assert (invoice.credited, invoice.written_off, invoice.paid) == (450, 0, 0)
    assert (new.paid, new.written_off, new.owed) == (Decimal(paid), Decimal(let_go), owed)
    assert payment_of(term) == ('part-paid' if owed else 'paid')
    assert [one.reason for one in new.write_offs.all()] == ['The bank kept it'] * bool(Decimal(let_go))
    today = days.today()
    within = books.of(today, today).within
    assert (within['written_off'], within.owed) == (Decimal(let_go), owed)


def test_what_fails_halfway_leaves_the_old_invoice_and_both_numbers_undrawn(invoice, term):
    organisation = term.membership.organisation
    organisation.billing_address = ''
    organisation.save()

    with pytest.raises(NotNow, match='no address for invoices'):
        crediting.reissue(invoice, by=None, reason='Another address')

    assert not CreditNote.objects.exists()
    organisation.billing_address = 'Perth'
    organisation.save()
    new = crediting.reissue(invoice, by=None, reason='Another address')
    assert (new.number, invoice.credit_notes.get().number) == (10002, 80001)


def test_a_purchase_order_number_is_added_to_an_unpaid_invoice_alone(invoice):
    invoicing.complete(invoice, by=None, po_number=' PO-8 ', attention='Finance')
    invoice.refresh_from_db()
    assert (invoice.number, invoice.po_number, invoice.attention) == (10001, 'PO-8', 'Finance')

    pay(invoice, 450)

    with pytest.raises(NotNow, match='It stays as it is'):
        invoicing.complete(invoice, by=None, po_number='PO-9', attention='')


def test_money_for_a_lapsed_term_waits_for_a_choice_between_old_days_and_new_ones(invoice, term):
    long_ago = days.today() - timedelta(days=200)
    renewing.add_term(
        term.membership, by=None, payment='paid',
        start=long_ago - timedelta(days=364), end=long_ago,
    )  # fmt: skip
    payment = pay(invoice, 450, put=0)

    for dates in ({}, {}):
        with pytest.raises(payments.TermIsOver, match='the membership was over already'):
            payments.put_to(payment, invoice, Decimal(450), by=None, **dates)
    assert payment.left == 450
    with transaction.atomic():
        payments.put_to(payment, invoice, Decimal(450), by=None, old_dates=True)
        assert payment_of(term) == 'paid'
        transaction.set_rollback(True)

    Category.objects.update(fee=460)
    new = crediting.begin_anew(payment, invoice, by=None)

    assert (new.term.start, new.term.end) == (days.today(), days.years_after(days.today(), 1) - timedelta(1))
    assert (payment_of(term), new.term.payment, new.paid, new.owed) == ('void', 'part-paid', 450, 10)
    assert new.replaces == invoice


def test_by_the_banks_day_money_that_came_in_time_needs_no_choice(invoice, term):
    """Recorded after the lapse, received before it."""
    ended = days.today() - timedelta(days=70)
    Term.objects.filter(pk=term.pk).update(start=ended + timedelta(days=1))
    renewing.add_term(term.membership, by=None, payment='paid', start=ended - timedelta(days=364), end=ended)

    with pytest.raises(payments.TermIsOver):
        pay(invoice, 450)
    pay(invoice, 450, received_on=ended + timedelta(days=60))

    assert payment_of(term) == 'paid'


def test_a_waived_fee_is_credited_as_far_as_it_is_owed(invoice, term):
    pay(invoice, 200)

    crediting.waive(term, by=None, why='A hard year')

    invoice.refresh_from_db()
    assert (payment_of(term), invoice.paid, invoice.credited, invoice.owed) == ('waived', 200, 250, 0)
    with pytest.raises(NotNow, match='no fee to waive'):
        crediting.waive(term, by=None, why='Again')


AMOUNTS = st.decimals('0.01', '500', places=2)
DOINGS = st.lists(
    st.tuples(
        st.sampled_from(['record', 'put', 'back', 'refund', 'off', 'credit', 'reissue', 'void', 'promise']),
        AMOUNTS,
        st.integers(0, 5),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOINGS)
def test_whatever_is_done_the_kept_sums_are_those_of_the_rows_and_no_penny_is_lost(term, doings):
    with transaction.atomic():
        billing.bill(term, by=None)
        for name, amount, which in doings:
            try:
                with transaction.atomic():
                    _do(term, name, amount, which)
            except NotNow:
                pass
        _agrees(term.membership)
        transaction.set_rollback(True)


def _do(term, name, amount, which):
    invoices, paid = list(Invoice.objects.order_by('pk')), list(term.membership.payments.order_by('pk'))
    invoice = invoices[which % len(invoices)]
    payment = paid[which % len(paid)] if paid else None
    if name == 'record':
        pay(invoice, amount, put=min(amount, invoice.owed))
    elif name == 'off':
        payments.write_off(invoice, by=None, reason='Small')
    elif name == 'credit':
        crediting.credit(invoice, by=None, reason='So', amount=amount if which else None)
    elif name == 'reissue':
        crediting.reissue(invoice, by=None, reason='So')
    elif name == 'void':
        crediting.void(invoice, by=None, why='So')
    elif name == 'promise':
        payments.promise(term, by=None, until=days.today() + timedelta(days=which))
    elif payment and name == 'put':
        payments.put_to(payment, invoice, min(amount, payment.left, invoice.owed), by=None)
    elif payment and name == 'back':
        payments.take_back(payment, by=None, why='So')
    elif payment:
        payments.refund(payment, amount, by=None, why='So', sent_on=days.today())


def _agrees(membership):
    def total(rows, name='amount'):
        return rows.aggregate(sum=Sum(name))['sum'] or 0

    for invoice in membership.invoices.all():
        live = invoice.allocations.filter(payment__reversed_on=None)
        assert invoice.paid == total(live)
        assert invoice.credited == total(invoice.credit_notes, 'total')
        assert invoice.written_off == total(invoice.write_offs)
        assert sum(line.gross for line in invoice.lines.all()) == invoice.total
        assert invoice.is_void or invoice.owed == invoice.total - (
            invoice.paid + invoice.credited + invoice.written_off
        )
        assert (invoice.settled_on is not None) == (invoice.owed == 0 and not invoice.is_void)
        for note in invoice.credit_notes.all():
            assert sum(line.gross for line in note.lines.all()) == note.total
            assert all(line.net >= 0 and line.vat_amount >= 0 for line in note.lines.all())
    for payment in membership.payments.all():
        assert payment.left >= 0
    for term in membership.terms.all():
        paid = term.invoices.filter(voided_on=None).order_by('-number').first()
        assert (term.payment == 'paid') == bool(paid and paid.is_settled)


def test_days_that_a_promise_covered_stay_covered_where_a_term_begins_anew(term):
    start, promised = days.today() - timedelta(days=120), days.today() - timedelta(days=91)
    Term.objects.filter(pk=term.pk).update(
        start=start, end=start + timedelta(days=364), payment='promised', promised_until=promised
    )
    invoice = billing.bill(Term.objects.get(pk=term.pk), by=None)

    crediting.begin_anew(pay(invoice, 450, put=0), invoice, by=None)

    old = Term.objects.get(pk=term.pk)
    assert (old.end, old.cover_end, old.payment) == (promised, promised, 'waived')
    standing = [term.membership.standing(day).status for day in (promised, days.today())]
    assert standing == ['due', 'active']


def test_a_term_begun_anew_has_the_places_of_the_old_one(term):
    Category.objects.update(extra_seat_fee=20)
    Term.objects.filter(pk=term.pk).update(seats=13, fee=510)
    invoice = billing.bill(Term.objects.get(pk=term.pk), by=None)
    long_ago = days.today() - timedelta(days=200)
    renewing.add_term(
        term.membership, by=None, payment='paid',
        start=long_ago - timedelta(days=364), end=long_ago,
    )  # fmt: skip
    payment = pay(invoice, 510, put=0)

    new = crediting.begin_anew(payment, invoice, by=None)

    assert (new.term.seats, new.total, new.paid, new.owed) == (13, 510, 510, 0)
