"""An editor says how a co-author agreed who has not answered our letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from blog import workflow
from blog.admin.desk.frame import page, refuse, submission_on_the_desk, to_submission
from blog.forms.behalf import VouchForm
from ukis import staff, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow


@read_or_post
def vouch(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    person, submission = submission_on_the_desk(request, pk)
    theirs = get_object_or_404(submission.authorships, pk=key)
    if not workflow.may_vouch(submission, person):
        raise NotAllowed('Its editor says how somebody agreed, or the Commissioning Editor.')
    if request.method != 'POST' and not theirs.is_silent:
        messages.warning(request, f'{theirs.name} needs nobody to say so.')
        return to_submission(submission, '#byline')
    form = VouchForm(request.POST if request.method == 'POST' else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            workflow.vouch(submission, by=person, authorship=theirs, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            unsaved.sent(request)
            messages.success(request, f'Said, with your name, in the history. {theirs.name} has been told.')
            return to_submission(submission, '#byline')
    unsaved.watch(request, form, 'How they agreed', submission, page=request.path)
    context = {'submission': submission, 'theirs': theirs, 'form': form}
    return page(request, 'vouch', f'How {theirs.name} agreed', context, status)


staff.pages += [('desk/<int:pk>/names/<int:key>/', vouch, 'desk_vouch', refuse)]
