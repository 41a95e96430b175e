"""Twenty at once, and some that fail among them: the numbers have no gap and no twin, and follow the days."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connections, transaction

from members import applying
from members.models import Application, Category, Invoice, Numbers, Payment
from members.money import billing, numbering, payments, renewing
from tests.conftest import make_application, make_membership, make_organisation, make_person
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE, FAILING = 20, 4


def test_twenty_approvals_at_once_have_twenty_numbers_without_a_gap(database_url, society, secretary):
    band = Category.objects.create(name='Band', holders='organisations', fee=450, seats=3)
    rows = [_application(number, band) for number in range(AT_ONCE + FAILING)]
    failing = rows[::6]
    Application.objects.filter(pk__in=[row.pk for row in failing]).update(address='')

    with ThreadPoolExecutor(len(rows)) as pool:
        drawn = list(pool.map(lambda row: _approve(row, secretary), rows))

    assert sorted(number for _, number in filter(None, drawn)) == list(range(10001, 10001 + AT_ONCE))
    assert sorted(number for number, _ in filter(None, drawn)) == list(range(1001, 1001 + AT_ONCE))
    assert [row for row, got in zip(rows, drawn, strict=True) if got is None] == failing
    at = list(Invoice.objects.order_by('number').values_list('at', flat=True))
    assert at == sorted(at)


def _application(number, band):
    name = f'Body {number}'
    person = make_person(f'Ann {name}')
    return make_application(person, category=band, organisation_name=name, address='1 High Street')


def _approve(row, by):
    try:
        membership = applying.approve(row, by=by).membership
        return membership.number, membership.invoices.get().number
    except NotNow:
        return None
    finally:
        connections.close_all()


def _term(address):
    membership = make_membership(make_organisation(billing_address=address), status='none')
    start = days.today()
    return renewing.add_term(membership, by=None, start=start, end=start + timedelta(days=364))


def test_two_who_record_one_payment_at_once_put_it_to_the_invoice_once(database_url):
    Category.objects.create(name='Organisation', holders='organisations', fee=450)
    invoice = billing.bill(_term('1 High Street'), by=None)

    def pay(_):
        try:
            payments.record(
                invoice.membership,
                by=None,
                received_on=days.today(),
                amount=Decimal(450),
                to=[(invoice, Decimal(450))],
            )
        except NotNow as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(pay, range(2)))

    [refused] = [answer for answer in answers if answer]
    assert refused.startswith('“Put money to it” is not possible now. Invoice 10001: Paid, settled on')
    assert len(answers) == 2
    invoice.refresh_from_db()
    assert (invoice.paid, Payment.objects.count()) == (450, 1)


def test_an_invoice_and_a_credit_note_are_drawn_in_either_order_at_once(database_url):
    gate, both = Barrier(2), [Numbers.Kind.INVOICE, Numbers.Kind.CREDIT_NOTE]

    def draw(kinds):
        try:
            with transaction.atomic():
                first = numbering.draw(kinds[0])
                with suppress(BrokenBarrierError):  # where the other waits for its first
                    gate.wait(timeout=0.5)
                return {kinds[0]: first, kinds[1]: numbering.draw(kinds[1])}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(draw, [both, both[::-1]]))

    assert [sorted(row[kind] for row in drawn) for kind in both] == [[10001, 10002], [80001, 80002]]
