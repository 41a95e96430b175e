"""What stands beside the words in print: address, tags, views, licence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog import workflow
from blog.admin.desk.frame import (
    SETS_BESIDE,
    page,
    refuse,
    submission_on_the_desk,
    to_submission,
)
from blog.forms.beside import BesideForm
from blog.models import Submission
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved.both import Both


@read_or_post
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor's to choose, and no approval lapses by it. One form, so that nothing typed in it is lost."""
    person, submission = submission_on_the_desk(request, pk)
    if not workflow.roles_of(submission, person) & SETS_BESIDE:
        raise PermissionDenied('What stands beside the words is the editor’s to choose.')
    post = submission.post_or_none
    if post is None:
        messages.warning(request, 'It gets its address, and with it this page, when it is accepted.')
        return to_submission(submission)
    if request.method == 'POST':
        with transaction.atomic():
            # Held, and read after that: of two who change the same thing the later is shown both.
            Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=submission.pk)
            return _saved(request, *submission_on_the_desk(request, pk))
    return _shown(request, submission, BesideForm(post=post, offered=submission.current.tag_words))


def _saved(request: HttpRequest, person: Person, submission: Submission) -> HttpResponse:
    form = BesideForm(request.POST, post=submission.post, offered=submission.current.tag_words)
    if not form.is_valid():
        return _shown(request, submission, form)
    if both := form.overtaken():
        return _shown(request, submission, form, both=both, status=CONFLICT)
    try:
        workflow.set_beside(submission.post, by=person, **form.changes())
    except NotNow as refusal:
        form.address.add_error(None, str(refusal))
        return _shown(request, submission, form, status=CONFLICT)
    messages.success(request, 'Saved.')
    return redirect('admin:desk_print', submission.pk)


def _shown(
    request: HttpRequest,
    submission: Submission,
    form: BesideForm,
    *,
    both: list[Both] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {'submission': submission, 'post': submission.post, 'form': form, 'both': both}
    return page(request, 'print', 'Beside the words', context, status)


staff.pages += [('desk/<int:pk>/print/', beside, 'desk_print', refuse)]
