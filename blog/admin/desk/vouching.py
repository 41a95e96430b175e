"""An editor says how a co-author agreed who has not answered our letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from blog import workflow
from blog.admin.desk.frame import page, refuse, submission_on_the_desk, to_submission
from blog.forms.behalf import VouchForm
from blog.models import Authorship, Submission
from blog.states import row_of
from members.models import Person
from ukis import days, staff, unsaved
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
    if 'take_off' in request.POST:
        return _take_off(request, person, submission, theirs)
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
    context = {
        'submission': submission,
        'theirs': theirs,
        'form': form,
        'why_it_stays': workflow.why_it_stays(submission, theirs, on=days.today()),
        'by_the_clock': workflow.is_taken_off_by_the_clock(submission),
        'row': row_of(submission.state),
    }
    return page(request, 'vouch', f'How {theirs.name} agreed', context, status)


def _take_off(
    request: HttpRequest, person: Person, submission: Submission, theirs: Authorship
) -> HttpResponse:
    try:
        workflow.take_silent_name_off(submission, by=person, authorship=theirs)
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f'{theirs.name} is off the byline. Everybody concerned has been told.')
    return to_submission(submission, '#byline')


staff.pages += [('desk/<int:pk>/names/<int:key>/', vouch, 'desk_vouch', refuse)]
