"""The desk's opening page: the queues."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog import commission_queues, queues
from blog.admin.desk import lines
from blog.admin.desk.frame import editor_of, on_the_desk, page, refuse
from blog.models import Submission
from ukis import staff
from ukis.leafing import Leafing

ROWS = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request)
    counted = queues.counts(person)
    words = request.GET.get('q', '').strip()[:200]
    key = request.GET.get('queue') or ('mine' if counted['mine'] else 'everything')
    if key not in queues.QUEUES:
        raise Http404
    if words:
        found = queues.search(Submission.objects.on_the_desk_of(person).oldest_wait_first(), words)
    else:
        found = queues.rows(key, person)
    leaves = Leafing(found, ROWS, shown=queues.with_what_a_row_shows(Submission.objects.all()))
    shown = leaves.get_page(request.GET.get('page'))
    context = {
        'opening': queues.opening(person, counted),
        'commissions_wait': commission_queues.rows('mine', person).count(),
        'parts': [(queue, counted[queue.key]) for queue in queues.PARTS],
        'across': [(queue, counted[queue.key]) for queue in queues.ACROSS],
        'everything': (queues.EVERYTHING, counted['everything']),
        'archive': queues.ARCHIVE,
        'queue': None if words else queues.QUEUES[key],
        'words': words,
        'page': shown,
        'lines': lines.lines_for(list(shown), person),
    }
    return page(request, 'desk', 'The desk', context)


def front(request: HttpRequest) -> dict | None:
    """The desk's three lines on the front page of the admin, for those who have a desk."""
    person = editor_of(request)
    if person is None:
        return None
    return {'template': 'admin/desk/_front.html', 'opening': queues.opening(person, queues.counts(person))}


staff.blocks.append(front)
staff.pages += [
    ('desk/', desk, 'desk', refuse),
]
