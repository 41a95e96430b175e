"""What an editor does on the desk: moves, copy-edits, messages, and what stands beside the words in print."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from blog import wording, workflow
from blog.admin.desk import lines
from blog.admin.desk.queue import file, page, refuse, submission_on_the_desk
from blog.forms.desk import AddressForm, MessageForm, MoveForm, PrintForm, TagsForm
from blog.forms.desk_words import CopyEditForm, TypoForm, WordsForm, as_shown
from blog.models import Submission
from blog.workflow import MOVES, Move, Role
from members.models import Person
from ukis import staff
from ukis.refusals import NotAllowed, NotNow, Stale
from ukis.unsaved import holds_words

READ_OR_POST = ['GET', 'HEAD', 'POST']
CONFLICT = 409


def to_submission(submission: Submission, part: str = '') -> HttpResponse:
    return redirect(reverse('admin:desk_submission', args=[submission.pk]) + part)


@require_http_methods(READ_OR_POST)
def make_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """GET shows what the move asks and where it leads, POST makes it."""
    person, submission = submission_on_the_desk(request, pk)
    if move not in MOVES:
        raise Http404
    made = MOVES[move]
    if not made.who & workflow.roles_of(submission, person):
        refusal = f'“{made.label}” is not yours to do on this submission.'
        if request.method == 'POST' and holds_words(request):
            return _not_yours(request, submission, made, _form(made, submission, request.POST), refusal)
        raise NotAllowed(refusal)
    if request.method == 'POST':
        return _make(request, person, submission, made)
    offer = next((offer for offer in workflow.moves_for(submission, person) if offer.move is made), None)
    if offer is None or not offer.possible:
        messages.warning(
            request, _not_now(submission, offer.why_not if offer else f'“{made.label}” is not possible now.')
        )
        return to_submission(submission)
    return _show(request, submission, made, _form(made, submission))


def _make(request: HttpRequest, person: Person, submission: Submission, move: Move) -> HttpResponse:
    form = _form(move, submission, request.POST)
    if not form.is_valid():
        return _show(request, submission, move, form)
    if isinstance(form, TypoForm):
        answer: dict[str, Any] = {
            'base': form.cleaned_data['base'],
            'words': form.words(),
            'reason': form.cleaned_data['reason'],
        }
    else:
        answer = form.answer()
    try:
        getattr(workflow, move.name)(submission, by=person, **answer)
    except Stale as stale:
        return _show_both(request, submission, move, cast(WordsForm, form), stale)
    except NotAllowed as refusal:
        return _not_yours(request, submission, move, form, str(refusal))
    except NotNow as refusal:
        if not form.visible_fields():
            messages.warning(request, _not_now(submission, str(refusal)))
            return to_submission(submission)
        form.add_error(None, _not_now(submission, str(refusal)))
        return _show(request, submission, move, form, status=CONFLICT)
    messages.success(request, _done(submission, move))
    return to_submission(submission)


def _not_yours(
    request: HttpRequest, submission: Submission, move: Move, form: MoveForm | TypoForm, refusal: str
) -> HttpResponse:
    """Another editor has it meanwhile: refused, with what was typed, to be copied."""
    form.is_valid()
    form.add_error(None, _not_now(submission, refusal))
    return _show(request, submission, move, form, status=403)


def _form(move: Move, submission: Submission, data: Any = None) -> MoveForm | TypoForm:
    if 'typo' in move.asks:
        return TypoForm(data, version=submission.current)
    return MoveForm(data, move=move, submission=submission)


def _not_now(submission: Submission, why: str) -> str:
    """Why not, and what happened meanwhile."""
    return f'{why} {lines.meanwhile(submission)}'


def _done(submission: Submission, move: Move) -> str:
    submission = Submission.objects.select_related('post').get(pk=submission.pk)
    words = f'Done: “{move.label}”. It is now: {wording.editor_words(submission)}.'
    if move.decision:
        words += (
            ' The letter waits five minutes: you can still change, hold or recall it, under “Letters” below.'
        )
    return words


def _show(
    request: HttpRequest,
    submission: Submission,
    move: Move,
    form: MoveForm | TypoForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        'submission': submission,
        'move': move,
        'form': form,
        'state_words': wording.editor_words(submission),
        **more,
    }
    template = 'words' if isinstance(form, WordsForm) else 'move'
    return page(request, template, move.label, context, status)


def _show_both(
    request: HttpRequest, submission: Submission, move: Move | None, form: WordsForm, stale: Stale
) -> HttpResponse:
    """Both texts, and the typed one still in its form; saving again goes on from what stands now."""
    form.go_on_from(stale.current)
    form.add_error(None, str(stale))
    context = {
        'submission': submission,
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
    person, submission = submission_on_the_desk(request, pk)
    if request.method != 'POST':
        if not workflow.can_edit(submission, person):
            return _cannot_edit(request, person, submission)
        return _show_words(request, submission, _copy_edit(submission))
    form = _copy_edit(submission, request.POST)
    if not form.is_valid():
        return _show_words(request, submission, form)
    given = form.cleaned_data
    try:
        version = workflow.save_words(
            submission,
            by=person,
            base=given['base'],
            words=form.words(),
            note=given['note'],
            typo=given.get('typo', False),
        )
    except Stale as stale:
        return _show_both(request, submission, None, form, stale)
    except NotAllowed as refusal:
        if not holds_words(request):
            raise
        form.add_error(None, _not_now(submission, str(refusal)))
        return _show_words(request, submission, form, 403)
    except NotNow as refusal:
        form.add_error(None, _not_now(submission, str(refusal)))
        return _show_words(request, submission, form, CONFLICT)
    messages.success(request, f'Saved as version {version.number}.')
    for notice in form.notices():
        messages.info(request, notice)
    if 'stay' in request.POST:
        return redirect('admin:desk_edit', submission.pk)
    return to_submission(submission)


def _copy_edit(submission: Submission, data: Any = None) -> CopyEditForm:
    form = CopyEditForm(data, version=submission.current)
    if not submission.approved_version_id:
        del form.fields['typo']
    return form


def _show_words(
    request: HttpRequest, submission: Submission, form: CopyEditForm, status: int = 200
) -> HttpResponse:
    return page(request, 'words', 'Copy-edit', {'submission': submission, 'form': form, 'move': None}, status)


def _cannot_edit(request: HttpRequest, person: Person, submission: Submission) -> HttpResponse:
    if not workflow.roles_of(submission, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('The words of this submission are not yours to change.')
    messages.warning(
        request, 'The words can be changed in copy-edit only, and by the editor of the submission.'
    )
    return to_submission(submission)


@require_POST
def message(request: HttpRequest, pk: int) -> HttpResponse:
    person, submission = submission_on_the_desk(request, pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return file(request, person, submission, form)
    workflow.say(
        submission, by=person, text=form.cleaned_data['text'], audience=form.cleaned_data['audience']
    )
    messages.success(request, 'Your message is in the conversation, and a letter is on its way.')
    return to_submission(submission, '#conversation')


@require_http_methods(READ_OR_POST)
def in_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Address, tags and what else stands beside the words: the editor's, and no approval lapses by it."""
    person, submission = submission_on_the_desk(request, pk)
    if not workflow.roles_of(submission, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('What stands beside the words is the editor’s to choose.')
    post = submission.post_or_none
    if post is None:
        messages.warning(request, 'It gets its address, and with it this page, when it is accepted.')
        return to_submission(submission)
    which = request.POST.get('form', '')
    words = submission.current.tag_words
    address = AddressForm(
        request.POST if which == 'address' else None, initial={'slug': post.slug}, prefix='address'
    )
    tags = TagsForm(request.POST if which == 'tags' else None, post=post, offered=words, prefix='tags')
    details = PrintForm(request.POST if which == 'details' else None, instance=post, prefix='details')
    asked = {'address': address, 'tags': tags, 'details': details}.get(which)
    status = 200
    if asked is not None and asked.is_valid():
        try:
            _set(submission, person, which, asked.cleaned_data)
        except NotNow as refusal:
            asked.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, 'Saved.')
            return redirect('admin:desk_print', submission.pk)
    context = {
        'submission': submission,
        'post': post,
        'asked': asked,
        'address': address,
        'tags': tags,
        'details': details,
    }
    return page(request, 'print', 'Beside the words', context, status)


def _set(submission: Submission, person: Person, which: str, given: dict[str, Any]) -> None:
    """Writes one of the three forms; the row is read afresh, for a model's form has touched this one."""
    post = Submission.objects.select_related('post').get(pk=submission.pk).post
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
