"""A Word document comes in: sent, read, told, and put where its author says."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import workflow
from blog.desk.promised import as_editors_see
from blog.forms.word_files import WordFileForm, WordsPutForm
from blog.forms.writing import base_of
from blog.models import Submission, Version, WordFile
from blog.pages import marked, to_submission
from blog.workflow import Role, roles_of
from blog.workflow.roles import EDITORS
from blog.writing import word_files
from blog.writing.access import AuthorsRequest, on_a_submission, submission_or_404
from blog.writing.drafts import TEXT
from members.files import to_keep
from ukis import days, pictures
from ukis.documents.refused import RefusedDocument
from ukis.limits import HOUR, Limit
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotNow, Stale
from ukis.unsaved import buffers, signed_in
from ukis.unsaved.sheets import Sheet

_FILES = Limit('word_file', 20, HOUR)  # a person
NOT_NOW = 'The text cannot be changed now: it is with somebody else.'
TOO_OFTEN = 'There were many documents within one hour. Wait a little, then choose it again.'
OTHERS = 'Somebody saved other words meanwhile. They are compared below with those of the document: choose once more.'
BESIDE = 'word-file-beside'


@never_cache
@read_or_post
@on_a_submission
def upload(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    if not workflow.can_edit(submission, request.user):
        return to_submission(request, submission, NOT_NOW)
    form = WordFileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == 'POST':
        form = WordFileForm(request.POST, request.FILES)
        file, status = _taken(request, submission, form)
        if file is not None:
            return redirect('word_file', submission.pk, file.pk)
    return render(
        request, 'blog/word_files/upload.html', {'submission': submission, 'form': form}, status=status
    )


def _taken(
    request: AuthorsRequest, submission: Submission, form: WordFileForm
) -> tuple[WordFile | None, int]:
    """The file, or none and the status of the page that says why."""
    if not form.is_valid():
        return None, 422
    if not _FILES.take(request.user.pk):
        form.add_error('file', TOO_OFTEN)
        return None, 429
    source, name = form.content()
    try:
        file = word_files.take(submission, by=request.user, source=source, name=name)
    except (RefusedDocument, pictures.RefusedPicture) as refusal:
        form.add_error('file', str(refusal))
        return None, 422
    except NotNow as refusal:
        form.add_error('file', str(refusal))
        return None, CONFLICT
    except Stale:
        form.add_error('file', 'Somebody saved words here while the document was read. Choose it again.')
        return None, CONFLICT
    before = submission.word_files.filter(by=request.user, digest=file.digest).exclude(pk=file.pk).first()
    if before is not None:
        day = days.in_words(days.london_day(before.at))
        messages.info(
            request, f'This is the same file as you sent on {day}: nothing in it has changed since.'
        )
    return file, 200


@never_cache
@read_or_post
def word_file(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """What came of it, and what its author has still to say."""
    return on_a_submission(partial(_word_file, key=key))(request, pk)


def _word_file(request: AuthorsRequest, submission: Submission, key: int) -> HttpResponse:
    if Role.AUTHOR not in roles_of(submission, request.user):
        return to_submission(request, submission, 'The file is with whoever writes the text.')
    # What it still holds is said to whoever sent it, and to none of those with whom they write.
    file = get_object_or_404(submission.word_files, by=request.user, pk=key)
    file.submission = submission
    if file.answered_at is not None:
        if request.method == 'POST' and request.POST.get('do') != 'forget':
            return redirect('word_file', submission.pk, file.pk)  # the button was pressed twice
        if request.method == 'POST':
            word_files.answer(file, keep=False)
            messages.success(request, 'The file itself is no longer kept. The words stay.')
            return redirect('word_file', submission.pk, file.pk)
        return render(request, 'blog/word_files/word_file.html', _context(file, None))
    form = WordsPutForm(
        request.POST if request.method == 'POST' else None,
        pictures=word_files.to_describe(file),
        chooses=not file.put and workflow.can_edit(submission, request.user),
        initial={'base': submission.current.number},
    )
    if request.method != 'POST':
        return render(request, 'blog/word_files/word_file.html', _context(file, form))
    return _answered(request, file, form)


def _answered(request: AuthorsRequest, file: WordFile, form: WordsPutForm) -> HttpResponse:
    if not form.is_valid():
        return render(request, 'blog/word_files/word_file.html', _context(file, form), status=422)
    try:
        where = form.cleaned_data.get('where') or ('' if file.put else WordFile.Put.LEFT)
        word_files.describe(file, form.said(), by=request.user, where=where)
        if where == WordFile.Put.BESIDE:
            _keep_beside(request, file)
        if where:
            word_files.put(file, by=request.user, base=base_of(request.POST), where=where)
    except Stale as refusal:
        file.submission.refresh_from_db(fields=['current'])
        form.data = request.POST.copy()
        form.data['base'] = str(refusal.current.number)
        form.add_error('where', OTHERS)
        return render(request, 'blog/word_files/word_file.html', _context(file, form), status=CONFLICT)
    except NotNow as refusal:
        return to_submission(request, file.submission, refusal)
    except buffers.NotKept as refusal:
        form.add_error('where', str(refusal))
        return render(request, 'blog/word_files/word_file.html', _context(file, form), status=422)
    word_files.answer(file, keep=form.cleaned_data['keep'] == 'yes')
    kept = 'The file is kept.' if file.is_kept else 'The file itself is not kept.'
    messages.success(request, f'The words of “{file.name}” are {file.get_put_display()}. {kept}')
    can_edit = workflow.can_edit(file.submission, request.user)
    return redirect('submission_edit' if can_edit else 'submission', file.submission.pk)


def _keep_beside(request: AuthorsRequest, file: WordFile) -> None:
    """As text that was typed and not saved: the writing page shows it, and version and text both stand."""
    submission = file.submission
    current = submission.current
    assert current is not None  # the choice is offered beside words
    words = word_files.words_of(file, current, WordFile.Put.REPLACED)
    names = (
        'title',
        'standfirst',
        'body',
        'references',
        'language',
        'lead_alt',
        'lead_caption',
        'lead_credit',
    )
    fields = {name: [getattr(words, name)] for name in names} | {'tags': [', '.join(words.tag_words)]}
    fields |= {'lead_decorative': ['on']} if words.lead_decorative else {}
    page = reverse('submission_edit', args=[submission.pk])
    sheet = Sheet.shown(request, TEXT, submission, page=page, started_from=current.number)
    _, typed_at = buffers.page_of(request)
    buffers.keep(sheet, tab=f'{BESIDE}-{file.pk}', began='', fields=fields, typed_at=typed_at)


def _context(file: WordFile, form: WordsPutForm | None) -> dict:
    current = file.submission.current
    assert current is not None
    chooses = form is not None and 'where' in form.fields
    shown: Version | None = word_files.as_version(file, current) if chooses else None
    return {
        'submission': file.submission,
        'file': file,
        'form': form,
        'not_taken': word_files.not_taken(file, current),
        'shown': shown,
        'marked': marked(current, shown) if shown else None,
    }


@never_cache
@signed_in
@require_safe
def original(request: AuthorsRequest, pk: int, key: int) -> HttpResponse:
    """The file as it was sent: for who sent it and the editors of this submission, and for nobody else."""
    submission = submission_or_404(request, pk)
    roles = roles_of(submission, request.user)
    kept = WordFile.objects.kept().filter(submission=submission)
    if Role.AUTHOR in roles:
        kept = kept.filter(by=request.user)
    elif not roles & EDITORS or as_editors_see(submission).words_withheld:
        raise Http404('There is no such file.')
    file = get_object_or_404(kept, pk=key)
    return to_keep(bytes(file.content or b''), word_files.kind_of(file.name), file.name)
