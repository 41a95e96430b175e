"""A former version's words as a new version, for whoever may save words."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from blog import going_back, workflow
from blog.models import Submission
from blog.pages import to_submission
from blog.writing.access import AuthorsRequest, on_a_submission
from blog.writing.drafts import TEXT
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow, Stale

NOT_NOW = 'The text cannot be changed now: it is with somebody else.'


@read_or_post
@partial(on_a_submission, desk='admin:desk_go_back')
def go_back(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    version = going_back.chosen(submission, request.GET.get('version'))
    if version is None or not workflow.can_edit(submission, request.user):
        return to_submission(request, submission, NOT_NOW if version else going_back.NONE_YET)
    if request.method != 'POST':
        given = going_back.context(submission, version, by=request.user, form=TEXT)
        return render(request, 'blog/submissions/go_back.html', given)
    try:
        messages.success(request, going_back.made(submission, version, by=request.user, posted=request.POST))
    except Stale as stale:
        given = going_back.context(
            submission, version, by=request.user, form=TEXT, stale=stale, posted=request.POST
        )
        return render(request, 'blog/submissions/go_back.html', given, status=CONFLICT)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    return redirect('submission', submission.pk)
