"""The frame of the desk's pages: who comes in, the submission they are about, and what is said after a move."""

from typing import Any, NoReturn
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from blog import wording, workflow
from blog.admin.desk import lines
from blog.desk.promised import as_editors_see
from blog.models import Post, Submission
from blog.workflow import Move, Role
from members.models import Person
from members.roles import DESK
from ukis import days, staff
from ukis.keys import may_be_a_key

# The ways to look at the desk, as they stand beside the heading of each.
WAYS = (
    ('desk', 'Queues'),
    ('desk_board', 'Board'),
    ('desk_calendar', 'Calendar'),
    ('desk_meeting', 'For the meeting'),
    ('desk_away', 'Away'),
)
NOT_FOR_GUESTS = ('desk_away',)
# Whose it is to choose what stands beside the words.
SETS_BESIDE = frozenset({Role.EDITOR, Role.CHIEF})


def editor_of(request: HttpRequest, *, guests: bool = False) -> Person | None:
    person = request.user
    if not isinstance(person, Person):
        return None
    return person if any(map(person.is_in, DESK)) or (guests and person.is_guest_editor) else None


def on_the_desk(request: HttpRequest, *, guests: bool = False) -> Person:
    """Who is asking, if the desk is for them; the rest of the staff are refused. `guests`: the page shows nothing but
    what is theirs to see, so that it is for guest editors too."""
    person = editor_of(request, guests=guests)
    if person is None:
        raise PermissionDenied('The desk is for the editors.')
    return person


def submission_on_the_desk(request: HttpRequest, pk: int) -> tuple[Person, Submission]:
    """The submission, if this person's desk shows it; not the submission of which one is an author."""
    person = on_the_desk(request, guests=True)
    shown = workflow.knowing_who_is_free(
        Submission.objects.on_the_desk_of(person).for_its_page().select_related('commission')
    )
    submission = workflow.knowing_what_was_read(shown, person).filter(pk=pk).first()
    if submission is None:
        refuse(request, pk=pk)
    return person, as_editors_see(submission)


def words_on_the_desk(request: HttpRequest, pk: int) -> tuple[Person, Submission]:
    """The same for a page of its words; there is none while those are their author's alone."""
    person, submission = submission_on_the_desk(request, pk)
    if submission.words_withheld:
        raise Http404('It was not handed in yet. Until then its words are their author’s alone.')
    return person, submission


def refuse(request: HttpRequest, pk: int | None = None, **address: Any) -> NoReturn:
    """For whom a submission's desk is not: its authors are refused, to strangers it is not there."""
    if pk is not None and not Submission.objects.visible_to(request.user).filter(pk=pk).exists():
        raise Http404
    raise PermissionDenied('The desk is for the editors, and not for those who write the submission.')


def page(request: HttpRequest, template: str, title: str, context: dict, status: int = 200) -> HttpResponse:
    return staff.page(request, f'admin/desk/{template}.html', title, context, status)


def ways(here: str, person: Person) -> list[tuple[str, str, bool]]:
    """Address and label of each that is for this person, and whether it is the one that is open."""
    shown = [one for one in WAYS if one[0] not in NOT_FOR_GUESTS or not person.is_guest_editor]
    return [(reverse(f'admin:{name}'), label, name == here) for name, label in shown]


def to_submission(submission: Submission, part: str = '') -> HttpResponse:
    return redirect(reverse('admin:desk_submission', args=[submission.pk]) + part)


BEGUN_AT = {'board': 'Back to the board', 'calendar': 'Back to the calendar'}


def way_back(request: HttpRequest, submission: Submission) -> HttpResponse:
    """To where the move was begun, as its address says: the board or the calendar, at the submission there; else the
    submission's own page."""
    if request.GET.get('from') not in BEGUN_AT:
        return to_submission(submission)
    return redirect(_begun_at(request, submission, moved=submission.pk))


def begun_at(request: HttpRequest, submission: Submission) -> tuple[str, str]:
    """The same way for who makes no move: its address and its words."""
    words = BEGUN_AT.get(request.GET.get('from', ''), 'Back to the submission')
    return _begun_at(request, submission), words


def _begun_at(request: HttpRequest, submission: Submission, **also: Any) -> str:
    given, asked = request.GET, {}
    match given.get('from'):
        case 'board':
            address = reverse('admin:desk_board')
            asked = {'editor': 'mine'} if given.get('editor') == 'mine' else {}
        case 'calendar':
            address = reverse('admin:desk_calendar')
            post = Post.objects.filter(submission=submission, published_at__isnull=False).first()
            month = f'{days.london_day(post.published_at):%Y-%m}' if post and post.published_at else ''
            month = month or given.get('month', '')
            asked = {'month': month} if month else {}
        case _:
            return reverse('admin:desk_submission', args=[submission.pk])
    query = urlencode({**asked, **also})
    return f'{address}{"?" if query else ""}{query}#card-{submission.pk}'


def moved_one(request: HttpRequest) -> int | None:
    """The submission that was just moved, as the way back says it."""
    key = request.GET.get('moved', '')
    return int(key) if key.isascii() and key.isdigit() and may_be_a_key(Submission, key) else None


def not_now(submission: Submission, why: str) -> str:
    """Why not, and what happened meanwhile."""
    return f'{why} {lines.meanwhile(submission)}'


def done(submission: Submission, move: Move) -> str:
    submission = Submission.objects.select_related('post').get(pk=submission.pk)
    words = f'Done: “{move.label}”. It is now: {wording.editor_words(submission)}.'
    if move.decision:
        words += (
            ' The letter waits five minutes: you can still change, hold or recall it, under “Letters” below.'
        )
    return words


def cannot_edit(request: HttpRequest, person: Person, submission: Submission) -> HttpResponse:
    if not workflow.roles_of(submission, person) & {Role.EDITOR, Role.CHIEF}:
        raise PermissionDenied('The words of this submission are not yours to change.')
    messages.warning(
        request, 'Words and byline can be changed in copy-edit only, and by the editor of the submission.'
    )
    return to_submission(submission)
