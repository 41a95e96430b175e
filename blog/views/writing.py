"""The author's list, and the sheet on which a submission is written and saved."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog import actions, buffers, checklist, listing, reading, wording, workflow
from blog.access import AuthorsRequest, on_a_submission, version_or_404
from blog.forms.behalf import BehalfForm
from blog.forms.byline import NameForm
from blog.forms.writing import WordsForm, base_of, began_of, typed_in
from blog.models import Authorship, Buffer, Holder, State, Submission, Version
from blog.pages import CONFLICT, READ_OR_POST, marked, to_submission
from blog.workflow import MOVES, Role
from members.models import Person
from ukis.limits import HOUR, Limit, network_of
from ukis.refusals import NotAllowed, NotNow, Stale
from ukis.society.models import GUIDELINES, Page
from ukis.unsaved import give_back, signed_in

# Signed-out people's words are kept in their session: a few, for the one who was typing when it ran out.
_KEPT = Limit('typed_signed_out', 30, HOUR)
THEN = {'preview': 'submission_preview', 'submit': 'submission_submit', 'byline': 'submission_byline'}
TAGS_OFFERED = 30
NOT_NOW = 'The text cannot be changed now: it is with somebody else.'


# --- My blogs -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A submission in its author's list: where it stands, who has it, and the one thing to do with it."""

    submission: Submission
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
    rows = [_row(submission, person) for submission in submissions]
    may_submit = person.may_submit()
    context = {'rows': rows, 'may_submit': may_submit, 'place': '' if may_submit else person.place_sentence()}
    return render(request, 'blog/submissions/list.html', context)


def _row(submission: Submission, person: Person) -> Row:
    label, url = _what_to_do(submission, person)
    return Row(
        submission=submission,
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
        started_by=person, state=State.DRAFTING, current__number=1, current__title='', buffers=None
    ).exclude(authorships__printed=False)
    with transaction.atomic():
        Person.objects.select_for_update().only('pk').get(
            pk=person.pk
        )  # so that two presses make one submission
        submission = empty.first() or workflow.start(by=person)
    return redirect('submission_edit', submission.pk)


# --- The sheet ----------------------------------------------------------------------------------------


@never_cache
@require_http_methods(READ_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save makes a version. Whatever stands against it, nothing typed is thrown away."""
    if request.method == 'POST' and not request.user.is_authenticated:
        return _keep_and_sign_in(request, pk)
    return _edit(request, pk)


def _keep_and_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The session ran out under the writer: the words wait in the new one until they have signed in."""
    data = typed_in(request.POST)
    room = sum(map(len, data.values())) <= buffers.MOST
    if not room or not _KEPT.take(network_of(request)):
        return give_back(request, status=401)
    at = timezone.now().isoformat()
    request.session['typed'] = {'submission': pk, 'base': began_of(request.POST), 'data': data, 'at': at}
    return redirect_to_login(reverse('submission_edit', args=[pk]))


def _take_over(request: AuthorsRequest, submission: Submission) -> None:
    """What was typed when the session had run out comes into the buffer of whoever signed in."""
    waiting = request.session.get('typed')
    if not isinstance(waiting, dict) or waiting.get('submission') != submission.pk:
        return
    at = parse_datetime(waiting['at'])
    buffers.keep(submission, by=request.user, base=waiting['base'], data=waiting['data'], typed_at=at)
    del request.session['typed']
    messages.info(request, 'You had been signed out. What you sent then is here again.')


@on_a_submission
def _edit(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    _take_over(request, submission)
    if request.method == 'POST':
        return _save(request, submission)
    if not workflow.can_edit(submission, request.user):
        return to_submission(request, submission, NOT_NOW)
    buffer = buffers.of(submission, by=request.user)
    words, me = _forms(submission, request.user, buffer=buffer)
    theirs = submission.current if buffer and not _stands(submission, buffer.base) else None
    mine = None
    if buffer and theirs:
        words.initial['base'] = theirs.number
        mine = WordsForm(buffer.data, submission=submission, by=request.user).as_version()
    return _sheet(request, submission, words, me, buffer=buffer, theirs=theirs, mine=mine, status=200)


def _forms(
    submission: Submission,
    person: Person,
    *,
    request: HttpRequest | None = None,
    buffer: Buffer | None = None,
) -> tuple[WordsForm, NameForm]:
    mine = next(row for row in submission.authorships.all() if row.person_id == person.pk)
    post, files = (request.POST, request.FILES) if request else (None, None)
    typed, base = (buffer.data, buffer.base) if buffer else (None, None)
    words = WordsForm(post, files, submission=submission, by=person, typed=typed, base=base)
    began = submission.versions.filter(number=base_of(request.POST)).first() if request else None
    return words, NameForm(post, row=mine, by=person, prefix='me', typed=typed, began=began)


def _stands(submission: Submission, base: int) -> bool:
    """Whether the words that somebody started from are those that stand."""
    if base == submission.current.number:
        return True
    started_from = submission.versions.filter(number=base).first()
    return started_from is not None and started_from.words() == submission.current.words()


def _save(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    words, me = _forms(submission, request.user, request=request)
    valid = words.is_valid() & me.is_valid()
    if not valid and workflow.can_edit(submission, request.user):
        _keep(request, submission)
        return _sheet(request, submission, words, me, status=422)
    if not valid:
        return _refused(request, submission, words, NOT_NOW, CONFLICT)
    try:
        version = _saved(submission, request.user, words, me, base_of(request.POST))
    except Stale as refusal:
        _keep(request, submission)
        submission.refresh_from_db(fields=['current'])
        words.go_on_from(refusal.current.number)
        return _sheet(request, submission, words, me, theirs=refusal.current, status=CONFLICT)
    except NotNow as refusal:
        _keep(request, submission)
        return _refused(request, submission, words, str(refusal), CONFLICT)
    except NotAllowed as refusal:
        return _refused(request, submission, words, str(refusal), 403)
    return _after_saving(request, submission, version, words)


def _keep(request: AuthorsRequest, submission: Submission) -> None:
    try:
        data = typed_in(request.POST)
        buffers.keep(submission, by=request.user, base=began_of(request.POST), data=data)
    except buffers.TooMuch:
        pass  # it stands in the answer


def _saved(submission: Submission, person: Person, words: WordsForm, me: NameForm, base: int) -> Version:
    """The words and, where it differs, one's own line of the byline: both or neither."""
    with transaction.atomic():
        try:
            version = workflow.save_words(submission, by=person, base=base, words=words.words())
        except Stale as refusal:
            if not words.says(refusal.current):
                raise
            # The button was pressed twice: these words stand already.
            version = workflow.save_words(
                submission, by=person, base=refusal.current.number, words=words.words()
            )
        if me.differs():
            names = [{'pk': row.pk} for row in submission.authorships.order_by('order', 'pk')]
            mine = next(name for name in names if name['pk'] == me.row.pk)
            mine.update(me.changes())
            version = workflow.change_byline(submission, by=person, names=names)
    return version


def _after_saving(
    request: AuthorsRequest, submission: Submission, version: Version, words: WordsForm
) -> HttpResponseRedirect:
    if notices := words.notices():
        messages.warning(request, f'Saved. {" ".join(notices)}')
    elif request.POST.get('then') not in THEN:
        at = timezone.localtime(version.made_at)
        messages.success(request, f'Saved as version {version.number} at {at:%H:%M}.')
    return redirect(THEN.get(request.POST.get('then', ''), 'submission_edit'), submission.pk)


def _sheet(
    request: AuthorsRequest,
    submission: Submission,
    words: WordsForm,
    me: NameForm,
    *,
    status: int,
    buffer: Buffer | None = None,
    theirs: Version | None = None,
    mine: Version | None = None,
) -> HttpResponse:
    """`theirs`: other words that stand, shown beside; `mine`: what the form shows, where it is not bound."""
    version = submission.current
    on_pictures = [line for line in checklist.for_approval(submission) if line.key in ('lead_alt', 'alts')]
    context = {
        'submission': submission,
        'version': version,
        'words': words,
        'me': me,
        'buffer': buffer,
        'theirs': theirs,
        'began': buffer.base if buffer and theirs else began_of(request.POST),
        'theirs_marked': marked(mine or words.as_version(), theirs) if theirs else None,
        'lines': [*checklist.for_submit(version), *(line for line in on_pictures if not line.done)],
        'others': [row for row in submission.authorships.all() if row.pk != me.row.pk],
        'tags': listing.tags_most_used(TAGS_OFFERED),
        'guidelines': Page.objects.published().filter(address=GUIDELINES).first(),
        'again': submission.state in MOVES['resubmit'].frm,
    }
    context['note'] = workflow.written_to_author(submission)
    return render(request, 'blog/submissions/edit.html', context, status=status)


def _refused(
    request: AuthorsRequest, submission: Submission, words: WordsForm, refusal: str, status: int
) -> HttpResponse:
    """The text cannot be saved any more: it is given back to be copied."""
    fields = [words[name] for name in ('title', 'standfirst', 'body', 'references', 'tags')]
    typed = [(field.label, field.value()) for field in fields if field.value()]
    context = {'submission': submission, 'refusal': refusal, 'typed': typed, 'kept': status == CONFLICT}
    return render(request, 'blog/submissions/refused.html', context, status=status)


# --- As it will look ----------------------------------------------------------------------------------


@require_safe
@partial(on_a_submission, desk='admin:desk_preview')
def preview(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """The public page's own template with the words as saved."""
    version = version_or_404(submission, request.GET.get('version')) or submission.current
    if workflow.can_edit(submission, request.user) and version.pk == submission.current_id:
        back = 'submission_edit'
    else:
        back = 'submission'
    context = reading.of_version(version, submission).context()
    context['back_url'] = reverse(back, args=[submission.pk])
    response = render(request, 'blog/posts/post.html', context)
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response
