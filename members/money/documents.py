"""Invoices, credit notes and receipts as PDF, made whenever somebody asks: from the row as it is then, and the same to
the byte for as long as that stays the same.

PDF/A with every character's meaning, a language, a title and sections, in Source Serif, which has Latin, Greek and
Cyrillic. What is written in a script that it has not got stands as ◊, and the document says so.
"""

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from members.models import Category, CreditNote, Invoice, InvoiceCopy, Payment
from members.models.billing import DocumentLine, pounds
from members.money import copies, money_letters
from members.money.billing import payer_as_held, sender_of
from ukis import days
from ukis.letters.models import Letter
from ukis.society.models import Society

FONT = files('fontpkg_source_serif_4') / 'files' / 'SourceSerif4[opsz,wght].ttf'
# What is printed bold are our own words and numbers.
BOLD_HAS = ''.join(map(chr, range(32, 127))) + '£–—’“”−'
INK, SOFT, DEEP, LINE = (27, 35, 34), (67, 78, 75), (10, 63, 60), (190, 184, 168)
LEFT, WIDE, STEP = 20, 170, 5.2
PDF = 'application/pdf'
MISSING = '◊'
UNTAXED = {
    Category.Vat.EXEMPT: 'Exempt: this supply is exempt from VAT, and none is charged on it.',
    Category.Vat.ZERO: '0%: this supply is zero-rated for VAT.',
    Category.Vat.OUTSIDE: 'Outside scope: this is outside the scope of VAT, and none is charged on it.',
}
NOT_PRINTED = f'Letters of a script that this document has no type for are shown as {MISSING}.'
UNAGREED = 'Due if you renew'
DRAWN = re.compile('(xmp:(?:Modify|Metadata)Date)="[^"]*"')

Facts = Sequence[tuple[str, str]]
Row = Sequence[str]


def of_invoice(invoice: Invoice) -> bytes:
    """As it stands now."""
    completed = copies.of(invoice)
    return _invoice(invoice, completed[-1].row if completed else None)


def of_copy(row: InvoiceCopy) -> bytes:
    """Word for word as it read then."""
    first = row.invoice.copies.first()
    return _invoice(row.as_it_read(), None if row == first else row)


def _invoice(invoice: Invoice, completed: InvoiceCopy | None) -> bytes:
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
    paper = Paper(f'Invoice {invoice.number}', about=f'For {invoice.payer_name}', at=at)
    paper.head(invoice.sender, _payer(invoice), facts)
    if invoice.voided_on:
        paper.notice(f'This invoice is void since {days.in_words(invoice.voided_on)}. Do not pay it.')
    paper.table('What for', *_lines(invoice.lines.all(), taxed=bool(invoice.vat_number)))
    paper.sums(_sums(invoice))
    paper.remarks(_untaxed(invoice.lines.all(), invoice.vat_number))
    if invoice.owed and not invoice.is_void:
        paper.section('How to pay', [_terms(invoice), *invoice.pay_to.splitlines()])
    return paper.made()


def _terms(invoice: Invoice) -> str:
    if invoice.is_unagreed:
        return (
            'Nothing is owed on this before you renew, on your page or by paying it, and it is credited if you do '
            f'neither. Please quote the reference {invoice.number} when you pay.'
        )
    return f'Please pay by {days.in_words(invoice.due_on)} and quote the reference {invoice.number}.'


def of_credit_note(note: CreditNote) -> bytes:
    invoice = note.invoice
    facts = [
        ('Credit note number', str(note.number)),
        ('Date of issue', days.in_words(note.issued_on)),
        ('For invoice', f'{invoice.number} of {days.in_words(invoice.issued_on)}'),
        ('Your order number', invoice.po_number),
        ('Our VAT number', invoice.vat_number),
    ]
    paper = Paper(f'Credit note {note.number}', about=f'For {invoice.payer_name}', at=note.at)
    paper.head(invoice.sender, _payer(invoice), facts)
    paper.section('Why', [note.reason])
    lines = list(note.lines.all())
    paper.table('What is credited', *_lines(lines, taxed=bool(invoice.vat_number)))
    paper.sums([*_vat_sums(lines, invoice.vat_number), ('Total credited', pounds(note.total))])
    paper.remarks(_untaxed(lines, invoice.vat_number))
    return paper.made()


def of_payment(payment: Payment) -> bytes:
    """A receipt: what came, and what it was put to. One that was taken back says so."""
    put = list(payment.allocations.select_related('invoice').order_by('invoice__number'))
    facts = [
        ('Received', days.in_words(payment.received_on)),
        ('By', payment.get_method_display()),
        ('Your reference', payment.reference),
    ]
    paper = Paper(f'Receipt for {pounds(payment.amount)}', about=f'Payment of {payment}', at=payment.at)
    name, address = payer_as_held(payment.membership)
    to = _payer(put[0].invoice) if put else [name, *address.splitlines()]
    paper.head(sender_of(Society.get()), to, facts)
    if payment.reversed_on:
        why = payment.reversed_why.rstrip('.')
        paper.notice(f'It counts no more since {days.in_words(payment.reversed_on)}. {why}.')
    rows = [[f'Put to invoice {one.invoice.number}', pounds(one.amount)] for one in put]
    rows += [
        [f'Sent back on {days.in_words(one.sent_on)}', pounds(one.amount)] for one in payment.refunds.all()
    ]
    if payment.left:
        rows.append(['Put to no invoice as yet: it stays to your credit', pounds(payment.left)])
    paper.table('What it was put to', ['', 'Amount'], rows)
    paper.sums([('Received', pounds(payment.amount))])
    return paper.made()


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


@cache
def _bold() -> bytes:
    """The bold of our own letters, cut out of the variable font first: made of the whole it takes ten times as long."""
    from fontTools import subset, ttLib
    from fontTools.varLib import instancer

    with tempfile.TemporaryDirectory() as place:
        font: Any = ttLib.TTFont(str(FONT), recalcTimestamp=False)
        options = subset.Options()
        options.name_IDs = ['*']
        only = subset.Subsetter(options)
        only.populate(text=BOLD_HAS)
        only.subset(font)
        file = Path(place) / 'bold.ttf'
        instancer.instantiateVariableFont(font, {'wght': 600, 'opsz': 14}).save(file)
        return file.read_bytes()


class Paper:
    """An A4 page, or as many as it takes, filled from above. `at`: when what it says was done, whenever it is drawn."""

    def __init__(self, title: str, *, about: str, at: datetime) -> None:
        from fpdf import FPDF
        from fpdf.enums import DocumentCompliance

        self.pdf = FPDF(enforce_compliance=DocumentCompliance.PDFA_2U)
        self.title, self.lost = title, False
        pdf = self.pdf
        pdf.set_creation_date(at)
        pdf.set_lang('en-GB')
        pdf.set_title(title)
        pdf.set_author(Society.get().legal_name or Society.get().name)
        pdf.add_font('serif', '', str(FONT))
        with tempfile.TemporaryDirectory() as place:
            bold = Path(place) / 'bold.ttf'
            bold.write_bytes(_bold())
            pdf.add_font('serif', 'B', bold)
        pdf.set_subject(self.printable(about))
        pdf.set_margins(LEFT, 18, LEFT)
        pdf.set_auto_page_break(auto=True, margin=20)
        pdf.add_page()

    def printable(self, text: str) -> str:
        """With ◊ for each letter that the font has not, and for what no document should carry."""
        has: Any = self.pdf.fonts['serif'].cmap  # type: ignore[union-attr]
        composed = unicodedata.normalize('NFC', text)
        shown = ''.join(letter if ord(letter) in has else MISSING for letter in composed)
        self.lost = self.lost or shown != composed
        return shown

    def head(self, sender: str, payer: Sequence[str], facts: Facts) -> None:
        name, *address = sender.splitlines() or ['']
        self._section(self.title, 22, DEEP, after=3)
        top = self.pdf.get_y()
        self._lines([name], 12, INK, width=82)
        self._lines(address, 9.5, SOFT, width=82)
        self.pdf.ln(6)
        self._lines(payer[:1], 12, INK, width=82)
        self._lines(payer[1:], 10.5, INK, width=82)
        left = self.pdf.get_y()
        self.pdf.set_y(top)
        for label, said in facts:
            if said:
                self.pdf.set_x(LEFT + 90)
                self._set(9.5, SOFT)
                self.pdf.cell(32, STEP, self.printable(label))
                self._set(10.5, INK)
                self.pdf.multi_cell(48, STEP, self.printable(said), align='L', new_x='LMARGIN', new_y='NEXT')
        self.pdf.set_y(max(left, self.pdf.get_y()) + 8)

    def notice(self, said: str) -> None:
        self._set(11, INK, 'B')
        self.pdf.multi_cell(WIDE, STEP + 1, self.printable(said), border=1, new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(4)

    def section(self, title: str, lines: Sequence[str]) -> None:
        self._section(title, 13, DEEP, after=1)
        self._lines(lines, 10.5, INK)
        self.pdf.ln(5)

    def table(self, title: str, heads: Row, rows: Sequence[Row]) -> None:
        self._section(title, 13, DEEP, after=1)
        self._set(10.5, INK)
        self.pdf.set_draw_color(*LINE)
        widths = (WIDE - 25 * (len(heads) - 1), *[25] * (len(heads) - 1))
        from fpdf.fonts import FontFace

        with self.pdf.table(
            col_widths=widths,
            text_align=('LEFT', *['RIGHT'] * (len(heads) - 1)),
            borders_layout='HORIZONTAL_LINES',
            line_height=STEP,
            padding=1.2,
            headings_style=FontFace(emphasis='BOLD', color=SOFT, size_pt=9.5),
        ) as table:
            for row in [heads, *rows]:
                table.row([self.printable(cell) for cell in row])
        self.pdf.ln(2)

    def sums(self, sums: Facts) -> None:
        for place, (label, amount) in enumerate(sums):
            self._set(10.5, INK, 'B' if place == len(sums) - 1 else '')
            self.pdf.set_x(LEFT + 85)
            self.pdf.cell(60, STEP + 0.8, self.printable(label), align='R')
            self.pdf.cell(25, STEP + 0.8, self.printable(amount), align='R', new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(6)

    def remarks(self, lines: Sequence[str]) -> None:
        if lines:
            self._lines(lines, 9.5, SOFT)
            self.pdf.ln(5)

    def made(self) -> bytes:
        if self.lost:
            self._lines([NOT_PRINTED], 9.5, SOFT)
        from fpdf.output import OutputProducer

        said = OutputProducer(self.pdf)._build_xmp_from_info()  # which would say when it was drawn
        self.pdf.set_xmp_metadata(
            DRAWN.sub(rf'\1="{self.pdf.creation_date.isoformat(timespec="seconds")}"', said)
        )
        return bytes(self.pdf.output())

    def _section(self, title: str, size: float, colour: tuple[int, int, int], *, after: float) -> None:
        self.pdf.start_section(title)
        self._set(size, colour, 'B')
        self.pdf.multi_cell(WIDE, size * 0.5, self.printable(title), align='L', new_x='LMARGIN', new_y='NEXT')
        self.pdf.ln(after)

    def _lines(
        self, lines: Sequence[str], size: float, colour: tuple[int, int, int], *, width: float = WIDE
    ) -> None:
        self._set(size, colour)
        for line in lines:
            said = self.printable(line) or ' '
            self.pdf.multi_cell(width, max(STEP, size * 0.45), said, align='L', new_x='LMARGIN', new_y='NEXT')

    def _set(self, size: float, colour: tuple[int, int, int], style: str = '') -> None:
        self.pdf.set_font('serif', style, size)
        self.pdf.set_text_color(*colour)


def enclosed(letter: Letter) -> list[tuple[str, bytes, str]]:
    """What a letter about money carries: the document it is about, as it is when the letter leaves."""
    row = money_letters.about(letter)
    if isinstance(row, Invoice):
        return [(f'invoice-{row.number}.pdf', of_invoice(row), PDF)]
    if isinstance(row, CreditNote):
        return [(f'credit-note-{row.number}.pdf', of_credit_note(row), PDF)]
    return []
