"""To which series a submission belongs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from blog import workflow
from blog.admin.desk.frame import page, refuse, submission_on_the_desk, to_submission
from blog.forms.series import SeriesForm
from blog.workflow import Role
from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow


@read_or_post
def choose_series(request: HttpRequest, pk: int) -> HttpResponse:
    person, submission = submission_on_the_desk(request, pk)
    if person.is_guest_editor or not workflow.roles_of(submission, person) & {Role.DESK, Role.CHIEF}:
        raise PermissionDenied('To which series it belongs is the editors’ to choose.')
    form = SeriesForm(request.POST if request.method == 'POST' else None, submission=submission)
    status = 200
    if form.is_valid():
        try:
            workflow.set_series(submission, by=person, series=form.cleaned_data['series'])
        except NotNow as refusal:
            form.add_error('series', str(refusal))
            status = CONFLICT
        else:
            messages.success(request, 'Saved.')
            return to_submission(submission)
    return page(request, 'series', 'Its series', {'submission': submission, 'form': form}, status)


staff.pages += [('desk/<int:pk>/series/', choose_series, 'desk_series', refuse)]
