"""Any two versions of a submission, as its author compares them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import workflow
from blog.models import Submission
from blog.pages import marked
from blog.told import versions_known
from blog.writing.access import AuthorsRequest, on_a_submission, version_or_404


@require_safe
@partial(on_a_submission, desk='admin:desk_differences')
def differences(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Word by word; by default what changed with the words that stand now."""
    new = version_or_404(submission, request.GET.get('to')) or submission.current
    old = (
        version_or_404(submission, request.GET.get('from'))
        or versions_known(submission).filter(number__lt=new.number).last()
        or new
    )
    context = {
        'submission': submission,
        'old': old,
        'new': new,
        'marked': marked(old, new, by_step=True),
        'can_edit': workflow.can_edit(submission, request.user),
        'note': workflow.written_to_author(submission),
        'versions': versions_known(submission).to_choose_from(),
    }
    return render(request, 'blog/submissions/differences.html', context)
