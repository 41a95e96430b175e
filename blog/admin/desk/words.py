"""The words on the desk: the assigned editor's copy-edit, and a typo in a post that is out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from blog import differences, workflow
from blog.admin.desk.frame import (
    cannot_edit,
    done,
    not_now,
    page,
    refuse,
    to_submission,
    words_on_the_desk,
)
from blog.checklist import typos
from blog.forms.desk_words import CopyEditForm, EditorsWordsForm, TypoForm, as_shown
from blog.models import Submission, Version
from blog.workflow import MOVES, Move
from blog.writing import drafts
from members.models import Person
from ukis import markup, staff, unsaved
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow, Stale
from ukis.unsaved import holds_words

TYPO = MOVES['correct_typo']


def _show_both(
    request: HttpRequest, submission: Submission, move: Move | None, form: EditorsWordsForm, stale: Stale
) -> HttpResponse:
    """Both texts, and the typed one still in its form; saving again goes on from what stands now."""
    form.go_on_from(stale.current)
    form.add_error(None, str(stale))
    _watch(request, submission, move, form)
    context = {
        'submission': submission,
        'move': move,
        'form': form,
        'theirs': stale.current,
        'theirs_shown': as_shown(stale.current.words(), side='now'),
        'mine_shown': as_shown(form.words(), side='typed'),
    }
    return page(request, 'words', move.label if move else 'Copy-edit', context, CONFLICT)


def _watch(request: HttpRequest, submission: Submission, move: Move | None, form: EditorsWordsForm) -> None:
    name, number = move.label if move else drafts.COPY_EDIT, submission.current.number
    unsaved.watch(request, form, name, submission, page=request.path, started_from=number)


@read_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The assigned editor's copy-edit."""
    person, submission = words_on_the_desk(request, pk)
    if request.method != 'POST':
        if not workflow.can_edit(submission, person):
            return cannot_edit(request, person, submission)
        return _show_words(request, submission, _copy_edit(submission, person))
    form = _copy_edit(submission, person, request.POST, request.FILES)
    if not form.is_valid():
        return _show_words(request, submission, form)
    try:
        version = workflow.save_words(submission, by=person, **form.answer())
    except Stale as stale:
        return _show_both(request, submission, None, form, stale)
    except NotAllowed as refusal:
        if not holds_words(request):
            raise
        form.add_error(None, not_now(submission, str(refusal)))
        return _show_words(request, submission, form, 403)
    except NotNow as refusal:
        form.add_error(None, not_now(submission, str(refusal)))
        return _show_words(request, submission, form, CONFLICT)
    return _after_saving(request, submission, version, form)


def _after_saving(
    request: HttpRequest, submission: Submission, version: Version, form: CopyEditForm
) -> HttpResponse:
    unsaved.sent(request)
    messages.success(request, f'Saved as version {version.number}.')
    for notice in form.notices():
        messages.info(request, notice)
    if 'stay' in request.POST:
        return redirect('admin:desk_edit', submission.pk)
    return to_submission(submission)


def _copy_edit(submission: Submission, by: Person, data: Any = None, files: Any = None) -> CopyEditForm:
    form = CopyEditForm(data, files, version=submission.current, by=by)
    if not submission.approved_version_id:
        del form.fields['typo']
    return form


def _show_words(
    request: HttpRequest, submission: Submission, form: CopyEditForm, status: int = 200
) -> HttpResponse:
    _watch(request, submission, None, form)
    return page(request, 'words', 'Copy-edit', {'submission': submission, 'form': form, 'move': None}, status)


@read_or_post
def correct_typo(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the words in print, the first POST both texts with what differs; the second publishes those."""
    person, submission = words_on_the_desk(request, pk)
    form = TypoForm(request.POST if request.method == 'POST' else None, version=submission.current, by=person)
    offer = workflow.offer_of(TYPO.name, submission, person)
    if not TYPO.who & workflow.roles_of(submission, person):
        if not holds_words(request):
            raise NotAllowed(f'“{TYPO.label}” is not yours to do on this submission.')
        return _refused(request, submission, form, '“Correct a typo” is not yours to do on it.', 403)
    if offer is None and not form.is_bound:
        messages.warning(request, not_now(submission, f'“{TYPO.label}” is not possible now.'))
        return to_submission(submission)
    if not form.is_valid():
        return _typo(request, submission, form)
    version = form.as_version()
    if form.cleaned_data['base'] == submission.current.number and form.cleaned_data['seen'] != version.hash:
        form.go_on_from_seen(version.hash)
        return _typo(request, submission, form, between=differences.between(submission.current, version))
    return _publish(request, person, submission, form)


def _publish(request: HttpRequest, person: Person, submission: Submission, form: TypoForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        workflow.correct_typo(
            submission, by=person, base=given['base'], words=form.words(), reason=given['reason']
        )
    except Stale as stale:
        return _show_both(request, submission, TYPO, form, stale)
    except NotNow as refusal:
        return _refused(request, submission, form, str(refusal), CONFLICT)
    unsaved.sent(request)
    messages.success(request, done(submission, TYPO))
    return to_submission(submission)


def _refused(
    request: HttpRequest, submission: Submission, form: TypoForm, why: str, status: int
) -> HttpResponse:
    """With what was typed, to be copied."""
    form.is_valid()
    form.add_error(None, not_now(submission, why))
    return _typo(request, submission, form, status=status)


def _typo(
    request: HttpRequest,
    submission: Submission,
    form: TypoForm,
    *,
    between: differences.Differences | None = None,
    status: int = 200,
) -> HttpResponse:
    _watch(request, submission, TYPO, form)
    context = {'submission': submission, 'form': form, 'move': TYPO, 'rule': typos.RULE, 'between': between}
    if between:
        context |= {
            'before': as_shown(submission.current.words(), side='before', from_level=5),
            'after': as_shown(form.as_version().words(), side='after', from_level=5),
            'marked_body': markup.render(between.body, from_level=4),
            'marked_references': markup.render(between.references, part=markup.REFERENCES, from_level=4),
        }
    return page(request, 'words', TYPO.label, context, status)


staff.pages += [
    ('desk/<int:pk>/edit/', edit, 'desk_edit', refuse),
    ('desk/<int:pk>/correct_typo/', correct_typo, 'desk_typo', refuse),
]
