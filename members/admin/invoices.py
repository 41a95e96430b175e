"""Invoices and credit notes, read by staff; what is done with them has pages of its own (`money_pages`)."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.admin.money_pages import buttons
from members.admin.money_shown import SHOWN, history_of, listed, pdf
from members.admin.showing import NONE, link
from members.models import CreditNote, Invoice, InvoiceLine
from members.models.billing import pounds
from members.money import copies
from ukis import days
from ukis.staff import Readable

NUMBER = re.compile(r'\d{5,9}')


class OwedFilter(admin.SimpleListFilter):
    title, parameter_name = 'how it stands', 'stands'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ('owing', 'something is owed'),
            ('unagreed', 'drawn up front, and not agreed to'),
            ('overdue', 'overdue'),
            ('paid', 'paid'),
            ('credited_whole', 'credited whole'),
            ('void', 'void'),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value()
        if asked not in dict(self.lookups(request, None)):
            return queryset
        return getattr(queryset, str(asked))()


@admin.register(Invoice)
class InvoiceAdmin(Readable):
    """Whatever somebody pastes from a bank’s line is searched for the numbers in it."""

    list_display = ['number', 'payer_name', 'stands', 'total_shown', 'owed_shown', 'issued', 'due']
    list_filter = [OwedFilter, 'category']
    list_select_related = ['membership__category']
    search_fields = ['payer_name', 'po_number', 'membership__organisation__short_name']
    fieldsets = [
        ('As it stands', {'fields': ['stands', 'moves', 'document']}),
        ('What it asks', {'fields': ['payer', 'period', 'what_for', 'po_number', 'attention']}),
        ('What came of it', {'fields': ['allocations', 'credits', 'let_go', 'instead', 'beside']}),
        ('What happened', {'fields': ['happened']}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).order_by('-number')

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten_fieldsets(self.fieldsets)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        numbers = [int(found) for found in NUMBER.findall(search_term)][:20]
        by_number = queryset.filter(number__in=numbers) if numbers else queryset.none()
        if numbers and by_number.exists():
            return by_number, False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description='how it stands')
    def stands(self, row: Invoice) -> str:
        return row.sentence

    @admin.display(description='total', ordering='total')
    def total_shown(self, row: Invoice) -> str:
        return pounds(row.total)

    @admin.display(description='owed', ordering='owed')
    def owed_shown(self, row: Invoice) -> str:
        if row.owed and row.is_unagreed:
            return f'{NONE} ({pounds(row.owed)} once agreed to)'
        return pounds(row.owed) if row.owed else NONE

    @admin.display(description='issued', ordering='issued_on')
    def issued(self, row: Invoice) -> str:
        return days.in_words(row.issued_on)

    @admin.display(description='due', ordering='due_on')
    def due(self, row: Invoice) -> str:
        return days.in_words(row.due_on)

    @admin.display(description='what can be done')
    def moves(self, row: Invoice) -> SafeString:
        return buttons('invoice', row)

    @admin.display(description='document')
    def document(self, row: Invoice) -> SafeString:
        kept = copies.of(row)
        earlier = [pdf('invoice_copy', row.number, one.words, one.row.pk) for one in kept]
        return listed([pdf('invoice', row.number, 'The invoice as PDF, as it stands now'), *earlier])

    @admin.display(description='payer')
    def payer(self, row: Invoice) -> SafeString:
        lines = [row.payer_name, *row.payer_address.splitlines()]
        return format_html(
            '{}<br>Membership: {}',
            format_html_join(SafeString('<br>'), '{}', ((line,) for line in lines)),
            link(row.membership),
        )

    @admin.display(description='period')
    def period(self, row: Invoice) -> str:
        if row.period_start is None or row.period_end is None:
            return NONE
        return f'{days.in_words(row.period_start)} to {days.in_words(row.period_end)}'

    @admin.display(description='lines')
    def what_for(self, row: Invoice) -> SafeString:
        return listed([format_html('{}: {}', line.text, self._asked(row, line)) for line in row.lines.all()])

    @staticmethod
    def _asked(row: Invoice, line: InvoiceLine) -> str:
        if not row.vat_number:
            return pounds(line.net)
        vat = f'{pounds(line.vat_amount)} VAT ({line.rate_in_words})'
        return f'{pounds(line.net)} net and {vat}, together {pounds(line.gross)}'

    @admin.display(description='payments')
    def allocations(self, row: Invoice) -> SafeString:
        rows = row.allocations.select_related('payment').order_by('payment__received_on', 'pk')[:SHOWN]
        return listed(
            [
                format_html(
                    '{} of {}{}',
                    pounds(one.amount),
                    link(one.payment),
                    ', which was taken back' if one.payment.reversed_on else '',
                )
                for one in rows
            ]
        )

    @admin.display(description='credit notes')
    def credits(self, row: Invoice) -> SafeString:
        return listed(
            [
                format_html(
                    '{}, {}: {}', pdf('credit_note', one.number, str(one)), pounds(one.total), one.reason
                )
                for one in row.credit_notes.all()[:SHOWN]
            ]
        )

    @admin.display(description='written off')
    def let_go(self, row: Invoice) -> SafeString:
        return listed(
            [
                format_html('{} on {}: {}', pounds(one.amount), days.in_words(one.written_off_on), one.reason)
                for one in row.write_offs.all()[:SHOWN]
            ]
        )

    @admin.display(description='in place of, and instead of it')
    def instead(self, row: Invoice) -> SafeString:
        newer = Invoice.objects.filter(replaces=row).first()
        return listed(
            [
                *([format_html('It stands in place of {}.', link(row.replaces))] if row.replaces else []),
                *([format_html('{} stands in its place.', link(newer))] if newer else []),
            ]
        )

    @admin.display(description='the payer’s balance')
    def beside(self, row: Invoice) -> str:
        balance = row.membership.balance
        return f'{pounds(balance)} is put to no invoice.' if balance else NONE

    @admin.display(description='its history')
    def happened(self, row: Invoice) -> SafeString:
        return history_of(row)


@admin.register(CreditNote)
class CreditNoteAdmin(Readable):
    list_display = ['number', 'invoice', 'total', 'reason', 'issued_on']
    list_select_related = ['invoice']
    search_fields = ['=number', '=invoice__number', 'invoice__payer_name']
    fields = ['number', 'invoice_link', 'issued_on', 'reason', 'total', 'document']
    readonly_fields = ['number', 'invoice_link', 'issued_on', 'reason', 'total', 'document']

    @admin.display(description='invoice')
    def invoice_link(self, row: CreditNote) -> SafeString:
        return link(row.invoice)

    @admin.display(description='document')
    def document(self, row: CreditNote) -> SafeString:
        return pdf('credit_note', row.number, 'The credit note as PDF')
