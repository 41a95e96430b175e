"""What a term's money says of its cover. It comes from money, a promise, a free term or a waiver, never from a credit
note; a term without an invoice keeps what staff said of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min, Sum

from members.models import Invoice, Term
from ukis import days

Payment = Term.Payment
SUMS = ('paid', 'credited', 'written_off', 'settled_on')


def add_up(invoice: Invoice) -> Invoice:
    """Writes the kept sums of a held invoice as its rows have them now, and lets its term follow. Read anew."""
    allocations = invoice.allocations.filter(payment__reversed_on=None)
    invoice.paid = _sum(allocations, 'amount')
    invoice.credited = _sum(invoice.credit_notes, 'total')
    invoice.written_off = _sum(invoice.write_offs, 'amount')
    if invoice.is_unagreed and (invoice.paid or invoice.written_off):
        first = allocations.aggregate(first=Min('payment__received_on'))['first']
        agree(invoice, first or days.today())
    gone = invoice.paid + invoice.credited + invoice.written_off
    invoice.settled_on = _settled_on(invoice) if gone >= invoice.total else None
    invoice.save(update_fields=SUMS)
    if invoice.term is not None:
        follow(invoice.term)
    invoice.refresh_from_db(fields=['owed'])
    return invoice


def agree(invoice: Invoice, on: date) -> None:
    """One that was drawn ahead is owed from that day, and never before it was issued."""
    invoice.agreed_on = max(on, invoice.issued_on)
    invoice.save(update_fields=['agreed_on'])


def agree_to(term: Term) -> None:
    """Somebody promised to pay for it."""
    invoice = claim(term)
    if invoice is not None and invoice.is_unagreed:
        agree(invoice, days.today())


def follow(term: Term) -> str:
    """Writes the term's `payment` as its invoices have it now, in the caller's transaction, which holds the
    membership. What it is."""
    invoice = standing_invoice(term)
    if invoice is not None and term.payment not in (Payment.FREE, Payment.WAIVED, Payment.VOID):
        term.payment = _of(invoice, term)
        term.save(update_fields=['payment'])
    return term.payment


def standing_invoice(term: Term) -> Invoice | None:
    """The one that counts: what was void or taken back whole gives way to what came after it."""
    stand = [row for row in term.invoices.all() if row.voided_on is None]  # a page of many has fetched them
    return max(stand, key=lambda row: row.number, default=None)


def claim(term: Term) -> Invoice | None:
    """The standing invoice, unless it was taken back whole: then nothing is asked for, and another may be drawn."""
    invoice = standing_invoice(term)
    return None if invoice is None or invoice.is_credited_whole else invoice


def taken_back(term: Term) -> Invoice | None:
    """The last one, where it was taken back whole and none stands in its place yet."""
    last = standing_invoice(term)
    if last is None or not last.is_credited_whole or Invoice.objects.filter(replaces=last).exists():
        return None
    return last


def _of(invoice: Invoice, term: Term) -> str:
    if invoice.is_credited_whole:
        return Payment.CREDITED
    if invoice.is_settled:
        return Payment.PAID
    if term.promised_until:
        return Payment.PROMISED
    return Payment.PART_PAID if invoice.paid else Payment.UNPAID


def _sum(rows: Any, name: str) -> Decimal:
    return rows.aggregate(sum=Sum(name))['sum'] or Decimal(0)


def _settled_on(invoice: Invoice) -> date:
    """The bank's day of the last money put to it; where none was, the day on which the rest was let go."""
    rows: list[tuple[Any, str]] = [
        (invoice.allocations.filter(payment__reversed_on=None), 'payment__received_on'),
        (invoice.write_offs, 'written_off_on'),
        (invoice.credit_notes, 'issued_on'),
    ]
    last = (row.aggregate(last=Max(name))['last'] for row, name in rows)
    return next((day for day in last if day), invoice.issued_on)
