"""Letters that came in by email and wait for an editor: taken in, or put aside."""

from typing import Any, NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from blog.admin.desk.frame import on_the_desk, page
from blog.conversation import incoming
from blog.models import IncomingLetter
from ukis import staff
from ukis.leafing import Leafing
from ukis.refusals import NotNow

ROWS = 25
NOT_YOURS = 'Letters that came in are for the editors.'


def _refuse(request: HttpRequest, **address: Any) -> NoReturn:
    raise PermissionDenied(NOT_YOURS)


@require_safe
def held_letters(request: HttpRequest) -> HttpResponse:
    """What is held, or with `?of=machines` what machines sent."""
    person = on_the_desk(request)
    rows = IncomingLetter.objects.on_the_desk_of(person)
    of_machines = request.GET.get('of') == 'machines'
    shown = IncomingLetter.objects.select_related('submission__current', 'person', 'commission')
    leaves = Leafing(rows.of_machines() if of_machines else rows.held(), ROWS, shown=shown)
    context = {
        'page': leaves.get_page(request.GET.get('page')),
        'of_machines': of_machines,
        'held_days': incoming.KEPT_HELD.days,
        'aside_days': incoming.KEPT_ASIDE.days,
    }
    return page(request, 'incoming', 'Letters that came in', context)


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    person = on_the_desk(request)
    letter = get_object_or_404(IncomingLetter.objects.on_the_desk_of(person), pk=pk)
    try:
        row = incoming.take_in(letter, by=person, as_note=request.POST.get('as') == 'note')
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect('admin:desk_incoming')
    if row.commission_id:
        messages.success(request, 'It stands in the history of the commission.')
        return redirect('admin:desk_incoming')
    read_by = (
        'the editors alone read it' if row.is_for_editors_alone else 'its author and the editors read it'
    )
    messages.success(request, f'It is in the conversation: {read_by}.')
    return redirect('admin:desk_incoming')


@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    person = on_the_desk(request)
    letter = get_object_or_404(IncomingLetter.objects.on_the_desk_of(person), pk=pk)
    try:
        incoming.put_aside(letter, by=person)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f'It is put aside, and gone in {incoming.KEPT_ASIDE.days} days.')
    return redirect('admin:desk_incoming')


staff.pages += [
    ('desk/letters/', held_letters, 'desk_incoming', _refuse),
    ('desk/letters/<int:pk>/take-in/', take_in, 'desk_incoming_take_in', _refuse),
    ('desk/letters/<int:pk>/put-aside/', put_aside, 'desk_incoming_put_aside', _refuse),
]
