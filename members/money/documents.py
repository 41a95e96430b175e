"""Invoices, credit notes and receipts as PDF, made whenever somebody asks: from the row as it is then, and the same to
the byte for as long as that stays the same. Here is what they say; `members/money/paper.py` draws it.

What draws takes 45 MB of whatever process reads it, and the web keeps them for good: there a child does it.
"""

import json
import logging
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any

from members.models import Category, CreditNote, Invoice, InvoiceCopy, Payment
from members.models.billing import DocumentLine, pounds
from members.money import copies, money_letters, paper
from members.money.billing import payer_as_held, sender_of
from members.money.paper import Said
from ukis import days
from ukis.letters.models import Letter
from ukis.society.models import Society

PDF = 'application/pdf'
UNTAXED = {
    Category.Vat.EXEMPT: 'Exempt: this supply is exempt from VAT, and none is charged on it.',
    Category.Vat.ZERO: '0%: this supply is zero-rated for VAT.',
    Category.Vat.OUTSIDE: 'Outside scope: this is outside the scope of VAT, and none is charged on it.',
}
UNAGREED = 'Due if you renew'
PATIENCE = 60  # seconds

Facts = Sequence[tuple[str, str]]
Row = Sequence[str]
Draw = Callable[[Said], bytes]

log = logging.getLogger(__name__)
_one_at_a_time = Lock()


def apart(said: Said) -> bytes:
    """Drawn by a child; where none can be had, here."""
    with _one_at_a_time:
        try:
            return _child(json.dumps(said | {'bold': b64encode(_bold()).decode()}).encode())
        except (OSError, subprocess.SubprocessError) as error:
            log.warning('A document could not be drawn by a process of its own: %r', error)
    return paper.drawn(said)


def _child(asked: bytes) -> bytes:
    # Not from the folder in which it stands: modules there have names of the library's.
    command = [sys.executable, '-P', paper.__file__]
    return subprocess.run(command, input=asked, capture_output=True, timeout=PATIENCE, check=True).stdout


@cache
def _bold() -> bytes:
    """Made once, for it takes longer than all else of a document."""
    return _child(b'')


class _Document:
    """Filled from above. `at`: when what it says was done, whenever it is drawn."""

    def __init__(self, title: str, *, about: str, at: datetime) -> None:
        society = Society.get()
        self.parts: list[tuple[str, tuple[Any, ...]]] = []
        self.said: Said = {'title': title, 'about': about, 'at': at.isoformat(), 'parts': self.parts}
        self.said['author'] = society.legal_name or society.name

    def says(self, part: str, *given: Any) -> None:
        """A part that `paper.Paper` has."""
        self.parts.append((part, given))


def of_invoice(invoice: Invoice, draw: Draw = paper.drawn) -> bytes:
    """As it stands now."""
    completed = copies.of(invoice)
    return draw(_invoice(invoice, completed[-1].row if completed else None))


def of_copy(row: InvoiceCopy, draw: Draw = paper.drawn) -> bytes:
    """Word for word as it read then."""
    first = row.invoice.copies.first()
    return draw(_invoice(row.as_it_read(), None if row == first else row))


def _invoice(invoice: Invoice, completed: InvoiceCopy | None) -> Said:
    facts = [
        ('Invoice number', str(invoice.number)),
        ('Date of issue', days.in_words(invoice.issued_on)),
        ('Completed', days.in_words(days.london_day(completed.at)) if completed else ''),
        (UNAGREED if invoice.is_unagreed and invoice.owed else 'Due', days.in_words(invoice.due_on)),
        ('Period', _period(invoice)),
        ('Your order number', invoice.po_number),
        ('In place of', f'invoice {invoice.replaces.number}' if invoice.replaces else ''),
        ('Our VAT number', invoice.vat_number),
    ]
    at = completed.at if completed else invoice.at
    document = _Document(f'Invoice {invoice.number}', about=f'For {invoice.payer_name}', at=at)
    document.says('head', invoice.sender, _payer(invoice), facts)
    if invoice.voided_on:
        document.says(
            'notice', f'This invoice is void since {days.in_words(invoice.voided_on)}. Do not pay it.'
        )
    document.says('table', 'What for', *_lines(invoice.lines.all(), taxed=bool(invoice.vat_number)))
    document.says('sums', _sums(invoice))
    document.says('remarks', _untaxed(invoice.lines.all(), invoice.vat_number))
    if invoice.owed and not invoice.is_void:
        document.says('section', 'How to pay', [_terms(invoice), *invoice.pay_to.splitlines()])
    return document.said


def _terms(invoice: Invoice) -> str:
    if invoice.is_unagreed:
        return (
            'Nothing is owed on this before you renew, on your page or by paying it, and it is credited if you do '
            f'neither. Please quote the reference {invoice.number} when you pay.'
        )
    return f'Please pay by {days.in_words(invoice.due_on)} and quote the reference {invoice.number}.'


def of_credit_note(note: CreditNote, draw: Draw = paper.drawn) -> bytes:
    invoice = note.invoice
    facts = [
        ('Credit note number', str(note.number)),
        ('Date of issue', days.in_words(note.issued_on)),
        ('For invoice', f'{invoice.number} of {days.in_words(invoice.issued_on)}'),
        ('Your order number', invoice.po_number),
        ('Our VAT number', invoice.vat_number),
    ]
    document = _Document(f'Credit note {note.number}', about=f'For {invoice.payer_name}', at=note.at)
    document.says('head', invoice.sender, _payer(invoice), facts)
    document.says('section', 'Why', [note.reason])
    lines = list(note.lines.all())
    document.says('table', 'What is credited', *_lines(lines, taxed=bool(invoice.vat_number)))
    document.says('sums', [*_vat_sums(lines, invoice.vat_number), ('Total credited', pounds(note.total))])
    document.says('remarks', _untaxed(lines, invoice.vat_number))
    return draw(document.said)


def of_payment(payment: Payment, draw: Draw = paper.drawn) -> bytes:
    """A receipt: what came, and what it was put to. One that was taken back says so."""
    put = list(payment.allocations.select_related('invoice').order_by('invoice__number'))
    facts = [
        ('Received', days.in_words(payment.received_on)),
        ('By', payment.get_method_display()),
        ('Your reference', payment.reference),
    ]
    document = _Document(
        f'Receipt for {pounds(payment.amount)}', about=f'Payment of {payment}', at=payment.at
    )
    name, address = payer_as_held(payment.membership)
    to = _payer(put[0].invoice) if put else [name, *address.splitlines()]
    document.says('head', sender_of(Society.get()), to, facts)
    if payment.reversed_on:
        why = payment.reversed_why.rstrip('.')
        document.says('notice', f'It counts no more since {days.in_words(payment.reversed_on)}. {why}.')
    rows = [[f'Put to invoice {one.invoice.number}', pounds(one.amount)] for one in put]
    rows += [
        [f'Sent back on {days.in_words(one.sent_on)}', pounds(one.amount)] for one in payment.refunds.all()
    ]
    if payment.left:
        rows.append(['Put to no invoice as yet: it stays to your credit', pounds(payment.left)])
    document.says('table', 'What it was put to', ['', 'Amount'], rows)
    document.says('sums', [('Received', pounds(payment.amount))])
    return draw(document.said)


def _period(invoice: Invoice) -> str:
    if invoice.period_start is None or invoice.period_end is None:
        return ''
    return f'{days.in_words(invoice.period_start)} to {days.in_words(invoice.period_end)}'


def _payer(invoice: Invoice) -> list[str]:
    attention = [f'For the attention of {invoice.attention}'] if invoice.attention else []
    return [invoice.payer_name, *attention, *invoice.payer_address.splitlines()]


def _lines(lines: Iterable[DocumentLine], *, taxed: bool) -> tuple[Row, list[Row]]:
    """Heads and rows: of VAT there is no word where the Society is not registered."""
    if not taxed:
        return ['', 'Amount'], [[line.text, pounds(line.net)] for line in lines]
    return ['', 'Net', 'VAT rate', 'VAT', 'Total'], [
        [line.text, pounds(line.net), line.rate_in_words, pounds(line.vat_amount), pounds(line.gross)]
        for line in lines
    ]


def _untaxed(lines: Iterable[DocumentLine], vat_number: str) -> list[str]:
    """What the words in the column of rates mean, where some of it bears no VAT."""
    found = {line.vat for line in lines} if vat_number else set()
    return [said for treatment, said in UNTAXED.items() if treatment in found]


def _vat_sums(lines: Iterable[DocumentLine], vat_number: str) -> Facts:
    if not vat_number:
        return []
    rows = list(lines)
    net, vat = sum(row.net for row in rows), sum(row.vat_amount for row in rows)
    return [('Net', pounds(net)), ('VAT', pounds(vat))]


def _sums(invoice: Invoice) -> Facts:
    """Total, what came of it, and what is still due: those that are not nothing."""
    gone = [
        ('Paid', invoice.paid),
        ('Credited', invoice.credited),
        ('Not asked any more', invoice.written_off),
    ]
    return [
        *_vat_sums(invoice.lines.all(), invoice.vat_number),
        ('Total', pounds(invoice.total)),
        *((label, f'−{pounds(amount)}') for label, amount in gone if amount),
        (UNAGREED if invoice.is_unagreed and invoice.owed else 'Still due', pounds(invoice.owed)),
    ]


def enclosed(letter: Letter) -> list[tuple[str, bytes, str]]:
    """What a letter about money carries: the document it is about, as it is when the letter leaves."""
    row = money_letters.about(letter)
    if isinstance(row, Invoice):
        return [(f'invoice-{row.number}.pdf', of_invoice(row), PDF)]
    if isinstance(row, CreditNote):
        return [(f'credit-note-{row.number}.pdf', of_credit_note(row), PDF)]
    return []
