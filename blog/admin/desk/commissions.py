"""Commissions on the desk: the queues, one of them whole, drafted and changed until it is sent, and its moves."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import commissioning
from blog.admin.desk.frame import on_the_desk, page
from blog.commissioning import MOVES, CommissionMove
from blog.desk import commission_queues, topic_map
from blog.forms.commissions import CommissionForm, CommissionMoveForm
from blog.letters import commission_letters
from blog.models import Commission
from members.models import Person
from ukis import staff, unsaved
from ukis.keys import may_be_a_key
from ukis.leafing import Leafing
from ukis.letters.models import Letter
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow
from ukis.unsaved import standing
from ukis.unsaved.both import in_form

ROWS = 50
LETTERS = 50


def _refuse(request: HttpRequest, **address: Any) -> Any:
    raise PermissionDenied('Commissions are for the editors.')


def _commission(request: HttpRequest, pk: int) -> tuple[Person, Commission]:
    person = on_the_desk(request, guests=True)
    row = Commission.objects.on_the_desk_of(person).whole().filter(pk=pk).first()
    if row is None:
        raise Http404
    return person, row


def _draft(request: HttpRequest, pk: int) -> tuple[Person, Commission]:
    """One that is not sent yet, for whoever may change it."""
    person, row = _commission(request, pk)
    if not commissioning.roles_of(row, person) & commissioning.EDITORS:
        raise NotAllowed('Its editor changes it, or the Commissioning Editor.')
    return person, row


@require_safe
def commissions(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request, guests=True)
    counted = commission_queues.counts(person)
    key = request.GET.get('queue') or ('mine' if counted['mine'] else 'sent')
    if key not in commission_queues.QUEUES:
        raise Http404
    leaves = Leafing(
        commission_queues.rows(key, person),
        ROWS,
        shown=commission_queues.with_what_a_row_shows(Commission.objects.all()),
    )
    context = {
        'queues': [(queue, counted.get(queue.key)) for queue in commission_queues.QUEUES.values()],
        'queue': commission_queues.QUEUES[key],
        'page': leaves.get_page(request.GET.get('page')),
        'may_ask': person.is_editor or person.is_guest_editor,
    }
    return page(request, 'commissions', 'Commissions', context)


@require_safe
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    """One whole: what is asked and of whom, who they are to us, what became of it, what can be done."""
    person, row = _commission(request, pk)
    begun = list(row.submissions.with_title().order_by('-pk'))
    context = {
        'commission': row,
        'known': commissioning.known(row, to=person),
        'begun': begun,
        'follows': _before(row, person),
        'moves': [
            (move, why_not)
            for move, why_not in commissioning.moves_for(row, person)
            if not move.is_answer and not (move.quiet and why_not)
        ],
        'may_change': row.is_draft and bool(commissioning.roles_of(row, person) & commissioning.EDITORS),
        'may_ask': person.is_editor or person.is_guest_editor,
        'following': list(row.followed_by.on_the_desk_of(person).order_by('pk')[:20]),
        'steps': [(commissioning.in_words(step.move), step) for step in row.steps.order_by('-at', '-pk')],
        'letters': Letter.objects.about(row)[:LETTERS],
    }
    return page(request, 'commission', row.working_title, context)


def _before(row: Commission, person: Person) -> Commission | None:
    """What it was copied from, or named in, as far as that is on their desk."""
    if row.follows_id is None or not person.is_guest_editor:
        return row.follows
    return Commission.objects.on_the_desk_of(person).filter(pk=row.follows_id).first()


@read_or_post
def new(request: HttpRequest) -> HttpResponse:
    """A fresh one; one that is copied from another, named in the address, to be asked of somebody else; or one for a
    gap of the map."""
    person = on_the_desk(request, guests=True)
    if not (person.is_editor or person.is_guest_editor):
        raise PermissionDenied('Commissions are drafted by the editors.')
    copied = _copied(request, person)
    wanted = None if person.is_guest_editor else topic_map.wanted(request.GET, person)
    initial = commissioning.copied(copied) if copied else wanted.initial if wanted else None
    form = CommissionForm(request.POST if request.method == 'POST' else None, by=person, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            row = commissioning.draft(by=person, follows=copied, **form.asked())
        except NotNow as why_not:
            form.add_error(None, str(why_not))
        else:
            unsaved.sent(request)
            messages.success(
                request, 'Drafted. Nobody has been asked yet: read it as it will go out, then send it.'
            )
            return _to(row)
    return _form(request, form, 'Ask somebody to write', copied, wanted)


def _copied(request: HttpRequest, person: Person) -> Commission | None:
    key = request.GET.get('copy', '')
    if not key or not may_be_a_key(Commission, key):
        return None
    return Commission.objects.on_the_desk_of(person).filter(pk=key).first()


@read_or_post
def change(request: HttpRequest, pk: int) -> HttpResponse:
    person, row = _draft(request, pk)
    with transaction.atomic():
        if request.method == 'POST':
            Commission.objects.select_for_update(of=('self',)).only('pk').get(pk=pk)
            row = Commission.objects.whole().get(pk=pk)
        form = CommissionForm(request.POST if request.method == 'POST' else None, by=person, instance=row)
        if form.is_bound and form.is_valid():
            try:
                commissioning.change(Commission(pk=pk), by=person, **form.asked())
            except NotNow as why_not:
                form.add_error(None, str(why_not))
            else:
                unsaved.sent(request)
                messages.success(request, 'Changed. Nobody has been asked yet.')
                return _to(row)
    return _form(request, form, 'Change the invitation', row)


def _form(
    request: HttpRequest,
    form: CommissionForm,
    title: str,
    row: Commission | None,
    wanted: topic_map.WantedOnMap | None = None,
) -> HttpResponse:
    unsaved.watch(
        request, form, title, row or on_the_desk(request, guests=True), page=request.get_full_path()
    )
    stale = standing.is_stale(form)
    context = {
        'form': form,
        'commission': row,
        'wanted': wanted,
        'both': in_form(form) if stale else None,
        'back_url': _address(row) if row else reverse('admin:commissions'),
    }
    status = CONFLICT if stale else 422 if form.is_bound and not form.is_valid() else 200
    return page(request, 'commission_form', title, context, status)


@read_or_post
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once: nobody has heard of a draft, and it leaves no trace."""
    person, row = _draft(request, pk)
    if request.method == 'POST':
        try:
            commissioning.discard(row, by=person)
        except NotNow as why_not:
            messages.warning(request, str(why_not))
            return _to(row)
        messages.success(request, 'The draft is deleted.')
        return redirect('admin:commissions')
    return page(request, 'commission_discard', 'Delete the draft', {'commission': row})


@read_or_post
def make_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """GET shows what the move asks and whom it tells, POST makes it."""
    person, row = _commission(request, pk)
    made = MOVES.get(move)
    if made is None or made.is_answer or commissioning.CommissionParty.CLOCK in made.who:
        raise Http404
    if not made.who & commissioning.roles_of(row, person):
        raise NotAllowed(f'“{made.label}” is for the editor of this commission, or the Commissioning Editor.')
    form = CommissionMoveForm(request.POST if request.method == 'POST' else None, move=made, commission=row)
    if request.method != 'POST':
        why_not = {one.name: why for one, why in commissioning.moves_for(row, person)}.get(made.name)
        if why_not != '':
            messages.warning(request, why_not or f'“{made.label}” is not possible now. {row.editor_sentence}')
            return _to(row)
        return _asked(request, row, made, form)
    if not form.is_valid():
        return _asked(request, row, made, form, status=422)
    try:
        getattr(commissioning, move)(row, by=person, **form.answer())
    except NotNow as why_not:
        form.add_error(None, str(why_not))
        return _asked(request, Commission.objects.whole().get(pk=pk), made, form, status=CONFLICT)
    unsaved.sent(request)
    letter = (
        ' The letter waits five minutes: you can still change or recall it below.' if made.to_invitee else ''
    )
    messages.success(request, f'Done: “{made.label}”.{letter}')
    return _to(row)


def _asked(
    request: HttpRequest, row: Commission, move: CommissionMove, form: CommissionMoveForm, status: int = 200
) -> HttpResponse:
    if form.visible_fields():
        unsaved.watch(request, form, move.label, row, page=request.path)
    letter = commission_letters.as_it_goes_out(row) if row.is_draft else None
    context = {
        'commission': row,
        'move': move,
        'form': form,
        'known': commissioning.known(row, to=on_the_desk(request, guests=True)),
        'letter': letter,
    }
    return page(request, 'commission_move', move.label, context, status)


def _address(row: Commission) -> str:
    return reverse('admin:commission', args=[row.pk])


def _to(row: Commission) -> HttpResponse:
    return cast(HttpResponse, redirect(_address(row)))


# Before the desk's own pages, whose addresses take a key and any word.
staff.pages += [
    ('desk/commissions/', commissions, 'commissions', _refuse),
    ('desk/commissions/new/', new, 'commission_new', _refuse),
    ('desk/commissions/<int:pk>/', commission, 'commission', _refuse),
    ('desk/commissions/<int:pk>/change/', change, 'commission_change', _refuse),
    ('desk/commissions/<int:pk>/discard/', discard, 'commission_discard', _refuse),
    ('desk/commissions/<int:pk>/<slug:move>/', make_move, 'commission_move', _refuse),
]
