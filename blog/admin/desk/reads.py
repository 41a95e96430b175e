"""What is read: everything in print, and one post."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog import reads
from blog.admin.desk.frame import on_the_desk, page, refuse, submission_on_the_desk
from ukis import days, staff


def _refuse(request: HttpRequest, **address: object) -> NoReturn:
    raise PermissionDenied('What is read is for the editors.')


@require_safe
def desk_reads(request: HttpRequest) -> HttpResponse:
    on_the_desk(request)
    found = reads.of_all()
    context = {'reads': found, 'plots': reads.plots_of(found), 'today': days.today()}
    return page(request, 'reads', 'What is read', context)


@require_safe
def desk_reads_of(request: HttpRequest, pk: int) -> HttpResponse:
    _, submission = submission_on_the_desk(request, pk)
    post = submission.post_or_none
    if post is None or not post.is_out:
        raise Http404
    found = reads.of_post(post)
    context = {
        'submission': submission,
        'post': post,
        'reads': found,
        'plots': reads.plots_of(found),
        'today': days.today(),
    }
    return page(request, 'reads_of', 'How often it was read', context)


staff.pages += [
    ('desk/reads/', desk_reads, 'desk_reads', _refuse),
    ('desk/<int:pk>/reads/', desk_reads_of, 'desk_reads_of', refuse),
]
