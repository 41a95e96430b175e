"""The author's two answers to the final copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from blog import post_page, wording, workflow
from blog.forms.submissions import ApproveForm, CorrectionForm
from blog.models import Submission, Version
from blog.pages import marked, to_submission
from blog.workflow import MOVES, Role
from blog.writing import actions
from blog.writing.access import AuthorsRequest, on_a_submission
from ukis import unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow


@read_or_post
@on_a_submission
def approve(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """The final copy in full, every change marked; POST approves exactly the words whose hash it carries."""
    if request.method != 'POST':
        if submission.state not in MOVES['approve'].frm:
            return to_submission(request, submission, 'There is no final copy waiting for you.')
        return _final_copy(request, submission)
    _refuse_unless(submission, request, Role.CORRESPONDING, 'Only the corresponding author approves.')
    form = ApproveForm(request.POST, auto_id='approve_%s')
    if form.is_valid():
        try:
            workflow.approve(submission, by=request.user, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            unsaved.sent(request)
            messages.success(
                request,
                f'You approved these exact words. {wording.next_for_author(submission, yours=False)}',
            )
            return to_submission(request, submission)
    return _answered(request, submission, approve_form=form)


@require_POST
@on_a_submission
def correction(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    _refuse_unless(submission, request, Role.AUTHOR, 'Only an author with edit right asks for a correction.')
    form = CorrectionForm(request.POST, auto_id='correction_%s')
    if form.is_valid():
        try:
            workflow.ask_for_correction(submission, by=request.user, note=form.cleaned_data['note'])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            unsaved.sent(request)
            messages.success(request, 'The editor has your note and will ask you again.')
            return to_submission(request, submission)
    return _answered(request, submission, correction_form=form)


def _refuse_unless(submission: Submission, request: AuthorsRequest, role: Role, why: str) -> None:
    if role not in workflow.roles_of(submission, request.user):
        raise NotAllowed(why)


def _answered(
    request: AuthorsRequest,
    submission: Submission,
    *,
    approve_form: ApproveForm | None = None,
    correction_form: CorrectionForm | None = None,
) -> HttpResponse:
    """The same page with what stood against the answer; the submission's own page where the moment has passed."""
    submission = Submission.objects.for_its_page().get(pk=submission.pk)
    form = approve_form or correction_form
    assert form is not None, 'one of the two was answered'
    if submission.state not in MOVES['approve'].frm:
        return to_submission(request, submission, 'It has been answered already, or has moved on.')
    status = CONFLICT if form.non_field_errors() else 200
    return _final_copy(
        request, submission, approve_form=approve_form, correction_form=correction_form, status=status
    )


def _final_copy(
    request: AuthorsRequest,
    submission: Submission,
    *,
    approve_form: ApproveForm | None = None,
    correction_form: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    version, before = submission.current, last_seen(submission)
    roles = workflow.roles_of(submission, request.user)
    approve_form = approve_form or ApproveForm(auto_id='approve_%s')
    correction_form = correction_form or CorrectionForm(auto_id='correction_%s')
    page = reverse('submission_approve', args=[submission.pk])
    unsaved.watch(request, approve_form, 'Approval', submission, page=page)
    unsaved.watch(request, correction_form, 'Correction', submission, page=page)
    context = {
        'submission': submission,
        'version': version,
        'before': before,
        'with_marks': request.GET.get('marks') != 'off',
        'marked': marked(before, version),
        'post_page': post_page.of_version(version, submission, from_level=3),
        'status_words': wording.author_words(submission),
        'status_kind': actions.status_kind(submission),
        'note': workflow.written_to_author(submission),
        'may_approve': Role.CORRESPONDING in roles,
        'may_correct': Role.AUTHOR in roles,
        'corresponding': wording.corresponding(submission),
        'approve_form': approve_form,
        'correction_form': correction_form,
    }
    return render(request, 'blog/submissions/approve.html', context, status=status)


def last_seen(submission: Submission) -> Version | None:
    """The newest words that the author knows: handed in, approved, or in print."""
    printed = submission.post.version if submission.has_live_post else None
    known = [
        version for version in (submission.handed_in_version, submission.approved_version, printed) if version
    ]
    return max(known, key=lambda version: version.number, default=None)
