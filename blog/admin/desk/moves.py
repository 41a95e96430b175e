"""What an editor does on the desk: moves, copy-edits, messages, and what stands beside the words in print."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from blog import workflow
from blog.admin.desk import showing
from blog.admin.desk.queue import file, page, piece_on_the_desk, refuse
from blog.forms.desk import AddressForm, MessageForm, MoveForm, PrintForm, TagsForm
from blog.forms.desk_words import CopyEditForm, TypoForm, WordsForm, as_shown
from blog.models import Submission
from blog.workflow import MOVES, Move, NotAllowed, NotNow, Role, Stale
from members.models import Person
from ukis import staff
from ukis.unsaved import holds_words

READ_OR_POST = ['GET', 'HEAD', 'POST']
CONFLICT = 409


def to_piece(piece: Submission, part: str = '') -> HttpResponse:
    return redirect(reverse('admin:desk_submission', args=[piece.pk]) + part)


@require_http_methods(READ_OR_POST)
def make_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """GET shows what the move asks and where it leads, POST makes it."""
    person, piece = piece_on_the_desk(request, pk)
    if move not in MOVES:
        raise Http404
    made = MOVES[move]
    if not made.who & workflow.roles_of(piece, person):
        refusal = f'“{made.label}” is not yours to do on this piece.'
        if request.method == 'POST' and holds_words(request):
            return _not_yours(request, piece, made, _form(made, piece, request.POST), refusal)
        raise NotAllowed(refusal)
    if request.method == 'POST':
        return _make(request, person, piece, made)
    offer = next((offer for offer in workflow.moves_for(piece, person) if offer.move is made), None)
    if offer is None or not offer.possible:
        messages.warning(
            request, _not_now(piece, offer.why_not if offer else f'“{made.label}” is not possible now.')
        )
        return to_piece(piece)
    return _show(request, piece, made, _form(made, piece))


def _make(request: HttpRequest, person: Person, piece: Submission, move: Move) -> HttpResponse:
    form = _form(move, piece, request.POST)
    if not form.is_valid():
        return _show(request, piece, move, form)
    if isinstance(form, TypoForm):
        answer: dict[str, Any] = {
            'base': form.cleaned_data['base'],
            'words': form.words(),
            'reason': form.cleaned_data['reason'],
        }
    else:
        answer = form.answer()
    try:
        getattr(workflow, move.name)(piece, by=person, **answer)
    except Stale as stale:
        return _show_both(request, piece, move, cast(WordsForm, form), stale)
    except NotAllowed as refusal:
        return _not_yours(request, piece, move, form, str(refusal))
    except NotNow as refusal:
        if not form.visible_fields():
            messages.warning(request, _not_now(piece, str(refusal)))
            return to_piece(piece)
        form.add_error(None, _not_now(piece, str(refusal)))
        return _show(request, piece, move, form, status=CONFLICT)
    messages.success(request, _done(piece, move))
    return to_piece(piece)


def _not_yours(
    request: HttpRequest, piece: Submission, move: Move, form: MoveForm | TypoForm, refusal: str
) -> HttpResponse:
    """Another editor has it meanwhile: refused, with what was typed, to be copied."""
    form.is_valid()
    form.add_error(None, _not_now(piece, refusal))
    return _show(request, piece, move, form, status=403)


def _form(move: Move, piece: Submission, data: Any = None) -> MoveForm | TypoForm:
    if 'typo' in move.asks:
        return TypoForm(data, version=piece.current)
    return MoveForm(data, move=move, submission=piece)


def _not_now(piece: Submission, why: str) -> str:
    """Why not, and what happened meanwhile."""
    return f'{why} {showing.meanwhile(piece)}'


def _done(piece: Submission, move: Move) -> str:
    piece = Submission.objects.select_related('post').get(pk=piece.pk)
    words = f'Done: “{move.label}”. It is now: {showing.state_words(piece)}.'
    if move.decision:
        words += (
            ' The letter waits five minutes: you can still change, hold or recall it, under “Letters” below.'
        )
    return words


def _show(
    request: HttpRequest,
    piece: Submission,
    move: Move,
    form: MoveForm | TypoForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {'piece': piece, 'move': move, 'form': form, 'state_words': showing.state_words(piece), **more}
    template = 'words' if isinstance(form, WordsForm) else 'move'
    return page(request, template, move.label, context, status)


def _show_both(
    request: HttpRequest, piece: Submission, move: Move | None, form: WordsForm, stale: Stale
) -> HttpResponse:
    """Both texts, and the typed one still in its form; saving again goes on from what stands now."""
    form.go_on_from(stale.current)
    form.add_error(None, str(stale))
    context = {
        'piece': piece,
        'move': move,
        'form': form,
        'theirs': stale.current,
        'theirs_shown': as_shown(stale.current.words()),
        'mine_shown': as_shown(form.words()),
    }
    return page(request, 'words', move.label if move else 'Copy-edit', context, CONFLICT)


@require_http_methods(READ_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The assigned editor's copy-edit."""
    person, piece = piece_on_the_desk(request, pk)
    if request.method != 'POST':
        if not workflow.can_edit(piece, person):
            return _cannot_edit(request, person, piece)
        return _show_words(request, piece, _copy_edit(piece))
    form = _copy_edit(piece, request.POST)
    if not form.is_valid():
        return _show_words(request, piece, form)
    given = form.cleaned_data
    try:
        version = workflow.save_words(
            piece,
            by=person,
            base=given['base'],
            words=form.words(),
            note=given['note'],
            typo=given.get('typo', False),
        )
    except Stale as stale:
        return _show_both(request, piece, None, form, stale)
    except NotAllowed as refusal:
        if not holds_words(request):
            raise
        form.add_error(None, _not_now(piece, str(refusal)))
        return _show_words(request, piece, form, 403)
    except NotNow as refusal:
        form.add_error(None, _not_now(piece, str(refusal)))
        return _show_words(request, piece, form, CONFLICT)
    messages.success(request, f'Saved as version {version.number}.')
    for notice in form.notices():
        messages.info(request, notice)
    if 'stay' in request.POST:
        return redirect('admin:desk_edit', piece.pk)
    return to_piece(piece)


def _copy_edit(piece: Submission, data: Any = None) -> CopyEditForm:
    form = CopyEditForm(data, version=piece.current)
    if not piece.approved_version_id:
        del form.fields['typo']
    return form


def _show_words(
    request: HttpRequest, piece: Submission, form: CopyEditForm, status: int = 200
) -> HttpResponse:
    return page(request, 'words', 'Copy-edit', {'piece': piece, 'form': form, 'move': None}, status)


def _cannot_edit(request: HttpRequest, person: Person, piece: Submission) -> HttpResponse:
    if not workflow.roles_of(piece, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('The words of this piece are not yours to change.')
    messages.warning(request, 'The words can be changed in copy-edit only, and by the editor of the piece.')
    return to_piece(piece)


@require_POST
def message(request: HttpRequest, pk: int) -> HttpResponse:
    person, piece = piece_on_the_desk(request, pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return file(request, person, piece, form)
    workflow.say(piece, by=person, text=form.cleaned_data['text'], audience=form.cleaned_data['audience'])
    messages.success(request, 'Your message is in the conversation, and a letter is on its way.')
    return to_piece(piece, '#conversation')


@require_http_methods(READ_OR_POST)
def in_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Address, tags and what else stands beside the words: the editor's, and no approval lapses by it."""
    person, piece = piece_on_the_desk(request, pk)
    if not workflow.roles_of(piece, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('What stands beside the words is the editor’s to choose.')
    post = getattr(piece, 'post', None)
    if post is None:
        messages.warning(request, 'It gets its address, and with it this page, when it is accepted.')
        return to_piece(piece)
    which = request.POST.get('form', '')
    words = piece.current.tag_words
    address = AddressForm(
        request.POST if which == 'address' else None, initial={'slug': post.slug}, prefix='address'
    )
    tags = TagsForm(request.POST if which == 'tags' else None, post=post, offered=words, prefix='tags')
    details = PrintForm(request.POST if which == 'details' else None, instance=post, prefix='details')
    asked = {'address': address, 'tags': tags, 'details': details}.get(which)
    status = 200
    if asked is not None and asked.is_valid():
        try:
            _set(piece, person, which, asked.cleaned_data)
        except NotNow as refusal:
            asked.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, 'Saved.')
            return redirect('admin:desk_print', piece.pk)
    context = {
        'piece': piece,
        'post': post,
        'asked': asked,
        'address': address,
        'tags': tags,
        'details': details,
    }
    return page(request, 'print', 'Beside the words', context, status)


def _set(piece: Submission, person: Person, which: str, given: dict[str, Any]) -> None:
    """Writes one of the three forms; the row is read afresh, for a model's form has touched this one."""
    post = Submission.objects.select_related('post').get(pk=piece.pk).post
    match which:
        case 'address':
            workflow.readdress(post, by=person, slug=given['slug'])
        case 'tags':
            workflow.retag(post, by=person, tags=given['all'])
        case _:
            workflow.set_details(post, by=person, **given)


# The moves come last: their address takes any word that stands there.
staff.pages += [
    ('desk/<int:pk>/edit/', edit, 'desk_edit', refuse),
    ('desk/<int:pk>/message/', message, 'desk_message', refuse),
    ('desk/<int:pk>/print/', in_print, 'desk_print', refuse),
    ('desk/<int:pk>/<slug:move>/', make_move, 'desk_move', refuse),
]
