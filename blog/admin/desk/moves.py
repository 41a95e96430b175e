"""What an editor does on the desk: the moves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from blog import readings, subscribing, wording, workflow
from blog.admin.desk.frame import (
    begun_at,
    done,
    not_now,
    page,
    refuse,
    submission_on_the_desk,
    way_back,
)
from blog.forms.desk import MoveForm
from blog.models import Submission
from blog.workflow import MOVES, Move
from members.models import Person
from ukis import staff, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow
from ukis.tags import fold
from ukis.tags.models import Tag
from ukis.unsaved import holds_words


@read_or_post
def make_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """GET shows what the move asks and where it leads, POST makes it."""
    person, submission = submission_on_the_desk(request, pk)
    if move not in MOVES:
        raise Http404
    made = MOVES[move]
    if not made.who & workflow.roles_of(submission, person):
        refusal = f'“{made.label}” is not yours to do on this submission.'
        if request.method == 'POST' and holds_words(request):
            return _not_yours(
                request, submission, made, _form(made, submission, person, request.POST), refusal
            )
        raise NotAllowed(refusal)
    if request.method == 'POST':
        with transaction.atomic():
            # Held, and read after that: what somebody sets in another tab comes wholly before or after.
            Submission.objects.select_for_update(of=('self',)).only('pk').get(pk=submission.pk)
            return _make(request, *submission_on_the_desk(request, pk), made)
    offer = next((offer for offer in workflow.moves_for(submission, person) if offer.move is made), None)
    if offer is None or not offer.possible:
        messages.warning(
            request, not_now(submission, offer.why_not if offer else f'“{made.label}” is not possible now.')
        )
        return way_back(request, submission)
    return _show(request, submission, made, _form(made, submission, person, initial=_asked_for(request)))


def _make(request: HttpRequest, person: Person, submission: Submission, move: Move) -> HttpResponse:
    form = _form(move, submission, person, request.POST)
    if not form.is_valid():
        return _show(request, submission, move, form, status=CONFLICT if form.is_overtaken else 200)
    try:
        getattr(workflow, move.name)(submission, by=person, **form.answer())
    except NotAllowed as refusal:
        return _not_yours(request, submission, move, form, str(refusal))
    except NotNow as refusal:
        if not form.visible_fields():
            messages.warning(request, not_now(submission, str(refusal)))
            return way_back(request, submission)
        form.add_error(None, not_now(submission, str(refusal)))
        return _show(request, submission, move, form, status=CONFLICT)
    unsaved.sent(request)
    messages.success(request, done(submission, move))
    return way_back(request, submission)


def _not_yours(
    request: HttpRequest, submission: Submission, move: Move, form: MoveForm, refusal: str
) -> HttpResponse:
    """Another editor has it meanwhile: refused, with what was typed, to be copied."""
    form.is_valid()
    form.add_error(None, not_now(submission, refusal))
    return _show(request, submission, move, form, status=403)


def _form(
    move: Move, submission: Submission, person: Person, data: Any = None, initial: Any = None
) -> MoveForm:
    return MoveForm(data, move=move, submission=submission, by=person, initial=initial)


def _asked_for(request: HttpRequest) -> dict[str, date]:
    """The day that was chosen on the calendar; whether it can be is for the move to say."""
    try:
        return {'day': date.fromisoformat(request.GET['day'])}
    except (KeyError, ValueError):
        return {}


def _show(
    request: HttpRequest,
    submission: Submission,
    move: Move,
    form: MoveForm,
    *,
    status: int = 200,
) -> HttpResponse:
    if form.visible_fields():
        unsaved.watch(request, form, move.label, submission, page=request.path)
    context = {
        'submission': submission,
        'move': move,
        'form': form,
        'begun_at': begun_at(request, submission),
        'quotes': 'quoting' in move.asks,
        'state_words': wording.editor_words(submission),
        **(readings.before_decision(submission) if move.decision else {}),
        **(_followed(submission) if move.is_followed else {}),
    }
    return page(request, 'move', move.label, context, status)


def _followed(submission: Submission) -> dict[str, Any]:
    """Who gets by email what comes out; of its tags those that it has or, before it has some, that are proposed."""
    post = getattr(submission, 'post', None)
    names = list(post.tags.names()) if post else []
    names = names or (submission.current.tag_words if submission.current else [])
    known = Tag.objects.filter(folded__in=[fold(name) for name in names])
    authors = submission.authorships.filter(printed=True, person__isnull=False)
    return {
        'followed_tags': names,
        'followers': subscribing.would_follow(
            tags=known.values_list('pk', flat=True), authors=authors.values_list('person', flat=True)
        ),
    }


# Last of the desk's pages: this address takes any word that stands there.
staff.pages += [
    ('desk/<int:pk>/<slug:move>/', make_move, 'desk_move', refuse),
]
