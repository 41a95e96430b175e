"""A former version's words as a new version, on the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from blog import going_back, workflow
from blog.admin.desk.frame import cannot_edit, not_now, page, refuse, to_submission, words_on_the_desk
from blog.models import Submission, Version
from blog.writing.drafts import COPY_EDIT
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow, Stale


@read_or_post
def go_back(request: HttpRequest, pk: int) -> HttpResponse:
    person, submission = words_on_the_desk(request, pk)
    if not workflow.can_edit(submission, person):
        return cannot_edit(request, person, submission)
    version = going_back.chosen(submission, request.GET.get('version'))
    if version is None:
        messages.warning(request, going_back.NONE_YET)
        return to_submission(submission)
    if request.method != 'POST':
        return _show(request, person, submission, version)
    try:
        messages.success(request, going_back.made(submission, version, by=person, posted=request.POST))
    except Stale as stale:
        return _show(request, person, submission, version, stale)
    except NotNow as refusal:
        messages.warning(request, not_now(submission, str(refusal)))
    return to_submission(submission)


def _show(
    request: HttpRequest, person: Person, submission: Submission, version: Version, stale: Stale | None = None
) -> HttpResponse:
    given = going_back.context(
        submission, version, by=person, form=COPY_EDIT, stale=stale, posted=request.POST
    )
    return page(request, 'go_back', f'Go back to version {version.number}', given, CONFLICT if stale else 200)


staff.pages += [('desk/<int:pk>/go_back/', go_back, 'desk_go_back', refuse)]
