"""How often a post was read, for those who wrote it."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import reads
from blog.models import Submission
from blog.writing.access import AuthorsRequest, on_a_submission
from ukis import days


@require_safe
@partial(on_a_submission, desk='admin:desk_reads_of')
def submission_reads(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    post = submission.post_or_none
    if post is None or not post.is_out:
        raise Http404('It is not out yet.')
    found = reads.of_post(post)
    context = {
        'submission': submission,
        'post': post,
        'reads': found,
        'plots': reads.plots_of(found),
        'today': days.today(),
    }
    return render(request, 'blog/reads/submission.html', context)
