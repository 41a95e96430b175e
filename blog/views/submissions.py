"""A piece on its author's side: its page, handing it in, and the moves that ask little."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import checklist, reading, workflow
from blog import differences as compared
from blog.forms.submissions import ExtendForm, MessageForm, SubmitForm, WithdrawForm
from blog.models import Authorship, Message, State, Submission, Version
from blog.views import showing
from blog.views.access import AuthorsRequest, on_a_piece, version_or_404
from blog.workflow import MOVES, NotAllowed, NotNow, Stale
from ukis import markup
from ukis.letters.models import PrivateLink
from ukis.society.models import Society

READ_OR_POST = ['GET', 'HEAD', 'POST']
CONFLICT = 409


def to_piece(request: AuthorsRequest, piece: Submission, refusal: NotNow | str = '') -> HttpResponse:
    """Back to the piece's page, with what stood against it."""
    if refusal:
        messages.warning(request, str(refusal))
    return redirect('submission', piece.pk)


def show(
    request: AuthorsRequest,
    piece: Submission,
    *,
    message_form: MessageForm | None = None,
    extend_form: ExtendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The piece's page. A form that was refused is given back as it was typed."""
    person = request.user
    steps = list(piece.steps.select_related('by').order_by('-at', '-pk'))
    versions = list(piece.versions.select_related('made_by').defer('body', 'references').order_by('-number'))
    if extend_form is None and showing.may_extend(piece, person):
        extend_form = ExtendForm(due_on=piece.due_on)
    context = {
        'piece': piece,
        'status_words': workflow.author_words(piece),
        'kind': showing.status_kind(piece),
        'next': workflow.next_for_author(piece, person),
        'actions': showing.actions(piece, person),
        'can_edit': workflow.can_edit(piece, person),
        'may_leave': showing.may_leave(piece, person),
        'note': showing.note_to_author(steps, {row.person_id for row in piece.authorships.all()}),
        'history': showing.history(steps),
        'versions': versions,
        'typos': showing.typos(piece, versions),
        'declared': showing.declared(list(piece.declarations.order_by('at', 'pk'))),
        'talk': list(Message.objects.visible_to(person, piece)),
        'message_form': message_form or MessageForm(),
        'extend_form': extend_form,
    }
    return render(request, 'blog/submissions/piece.html', context, status=status)


@require_safe
@on_a_piece
def submission(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    return show(request, piece)


# --- Handing in ---------------------------------------------------------------------------------------


@require_http_methods(READ_OR_POST)
@on_a_piece
def submit(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    """'Check your answers' while it is with the author; afterwards what happens next and by when."""
    again = piece.state == State.CHANGES_REQUESTED
    move = MOVES['resubmit' if again else 'submit']
    if not move.who & workflow.roles_of(piece, request.user):
        raise NotAllowed(f'“{move.label}” is for an author who may change the text.')
    if piece.state not in (State.DRAFTING, State.CHANGES_REQUESTED):
        return _handed_in(request, piece)
    form = SubmitForm(
        request.POST if request.method == 'POST' else None,
        submission=piece,
        person=request.user,
        society=Society.get(),
        again=again,
    )
    if request.method != 'POST':
        return _check(request, piece, form)
    if not form.is_valid():
        return _check(request, piece, form)
    verb = workflow.resubmit if again else workflow.submit
    try:
        verb(piece, by=request.user, **form.answer())
    except Stale:
        form.add_error(
            None,
            'The text changed since you opened this page. Check it once more: it stands below as it is now.',
        )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect('submission_submit', piece.pk)
    piece.refresh_from_db()
    if piece.state not in (State.DRAFTING, State.CHANGES_REQUESTED):
        return redirect('submission_submit', piece.pk)
    return _check(request, piece, form, CONFLICT)


def _check(request: AuthorsRequest, piece: Submission, form: SubmitForm, status: int = 200) -> HttpResponse:
    context = {
        'piece': piece,
        'version': piece.current,
        'lines': [line for line in checklist.for_submit(piece.current) if not line.done],
        'form': form,
        'again': piece.state == State.CHANGES_REQUESTED,
        'reading': reading.of_version(piece.current, piece, form.society),
    }
    return render(request, 'blog/submissions/submit.html', context, status=status)


def _handed_in(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    if typed := request.POST.get('note', '').strip():
        return to_piece(request, piece, f'It is with the editors already. You had written: “{typed}”')
    if piece.state not in (State.SUBMITTED, State.IN_REVIEW):
        return to_piece(request, piece, 'It has been handed in already.')
    context = {
        'piece': piece,
        'status_words': workflow.author_words(piece),
        'next': workflow.next_for_author(piece, request.user),
        'taken': piece.state == State.IN_REVIEW,
    }
    return render(request, 'blog/submissions/submitted.html', context)


# --- The moves that ask little ------------------------------------------------------------------------


@require_POST
@on_a_piece
def take_back(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    try:
        workflow.take_back(piece, by=request.user)
    except NotNow as refusal:
        return to_piece(request, piece, refusal)
    messages.success(request, 'You have it back. The editors have been told.')
    return to_piece(request, piece)


@require_http_methods(READ_OR_POST)
@on_a_piece
def withdraw(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    """Asks once, with a reason."""
    offer = next(
        (offer for offer in workflow.moves_for(piece, request.user) if offer.move.name == 'withdraw'), None
    )
    if not MOVES['withdraw'].who & workflow.roles_of(piece, request.user):
        raise NotAllowed('Only the corresponding author can withdraw the piece.')
    if offer is None or not offer.possible:
        return to_piece(request, piece, 'It cannot be withdrawn now.')
    form = WithdrawForm(request.POST or None)
    if request.method == 'POST' and form.is_valid():
        try:
            workflow.withdraw(piece, by=request.user, reason=form.cleaned_data['reason'])
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return render(
                request, 'blog/submissions/withdraw.html', {'piece': piece, 'form': form}, status=CONFLICT
            )
        messages.success(request, 'You withdrew this piece. You can reopen it within 30 days.')
        return to_piece(request, piece)
    return render(request, 'blog/submissions/withdraw.html', {'piece': piece, 'form': form})


@require_POST
@on_a_piece
def reopen(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    try:
        workflow.reopen(piece, by=request.user)
    except NotNow as refusal:
        return to_piece(request, piece, refusal)
    messages.success(request, 'It is open again, where it was.')
    return to_piece(request, piece)


@require_POST
@on_a_piece
def extend(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    if piece.due_on is None:
        return to_piece(request, piece, 'It has no date to extend.')
    form = ExtendForm(request.POST, due_on=piece.due_on)
    if not form.is_valid():
        return show(request, piece, extend_form=form)
    try:
        workflow.extend(piece, by=request.user, due_on=form.cleaned_data['due_on'])
    except NotNow as refusal:
        form.add_error('due_on', str(refusal))
        return show(request, piece, extend_form=form, status=CONFLICT)
    messages.success(
        request, f'The new date is {piece.due_on.day} {piece.due_on:%B %Y}. The editor has been told.'
    )
    return to_piece(request, piece)


@require_http_methods(READ_OR_POST)
@on_a_piece
def leave(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    """A co-author takes their own name off; asks once."""
    mine = piece.authorships.get(person=request.user)
    if not showing.may_leave(piece, request.user):
        return to_piece(
            request, piece, 'Your name cannot be taken off here. Write to the editors in the conversation.'
        )
    if request.method != 'POST':
        return render(request, 'blog/submissions/leave.html', {'piece': piece, 'mine': mine})
    try:
        workflow.leave(piece, by=request.user, authorship=mine)
    except NotNow as refusal:
        return to_piece(request, piece, refusal)
    messages.success(request, f'Your name is off “{piece.title}”. The corresponding author has been told.')
    return redirect('write')


# --- Named without a sign-in ---------------------------------------------------------------------------


# The address is the secret: whoever could forge the request would have to know it. And a page that sends no
# referrer sends 'Origin: null' with its form, which the usual check would have to refuse.
@csrf_exempt
@never_cache
@require_http_methods(READ_OR_POST)
def named(request: HttpRequest, token: str) -> HttpResponse:
    """For a co-author without a sign-in, by the link in their letter: how they are named, and a way off."""
    mine = _authorship(token)
    piece = mine.submission
    context = {'piece': piece, 'mine': mine, 'status_words': showing.words_for_a_guest(piece)}
    status = 200
    if request.method == 'POST':
        try:
            workflow.leave(piece, by=None, authorship=mine)
            context['gone'] = True
        except NotNow as refusal:
            context['refusal'] = str(refusal)
            status = CONFLICT
    response = render(request, 'blog/submissions/named.html', context, status=status)
    response.headers['Referrer-Policy'] = 'no-referrer'
    response.headers['X-Robots-Tag'] = 'noindex, nofollow'
    return response


def _authorship(token: str) -> Authorship:
    link = PrivateLink.find(token, 'named')
    mine = link.about if link else None
    if not isinstance(mine, Authorship) or mine.person_id is not None:
        raise Http404('This link does not lead anywhere, or not any more.')
    return mine


# --- Any two versions ---------------------------------------------------------------------------------


@require_safe
@on_a_piece
def differences(request: AuthorsRequest, piece: Submission) -> HttpResponse:
    """Word by word; by default what changed with the words that stand now."""
    new = version_or_404(piece, request.GET.get('to')) or piece.current
    old = (
        version_or_404(piece, request.GET.get('from'))
        or piece.versions.filter(number__lt=new.number).last()
        or new
    )
    context = {
        'piece': piece,
        'old': old,
        'new': new,
        'marked': marked(old, new),
        'versions': piece.versions.select_related('made_by').defer('body', 'references').order_by('-number'),
    }
    return render(request, 'blog/submissions/differences.html', context)


def marked(old: Version | None, new: Version) -> dict:
    """What changed, with the long texts ready for a page."""
    between = compared.between(old, new)
    return {
        'between': between,
        'body': markup.render(between.body),
        'references': markup.render(between.references),
    }
