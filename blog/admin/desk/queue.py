"""The desk's opening page: the queues, and the list narrowed as one asks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from blog import absences
from blog.admin.desk import lines
from blog.admin.desk.frame import editor_of, on_the_desk, page, refuse, ways
from blog.conversation import incoming, unread
from blog.desk import commission_queues, filters, queues, saving
from blog.desk.filters import Asked
from blog.models import SavedQueue, Submission
from members.models import Person
from ukis import days, staff
from ukis.leafing import Leafing

ROWS = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request, guests=True)
    counted = queues.counts(person)
    saved = _saved(request, person)
    asked = (
        filters.of_saved(saved.asked)
        if saved
        else filters.asked(filters.known_to(person, request.GET.dict()))
    )
    if not saved and (key := request.GET.get('queue')) and key not in queues.QUEUES:
        raise Http404
    _tell_unknown(request, asked, saved)
    default = 'mine' if counted['mine'] and not asked.is_narrowed else 'everything'
    found = filters.rows(asked, person, default)
    rows = queues.with_what_a_row_shows(Submission.objects.all())
    leaves = Leafing(found, ROWS, shown=unread.knowing(rows, person))
    shown = leaves.get_page(request.GET.get('page'))
    anywhere = asked.is_narrowed and not asked.queue
    context = {
        'ways': ways('desk', person),
        'opening': queues.opening(person, counted),
        'is_guest': person.is_guest_editor,
        'letters_wait': None if person.is_guest_editor else incoming.waiting_for(person),
        'commissions_wait': commission_queues.rows('mine', person).count(),
        'parts': [(queue, counted[queue.key]) for queue in queues.PARTS],
        'across': [(queue, counted[queue.key]) for queue in queues.ACROSS],
        'everything': (queues.EVERYTHING, counted['everything']),
        'archive': queues.ARCHIVE,
        'queue': None if anywhere else queues.QUEUES[asked.queue or default],
        'words': asked.words,
        'where_looked': queues.where_looked(asked.words),
        'asked': asked,
        'here': f'saved={saved.pk}' if saved else asked.address or f'queue={default}',
        'kept': saving.with_counts(person),
        'saved': saved,
        'not_shown': saving.named_on(person) if saved else [],
        'narrowing': [one for one in filters.of_form() if one[0] != 'series' or not person.is_guest_editor],
        'orders': [(name, label) for name, (label, _) in filters.ORDERS.items()],
        'page': shown,
        'absent': absences.now_and_soon(days.today()),
        'lines': lines.lines_for(list(shown), person),
        'ticks': lines.that_may_change_editor(list(shown), person),
    }
    return page(request, 'desk', 'The desk', context)


def _saved(request: HttpRequest, person: Person) -> SavedQueue | None:
    key = request.GET.get('saved', '')
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise Http404
    return get_object_or_404(SavedQueue.objects.for_desk_of(person), pk=int(key))


def _tell_unknown(request: HttpRequest, asked: Asked, saved: SavedQueue | None) -> None:
    if saved and asked.unknown:
        left = ', '.join(asked.unknown)
        messages.warning(
            request,
            f'“{saved.name}” was saved with what the desk does not know any more: {left}. The list is without it.',
        )


def front(request: HttpRequest) -> dict | None:
    """The desk's three lines on the front page of the admin, for those who have a desk."""
    person = editor_of(request, guests=True)
    if person is None:
        return None
    return {'template': 'admin/desk/_front.html', 'opening': queues.opening(person, queues.counts(person))}


staff.blocks.append(front)
staff.pages += [
    ('desk/', desk, 'desk', refuse),
]
