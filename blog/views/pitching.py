"""A member suggests a blog before anything is written."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from blog import workflow
from blog.forms.pitching import PitchForm
from blog.models import Submission
from blog.states import PITCHED
from blog.writing.access import AuthorsRequest
from members.models import Person
from members.places import place_sentence
from ukis import days, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow
from ukis.unsaved import signed_in


@never_cache
@read_or_post
@signed_in
def pitch(request: AuthorsRequest) -> HttpResponse:
    person = request.user
    form = PitchForm(request.POST if request.method == 'POST' else None)
    if form.is_valid():
        try:
            submission = _pitched(person, form)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return _shown(request, form, 403)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return _shown(request, form, CONFLICT)
        unsaved.sent(request)
        due = days.in_words(submission.due_on) if submission.due_on else ''
        messages.success(
            request, f'Your idea is with the editors. They answer by {due}; a letter says so, too.'
        )
        return redirect('submission', submission.pk)
    if form.is_bound and not person.may_submit():
        return _shown(request, form, 403)
    return _shown(request, form, 422 if form.is_bound else 200)


def _pitched(person: Person, form: PitchForm) -> Submission:
    """Held, so that two presses make one pitch."""
    given = form.answer()
    with transaction.atomic():
        Person.objects.select_for_update().only('pk').get(pk=person.pk)
        waiting = Submission.objects.filter(
            started_by=person,
            state=PITCHED,
            working_title=given['title'],
            messages__text=given['note'].strip(),
        )
        return waiting.first() or workflow.pitch(by=person, **given)


def _shown(request: AuthorsRequest, form: PitchForm, status: int) -> HttpResponse:
    unsaved.watch(request, form, 'Suggest a blog', Submission, page=request.path)
    may_submit = request.user.may_submit()
    context = {
        'form': form,
        'may_submit': may_submit,
        'place': '' if may_submit else place_sentence(request.user),
    }
    return render(request, 'blog/submissions/pitch.html', context, status=status)
