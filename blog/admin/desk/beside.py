"""What stands beside the words in print: address, tags, views, licence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from blog import workflow
from blog.admin.desk.frame import CONFLICT, READ_OR_POST, page, refuse, submission_on_the_desk, to_submission
from blog.forms.beside import BesideForm
from blog.workflow import Role
from ukis import staff
from ukis.refusals import NotNow


@require_http_methods(READ_OR_POST)
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor's to choose, and no approval lapses by it. One form, so that nothing typed in it is lost."""
    person, submission = submission_on_the_desk(request, pk)
    if not workflow.roles_of(submission, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('What stands beside the words is the editor’s to choose.')
    post = submission.post_or_none
    if post is None:
        messages.warning(request, 'It gets its address, and with it this page, when it is accepted.')
        return to_submission(submission)
    typed = request.POST if request.method == 'POST' else None
    form, status = BesideForm(typed, post=post, offered=submission.current.tag_words), 200
    if typed is not None and form.is_valid():
        try:
            workflow.set_beside(post, by=person, **form.changes())
        except NotNow as refusal:
            form.address.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, 'Saved.')
            return redirect('admin:desk_print', submission.pk)
    context = {'submission': submission, 'post': post, 'form': form}
    return page(request, 'print', 'Beside the words', context, status)


staff.pages += [('desk/<int:pk>/print/', beside, 'desk_print', refuse)]
