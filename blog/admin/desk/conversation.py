"""What an editor says in the conversation of a submission."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from blog.admin.desk.file import file
from blog.admin.desk.frame import refuse, submission_on_the_desk, to_submission
from blog.forms.conversation import DeskMessageForm
from ukis import staff, unsaved
from ukis.refusals import CONFLICT, NotNow


@require_POST
def message(request: HttpRequest, pk: int) -> HttpResponse:
    person, submission = submission_on_the_desk(request, pk)
    form = DeskMessageForm(request.POST, request.FILES, by=person, submission=submission)
    form.is_valid()
    form.take_files()
    form.name_no_reader()
    if form.errors:
        return file(request, person, submission, form)
    try:
        said = form.say()
    except NotNow as refusal:
        form.add_error('text', str(refusal))
        return file(request, person, submission, form, CONFLICT)
    unsaved.sent(request)
    readers = 'The editors' if said.is_among_editors else 'The author and the editors'
    messages.success(
        request, f'Your message is in the conversation. {readers} read it; its letter goes in five minutes.'
    )
    return to_submission(submission, '#conversation')


staff.pages += [('desk/<int:pk>/message/', message, 'desk_message', refuse)]
