"""One submission on the desk, like a file; its differences and its preview."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from blog import post_page, wording, workflow
from blog.admin.desk.file import file
from blog.admin.desk.frame import on_the_desk, page, refuse, submission_on_the_desk, words_on_the_desk
from blog.desk import presence
from blog.models import Message, Submission
from blog.pages import marked
from blog.writing.access import version_or_404
from members.signing_in import BY_ITSELF
from ukis import staff
from ukis.society.models import Society


@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission like a file: words in the middle, conversation beside, moves on top, history below."""
    person, submission = submission_on_the_desk(request, pk)
    return file(request, person, submission)


@require_POST
def still_open(request: HttpRequest, pk: int) -> HttpResponse:
    """A page's script says that it is open; nothing was read by it."""
    person = on_the_desk(request, guests=True)
    submission = Submission.objects.on_the_desk_of(person).filter(pk=pk).first()
    if submission is None:
        refuse(request, pk=pk)
    return JsonResponse({'words': presence.note(submission, person)})


def _note(submission: Submission) -> Message | None:
    authors = {row.person_id for row in submission.authorships.all()}
    return workflow.note_to_editor(workflow.steps_of(submission), authors, submission.editor_id)


@require_safe
def differences_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Any two versions, word by word; by default what changed since this editor last read it."""
    person, submission = words_on_the_desk(request, pk)
    new = version_or_404(submission, request.GET.get('to')) or submission.current
    if new is None:
        raise Http404
    had_read = workflow.note_read(submission, by=person)
    older = submission.versions.filter(number__lt=new.number)
    old = (
        version_or_404(submission, request.GET.get('from'))
        or (had_read if had_read and had_read.number < new.number else None)
        or older.last()
        or new
    )
    context = {
        'submission': submission,
        'old': old,
        'new': new,
        'marked': marked(old, new, by_step=True),
        'can_edit': workflow.can_edit(submission, person),
        'heading': format_html('What changed in “{}”', wording.titled(submission)),
        'note': _note(submission),
        'versions': submission.versions.to_choose_from(),
    }
    return page(request, 'differences', 'What changed', context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it will look, in its own template."""
    _, submission = words_on_the_desk(request, pk)
    version = version_or_404(submission, request.GET.get('version')) or submission.current
    if version is None:
        raise Http404
    shown = post_page.of_version(version, submission, Society.get())
    back = {'back_url': reverse('admin:desk_submission', args=[submission.pk])}
    return render(request, 'blog/posts/post.html', {**shown.context(), **back})


staff.pages += [
    ('desk/<int:pk>/', submission, 'desk_submission', refuse),
    ('desk/<int:pk>/differences/', differences_page, 'desk_differences', refuse),
    (f'desk/<int:pk>{BY_ITSELF}', still_open, 'desk_still_open', refuse),
    ('desk/<int:pk>/preview/', preview, 'desk_preview', refuse),
]
