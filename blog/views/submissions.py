"""A submission on its author's side: its page, handing it in, and the moves that ask little."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import checklist, reading, wording, workflow
from blog import differences as compared
from blog.forms.submissions import ExtendForm, MessageForm, SubmitForm, WithdrawForm
from blog.models import Authorship, Message, Submission, Version
from blog.states import Savers, row_of
from blog.views import showing
from blog.views.access import AuthorsRequest, on_a_submission, version_or_404
from blog.workflow import MOVES, Role
from ukis import markup
from ukis.letters.models import PrivateLink
from ukis.refusals import NotAllowed, NotNow, Stale
from ukis.society.models import Society

READ_OR_POST = ['GET', 'HEAD', 'POST']
CONFLICT = 409


def to_submission(
    request: AuthorsRequest, submission: Submission, refusal: NotNow | str = ''
) -> HttpResponse:
    """Back to the submission's page, with what stood against it."""
    if refusal:
        messages.warning(request, str(refusal))
    return redirect('submission', submission.pk)


def show(
    request: AuthorsRequest,
    submission: Submission,
    *,
    message_form: MessageForm | None = None,
    extend_form: ExtendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The submission's page. A form that was refused is given back as it was typed."""
    person = request.user
    steps = workflow.steps_of(submission)
    versions = list(
        submission.versions.select_related('made_by').defer('body', 'references').order_by('-number')
    )
    if extend_form is None and submission.due_on and showing.may_extend(submission, person):
        extend_form = ExtendForm(due_on=submission.due_on)
    context = {
        'submission': submission,
        'status_words': wording.author_words(submission),
        'kind': showing.status_kind(submission),
        'next': wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, person)),
        'actions': showing.actions(submission, person),
        'can_edit': workflow.can_edit(submission, person),
        'may_leave': showing.may_leave(submission, person),
        'note': workflow.note_to_author(steps, {row.person_id for row in submission.authorships.all()}),
        'history': showing.history(steps),
        'versions': versions,
        'typos': showing.typos(submission, versions),
        'declared': showing.declared(list(submission.declarations.order_by('at', 'pk'))),
        'talk': list(Message.objects.visible_to(person, submission)),
        'message_form': message_form or MessageForm(),
        'extend_form': extend_form,
    }
    return render(request, 'blog/submissions/submission.html', context, status=status)


@require_safe
@on_a_submission
def submission(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    return show(request, submission)


# --- Handing in ---------------------------------------------------------------------------------------


@require_http_methods(READ_OR_POST)
@on_a_submission
def submit(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """'Check your answers' while it is with the author; afterwards what happens next and by when."""
    again = _again(submission)
    move = MOVES['resubmit' if again else 'submit']
    if not move.who & workflow.roles_of(submission, request.user):
        raise NotAllowed(f'“{move.label}” is for an author who may change the text.')
    if not _is_with_author(submission):
        return _handed_in(request, submission)
    form = SubmitForm(
        request.POST if request.method == 'POST' else None,
        submission=submission,
        person=request.user,
        society=Society.get(),
        again=again,
    )
    if request.method != 'POST':
        return _check(request, submission, form)
    if not form.is_valid():
        return _check(request, submission, form)
    verb = workflow.resubmit if again else workflow.submit
    try:
        verb(submission, by=request.user, **form.answer())
    except Stale:
        form.add_error(
            None,
            'The text changed since you opened this page. Check it once more: it stands below as it is now.',
        )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect('submission_submit', submission.pk)
    submission.refresh_from_db()
    if not _is_with_author(submission):
        return redirect('submission_submit', submission.pk)
    return _check(request, submission, form, CONFLICT)


def _is_with_author(submission: Submission) -> bool:
    return row_of(submission.state).savers == Savers.AUTHORS


def _again(submission: Submission) -> bool:
    """Whether handing it in answers a request for changes."""
    return submission.state in MOVES['resubmit'].frm


def _check(
    request: AuthorsRequest, submission: Submission, form: SubmitForm, status: int = 200
) -> HttpResponse:
    context = {
        'submission': submission,
        'version': submission.current,
        'lines': [line for line in checklist.for_submit(submission.current) if not line.done],
        'form': form,
        'again': _again(submission),
        'reading': reading.of_version(submission.current, submission, form.society),
    }
    return render(request, 'blog/submissions/submit.html', context, status=status)


def _handed_in(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    if typed := request.POST.get('note', '').strip():
        return to_submission(
            request, submission, f'It is with the editors already. You had written: “{typed}”'
        )
    if submission.state not in [MOVES['submit'].to, MOVES['resubmit'].to]:
        return to_submission(request, submission, 'It has been handed in already.')
    context = {
        'submission': submission,
        'status_words': wording.author_words(submission),
        'next': wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, request.user)),
        'taken': submission.editor_id is not None,
    }
    return render(request, 'blog/submissions/submitted.html', context)


# --- The moves that ask little ------------------------------------------------------------------------


@require_POST
@on_a_submission
def take_back(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    try:
        workflow.take_back(submission, by=request.user)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(request, 'You have it back. The editors have been told.')
    return to_submission(request, submission)


@require_http_methods(READ_OR_POST)
@on_a_submission
def withdraw(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Asks once, with a reason."""
    offer = workflow.offer_of('withdraw', submission, request.user)
    if not MOVES['withdraw'].who & workflow.roles_of(submission, request.user):
        raise NotAllowed('Only the corresponding author can withdraw the submission.')
    if offer is None or not offer.possible:
        return to_submission(request, submission, 'It cannot be withdrawn now.')
    form = WithdrawForm(request.POST or None)
    if request.method == 'POST' and form.is_valid():
        try:
            workflow.withdraw(submission, by=request.user, reason=form.cleaned_data['reason'])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return render(
                request,
                'blog/submissions/withdraw.html',
                {'submission': submission, 'form': form},
                status=CONFLICT,
            )
        messages.success(request, 'You withdrew this submission. You can reopen it within 30 days.')
        return to_submission(request, submission)
    return render(request, 'blog/submissions/withdraw.html', {'submission': submission, 'form': form})


@require_http_methods(READ_OR_POST)
@on_a_submission
def delete(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """A draft that was never handed in: asks once, and needs no reason."""
    if Role.CORRESPONDING not in workflow.roles_of(submission, request.user):
        raise NotAllowed('Only whoever began the draft deletes it.')
    if submission.was_handed_in:
        return to_submission(request, submission, 'The editors know of it. Withdraw it instead.')
    if request.method != 'POST':
        return render(request, 'blog/submissions/delete.html', {'submission': submission})
    title = submission.title or 'Untitled'
    try:
        workflow.discard(submission, by=request.user)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(request, f'The draft “{title}” is deleted.')
    return redirect('write')


@require_POST
@on_a_submission
def reopen(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    try:
        workflow.reopen(submission, by=request.user)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(request, 'It is open again, where it was.')
    return to_submission(request, submission)


@require_POST
@on_a_submission
def extend(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    if submission.due_on is None:
        return to_submission(request, submission, 'It has no date to extend.')
    form = ExtendForm(request.POST, due_on=submission.due_on)
    if not form.is_valid():
        return show(request, submission, extend_form=form)
    try:
        workflow.extend(submission, by=request.user, due_on=form.cleaned_data['due_on'])
    except NotNow as refusal:
        form.add_error('due_on', str(refusal))
        return show(request, submission, extend_form=form, status=CONFLICT)
    messages.success(
        request,
        f'The new date is {submission.due_on.day} {submission.due_on:%B %Y}. The editor has been told.',
    )
    return to_submission(request, submission)


@require_http_methods(READ_OR_POST)
@on_a_submission
def leave(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """A co-author takes their own name off; asks once."""
    mine = submission.authorships.get(person=request.user)
    if not showing.may_leave(submission, request.user):
        return to_submission(
            request,
            submission,
            'Your name cannot be taken off here. Write to the editors in the conversation.',
        )
    if request.method != 'POST':
        return render(request, 'blog/submissions/leave.html', {'submission': submission, 'mine': mine})
    try:
        workflow.leave(submission, by=request.user, authorship=mine)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(
        request, f'Your name is off “{submission.title}”. The corresponding author has been told.'
    )
    return redirect('write')


# --- Named without a sign-in ---------------------------------------------------------------------------


# The address is the secret: whoever could forge the request would have to know it. And a page that sends no
# referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
@csrf_exempt
@never_cache
@require_http_methods(READ_OR_POST)
def named(request: HttpRequest, token: str) -> HttpResponse:
    """For a co-author without a sign-in, by the link in their letter: how they are named, and a way off."""
    mine = _authorship(token)
    submission = mine.submission
    context = {'submission': submission, 'mine': mine, 'status_words': wording.guest_words(submission)}
    status = 200
    if request.method == 'POST':
        try:
            workflow.leave(submission, by=None, authorship=mine)
            context['gone'] = True
        except NotNow as refusal:
            context['refusal'] = str(refusal)
            status = CONFLICT
    response = render(request, 'blog/submissions/named.html', context, status=status)
    response.headers['Referrer-Policy'] = 'no-referrer'
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response


def _authorship(token: str) -> Authorship:
    link = PrivateLink.find(token, 'named')
    mine = link.about if link else None
    if not isinstance(mine, Authorship) or mine.person_id is not None:
        raise Http404('This link does not lead anywhere, or not any more.')
    return mine


# --- Any two versions ---------------------------------------------------------------------------------


@require_safe
@partial(on_a_submission, desk='admin:desk_differences')
def differences(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Word by word; by default what changed with the words that stand now."""
    new = version_or_404(submission, request.GET.get('to')) or submission.current
    old = (
        version_or_404(submission, request.GET.get('from'))
        or submission.versions.filter(number__lt=new.number).last()
        or new
    )
    context = {
        'submission': submission,
        'old': old,
        'new': new,
        'marked': marked(old, new),
        'note': workflow.written_to_author(submission),
        'versions': submission.versions.select_related('made_by')
        .defer('body', 'references')
        .order_by('-number'),
    }
    return render(request, 'blog/submissions/differences.html', context)


def marked(old: Version | None, new: Version) -> dict:
    """What changed, with the long texts ready for a page."""
    between = compared.between(old, new)
    return {
        'between': between,
        'body': markup.render(between.body),
        'references': markup.render(between.references),
    }
