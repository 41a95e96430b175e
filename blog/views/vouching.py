"""Whoever answers for a submission says how a co-author agreed who has not answered our letters."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from blog import workflow
from blog.forms.behalf import VouchForm
from blog.models import Submission
from blog.pages import to_submission
from blog.writing.access import AuthorsRequest, on_a_submission
from ukis import unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow

SAID = 'Said, with your name, in the history. {} has been told.'


@read_or_post
def vouch(request: AuthorsRequest, pk: int, key: int) -> HttpResponse:
    return on_a_submission(lambda request, submission: _vouch(request, submission, key))(request, pk=pk)


def _vouch(request: AuthorsRequest, submission: Submission, key: int) -> HttpResponse:
    if not workflow.may_vouch(submission, request.user):
        raise NotAllowed('Only the corresponding author can say how somebody agreed.')
    theirs = get_object_or_404(submission.authorships, pk=key)
    if request.method != 'POST' and not theirs.is_silent:
        return to_submission(request, submission, f'{theirs.name} needs nobody to say so.')
    form = VouchForm(request.POST if request.method == 'POST' else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                workflow.vouch(submission, by=request.user, authorship=theirs, **form.cleaned_data)
            except NotNow as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                unsaved.sent(request)
                messages.success(request, SAID.format(theirs.name))
                return redirect('submission', submission.pk)
    unsaved.watch(request, form, 'How they agreed', submission, page=request.path)
    context = {'submission': submission, 'theirs': theirs, 'form': form}
    return render(request, 'blog/submissions/vouch.html', context, status=status)
