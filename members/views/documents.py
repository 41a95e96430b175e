"""Invoices, credit notes and receipts as PDF, for those whose they are and for staff who look after money."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import CreditNote, Invoice, InvoiceCopy, Payment
from members.money import documents
from members.signing_in import MemberRequest
from ukis import days
from ukis.unsaved import signed_in


@never_cache
@signed_in
@require_safe
def invoice(request: MemberRequest, number: int) -> HttpResponse:
    row = get_object_or_404(
        Invoice.objects.visible_to(request.user).select_related('replaces'), number=number
    )
    return _pdf(documents.of_invoice, row, f'invoice-{number}')


@never_cache
@signed_in
@require_safe
def invoice_copy(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    theirs = Invoice.objects.visible_to(request.user).filter(number=number)
    rows = InvoiceCopy.objects.select_related('invoice__replaces')
    row = get_object_or_404(rows.filter(invoice__in=theirs), pk=pk)
    return _pdf(documents.of_copy, row, f'invoice-{number}-of-{days.london_day(row.at).isoformat()}')


@never_cache
@signed_in
@require_safe
def credit_note(request: MemberRequest, number: int) -> HttpResponse:
    rows = CreditNote.objects.filter(invoice__in=Invoice.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related('invoice'), number=number)
    return _pdf(documents.of_credit_note, row, f'credit-note-{number}')


@never_cache
@signed_in
@require_safe
def receipt(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Payment.objects.visible_to(request.user).select_related(
        'membership__person', 'membership__organisation'
    )
    row = get_object_or_404(rows, pk=pk)
    return _pdf(documents.of_payment, row, f'receipt-{pk}')


def _pdf(made: Callable[..., bytes], row: Any, name: str) -> HttpResponse:
    return HttpResponse(
        made(row, documents.apart),
        content_type=documents.PDF,
        headers={'Content-Disposition': f'inline; filename="{name}.pdf"'},
    )
