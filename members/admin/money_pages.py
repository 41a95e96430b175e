"""The pages that ask staff before something is done with money, and the buttons that lead there."""

from typing import Any, NoReturn, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.admin.money_moves import MOVES, MoneyMove
from members.forms.money import MoneyForm
from members.models import Invoice, Membership, Payment, Person, Term
from ukis import staff, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow

ROWS: dict[str, Any] = {
    'invoice': Invoice.objects.select_related('membership__category', 'term'),
    'term': Term.objects.select_related('membership__organisation', 'membership__person'),
    'payment': Payment.objects.select_related(
        'membership__organisation', 'membership__person', 'membership__category'
    ),
}


def buttons(kind: str, row: Any) -> SafeString:
    """Each act that can be done with it just now, as a link to the page that asks."""
    found = [
        (reverse('admin:money_move', args=[kind, row.pk, name]), move.label)
        for name, move in MOVES[kind].items()
        if move.when(row)
    ]
    if not found:
        return SafeString('Nothing just now.')
    links = format_html_join('', '<li><a class="button" href="{}">{}</a></li>', found)
    return format_html('<ul class="staff-moves">{}</ul>', links)


@read_or_post
def make_move(request: HttpRequest, kind: str, pk: int, move: str) -> HttpResponse:
    """GET shows what it asks and what it leads to, POST does it."""
    made = MOVES.get(kind, {}).get(move)
    if made is None or not ROWS[kind].filter(pk=pk).exists():
        raise Http404
    if not cast(Person, request.user).has_perm(f'members.change_{kind}'):
        raise PermissionDenied('Money is for the membership secretary.')
    if request.method != 'POST':
        row = ROWS[kind].get(pk=pk)
        return _show(request, kind, row, made, made.form(row=row))
    with transaction.atomic():
        # Held, and read after that: the same act in another tab comes wholly before or after.
        Membership.objects.locked(ROWS[kind].get(pk=pk).membership_id)
        return _make(request, kind, ROWS[kind].get(pk=pk), made)


def _make(request: HttpRequest, kind: str, row: Any, move: MoneyMove) -> HttpResponse:
    form = move.form(request.POST, row=row)
    if not form.is_valid():
        return _show(request, kind, row, move, form, status=CONFLICT if form.is_overtaken else 200)
    try:
        with transaction.atomic():
            shown, said = move.does(row, cast(Person, request.user), form.answer())
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return _show(request, kind, row, move, form, status=CONFLICT)
    unsaved.sent(request)
    messages.success(request, said)
    return redirect(_page_of(shown))


def _page_of(row: Any) -> str:
    return reverse(f'admin:members_{row._meta.model_name}_change', args=[row.pk])


def _show(
    request: HttpRequest, kind: str, row: Any, move: MoneyMove, form: MoneyForm, *, status: int = 200
) -> HttpResponse:
    unsaved.watch(request, form, move.label, row, page=request.path)
    shown = row.membership if kind == 'term' else row
    context = {
        'move': move,
        'form': form,
        'named': str(row) if kind != 'payment' else f'Payment of {row}',
        'holder': row.membership.holder,
        'stands': form.stands,
        'back': _page_of(shown),
    }
    return staff.page(request, 'admin/members/money_move.html', move.label, context, status)


def _refuse(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    raise PermissionDenied('The admin is for the Society’s staff and editors.')


staff.pages.append(('money/<str:kind>/<int:pk>/<str:move>/', make_move, 'money_move', _refuse))
