"""The conversation of a submission: what its authors say, and what either side does in it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from blog import conversation, workflow
from blog.desk.promised import as_editors_see
from blog.forms.conversation import DeskMessageForm, MessageForm, PassageForm
from blog.messages import attachments, passages
from blog.models import Attachment, Message, Submission, Version
from blog.pages import show
from blog.told import as_told, versions_known, with_words_known
from blog.workflow import MOVES, Role, roles_of
from blog.workflow.moves.row import Move
from blog.writing.access import AuthorsRequest, on_a_submission, submission_or_404, version_or_404
from members.files import to_keep
from ukis import unsaved
from ukis.refusals import CONFLICT, NotNow
from ukis.unsaved import signed_in

NAMED = frozenset({Role.AUTHOR, Role.NAMED})


def _from_both_sides(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For its authors and for editors alike: each gets the submission as they may see it."""

    def opened(request: AuthorsRequest, pk: int, **keys: int) -> HttpResponse:
        submission = submission_or_404(request, pk)
        roles = roles_of(submission, request.user)
        if roles & NAMED:
            return view(request, with_words_known(as_told(submission)), **keys)
        if not roles:
            raise Http404
        return view(request, as_editors_see(submission), **keys)

    return never_cache(signed_in(opened))


def _page_of(submission: Submission, request: AuthorsRequest) -> str:
    return reverse(
        'submission' if _is_named(submission, request) else 'admin:desk_submission', args=[submission.pk]
    )


def _is_named(submission: Submission, request: AuthorsRequest) -> bool:
    return bool(roles_of(submission, request.user) & NAMED)


def _for(request: AuthorsRequest) -> Move | None:
    """The move for whose note passages are chosen, where it is one that quotes."""
    move = MOVES.get(request.POST.get('for') or request.GET.get('for', ''))
    return move if move and 'quoting' in move.asks else None


def _where_it_is_written(submission: Submission, request: AuthorsRequest) -> str:
    """The page on which passages are sent, with what was typed there before."""
    named, move = _is_named(submission, request), _for(request)
    if move and not named:
        page = reverse('admin:desk_move', args=[submission.pk, move.name])
        return f'{page}?{urlencode({"unsaved": move.label})}'
    form = MessageForm if named else DeskMessageForm
    return f'{_page_of(submission, request)}?{urlencode({"unsaved": form.KEPT_AS})}#say'


def _known(submission: Submission) -> set[int]:
    return set(versions_known(submission).values_list('pk', flat=True))


@require_POST
@on_a_submission
def message(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES, by=request.user, submission=submission)
    form.is_valid()
    form.take_files()
    if form.errors:
        return show(request, submission, message_form=form)
    try:
        form.say()
    except NotNow as refusal:
        form.add_error('text', str(refusal))
        return show(request, submission, message_form=form, status=CONFLICT)
    unsaved.sent(request)
    messages.success(request, 'Your message is in the conversation, and its letter goes in five minutes.')
    return redirect(reverse('submission', args=[submission.pk]) + '#conversation')


@require_safe
@_from_both_sides
def words(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """A version with what the conversation quotes of it, and each paragraph to be quoted."""
    version = version_or_404(submission, request.GET.get('version')) or submission.current
    if version is None:
        raise Http404('Its words are their author’s alone until they are handed in.')
    return _words(request, submission, version, PassageForm())


def _words(
    request: AuthorsRequest, submission: Submission, version: Version, form: PassageForm, status: int = 200
) -> HttpResponse:
    talk = conversation.of(submission, request.user, known=_known(submission))
    # Their headings stand right below the page's own, as in print; the references have one of ours above them.
    shown = {
        part: passages.shown(
            version,
            part,
            talk.spots(part, version, submission.current),
            from_level=3 if part == 'references' else 2,
        )
        for part in passages.PARTS
    }
    context = {
        'submission': submission,
        'version': version,
        'is_current': version.pk == submission.current_id,
        'shown': shown,
        'blocks': [(block, _typed(form, block)) for block in passages.blocks_in(version)],
        'form': form,
        'back_url': _page_of(submission, request),
        'write_url': _where_it_is_written(submission, request),
        'for_move': _for(request),
        'waiting': len(talk.waiting),
    }
    return render(request, 'blog/submissions/words.html', context, status=status)


def _typed(form: PassageForm, block: passages.TextBlock) -> str | None:
    """What was typed for this paragraph and refused."""
    if form.errors and form.data.get('part') == block.part and form.data.get('block') == str(block.number):
        return form.data.get('words', '')
    return None


@require_POST
@_from_both_sides
def quote(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Some words are chosen for the next message: from the page of the words, or by a page's script."""
    form = PassageForm(request.POST)
    by_script = request.headers.get('Accept') == 'application/json'
    if not form.is_valid() and set(form.errors) != {'words'}:
        raise Http404('There is no such paragraph.')
    data = form.cleaned_data
    version = version_or_404(submission, str(data['version']))
    if version is None:
        raise Http404
    if form.errors:
        return _words(request, submission, version, form, status=422)
    chosen = {name: data[name] for name in ('part', 'block', 'words', 'start')}
    try:
        passage = workflow.quote(submission, by=request.user, version=version, **chosen)
    except NotNow as refusal:
        if by_script:
            return JsonResponse({'refused': str(refusal)}, status=CONFLICT)
        form.add_error('words', str(refusal))
        return _words(request, submission, version, form, status=CONFLICT)
    if by_script:
        return JsonResponse({'key': passage.pk, 'words': passage.words})
    what = 'note' if _for(request) else 'next message'
    messages.success(request, f'The passage waits for your {what}: write it, or quote another.')
    return redirect(_where_it_is_written(submission, request))


@require_POST
@_from_both_sides
def read(request: AuthorsRequest, submission: Submission) -> HttpResponse:
    """Up to a message that the page showed. What came since is still new."""
    up_to = request.POST.get('seen', '')
    if up_to.isascii() and up_to.isdigit() and len(up_to) < 12:
        workflow.mark_read(submission, by=request.user, up_to=int(up_to))
    if request.headers.get('Accept') == 'application/json':
        return JsonResponse({})
    return redirect(_page_of(submission, request) + '#conversation')


@require_POST
@_from_both_sides
def take_back(request: AuthorsRequest, submission: Submission, key: int) -> HttpResponse:
    try:
        workflow.take_back_message(submission, by=request.user, message=key)
        messages.success(
            request, 'Your message is taken back: nobody else reads it, and no letter brings it.'
        )
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    return redirect(_page_of(submission, request) + '#conversation')


@require_safe
@_from_both_sides
def attachment(request: AuthorsRequest, submission: Submission, key: int) -> HttpResponse:
    """For whoever may read its message, at this moment, and for nobody else."""
    readable = Message.objects.visible_to(request.user, submission)
    file = get_object_or_404(Attachment.objects.with_messages(readable), submission=submission.pk, pk=key)
    return to_keep(bytes(file.content), attachments.SERVED_AS, file.name)
