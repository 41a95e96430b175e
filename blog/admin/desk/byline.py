"""The byline on the desk: what approval binds is put right in copy-edit, names and portraits included."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog import profiles, workflow
from blog.admin.desk.frame import (
    cannot_edit,
    not_now,
    page,
    refuse,
    to_submission,
    words_on_the_desk,
)
from blog.forms.byline import moved
from blog.forms.desk_byline import LineForm
from blog.forms.writing import base_of
from blog.models import Submission
from members.models import Person
from ukis import staff
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow
from ukis.unsaved import holds_words
from ukis.unsaved.both import Both


@read_or_post
def byline(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, roles, organisations, biographies, portraits and their order; the author approves what is changed."""
    person, submission = words_on_the_desk(request, pk)
    rows = submission.printed_names
    if request.method != 'POST':
        if not workflow.can_edit(submission, person):
            return cannot_edit(request, person, submission)
        return _shown(request, submission, [LineForm(row=row, by=person) for row in rows])
    began = submission.versions.filter(number=base_of(request.POST)).first()
    forms = [LineForm(request.POST, request.FILES, row=row, by=person, began=began) for row in rows]
    if any(form.errors for form in forms):
        return _shown(request, submission, forms, status=422)
    with transaction.atomic():
        # Held, and read after that. The portraits are read by now: nobody waits for them.
        Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=submission.pk)
        person, submission = words_on_the_desk(request, pk)
        standing = {row.pk: row for row in submission.printed_names}
        both = [one for form in forms for one in form.overtaken(standing.get(form.row.pk))]
        if both and workflow.can_edit(submission, person):
            return _shown(request, submission, forms, both=both, status=CONFLICT)
        return _saved(request, person, submission, forms)


def _saved(
    request: HttpRequest, person: Person, submission: Submission, forms: list[LineForm]
) -> HttpResponse:
    do = request.POST.get('do', '')
    try:
        version = workflow.change_byline(
            submission, by=person, names=moved(do, [form.changes() for form in forms])
        )
    except NotAllowed as refusal:
        if not holds_words(request):
            raise
        return _shown(request, submission, forms, refusal=not_now(submission, str(refusal)), status=403)
    except NotNow as refusal:
        return _shown(request, submission, forms, refusal=not_now(submission, str(refusal)), status=CONFLICT)
    messages.success(request, f'The byline is saved, as version {version.number}.')
    if do == 'back':
        return to_submission(submission, '#byline')
    return redirect('admin:desk_byline', submission.pk)


def _shown(
    request: HttpRequest,
    submission: Submission,
    forms: list[LineForm],
    *,
    refusal: str = '',
    both: list[Both] | None = None,
    status: int = 200,
) -> HttpResponse:
    apart = profiles.apart([form.row for form in forms])
    for form in forms:
        form.apart = apart[form.row.pk]
    context = {
        'submission': submission,
        'forms': forms,
        'wrong': [form for form in forms if form.errors],
        'refusal': refusal,
        'both': both,
        # What was shown both goes over the other when it is sent once more.
        'base': submission.current.number if both else request.POST.get('base') or submission.current.number,
    }
    return page(request, 'byline', 'The byline', context, status)


staff.pages += [('desk/<int:pk>/byline/', byline, 'desk_byline', refuse)]
