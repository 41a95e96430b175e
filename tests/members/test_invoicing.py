"""Each move of an invoice from each state, and by each sort of person: a line a state, as the office may count on it."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from members.models import Category, Invoice, Office
from members.models.billing import InvoiceState as State
from members.money import billing, crediting, invoicing, payments, renewing
from tests.conftest import make_membership, make_organisation, make_person
from ukis import days
from ukis.refusals import NotAllowed, NotNow

pytestmark = pytest.mark.django_db

MAY = {
    State.ISSUED: {'pay', 'complete', 'reissue', 'credit', 'void'},
    State.IN_PART: {'pay', 'take_back', 'complete', 'write_off', 'reissue', 'credit'},
    State.PAID: {'take_back', 'reissue', 'credit'},
    State.CREDITED: {'reissue'},
    State.VOID: {'reissue'},
}


@pytest.fixture
def invoice():
    Category.objects.create(name='Organisation', holders='organisations', fee=100, seats=10)
    membership = make_membership(make_organisation(billing_address='Perth'), status='none')
    start = days.today()
    term = renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364))
    return billing.bill(term, by=None)


def pay(invoice, amount, by=None):
    return payments.record_for(invoice, by=by, amount=Decimal(amount), received_on=days.today())[0]


def bring_to(state, invoice):
    """The payment that stands on it, where one does."""
    payment = (
        pay(invoice, {State.IN_PART: 95, State.PAID: 100}[state])
        if state in (State.IN_PART, State.PAID)
        else None
    )
    if state == State.CREDITED:
        crediting.credit(invoice, by=None, reason='Asked twice')
    if state == State.VOID:
        crediting.void(invoice, by=None, why='Wrong')
    assert Invoice.objects.get(pk=invoice.pk).state == state
    return payment


def deeds(invoice, payment):
    spare = payments.record(invoice.membership, by=None, received_on=days.today(), amount=Decimal(5))
    return {
        'pay': partial(payments.put_to, spare, invoice, Decimal(5)),
        'take_back': partial(payments.take_back, payment or spare, why='Recalled'),
        'agree': partial(invoicing.agree, invoice),
        'complete': partial(invoicing.complete, invoice, po_number='PO-7', attention=''),
        'write_off': partial(payments.write_off, invoice, reason='The bank kept it'),
        'reissue': partial(crediting.reissue, invoice, reason='Another address'),
        'credit': partial(crediting.credit, invoice, reason='Fewer people'),
        'void': partial(crediting.void, invoice, why='Wrong'),
    }


@pytest.mark.parametrize('state', State)
@pytest.mark.parametrize('name', invoicing.MOVES)
def test_what_may_be_done_depends_on_where_it_stands(state, name, invoice):
    deed = deeds(invoice, bring_to(state, invoice))[name]
    row = Invoice.objects.get(pk=invoice.pk)
    # A payment that stands on no invoice can be taken back all the same: then no invoice moves.
    moves_none = name == 'take_back' and state not in (State.IN_PART, State.PAID)

    if name in MAY[state] or moves_none:
        deed(by=None)
    else:
        with pytest.raises(NotNow):
            deed(by=None)

    after = Invoice.objects.get(pk=invoice.pk)
    changed = after.state != row.state or after.po_number != row.po_number or hasattr(after, 'replaced_by')
    assert changed == (name in MAY[state])


# To what was drawn ahead somebody agrees: `test_up_front.py`.
@pytest.mark.parametrize('name', sorted(invoicing.MOVES.keys() - {'agree'}))
def test_who_looks_after_a_membership_orders_and_declines_and_touches_no_money(name, invoice, secretary):
    holder, stranger = make_person(), make_person()
    Office.objects.create(
        organisation=invoice.membership.organisation, person=holder, role='voting', since=days.today()
    )
    payment = None if name == 'void' else pay(invoice, 95)
    deed = deeds(invoice, payment)[name]
    refused = {stranger} if name in {'complete', 'credit'} else {stranger, holder}

    for person in refused:
        with pytest.raises(NotAllowed):
            deed(by=person)
    deed(by=secretary if holder in refused else holder)

    before = State.IN_PART if payment else State.ISSUED
    after = Invoice.objects.get(pk=invoice.pk)
    assert after.state != before or after.po_number or after.owed != 5


def test_open_invoices_are_found_by_the_index_of_those_that_are_open(invoice):
    paid = Invoice.objects.get(pk=invoice.pk)
    pay(invoice, 100)
    with connection.cursor() as cursor:
        if connection.vendor == 'postgresql':
            cursor.execute('SET LOCAL enable_seqscan = off')  # of one row it would read all

    plans = [
        rows.order_by().explain()
        for rows in (
            Invoice.objects.overdue(),
            Invoice.objects.unagreed(),
            Invoice.objects.open().filter(due_on__range=(days.today(), days.today())),
        )
    ]

    assert ['invoice_open_by_due' in plan or 'invoice_unagreed_by_due' in plan for plan in plans] == [
        True
    ] * 3
    assert (paid.owed, Invoice.objects.open().count()) == (100, 0)
