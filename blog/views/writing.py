"""The sheet on which a submission is written and saved."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog import checklist, post_page, workflow
from blog.forms.byline import BylineNameForm
from blog.forms.writing import WordsForm, base_of, began_of, typed_in
from blog.models import Submission, Version, WordFile
from blog.pages import marked, to_submission
from blog.shelves import listing
from blog.workflow import MOVES
from blog.writing import drafts
from blog.writing.access import AuthorsRequest, on_a_submission, version_or_404
from blog.writing.drafts import TEXT
from members.models import Person
from ukis import markup, unsaved
from ukis.limits import HOUR, Limit, network_of
from ukis.methods import read_or_post
from ukis.refusals import CONFLICT, NotAllowed, NotNow, Stale
from ukis.society.models import GUIDELINES, Page
from ukis.unsaved import buffers, give_back
from ukis.unsaved.models import Buffer
from ukis.unsaved.sheets import Sheet

# Signed-out people's words are kept in their session: a few, for the one who was typing when it ran out.
_KEPT = Limit('typed_signed_out', 30, HOUR)
THEN = {
    'preview': 'submission_preview',
    'submit': 'submission_submit',
    'byline': 'submission_byline',
    'upload': 'submission_upload',
}
TAGS_OFFERED = 30
WORD_FILES = 3  # the latest
NOT_NOW = 'The text cannot be changed now: it is with somebody else.'
# In place of the name that a page's scripts give it.
SIGNED_OUT, WITHOUT_SCRIPTS = 'signed out', 'without scripts'


# --- The sheet ----------------------------------------------------------------------------------------


@never_cache
@read_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save makes a version. Whatever stands against it, nothing typed is thrown away."""
    if request.method == 'POST' and not request.user.is_authenticated:
        return _keep_and_sign_in(request, pk)
    return _edit(request, pk)


def _keep_and_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The session ran out under the writer: the words wait in the new one until they have signed in."""
    data = typed_in(request.POST)
    room = sum(len(value) for values in data.values() for value in values) <= buffers.MOST
    if not room or not _KEPT.take(network_of(request)):
        return give_back(request, status=401)
    began, (_, at) = request.POST.get('unsaved_began', ''), buffers.page_of(request)
    waiting = {'submission': pk, 'base': began_of(request.POST), 'began': began, 'data': data, 'at': at}
    request.session['typed'] = waiting
    return redirect_to_login(reverse('submission_edit', args=[pk]))


def _take_over(request: AuthorsRequest, submission: Submission) -> None:
    """What was typed when the session had run out comes into the buffer of whoever signed in."""
    waiting = request.session.get('typed')
    if not isinstance(waiting, dict) or waiting.get('submission') != submission.pk:
        return
    del request.session['typed']
    sheet = Sheet.shown(request, TEXT, submission, page=_page(submission), started_from=waiting['base'])
    with suppress(buffers.NotKept):
        buffers.keep(
            sheet, tab=SIGNED_OUT, began=waiting['began'], fields=waiting['data'], typed_at=waiting['at']
        )
        messages.info(request, 'You had been signed out. What you sent then is here again.')


def _page(submission: Submission) -> str:
    return reverse('submission_edit', args=[submission.pk])


@on_a_submission
def _edit(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    _take_over(request, submission)
    if request.method == 'POST':
        return _save(request, submission)
    if not workflow.can_edit(submission, request.user):
        return to_submission(request, submission, NOT_NOW)
    buffer = _typed_before(request, submission)
    words, me = _forms(submission, request.user, buffer=buffer)
    theirs, mine = None, None
    if buffer:
        mine = WordsForm(buffer.data, submission=submission, by=request.user).as_version()
        if not workflow.is_fresh(submission, drafts.base_of(buffer)):
            theirs = submission.current
            words.initial['base'] = theirs.number
    return _sheet(request, submission, words, me, buffer=buffer, theirs=theirs, mine=mine, status=200)


def _typed_before(request: AuthorsRequest, submission: Submission) -> Buffer | None:
    """The text to go on with: the one that was chosen, else the newest. What a version says already is none."""
    texts = drafts.of(submission, by=request.user)
    texts.sort(key=lambda text: str(text.pk) == request.GET.get('unsaved'), reverse=True)
    for text in texts:
        words, me = _forms(submission, request.user, posted=text.data)
        if not (words.is_valid() and me.is_valid()) or me.differs() or not words.says(submission.current):
            return text
        text.delete()
    return None


def _forms(
    submission: Submission,
    person: Person,
    *,
    posted: Any = None,
    files: Any = None,
    buffer: Buffer | None = None,
) -> tuple[WordsForm, BylineNameForm]:
    mine = next(row for row in submission.authorships.all() if row.person_id == person.pk)
    typed, base = (buffer.data, drafts.base_of(buffer)) if buffer else (None, None)
    words = WordsForm(posted, files, submission=submission, by=person, typed=typed, base=base)
    began = submission.versions.filter(number=base_of(posted)).first() if posted else None
    return words, BylineNameForm(posted, row=mine, by=person, prefix='me', typed=typed, began=began)


def _save(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    words, me = _forms(submission, request.user, posted=request.POST, files=request.FILES)
    valid = words.is_valid() & me.is_valid()
    if not valid and workflow.can_edit(submission, request.user):
        _keep(request, submission)
        return _sheet(request, submission, words, me, status=422)
    if not valid:
        return _refused(request, submission, words, NOT_NOW, CONFLICT)
    try:
        version = _saved(submission, request.user, words, me, base_of(request.POST))
    except Stale as refusal:
        _keep(request, submission)
        submission.refresh_from_db(fields=['current'])
        words.go_on_from(refusal.current.number)
        return _sheet(request, submission, words, me, theirs=refusal.current, status=CONFLICT)
    except NotNow as refusal:
        _keep(request, submission)
        return _refused(request, submission, words, str(refusal), CONFLICT)
    except NotAllowed as refusal:
        return _refused(request, submission, words, str(refusal), 403)
    return _after_saving(request, submission, version, words)


def _keep(request: AuthorsRequest, submission: Submission) -> None:
    """What was refused is kept, also where no script does; where it is too much it stands in the answer."""
    tab, typed_at = buffers.page_of(request)
    sheet = Sheet.shown(
        request, TEXT, submission, page=_page(submission), started_from=began_of(request.POST)
    )
    began, fields = request.POST.get('unsaved_began', ''), typed_in(request.POST)
    with suppress(buffers.NotKept):
        buffers.keep(sheet, tab=tab or WITHOUT_SCRIPTS, began=began, fields=fields, typed_at=typed_at)


def _saved(
    submission: Submission, person: Person, words: WordsForm, me: BylineNameForm, base: int
) -> Version:
    """The words and, where it differs, one's own line of the byline: both or neither."""
    with transaction.atomic():
        try:
            version = workflow.save_words(submission, by=person, base=base, words=words.words())
        except Stale as refusal:
            if not words.says(refusal.current):
                raise
            # The button was pressed twice: these words stand already.
            version = workflow.save_words(
                submission, by=person, base=refusal.current.number, words=words.words()
            )
        if me.differs():
            names = [{'pk': row.pk} for row in submission.authorships.order_by('order', 'pk')]
            mine = next(name for name in names if name['pk'] == me.row.pk)
            mine.update(me.changes())
            version = workflow.change_byline(submission, by=person, names=names)
    return version


def _after_saving(
    request: AuthorsRequest, submission: Submission, version: Version, words: WordsForm
) -> HttpResponseRedirect:
    unsaved.sent(request)
    if notices := words.notices():
        messages.warning(request, f'Saved. {" ".join(notices)}')
    elif request.POST.get('then') not in THEN:
        at = timezone.localtime(version.made_at)
        messages.success(request, f'Saved as version {version.number} at {at:%H:%M}.')
    return redirect(THEN.get(request.POST.get('then', ''), 'submission_edit'), submission.pk)


def _sheet(
    request: AuthorsRequest,
    submission: Submission,
    words: WordsForm,
    me: BylineNameForm,
    *,
    status: int,
    buffer: Buffer | None = None,
    theirs: Version | None = None,
    mine: Version | None = None,
) -> HttpResponse:
    """`theirs`: other words that stand, shown beside; `mine`: what the form shows of what was typed and not saved."""
    version = submission.current
    began = (drafts.base_of(buffer) if buffer else began_of(request.POST)) or version.number
    unsaved.watch(
        request, words, TEXT, submission, page=_page(submission), started_from=began, parts=[me], shows=buffer
    )
    shown = mine or (words.as_version() if words.is_bound else version)
    context = {
        'words': words,
        'me': me,
        'shown': shown,
        'buffer': buffer,
        'theirs': theirs,
        'began': began if theirs or 'began' in request.POST else '',
        'theirs_marked': marked(shown, theirs, from_level=4) if theirs else None,
        'others': [
            row for row in submission.authorships.all() if row.pk != me.row.pk and not row.came_off_at
        ],
        **_beside_the_sheet(submission, shown),
        'word_files': WordFile.objects.named_only().filter(submission=submission, by=request.user)[
            :WORD_FILES
        ],
    }
    return render(request, 'blog/submissions/edit.html', context, status=status)


def _beside_the_sheet(submission: Submission, shown: Version) -> dict[str, Any]:
    """What helps with the writing."""
    asked = submission.commission if submission.commission_id else None
    return {
        'submission': submission,
        'version': submission.current,
        'lines': checklist.for_writing(shown),
        'to_look_at': checklist.to_look_at(shown),
        'commission': asked,
        'asked': checklist.asked_for(asked, shown) if asked else [],
        'tags': listing.tags_most_used(TAGS_OFFERED),
        'guidelines': Page.objects.published().filter(address=GUIDELINES).first(),
        'again': submission.state in MOVES['resubmit'].frm,
        'note': workflow.written_to_author(submission),
        'pitch': workflow.pitch_of(submission),
    }


def _refused(
    request: AuthorsRequest, submission: Submission, words: WordsForm, refusal: str, status: int
) -> HttpResponse:
    """The text cannot be saved any more: it is given back to be copied."""
    fields = [words[name] for name in ('title', 'standfirst', 'body', 'references', 'tags')]
    typed = [
        (field.label, field.value(), field.field.widget.attrs.get('lang', markup.OF_PAGES))
        for field in fields
        if field.value()
    ]
    context = {'submission': submission, 'refusal': refusal, 'typed': typed, 'kept': status == CONFLICT}
    return render(request, 'blog/submissions/refused.html', context, status=status)


# --- As it will look ----------------------------------------------------------------------------------


@require_safe
@partial(on_a_submission, desk='admin:desk_preview')
def preview(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """The public page's own template with the words as saved."""
    version = version_or_404(submission, request.GET.get('version')) or submission.current
    if workflow.can_edit(submission, request.user) and version.pk == submission.current_id:
        back = 'submission_edit'
    else:
        back = 'submission'
    context = post_page.of_version(version, submission).context()
    context['back_url'] = reverse(back, args=[submission.pk])
    response = render(request, 'blog/posts/post.html', context)
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response
