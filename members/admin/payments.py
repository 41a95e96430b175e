"""Payments, read by staff; what is done with them has pages of its own (`money_pages`)."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.admin.money_pages import buttons
from members.admin.money_shown import SHOWN, history_of, listed, pdf
from members.admin.showing import NONE, link
from members.models import Payment
from members.models.billing import pounds
from ukis import days
from ukis.staff import Readable


class BalanceFilter(admin.SimpleListFilter):
    title, parameter_name = 'what is left of it', 'left'

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ('balance', 'some is put to no invoice'),
            ('choose', 'it came for a term that is over'),
            ('reversed', 'taken back'),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == 'balance':
            return queryset.with_a_balance()
        if self.value() == 'choose':
            return queryset.filter(to_choose=True)
        return queryset.exclude(reversed_on=None) if self.value() == 'reversed' else queryset


@admin.register(Payment)
class PaymentAdmin(Readable):
    list_display = ['received', 'holder', 'amount_shown', 'left_shown', 'method', 'reference']
    list_display_links = ['received']
    list_filter = [BalanceFilter, 'method', 'received_on']
    list_select_related = ['membership__organisation', 'membership__person']
    search_fields = [
        'reference',
        '=allocations__invoice__number',
        'membership__organisation__name',
        'membership__person__name',
    ]
    fieldsets = [
        ('As it stands', {'fields': ['left_shown', 'moves', 'document']}),
        ('What came', {'fields': ['holder_link', 'received', 'amount_shown', 'method', 'reference']}),
        ('Where it went', {'fields': ['allocations', 'refunds', 'taken_back']}),
        ('What happened', {'fields': ['happened']}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_left().order_by('-received_on', '-pk')

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten_fieldsets(self.fieldsets)

    @admin.display(description='received', ordering='received_on')
    def received(self, row: Payment) -> str:
        return days.in_words(row.received_on)

    @admin.display(description='from')
    def holder(self, row: Payment) -> str:
        return str(row.membership.holder)

    @admin.display(description='from')
    def holder_link(self, row: Payment) -> SafeString:
        return link(row.membership)

    @admin.display(description='amount', ordering='amount')
    def amount_shown(self, row: Payment) -> str:
        return pounds(row.amount)

    @admin.display(description='put to no invoice')
    def left_shown(self, row: Payment) -> str:
        if row.reversed_on:
            return 'taken back'
        return pounds(row.left) if row.left else NONE

    @admin.display(description='what can be done')
    def moves(self, row: Payment) -> SafeString:
        return buttons('payment', row)

    @admin.display(description='document')
    def document(self, row: Payment) -> SafeString:
        return pdf('receipt', row.pk, 'The receipt as PDF')

    @admin.display(description='put to')
    def allocations(self, row: Payment) -> SafeString:
        rows = row.allocations.select_related('invoice')[:SHOWN]
        return listed([format_html('{} to {}', pounds(one.amount), link(one.invoice)) for one in rows])

    @admin.display(description='sent back')
    def refunds(self, row: Payment) -> SafeString:
        return listed(
            [
                format_html('{} on {}: {}', pounds(one.amount), days.in_words(one.sent_on), one.why)
                for one in row.refunds.all()[:SHOWN]
            ]
        )

    @admin.display(description='taken back')
    def taken_back(self, row: Payment) -> str:
        return f'{days.in_words(row.reversed_on)}: {row.reversed_why}' if row.reversed_on else NONE

    @admin.display(description='its history')
    def happened(self, row: Payment) -> SafeString:
        return history_of(row)
