"""The author's list, and starting another."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import workflow
from blog.forms.behalf import BehalfForm
from blog.models import Authorship, Submission
from blog.states import BEGINNING
from blog.writing import my_blogs as mine
from blog.writing.access import AuthorsRequest
from members.models import Person
from members.places import place_sentence
from ukis.leafing import Leafing
from ukis.methods import read_or_post
from ukis.unsaved import signed_in
from ukis.unsaved.models import Buffer

A_PAGE = 50


@never_cache
@require_safe
@signed_in
def my_blogs(request: AuthorsRequest) -> HttpResponse:
    person = request.user
    may_submit = person.may_submit()
    leaves = Leafing(mine.written(person), A_PAGE, shown=mine.with_what_is_listed(person))
    page = leaves.get_page(request.GET.get('page'))
    context = {
        'page': page,
        'submissions': mine.listed(page, person),
        'may_submit': may_submit,
        'place': '' if may_submit else place_sentence(person),
    }
    return render(request, 'blog/submissions/list.html', context)


@never_cache
@read_or_post
@signed_in
def start(request: AuthorsRequest) -> HttpResponse:
    """Straight into the editor; a draft in which nothing stands yet is taken up again."""
    person = request.user
    form = BehalfForm(request.POST if 'on_behalf' in request.POST else None, by=person)
    if request.method != 'POST' or (form.is_bound and not form.is_valid()):
        context = {'may_submit': person.may_submit(), 'place': place_sentence(person), 'form': form}
        return render(request, 'blog/submissions/start.html', context, status=422 if form.is_bound else 200)
    theirs = form.fields_to_print() if form.is_bound else None
    with transaction.atomic():
        # Held, so that two presses make one submission.
        Person.objects.select_for_update().only('pk').get(pk=person.pk)
        submission = _untouched(person, theirs) or workflow.start(by=person, on_behalf_of=theirs)
    return redirect('submission_edit', submission.pk)


def _untouched(person: Person, theirs: dict[str, Any] | None) -> Submission | None:
    """A draft in which nothing stands yet: one's own, or the one for this address, named as it was typed last."""
    drafts = Submission.objects.filter(
        started_by=person, state=BEGINNING, promised_at=None, current__number=1, current__title=''
    ).exclude(buffers__state=Buffer.State.KEPT)
    if theirs is None:
        return drafts.exclude(authorships__printed=False).first()
    for_others = drafts.filter(authorships__printed=False).values('pk')
    named = Authorship.objects.filter(submission__in=for_others, email=theirs['email'], told_at=None).first()
    if named is None:
        return None
    if any(getattr(named, name) != typed for name, typed in theirs.items()):
        workflow.change_byline(named.submission, by=person, names=[{'pk': named.pk, **theirs}])
    return named.submission
