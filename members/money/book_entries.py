"""What the books sum up: of invoices, money and what became of both, the rows with the day by which each counts."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, DateField, F, Q, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from members.models import Allocation, CreditNote, Invoice, Payment, Refund, Release, WriteOff
from ukis import days

DAY = DateField()


def _london(moment: str) -> TruncDate:
    return TruncDate(moment, tzinfo=days.LONDON)


# Money put to an invoice when it was recorded counts by the bank's day, later by that day; never before the invoice.
PUT_ON = Greatest(
    Case(
        When(Q(day_put=F('day_recorded')), then=F('payment__received_on')),
        default=F('day_put'),
        output_field=DAY,
    ),
    Coalesce('invoice__agreed_on', 'invoice__issued_on'),
    output_field=DAY,
)


def of_agreed(rows: Any) -> Any:
    """Of invoices that somebody agreed to. What is put to others was recorded wrongly, and taken back."""
    return rows.objects.order_by().exclude(invoice__drawn_ahead=True, invoice__agreed_on=None)


def from_agreed(day: str) -> Greatest:
    """The day of what became of an invoice, and never before the invoice counts itself."""
    return Greatest(F(day), Coalesce('invoice__agreed_on', 'invoice__issued_on'), output_field=DAY)


def allocations() -> Any:
    dated = of_agreed(Allocation).annotate(day_put=_london('at'), day_recorded=_london('payment__at'))
    return dated.annotate(put_on=PUT_ON)


def releases() -> Any:
    """What counted from `day` to the day before `gone`."""
    return of_agreed(Release).annotate(day=from_agreed('since'), gone=from_agreed('until'))


def _released(of_invoice: str) -> Iterator[tuple[str, int, Any, str, str]]:
    for kind, rows in (
        ('written_off', releases().filter(payment=None)),
        ('paid', releases().filter(payment__isnull=False)),
    ):
        yield kind, 1, rows, 'amount', of_invoice
        yield kind, -1, rows.annotate(day=F('gone')), 'amount', of_invoice


def sources() -> Iterator[tuple[str, int, Any, str, str]]:
    """Of everything that is summed: kind, sign, rows with their `day`, the amount's column, the way to the category."""
    of_invoice, of_payment = 'invoice__category__name', 'payment__category__name'
    invoices = Invoice.objects.agreed().order_by()
    void = invoices.filter(voided_on__isnull=False)
    own = 'category__name'
    yield 'invoiced', 1, invoices.annotate(day=Coalesce('agreed_on', 'issued_on')), 'total', own
    yield 'credited', 1, of_agreed(CreditNote).annotate(day=from_agreed('issued_on')), 'total', of_invoice
    yield 'credited', 1, void.annotate(day=F('voided_on')), 'total', own
    let_go = of_agreed(WriteOff).annotate(day=from_agreed('written_off_on'))
    yield 'written_off', 1, let_go, 'amount', of_invoice
    yield 'paid', 1, allocations().annotate(day=F('put_on')), 'amount', of_invoice
    undone = allocations().filter(payment__reversed_on__isnull=False)
    undone = undone.annotate(day=Greatest(F('payment__reversed_on'), F('put_on'), output_field=DAY))
    yield 'paid', -1, undone, 'amount', of_invoice
    payments = Payment.objects.order_by()
    yield 'received', 1, payments.annotate(day=F('received_on')), 'amount', own
    back = payments.filter(reversed_on__isnull=False).annotate(day=F('reversed_on'))
    yield 'taken_back', 1, back, 'amount', own
    yield 'refunded', 1, Refund.objects.order_by().annotate(day=F('sent_on')), 'amount', of_payment
    yield from _released(of_invoice)
    yield from _up_front(own, of_invoice)


def _up_front(own: str, of_invoice: str) -> Iterator[tuple[str, int, Any, str, str]]:
    """What was credited before anybody agreed is agreed to no more."""
    ahead = Invoice.objects.order_by().filter(drawn_ahead=True)
    agreed, open_ones = ahead.filter(agreed_on__isnull=False), ahead.filter(agreed_on=None)
    notes = CreditNote.objects.order_by().filter(invoice__drawn_ahead=True)
    before = notes.filter(issued_on__lt=F('invoice__agreed_on'))
    dropped = notes.filter(Q(invoice__agreed_on=None) | Q(issued_on__lt=F('invoice__agreed_on')))
    void = open_ones.filter(voided_on__isnull=False)
    yield 'ahead', 1, ahead.annotate(day=F('issued_on')), 'total', own
    yield 'agreed', 1, agreed.annotate(day=F('agreed_on')), 'total', own
    yield 'agreed', -1, before.annotate(day=F('invoice__agreed_on')), 'total', of_invoice
    yield 'dropped', 1, dropped.annotate(day=F('issued_on')), 'total', of_invoice
    yield 'dropped', 1, void.annotate(day=F('voided_on')), 'total', own
