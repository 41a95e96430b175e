"""A submission on its author's side: its page, handing it in, and the moves that ask little."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from blog import checklist, post_page, wording, workflow
from blog.forms.submissions import ExtendForm, SubmitForm, WithdrawForm
from blog.models import Submission
from blog.pages import show, to_submission
from blog.states import Savers, row_of
from blog.workflow import MOVES, REOPENS_WITHIN, Role
from blog.writing import actions, drafts
from blog.writing.access import AuthorsRequest, on_a_submission
from ukis import days, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow, Stale
from ukis.society.models import Society


@require_safe
@on_a_submission
def submission(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    return show(request, submission)


# --- Handing in ---------------------------------------------------------------------------------------


@read_or_post
@on_a_submission
def submit(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """'Check your answers' while it is with the author; afterwards what happens next and by when."""
    again = _again(submission)
    move = MOVES['resubmit' if again else 'submit']
    if not move.who & workflow.roles_of(submission, request.user):
        raise NotAllowed(f'“{move.label}” is for an author who may change the text.')
    if not _is_with_author(submission):
        return _handed_in(request, submission)
    typed = request.POST if request.method == 'POST' else None
    form = SubmitForm(typed, submission=submission, person=request.user, society=Society.get(), again=again)
    if not form.is_valid():
        return _check(request, submission, form)
    return _hand_in(request, submission, form, workflow.resubmit if again else workflow.submit)


def _hand_in(
    request: AuthorsRequest, submission: Submission, form: SubmitForm, verb: Callable[..., Submission]
) -> HttpResponse:
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
        unsaved.sent(request)
        return redirect('submission_submit', submission.pk)
    submission.refresh_from_db()
    if not _is_with_author(submission):
        return _handed_in(request, submission)
    return _check(request, submission, form, CONFLICT)


def _is_with_author(submission: Submission) -> bool:
    return row_of(submission.state).savers == Savers.AUTHORS


def _again(submission: Submission) -> bool:
    """Whether handing it in answers a request for changes."""
    return submission.state in MOVES['resubmit'].frm


def _check(
    request: AuthorsRequest, submission: Submission, form: SubmitForm, status: int = 200
) -> HttpResponse:
    unsaved.watch(request, form, 'Check and submit', submission, page=request.path)
    context = {
        'submission': submission,
        'version': submission.current,
        'not_saved': drafts.of(submission, by=request.user),
        'lines': [line for line in checklist.for_submit(submission.current) if not line.done],
        'form': form,
        'again': _again(submission),
        'goes_to': submission.editor,
        'post_page': post_page.of_version(submission.current, submission, form.society),
    }
    return render(request, 'blog/submissions/submit.html', context, status=status)


def _handed_in(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    if request.POST.get('note', '').strip():
        return to_submission(request, submission, 'It is with the editors already.')
    if not submission.was_handed_in:
        return to_submission(
            request, submission, 'It was not handed in. What may be done stands on its page.'
        )
    if submission.state not in [MOVES['submit'].to, MOVES['resubmit'].to]:
        return to_submission(request, submission, 'It has been handed in already.')
    taken = submission.editor_id is not None
    context = {
        'submission': submission,
        'status_words': wording.author_words(submission),
        'next': wording.next_for_author(submission, yours=workflow.in_whose_hands(submission, request.user)),
        'taken': taken,
        # Of a commission an editor has it at once; who sends changes back gets none.
        'receipt': not taken or submission.held_since == submission.first_submitted_at,
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


@require_POST
@on_a_submission
def not_approved(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    try:
        workflow.deny_approval(submission, by=request.user)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(request, 'It waits for your approval again. The editors have been told.')
    return to_submission(request, submission)


@read_or_post
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
        else:
            unsaved.sent(request)
            messages.success(
                request, f'You withdrew this submission. You can reopen it within {REOPENS_WITHIN.days} days.'
            )
            return to_submission(request, submission)
    unsaved.watch(request, form, 'Withdraw', submission, page=request.path)
    status = CONFLICT if form.is_bound and form.non_field_errors() else 200
    context = {'submission': submission, 'form': form}
    return render(request, 'blog/submissions/withdraw.html', context, status=status)


@read_or_post
@on_a_submission
def delete(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """A draft that was never handed in: asks once, and needs no reason."""
    if Role.CORRESPONDING not in workflow.roles_of(submission, request.user):
        raise NotAllowed('Only whoever began the draft deletes it.')
    if submission.is_known_to_editors:
        return to_submission(request, submission, 'The editors know of it. Withdraw it instead.')
    if request.method != 'POST':
        return render(request, 'blog/submissions/delete.html', {'submission': submission})
    title = wording.titled(submission)
    try:
        workflow.discard(submission, by=request.user)
    except NotNow as refusal:
        return to_submission(request, submission, refusal)
    messages.success(request, format_html('The draft “{}” is deleted.', title))
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
        f'The new date is {days.in_words(submission.due_on)}. The editor has been told.',
    )
    return to_submission(request, submission)


@read_or_post
@on_a_submission
def leave(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """A co-author takes their own name off; asks once."""
    mine = submission.authorships.get(person=request.user)
    if not actions.may_leave(submission, request.user):
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
    told = format_html(
        'Your name is off “{}”. The corresponding author has been told.', wording.titled(submission)
    )
    messages.success(request, told)
    return redirect('write')
