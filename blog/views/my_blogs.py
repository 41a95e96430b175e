"""The author's list, and starting another."""

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog import my_blogs as mine
from blog import workflow
from blog.access import AuthorsRequest
from blog.forms.behalf import BehalfForm
from blog.models import State, Submission
from blog.pages import READ_OR_POST
from members.models import Person
from ukis.unsaved import signed_in
from ukis.unsaved.models import Buffer


@never_cache
@require_safe
@signed_in
def my_blogs(request: AuthorsRequest) -> HttpResponse:
    person = request.user
    may_submit = person.may_submit()
    context = {
        'rows': mine.rows(person),
        'may_submit': may_submit,
        'place': '' if may_submit else person.place_sentence(),
    }
    return render(request, 'blog/submissions/list.html', context)


@never_cache
@require_http_methods(READ_OR_POST)
@signed_in
def start(request: AuthorsRequest) -> HttpResponse:
    """Straight into the editor; a draft of one's own in which nothing stands yet is taken up again."""
    person = request.user
    form = BehalfForm(request.POST if 'on_behalf' in request.POST else None, by=person)
    if request.method != 'POST' or (form.is_bound and not form.is_valid()):
        context = {'may_submit': person.may_submit(), 'place': person.place_sentence(), 'form': form}
        return render(request, 'blog/submissions/start.html', context, status=422 if form.is_bound else 200)
    if form.is_bound:
        submission = workflow.start(by=person, on_behalf_of=form.fields_to_print())
        return redirect('submission_edit', submission.pk)
    empty = Submission.objects.filter(
        started_by=person, state=State.DRAFTING, current__number=1, current__title=''
    ).exclude(Q(buffers__state=Buffer.State.KEPT) | Q(authorships__printed=False))
    with transaction.atomic():
        # Held, so that two presses make one submission.
        Person.objects.select_for_update().only('pk').get(pk=person.pk)
        submission = empty.first() or workflow.start(by=person)
    return redirect('submission_edit', submission.pk)
