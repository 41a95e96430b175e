"""What a page tells while somebody types, and how they throw it away. What was typed is shown by its form, and here
only where that was deleted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ukis.methods import read_or_post
from ukis.unsaved import buffers
from ukis.unsaved.giving_back import signed_in, typed_fields
from ukis.unsaved.models import Buffer
from ukis.unsaved.sheets import Sheet

SIGNED_OUT = 'You are no longer signed in. Sign in in another tab, and it is kept with the Society again.'
SOMEBODY_ELSE = 'Somebody else is signed in in this browser now. Sign in as yourself in another tab.'
GROWN_OLD = 'This page has grown old. Copy what you typed, load the page anew and put it in.'
TOO_OFTEN = 'That was very often in a short time. It is tried again.'
ELSEWHERE = (
    'You typed something else here in another tab or on another computer. Both are kept: load the page anew, and '
    'they are shown side by side.'
)


@never_cache
@read_or_post
def keep(request: HttpRequest) -> JsonResponse:
    """POST keeps the fields as typed: {at, mark, told}, or {error} with a sentence for the person.

    GET: {token} for a page whose own has grown old."""
    if not request.user.is_authenticated:
        return _refused(SIGNED_OUT, 401)
    if request.method != 'POST':
        return JsonResponse({'token': get_token(request)})
    sheet = Sheet.opened(request.POST.get('unsaved', ''))
    tab, typed_at = buffers.page_of(request)
    if sheet is None or not tab:
        return _refused(GROWN_OLD, 400)
    if sheet.writer != request.user.pk:
        return _refused(SOMEBODY_ELSE, 401)
    if not buffers.KEEPS.take(sheet.writer):
        return _refused(TOO_OFTEN, 429)
    return _kept(request, sheet, tab, typed_at)


def _kept(request: HttpRequest, sheet: Sheet, tab: str, typed_at: int) -> JsonResponse:
    began, fields = request.POST.get('unsaved_began', ''), buffers.typed_in(request.POST)
    try:
        buffer = buffers.keep(sheet, tab=tab, began=began, fields=fields, typed_at=typed_at)
    except buffers.NotKept as refusal:
        return _refused(str(refusal), 413)
    told = buffers.told(buffer) or (ELSEWHERE if buffers.beside(buffer, sheet) else '')
    return JsonResponse({'at': f'{timezone.localtime():%H:%M}', 'mark': buffer.mark, 'told': told})


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({'error': sentence}, status=status)


@never_cache
@signed_in
@read_or_post
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once before a text is thrown away, and gives it back for some days."""
    ended: Any = Buffer.State.SENT
    buffer = Buffer.objects.of(request.user).exclude(state=ended).filter(pk=pk).first()
    if buffer is None:
        raise Http404('Nothing of yours is kept under this address, or not any more.')
    if request.method == 'POST':
        if request.POST.get('do') == 'put back':
            buffers.put_back(buffer)
            return redirect(f'{buffer.page}?unsaved={buffer.pk}' if buffer.page else request.path)
        buffers.throw_away(buffer)
        return redirect('unsaved_kept', buffer.pk)
    words = sum(len(value.split()) for values in buffer.fields.values() for value in values)
    thrown = buffer.state == Buffer.State.THROWN
    context = {'buffer': buffer, 'words': words, 'thrown': thrown}
    if not buffer.page and not thrown:
        context['fields'] = typed_fields(buffer.fields.items())
    return render(request, 'unsaved/kept.html', context)
