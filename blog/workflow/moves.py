"""The table of moves. It draws the buttons and refuses the requests; nothing else decides either.

Room is left for what comes next: commissions and pitches bring moves that lead to DRAFTING, a second
reader brings two that stay IN_REVIEW, chasers bring 'proceed without reply' from AUTHOR_APPROVAL.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from blog import checklist
from blog.models import Holder, State, Submission, Version
from blog.models.submissions import IN_PROCESS
from ukis import days


class Role(StrEnum):
    """What somebody is to one submission."""

    AUTHOR = 'author'  # named, with edit right
    CORRESPONDING = 'corresponding author'
    NAMED = 'co-author'  # named, without edit right
    EDITOR = 'assigned editor'
    DESK = 'an editor'
    CHIEF = 'Commissioning Editor'
    ADMINISTRATOR = 'Administrator'
    SYSTEM = 'system'


EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
CHIEFS = frozenset({Role.CHIEF})
PUBLISHERS = frozenset({Role.CHIEF, Role.ADMINISTRATOR})
AUTHORS = frozenset({Role.AUTHOR})
CORRESPONDING = frozenset({Role.CORRESPONDING})

BEFORE_IT_WAS_LIVE = (*IN_PROCESS, State.RELEASED)
REOPENS_WITHIN = timedelta(days=30)
SENT_BACK = {
    State.IN_REVIEW: State.SUBMITTED,
    State.CHANGES_REQUESTED: State.IN_REVIEW,
    State.EDITING: State.IN_REVIEW,
    State.AUTHOR_APPROVAL: State.EDITING,
    State.READY: State.EDITING,
}


def default_due(state: State) -> date | None:
    """When somebody is expected to have acted on a submission that comes into this state today."""
    today = days.today()
    match state:
        case State.SUBMITTED:
            return days.add_working_days(today, 2)
        case State.IN_REVIEW:
            return today + timedelta(days=7)
        case State.CHANGES_REQUESTED:
            return today + timedelta(days=14)
        case State.EDITING | State.READY:
            return today + timedelta(days=5)
        case State.AUTHOR_APPROVAL:
            return days.add_working_days(today, 5)
    return None


Guard = Callable[[Submission, frozenset[Role]], str]


def _no_guard(row: Submission, roles: frozenset[Role]) -> str:
    return ''


@dataclass(frozen=True)
class Move:
    """One row of the table.

    `to` is a state, or None where the row says it (same state, one step back, where it reopens).
    `live` is True where the post must be out, False where it must not be, None where it does not matter.
    `guard` returns why not, in a sentence for the person, or nothing.
    """

    name: str
    label: str
    frm: tuple[State, ...]
    to: State | None
    who: frozenset[Role]
    tells: str = 'nobody'
    live: bool | None = None
    guard: Guard = field(default=_no_guard)
    asks: tuple[str, ...] = ()
    decision: bool = False
    grave: bool = False
    leads: str = ''

    @property
    def leads_to(self) -> str:
        """Where the button leads, in the editor's words."""
        return self.leads or (self.to.label if self.to else 'as it is')


def _ready_for_approval(row: Submission, roles: frozenset[Role]) -> str:
    return checklist.sentence(checklist.for_approval(row))


def _as_it_stands(row: Submission, roles: frozenset[Role]) -> str:
    """Not a letter changed since the author handed it in."""
    if row.handed_in_version_id != row.current_id:
        return 'The text changed since the author handed it in.'
    return _ready_for_approval(row, roles)


def approved_base(row: Submission) -> Version | None:
    """The words that the author approved; for an imported submission, at first, those in print."""
    if row.approved_version_id is None and row.source and row.has_live_post:
        return row.post.version
    return row.approved_version


def _approval_stands(row: Submission, roles: frozenset[Role]) -> str:
    base = approved_base(row)
    if base is None:
        return 'The author has not approved any version yet.'
    since = row.versions.filter(number__gt=base.number)
    if since.filter(typo=False).exists():
        return 'The text was changed since the approval, and not every change is marked as a typo.'
    return _ready_for_approval(row, roles)


def _exact_words(row: Submission, roles: frozenset[Role]) -> str:
    return (
        ''
        if row.asked_version_id == row.current_id
        else 'The text changed since you were asked. Read it again.'
    )


def _releasable(row: Submission, roles: frozenset[Role]) -> str:
    return checklist.sentence(checklist.for_release(row))


def _untaken(row: Submission, roles: frozenset[Role]) -> str:
    return 'An editor has taken it already. Write to them in the conversation.' if row.editor_id else ''


def _own_withdrawal(row: Submission, roles: frozenset[Role]) -> str:
    if Role.CHIEF in roles:
        return _handed_in(row, roles)
    if row.state != State.WITHDRAWN:
        return 'Only the Commissioning Editor can reopen a submission that was declined.'
    if row.closed_at and timezone.now() - row.closed_at > REOPENS_WITHIN:
        return 'It was withdrawn more than 30 days ago. Write to the editors.'
    return ''


def _one_extension(row: Submission, roles: frozenset[Role]) -> str:
    if row.due_on is None:
        return 'It has no date to extend.'
    if roles & EDITORS:
        return ''
    if row.holder != Holder.AUTHOR:
        return 'There is no date of yours to extend.'
    return 'You have extended the date once. Ask the editor for more time.' if row.extended_by_author else ''


def _handed_in(row: Submission, roles: frozenset[Role]) -> str:
    return '' if row.first_submitted_at or row.source else 'It was never handed in.'


def _still_open(row: Submission, roles: frozenset[Role]) -> str:
    return 'The post is out.' if row.state == State.RELEASED and row.has_live_post else ''


def _has_a_step_back(row: Submission, roles: frozenset[Role]) -> str:
    if row.state == State.IN_REVIEW and row.has_live_post:
        return 'A revision has an editor. Change the editor, or drop the revision.'
    return ''


def _archivable(row: Submission, roles: frozenset[Role]) -> str:
    if row.post.taken_down_at:
        return 'It was taken down.'
    return 'It is archived already.' if row.post.archived_at else ''


def _restorable(row: Submission, roles: frozenset[Role]) -> str:
    return '' if row.post.archived_at and not row.post.taken_down_at else 'It is not archived.'


def _up(row: Submission, roles: frozenset[Role]) -> str:
    return 'It was taken down already.' if row.post.taken_down_at else ''


def _down(row: Submission, roles: frozenset[Role]) -> str:
    return '' if row.post.taken_down_at else 'It was not taken down.'


S = State
_MOVES = [
    # the author's
    Move(
        'submit',
        'Submit to the editors',
        (S.DRAFTING,),
        S.SUBMITTED,
        AUTHORS,
        'the editors, you and your co-authors',
    ),
    Move('take_back', 'Take it back', (S.SUBMITTED,), S.DRAFTING, AUTHORS, 'the editors', guard=_untaken),
    Move(
        'resubmit',
        'Send it back to the editor',
        (S.CHANGES_REQUESTED,),
        S.IN_REVIEW,
        AUTHORS,
        'the editor',
        asks=('note',),
    ),
    Move(
        'approve',
        'Approve these exact words',
        (S.AUTHOR_APPROVAL,),
        S.READY,
        CORRESPONDING,
        'the editor',
        guard=_exact_words,
        asks=('optional_note',),
    ),
    Move(
        'ask_for_correction',
        'Ask for a correction',
        (S.AUTHOR_APPROVAL,),
        S.EDITING,
        AUTHORS,
        'the editor',
        asks=('note',),
    ),
    Move(
        'withdraw',
        'Withdraw this submission',
        BEFORE_IT_WAS_LIVE,
        S.WITHDRAWN,
        CORRESPONDING,
        'the editors and your co-authors',
        live=False,
        asks=('reason',),
        grave=True,
    ),
    # the desk's
    Move('take', 'Take it', (S.SUBMITTED,), S.IN_REVIEW, frozenset({Role.DESK, Role.CHIEF}), 'the author'),
    Move(
        'assign',
        'Assign an editor',
        (S.SUBMITTED,),
        S.IN_REVIEW,
        CHIEFS,
        'the editor and the author',
        asks=('editor',),
    ),
    Move(
        'request_changes',
        'Ask for changes',
        (S.IN_REVIEW, S.EDITING),
        S.CHANGES_REQUESTED,
        EDITORS,
        'the author',
        asks=('note', 'due_on'),
        decision=True,
    ),
    Move(
        'accept',
        'Accept',
        (S.IN_REVIEW,),
        S.EDITING,
        EDITORS,
        'the author',
        asks=('optional_note',),
        decision=True,
    ),
    Move(
        'accept_as_it_stands',
        'Accept as it stands',
        (S.IN_REVIEW,),
        S.AUTHOR_APPROVAL,
        EDITORS,
        'the author',
        guard=_as_it_stands,
        asks=('optional_note',),
        decision=True,
    ),
    Move(
        'send_for_approval',
        'Send the final copy for approval',
        (S.EDITING,),
        S.AUTHOR_APPROVAL,
        EDITORS,
        'the author',
        guard=_ready_for_approval,
        asks=('optional_note',),
        decision=True,
    ),
    Move(
        'keep_approval',
        'Keep the approval',
        (S.EDITING,),
        S.READY,
        EDITORS,
        'the author',
        guard=_approval_stands,
    ),
    Move(
        'release',
        'Publish or schedule',
        (S.READY,),
        S.RELEASED,
        EDITORS,
        'the author, and at the time everybody named',
        live=False,
        guard=_releasable,
        asks=('when', 'tags', 'views'),
        decision=True,
    ),
    Move(
        'unschedule',
        'Take off the calendar',
        (S.RELEASED,),
        S.READY,
        EDITORS,
        'the author',
        live=False,
        asks=('optional_note',),
    ),
    Move(
        'reschedule',
        'Move the date',
        (S.RELEASED,),
        None,
        EDITORS,
        'the author if the day changes',
        live=False,
        asks=('when',),
        leads='Scheduled',
    ),
    # a live post
    Move('revise', 'Revise', (S.RELEASED,), S.EDITING, EDITORS, 'the author', live=True, asks=('note',)),
    Move(
        'drop_revision',
        'Drop the revision',
        (S.EDITING, S.CHANGES_REQUESTED, S.IN_REVIEW, S.AUTHOR_APPROVAL, S.READY),
        S.RELEASED,
        EDITORS,
        'the author if they had been asked',
        live=True,
        leads='Published, untouched',
    ),
    Move(
        'release_revision',
        'Publish the revision',
        (S.READY,),
        S.RELEASED,
        EDITORS,
        'the author',
        live=True,
        guard=_releasable,
        asks=('correction',),
        decision=True,
        leads='Published, with a dated note',
    ),
    Move(
        'correct_typo',
        'Correct a typo',
        (S.RELEASED,),
        None,
        EDITORS,
        'the author',
        live=True,
        asks=('typo',),
        leads='Published',
    ),
    Move(
        'archive',
        'Archive',
        (S.RELEASED,),
        None,
        PUBLISHERS,
        'the author and the other editors',
        live=True,
        guard=_archivable,
        asks=('reason',),
        leads='Archived: at its address, in no list',
    ),
    Move(
        'restore',
        'Restore from the archive',
        (S.RELEASED,),
        None,
        PUBLISHERS,
        'the author and the other editors',
        live=True,
        guard=_restorable,
        asks=('reason',),
        leads='Published',
    ),
    Move(
        'take_down',
        'Take down',
        (S.RELEASED,),
        None,
        PUBLISHERS,
        'the author and the other editors',
        live=True,
        guard=_up,
        asks=('reason',),
        grave=True,
        leads='Gone from the site, with the reason',
    ),
    Move(
        'put_back',
        'Put back',
        (S.RELEASED,),
        None,
        PUBLISHERS,
        'the author and the other editors',
        live=True,
        guard=_down,
        asks=('reason',),
        leads='Published',
    ),
    # any time
    Move(
        'decline',
        'Decline',
        BEFORE_IT_WAS_LIVE,
        S.DECLINED,
        EDITORS,
        'the author',
        live=False,
        guard=_handed_in,
        asks=('note',),
        decision=True,
        grave=True,
    ),
    Move(
        'reopen',
        'Reopen',
        (S.DECLINED, S.WITHDRAWN),
        None,
        CHIEFS | CORRESPONDING,
        'the other side',
        guard=_own_withdrawal,
        asks=('optional_note',),
        leads='where it was',
    ),
    Move(
        'send_back',
        'Send back one step',
        tuple(SENT_BACK),
        None,
        EDITORS,
        'who holds it then',
        guard=_has_a_step_back,
        asks=('note',),
        leads='one step back',
    ),
    Move(
        'change_editor',
        'Change the editor',
        (*SENT_BACK, S.RELEASED),
        None,
        EDITORS,
        'both editors and the author',
        guard=_still_open,
        asks=('editor',),
    ),
    Move(
        'extend',
        'Change the date',
        tuple(IN_PROCESS),
        None,
        EDITORS | AUTHORS,
        'those concerned',
        guard=_one_extension,
        asks=('due_on',),
    ),
]
MOVES: dict[str, Move] = {move.name: move for move in _MOVES}
