"""What the page keeps while somebody types: answers are JSON, with a sentence for the person where it failed."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from blog import buffers, workflow
from blog.access import AuthorsRequest, on_a_submission, submission_or_404
from blog.forms.byline import NameForm
from blog.forms.writing import WordsForm, began_of, typed_in
from blog.models import Submission
from blog.pages import CONFLICT, READ_OR_POST
from blog.workflow import Role

SIGNED_OUT = (
    'You are no longer signed in. Go on writing: your text is kept on this computer. '
    'Sign in in another tab, and it is saved with the Society again.'
)
NOT_YOURS = 'The words of this submission are not yours to change.'
NOT_NOW = 'The text cannot be saved now: the submission is with somebody else.'
STALE = (
    'Somebody saved this submission since you opened it. Yours is kept; when you save, both texts are shown.'
)


@never_cache
@require_http_methods(READ_OR_POST)
def autosave(request: AuthorsRequest, pk: int) -> JsonResponse:
    """POST keeps the fields as typed: {at}, {error}, or both where they are kept and other words stand.

    GET: {token} for a page whose own has grown old."""
    if not request.user.is_authenticated:
        return _refused(SIGNED_OUT, 401)  # type: ignore[unreachable]
    submission = submission_or_404(request, pk)
    if Role.AUTHOR not in workflow.roles_of(submission, request.user):
        return _refused(NOT_YOURS, 403)
    if request.method != 'POST':
        return JsonResponse({'token': get_token(request)})
    return _kept(request, submission)


def _kept(request: AuthorsRequest, submission: Submission) -> JsonResponse:
    if not workflow.can_edit(submission, request.user):
        return _refused(NOT_NOW, CONFLICT)
    base = began_of(request.POST)
    if _is_saved_already(request, submission):
        buffers.drop(submission, by=request.user)
    else:
        try:
            buffers.keep(submission, by=request.user, base=base, data=typed_in(request.POST))
        except buffers.TooMuch as refusal:
            return _refused(str(refusal), 413)
        started_from = submission.versions.filter(number=base).first()
        if started_from is None or started_from.words() != submission.current.words():
            return JsonResponse({'error': STALE, 'at': _now()}, status=CONFLICT)
    return JsonResponse({'at': _now()})


def _now() -> str:
    return f'{timezone.localtime():%H:%M}'


def _is_saved_already(request: AuthorsRequest, submission: Submission) -> bool:
    """Whether a version says the same: typed and taken back, or sent off just before the version was made."""
    words = WordsForm(request.POST, submission=submission, by=request.user)
    mine = next(row for row in submission.authorships.all() if row.person_id == request.user.pk)
    me = NameForm(request.POST, row=mine, by=request.user, prefix='me')
    if not (words.is_valid() and me.is_valid()) or me.differs():
        return False
    return submission.current.words() == submission.current.words() | words.words()


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({'error': sentence}, status=status)


@require_POST
@on_a_submission
def discard(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Throws away what was typed and not saved as a version."""
    buffers.drop(submission, by=request.user)
    messages.success(request, 'Thrown away. This is the text as it was last saved.')
    return redirect('submission_edit', submission.pk)
