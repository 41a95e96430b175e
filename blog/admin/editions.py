"""Posts by email as staff see them: what went out to how many, what goes next and to whom, and a halt where it is
needed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from blog import subscribing
from blog.models import Edition, Often, Subscriber
from ukis import staff
from ukis.doors import Door
from ukis.leafing import Leafing
from ukis.refusals import NotNow

ROWS, SHOWN = 50, 500
REFUSAL = 'Posts by email are for the editors.'
SEES, HALTS = (Door(REFUSAL, f'blog.{one}_edition') for one in ('view', 'change'))


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    SEES.opened(request)
    rows = Edition.objects.order_by('-made_at', '-pk')
    leaf = Leafing(rows, ROWS, shown=rows.select_related('post__version')).get_page(request.GET.get('page'))
    counted = subscribing.counted([row.pk for row in leaf.object_list])
    context = {
        'page': leaf,
        'rows': [(row, counted[row.pk]) for row in leaf.object_list],
        'followers': subscribing.followers(),
        'complaints': subscribing.complaints(timezone.now()),
    }
    return staff.page(request, 'admin/blog/editions/editions.html', 'Posts by email', context)


@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    person, row = SEES.opened(request), _edition(pk)
    context = {
        'edition': row,
        'posts': subscribing.posts_of(row),
        'counted': subscribing.counted([row.pk])[row.pk],
        'doubtful': subscribing.not_arrived(row)[:SHOWN],
        'may': HALTS.opens_for(person),
        'going': not row.is_paused and subscribing.goes_on(row),
        'audience': None if row.is_frozen else _audience(row),
    }
    return staff.page(request, 'admin/blog/editions/edition.html', str(row), context)


@require_safe
def edition_next(request: HttpRequest, often: str) -> HttpResponse:
    """What the next digest would hold, and who would get it, were it sent now."""
    if often not in (Often.WEEKLY, Often.MONTHLY):
        raise Http404
    SEES.opened(request)
    row = subscribing.next_digest(Often(often), timezone.now())
    context = {'edition': row, 'posts': subscribing.posts_of(row), 'audience': _audience(row)}
    title = 'The next of the week' if often == Often.WEEKLY else 'The next of the month'
    return staff.page(request, 'admin/blog/editions/next.html', title, context)


def _audience(row: Edition) -> dict[str, object]:
    wanted, left_out = subscribing.audience(row)
    first = Subscriber.objects.in_bulk(list(wanted)[:SHOWN])
    return {
        'left_out': left_out[:SHOWN],
        'left_out_number': len(left_out),
        'left_out_more': max(0, len(left_out) - SHOWN),
        'number': len(wanted),
        'rows': [(first[key], posts) for key, posts in list(wanted.items())[:SHOWN] if key in first],
        'more': max(0, len(wanted) - SHOWN),
    }


@require_POST
def edition_pause(request: HttpRequest, pk: int) -> HttpResponse:
    person = HALTS.opened(request)
    try:
        subscribing.pause(_edition(pk), by=person)
    except NotNow as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, 'It is paused: no further letter of it leaves.')
    return redirect('admin:edition', pk)


@require_POST
def edition_resume(request: HttpRequest, pk: int) -> HttpResponse:
    subscribing.resume(_edition(pk), by=HALTS.opened(request))
    messages.success(request, 'It goes on.')
    return redirect('admin:edition', pk)


@require_POST
def edition_test(request: HttpRequest, pk: int) -> HttpResponse:
    person = SEES.opened(request)
    try:
        subscribing.send_test(_edition(pk), by=person)
    except NotNow as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, f'A test is on its way to {person.email}, and to nobody else.')
    return redirect('admin:edition', pk)


def _edition(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related('post__version', 'paused_by'), pk=pk)


staff.pages += [
    ('posts-by-email/', editions, 'editions', SEES.refuse),
    ('posts-by-email/<int:pk>/', edition, 'edition', SEES.refuse),
    ('posts-by-email/next/<str:often>/', edition_next, 'edition_next', SEES.refuse),
    ('posts-by-email/<int:pk>/pause/', edition_pause, 'edition_pause', SEES.refuse),
    ('posts-by-email/<int:pk>/go-on/', edition_resume, 'edition_resume', SEES.refuse),
    ('posts-by-email/<int:pk>/test/', edition_test, 'edition_test', SEES.refuse),
]
