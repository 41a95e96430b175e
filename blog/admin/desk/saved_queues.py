"""Queues that an editor saves, renames, shares and deletes."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from blog.admin.desk.frame import on_the_desk, page, refuse
from blog.desk import filters, saving
from blog.forms.saved_queues import SavedQueueForm
from blog.models import SavedQueue
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow


def _to(queue: SavedQueue) -> HttpResponse:
    return HttpResponseRedirect(f'{reverse("admin:desk")}?saved={queue.pk}')


@read_or_post
def save_queue(request: HttpRequest) -> HttpResponse:
    """The list as it is shown, under a name."""
    person = on_the_desk(request, guests=True)
    if request.method != 'POST':
        asked = filters.asked(filters.known_to(person, request.GET.dict()))
        return _shown(request, SavedQueueForm(initial={'asked': asked.address}), asked.address)
    form = SavedQueueForm(request.POST)
    # What is kept is what the desk understands of it, whatever was posted.
    posted = dict(parse_qsl(request.POST.get('asked', '')[:1000]))
    asked = filters.asked(filters.known_to(person, posted))
    if not form.is_valid():
        return _shown(request, form, asked.address)
    given = form.cleaned_data
    try:
        queue = saving.save(by=person, name=given['name'], asked=asked.address, shared=given['shared'])
    except NotNow as refusal:
        form.add_error('name', str(refusal))
        return _shown(request, form, asked.address, status=CONFLICT)
    messages.success(request, f'Saved as “{queue.name}”. It stands beside the queues.')
    return _to(queue)


@read_or_post
def change_queue(request: HttpRequest, queue: int) -> HttpResponse:
    """Its name, and whether the others see it; or it goes."""
    person = on_the_desk(request, guests=True)
    kept = _own(person, queue)
    if request.method != 'POST':
        form = SavedQueueForm(initial={'name': kept.name, 'shared': kept.shared})
        return _shown(request, form, kept.asked, kept)
    if request.POST.get('delete'):
        kept.delete()
        messages.success(request, f'“{kept.name}” is deleted. Nothing that stood in it changed.')
        return redirect('admin:desk')
    form = SavedQueueForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, kept.asked, kept)
    try:
        saving.change(kept, by=person, name=form.cleaned_data['name'], shared=form.cleaned_data['shared'])
    except NotNow as refusal:
        form.add_error('name', str(refusal))
        return _shown(request, form, kept.asked, kept, status=CONFLICT)
    messages.success(request, 'Saved.')
    return _to(kept)


def _own(person: Person, pk: int) -> SavedQueue:
    return get_object_or_404(SavedQueue, pk=pk, person=person)


def _shown(
    request: HttpRequest,
    form: SavedQueueForm,
    asked: str,
    queue: SavedQueue | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    said = filters.described(filters.of_saved(asked))
    context = {'form': form, 'queue': queue, 'said': said}
    return page(request, 'saved_queue', 'A saved queue' if queue else 'Save this list', context, status)


staff.pages += [
    ('desk/saved/', save_queue, 'save_queue', refuse),
    ('desk/saved/<int:queue>/', change_queue, 'saved_queue', refuse),
]
