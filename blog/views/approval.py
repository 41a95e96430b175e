"""The author's two answers to the final copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from blog import reading, workflow
from blog.forms.submissions import ApproveForm, CorrectionForm
from blog.models import State, Submission, Version
from blog.views.access import AuthorsRequest, on_a_piece
from blog.views.submissions import CONFLICT, READ_OR_POST, marked, to_piece
from blog.workflow import NotAllowed, NotNow, Role


@require_http_methods(READ_OR_POST)
@on_a_piece
def approve(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    """The final copy in full, every change marked; POST approves exactly the words whose hash it carries."""
    if request.method != 'POST':
        if piece.state != State.AUTHOR_APPROVAL:
            return to_piece(request, piece, 'There is no final copy waiting for you.')
        return _final_copy(request, piece)
    _refuse_unless(piece, request, Role.CORRESPONDING, 'Only the corresponding author approves.')
    form = ApproveForm(request.POST, auto_id='approve_%s')
    if form.is_valid():
        try:
            workflow.approve(piece, by=request.user, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                'You approved these exact words. The editor chooses the date, and you will get a letter.',
            )
            return to_piece(request, piece)
    return _answered(request, piece, approve_form=form)


@require_POST
@on_a_piece
def correction(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    _refuse_unless(piece, request, Role.AUTHOR, 'Only an author with edit right asks for a correction.')
    form = CorrectionForm(request.POST, auto_id='correction_%s')
    if form.is_valid():
        try:
            workflow.ask_for_correction(piece, by=request.user, note=form.cleaned_data['note'])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, 'The editor has your note and will ask you again.')
            return to_piece(request, piece)
    return _answered(request, piece, correction_form=form)


def _refuse_unless(piece: Submission, request: AuthorsRequest, role: Role, why: str) -> None:
    if role not in workflow.roles_of(piece, request.user):
        raise NotAllowed(why)


def _answered(
    request: AuthorsRequest,
    piece: Submission,
    *,
    approve_form: ApproveForm | None = None,
    correction_form: CorrectionForm | None = None,
) -> HttpResponse:
    """The same page with what stood against the answer; the piece's own page where the moment has passed."""
    piece = (
        type(piece)
        .objects.select_related(
            'current__lead_picture', 'editor', 'post__version', 'approved_version', 'handed_in_version'
        )
        .get(pk=piece.pk)
    )
    form = approve_form or correction_form
    if piece.state != State.AUTHOR_APPROVAL:
        typed = form.cleaned_data.get('note', '') if hasattr(form, 'cleaned_data') else ''
        kept = f' You had written: “{typed}”' if typed else ''
        return to_piece(request, piece, f'It has been answered already, or has moved on.{kept}')
    status = CONFLICT if form.non_field_errors() else 200
    return _final_copy(
        request, piece, approve_form=approve_form, correction_form=correction_form, status=status
    )


def _final_copy(
    request: AuthorsRequest,
    piece: Submission,
    *,
    approve_form: ApproveForm | None = None,
    correction_form: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    version, before = piece.current, last_seen(piece)
    roles = workflow.roles_of(piece, request.user)
    context = {
        'piece': piece,
        'version': version,
        'before': before,
        'with_marks': request.GET.get('marks') != 'off',
        'marked': marked(before, version),
        'reading': reading.of_version(version, piece),
        'status_words': workflow.author_words(piece),
        'may_approve': Role.CORRESPONDING in roles,
        'may_correct': Role.AUTHOR in roles,
        'corresponding': next((row.name for row in piece.authorships.all() if row.corresponding), ''),
        'approve_form': approve_form or ApproveForm(auto_id='approve_%s'),
        'correction_form': correction_form or CorrectionForm(auto_id='correction_%s'),
    }
    return render(request, 'blog/submissions/approve.html', context, status=status)


def last_seen(piece: Submission) -> Version | None:
    """The newest words that the author knows: handed in, approved, or in print."""
    printed = piece.post.version if piece.has_live_post else None
    known = [version for version in (piece.handed_in_version, piece.approved_version, printed) if version]
    return max(known, key=lambda version: version.number, default=None)
