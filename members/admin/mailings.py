"""Letters to many: chosen in a list, written, looked through, sent once."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from members.forms.mailings import MailingForm
from members.letters import mailings
from members.models import Mailing
from ukis import engine, staff, unsaved
from ukis.doors import Door
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import standing
from ukis.unsaved.both import in_form

ROWS = 50
SHOWN = 500
TO_MANY = Door('Letters to many are written by the membership secretary.', 'members.change_membership')


@admin.action(description='Write to these…', permissions=['change'])
def write_to_these(its: Any, request: HttpRequest, chosen: Any) -> HttpResponse | None:
    """Of a list: nothing is sent before somebody has seen who would get it."""
    person = TO_MANY.opened(request)
    keys = list(chosen.order_by('pk').values_list('pk', flat=True)[: mailings.MOST + 1])
    try:
        mailing = mailings.begin(its.opts.model_name, keys, by=person)
    except NotNow as why:
        messages.error(request, str(why))
        return None
    return redirect('admin:mailing', mailing.pk)


@require_safe
def the_mailings(request: HttpRequest) -> HttpResponse:
    TO_MANY.opened(request)
    rows = Mailing.objects.defer('keys', 'left', 'words').order_by('-at', '-pk')
    page = Leafing(rows, ROWS, shown=rows.select_related('by', 'sent_by')).get_page(request.GET.get('page'))
    return staff.page(request, 'admin/members/mailings/mailings.html', 'Letters to many', {'page': page})


@read_or_post
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is written, and to whom it would go; POST keeps the words and shows who would get it."""
    TO_MANY.opened(request)
    if request.method != 'POST':
        row = _mailing(pk)
        return _sent(request, row) if row.is_sent else _show(request, row, MailingForm(instance=row))
    with transaction.atomic():
        row = engine.locked(_mailing(pk), 'by', 'sent_by')
        if row.is_sent:
            messages.info(request, 'It was sent already, and nothing was changed.')
            return redirect('admin:mailing', row.pk)
        form = MailingForm(request.POST, instance=row)
        if not form.is_valid():
            return _show(request, _mailing(pk), form, CONFLICT if standing.is_stale(form) else 200)
        form.save()
    unsaved.sent(request)
    return redirect(f'{request.path}#who')


def _show(request: HttpRequest, row: Mailing, form: MailingForm, status: int = 200) -> HttpResponse:
    unsaved.watch(request, form, 'A letter to many', row, page=request.path)
    found = mailings.audience(row)
    context = {
        'mailing': row,
        'form': form,
        'both': in_form(form) if standing.is_stale(form) else None,
        'audience': found,
        'recipients': found.recipients[:SHOWN],
        'more': max(0, len(found.recipients) - SHOWN),
        'left_out': found.left_out[:SHOWN],
        'is_written': bool(row.subject and row.words) and not form.is_bound,
    }
    return staff.page(
        request,
        'admin/members/mailings/mailing.html',
        f'Write to {len(row.keys)} {row.get_of_display()}',
        context,
        status,
    )


def _sent(request: HttpRequest, row: Mailing) -> HttpResponse:
    return staff.page(request, 'admin/members/mailings/sent.html', f'{row}', {'mailing': row})


@require_POST
def mailing_send(request: HttpRequest, pk: int) -> HttpResponse:
    person = TO_MANY.opened(request)
    row = _mailing(pk)
    try:
        row = mailings.send(row, by=person, seen=request.POST.get('seen', ''))
    except NotNow as why:
        messages.error(request, f'{why} Nothing was sent.')
    else:
        said = '1 letter is on its way.' if row.letters == 1 else f'{row.letters} letters are on their way.'
        more = (
            f' {row.to_write:,} more follow by themselves: their number stands below.' if row.to_write else ''
        )
        messages.success(request, said + more)
    return redirect('admin:mailing', pk)


@require_POST
def mailing_test(request: HttpRequest, pk: int) -> HttpResponse:
    person = TO_MANY.opened(request)
    try:
        mailings.send_test(_mailing(pk), by=person)
    except NotNow as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f'A test is on its way to {person.email}.')
    return redirect('admin:mailing', pk)


def _mailing(pk: int) -> Mailing:
    return get_object_or_404(Mailing.objects.select_related('by', 'sent_by'), pk=pk)


staff.pages += [
    ('mailings/', the_mailings, 'mailings', TO_MANY.refuse),
    ('mailings/<int:pk>/', mailing, 'mailing', TO_MANY.refuse),
    ('mailings/<int:pk>/send/', mailing_send, 'mailing_send', TO_MANY.refuse),
    ('mailings/<int:pk>/test/', mailing_test, 'mailing_test', TO_MANY.refuse),
]
