"""Second readings on the desk: asked for, one of them whole, and its moves. None of it is an author's to see."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import readings
from blog.admin.desk.frame import page, refuse, submission_on_the_desk, words_on_the_desk
from blog.forms.readings import ReadingForm, ReadingMoveForm
from blog.models import Reading, Submission
from blog.readings import MOVES, ReadingMove
from members.models import Person
from ukis import staff, unsaved
from ukis.keys import may_be_a_key
from ukis.letters.models import Letter
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow

LETTERS = 50


def _reading(request: HttpRequest, pk: int, reading: int) -> tuple[Person, Reading]:
    person, submission = submission_on_the_desk(request, pk)
    row = Reading.objects.whole().filter(submission=submission, pk=reading).first()
    if row is None:
        raise Http404
    row.submission = submission
    return person, row


@read_or_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom, what, and by when. Who the address already is stands on the page before anything goes there."""
    person, submission = words_on_the_desk(request, pk)
    if not readings.parties_on(submission, person):
        raise NotAllowed('Second readers are asked by the editor of the submission.')
    if request.method != 'POST' and (why_not := readings.readers_are_asked(submission.state)):
        messages.warning(request, why_not)
        return _to_submission(submission)
    data = request.POST if request.method == 'POST' else None
    initial = _named_instead(request, submission)
    form = ReadingForm(data, submission=submission, by=person, initial=initial)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            row = readings.ask(submission, by=person, **form.asked())
        except NotNow as why_not:
            form.add_error(None, str(why_not))
            status = CONFLICT
        else:
            unsaved.sent(request)
            words = 'Asked. The letter waits five minutes: you can still change or recall it below.'
            messages.success(request, words)
            return _to(row)
    elif form.is_bound:
        status = 422
    unsaved.watch(request, form, MOVES['ask'].label, submission, page=request.path)
    context = {'submission': submission, 'form': form, 'known': form.known, 'move': MOVES['ask']}
    return page(request, 'reading_ask', MOVES['ask'].label, context, status)


def _named_instead(request: HttpRequest, submission: Submission) -> dict[str, str]:
    """Whom a reader of this submission named when they said no."""
    key = request.GET.get('instead', '')
    if not key or not may_be_a_key(Reading, key):
        return {}
    row = Reading.objects.filter(submission=submission, pk=key).first()
    return {'name': row.other_name, 'email': row.other_email} if row else {}


@require_safe
def reading(request: HttpRequest, pk: int, reading: int) -> HttpResponse:
    """One whole: what was asked, what came of it, what can be done."""
    person, row = _reading(request, pk, reading)
    moves = [
        (move, why_not)
        for move, why_not in readings.moves_for(row, person)
        if not move.is_answer and not (move.quiet and why_not)
    ]
    context = {
        'submission': row.submission,
        'reading': row,
        'moves': moves,
        'is_reader': row.reader_id == person.pk,
        'may_ask': readings.may_ask(row.submission, person),
        'steps': [(readings.in_words(step.move), step) for step in row.steps.order_by('-at', '-pk')],
        'letters': Letter.objects.about(row)[:LETTERS],
    }
    return page(request, 'reading', f'Second reading: {row.name}', context)


@read_or_post
def make_move(request: HttpRequest, pk: int, reading: int, move: str) -> HttpResponse:
    """GET shows what the move asks and whom it tells, POST makes it."""
    person, row = _reading(request, pk, reading)
    made = MOVES.get(move)
    if made is None or made.is_answer or not made.frm:
        raise Http404
    if not made.who & readings.roles_of(row, person):
        raise NotAllowed(f'“{made.label}” is for the editor of this submission.')
    data = request.POST if request.method == 'POST' else None
    form = ReadingMoveForm(data, move=made, reading=row, by=person)
    if request.method != 'POST':
        why_not = {one.name: why for one, why in readings.moves_for(row, person)}.get(made.name)
        if why_not != '':
            messages.warning(request, why_not or f'“{made.label}” is not possible now. {row.editor_sentence}')
            return _to(row)
        return _asked(request, row, made, form)
    if not form.is_valid():
        return _asked(request, row, made, form, status=422)
    try:
        getattr(readings, move)(row, by=person, **form.answer())
    except NotNow as why_not:
        form.add_error(None, str(why_not))
        return _asked(request, _reading(request, pk, reading)[1], made, form, status=CONFLICT)
    unsaved.sent(request)
    waits = (
        ' The letter waits five minutes: you can still change or recall it below.' if made.to_reader else ''
    )
    messages.success(request, f'Done: “{made.label}”.{waits}')
    return _to(row)


def _asked(
    request: HttpRequest, row: Reading, move: ReadingMove, form: ReadingMoveForm, status: int = 200
) -> HttpResponse:
    if form.visible_fields():
        unsaved.watch(request, form, move.label, row, page=request.path)
    context = {
        'submission': row.submission,
        'reading': row,
        'move': move,
        'form': form,
        'known': form.known,
    }
    return page(request, 'reading_move', move.label, context, status)


def _to(row: Reading) -> HttpResponse:
    return cast(HttpResponse, redirect(reverse('admin:desk_reading', args=[row.submission_id, row.pk])))


def _to_submission(submission: Submission) -> HttpResponse:
    return cast(HttpResponse, redirect(reverse('admin:desk_submission', args=[submission.pk]) + '#readings'))


# Before the desk's own moves, whose address takes any word.
staff.pages += [
    ('desk/<int:pk>/readings/ask/', ask, 'desk_reading_ask', refuse),
    ('desk/<int:pk>/readings/<int:reading>/', reading, 'desk_reading', refuse),
    ('desk/<int:pk>/readings/<int:reading>/<slug:move>/', make_move, 'desk_reading_move', refuse),
]
