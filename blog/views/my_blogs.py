"""The author's list, and starting another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog import actions, drafts, wording, workflow
from blog.access import AuthorsRequest
from blog.forms.behalf import BehalfForm
from blog.models import Authorship, Holder, State, Submission
from blog.workflow import Role
from members.models import Person
from ukis.unsaved import signed_in
from ukis.unsaved.models import Buffer

READ_OR_POST = ['GET', 'HEAD', 'POST']


@dataclass(frozen=True)
class Row:
    """A submission in its author's list: where it stands, who has it, and the one thing to do with it."""

    submission: Submission
    title: SafeString
    words: str
    kind: str
    since: datetime | None
    held_by: str
    next: str
    label: str
    url: str


@never_cache
@require_safe
@signed_in
def my_blogs(request: AuthorsRequest) -> HttpResponse:
    person = request.user
    submissions = (
        Submission.objects.written_by(person)
        .select_related('current', 'editor', 'post')
        .defer('current__body', 'current__references')
        .prefetch_related(Prefetch('authorships', Authorship.objects.for_print()))
        .order_by('-held_since', '-pk')
    )
    typed = drafts.titles(person)
    rows = [_row(submission, person, typed) for submission in submissions]
    may_submit = person.may_submit()
    context = {'rows': rows, 'may_submit': may_submit, 'place': '' if may_submit else person.place_sentence()}
    return render(request, 'blog/submissions/list.html', context)


def _row(submission: Submission, person: Person, typed: dict[int, drafts.TypedTitle]) -> Row:
    """`typed`: the titles that this person last typed and did not save yet."""
    label, url = _what_to_do(submission, person)
    return Row(
        submission=submission,
        title=drafts.title(submission, by=person, typed=typed),
        words=wording.author_words(submission),
        kind=actions.status_kind(submission),
        since=submission.held_since if submission.holder != Holder.NOBODY else None,
        held_by=_held_by(submission, person),
        next=wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, person)),
        label=label,
        url=url,
    )


def _what_to_do(submission: Submission, person: Person) -> tuple[str, str]:
    if workflow.offer_of('approve', submission, person):
        return 'Read and approve the final copy', reverse('submission_approve', args=[submission.pk])
    if workflow.offer_of('resubmit', submission, person):
        return 'Read the editor’s note', submission.get_absolute_url()
    if workflow.can_edit(submission, person):
        return 'Go on writing', reverse('submission_edit', args=[submission.pk])
    if submission.has_live_post and not submission.post.taken_down_at:
        return 'Read it on the site', submission.post.get_absolute_url()
    return 'See where it stands', submission.get_absolute_url()


def _held_by(submission: Submission, person: Person) -> str:
    match submission.holder:
        case Holder.AUTHOR if Role.CORRESPONDING in workflow.roles_of(submission, person):
            return 'you'
        case Holder.AUTHOR:
            return next((row.name for row in submission.authorships.all() if row.corresponding), 'the author')
        case Holder.EDITOR:
            return submission.editor.printed_name if submission.editor else 'an editor'
        case Holder.NOBODY:
            return ''
    return Holder(submission.holder).label


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
