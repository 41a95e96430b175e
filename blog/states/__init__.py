"""The states of a submission, a row each: all that is known of a state stands in its row, and is read there.

To add one: a member of `State`, its row in `STATES`, the moves that lead there and away, their tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.db.models import Q

from ukis import days


class Holder(models.TextChoices):
    """In whose hands a submission is."""

    AUTHOR = 'author', 'the author'
    EDITORS = 'editors', 'the editors'
    EDITOR = 'editor', 'the editor'
    CALENDAR = 'calendar', 'the calendar'
    NOBODY = 'nobody', 'nobody'


# Whoever holds a submission holds an open one, so an index on holders finds the few among the many published.
HANDS = [holder for holder in Holder if holder != Holder.NOBODY]


class State(models.TextChoices):
    """As an editor reads them."""

    PITCH = 'pitch', 'New pitch'
    DRAFTING = 'drafting', 'Drafting'
    SUBMITTED = 'submitted', 'Needs an editor'
    IN_REVIEW = 'in_review', 'Reading'
    CHANGES_REQUESTED = 'changes_requested', 'Waiting for the author'
    EDITING = 'editing', 'Copy-edit'
    AUTHOR_APPROVAL = 'author_approval', 'Waiting for approval'
    READY = 'ready', 'Ready to schedule'
    RELEASED = 'released', 'Scheduled or published'
    DECLINED = 'declined', 'Declined'
    WITHDRAWN = 'withdrawn', 'Withdrawn'


class Savers(StrEnum):
    """Who may save words."""

    NOBODY = 'nobody'
    AUTHORS = 'authors with edit right'
    EDITOR = 'the assigned editor'


class Part(StrEnum):
    """The desk's queues that split what is open or scheduled; `queues` gives them their words."""

    UNASSIGNED = 'unassigned'
    EDITORS = 'editors'
    AUTHORS = 'authors'
    APPROVAL = 'approval'
    READY = 'ready'
    SCHEDULED = 'scheduled'


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """What somebody reads of a submission in this state. Blanks: {editor} {due} {out_on} {out_at} {down_on}
    {print} (published, archived or taken down).

    `plain`, unless it has a date (`dated`), its post is out (`live`), ahead (`ahead`), archived or taken down, or the
    editors went on without a reply (`silent`, `silent_live`).
    """

    plain: str
    dated: str = ''
    live: str = ''
    ahead: str = ''
    archived: str = ''
    down: str = ''
    silent: str = ''
    silent_live: str = ''


@dataclass(frozen=True, kw_only=True)
class NextMove:
    """What the assigned editor does next, on the queue's line: a move (another where the post is out), or a page."""

    label: str
    move: str = ''
    page: str = 'admin:desk_submission'
    live_label: str = ''
    live_move: str = ''


@dataclass(frozen=True, kw_only=True)
class Row:
    """One state."""

    holder: Holder
    holder_live: Holder | None = None  # where the post is out
    due: Callable[[date], date | None]
    due_if_promised: Callable[[date], date | None] | None = None
    # Its name to editors while they await it; else the state's own.
    promised: str = ''
    part: Part | None
    author: Sentences
    guest: str = (
        ''  # for somebody who is only named; {author} is the corresponding one; else the author's words
    )
    # What comes next, as the author reads it; `yours` where it is in this author's hands.
    next: str = ''
    next_live: str = ''  # where the post is out, if it is something else
    yours: str = ''
    savers: Savers = Savers.NOBODY
    editor_next: NextMove | None = None
    # Whoever decides takes it first, by this move: at once, or where it asks more, from its page (`editor_next`).
    taken_by: str = ''
    # Letters that told of its coming here: recalled, where they wait, when it is sent back.
    told_by: tuple[str, ...] = ()
    back_to: State | None = None  # one step back
    off_calendar: State | None = None  # where it waits once it has come off the calendar
    closed: bool = False
    in_print: bool = False
    # Whether one has a date that nobody promised.
    needs_date: bool = True
    needs_editor: bool = True
    needs_approval: bool = False
    # Whether the author is being asked to approve the words as they stand.
    asks_approval: bool = False
    # Whether a yes said now still changes the byline: later it would change what somebody was asked to approve.
    byline_open: bool = False
    author_reopens: bool = False
    # Whether second readers can be asked here; whether the editors have it, and have not decided yet.
    asks_readers: bool = False
    undecided: bool = False

    @property
    def holders(self) -> tuple[Holder, ...]:
        return (self.holder, self.holder_live) if self.holder_live else (self.holder,)


def never(today: date) -> None:
    return None


def in_days(count: int) -> Callable[[date], date]:
    return lambda today: today + timedelta(days=count)


def in_working_days(count: int) -> Callable[[date], date]:
    return lambda today: days.add_working_days(today, count)


STATES: dict[State, Row] = {
    State.PITCH: Row(
        holder=Holder.EDITORS,
        due=in_working_days(5),
        part=Part.UNASSIGNED,
        author=Sentences(
            plain='Your idea is with the editors',
            dated='Your idea is with the editors, answer expected by {due}',
        ),
        next='An editor takes it up and agrees a date, or says why it does not fit. You hear of it by letter.',
        editor_next=NextMove(label='Read and answer'),
        taken_by='take_up',
        needs_editor=False,
    ),
    State.DRAFTING: Row(
        holder=Holder.AUTHOR,
        due=never,
        due_if_promised=in_working_days(20),
        promised='Promised / drafting',
        part=Part.AUTHORS,
        author=Sentences(plain='You are writing', dated='You are writing, due by {due}'),
        guest='{author} is working on it',
        yours='Write, save, and submit it when you are ready.',
        savers=Savers.AUTHORS,
        needs_date=False,
        needs_editor=False,
        byline_open=True,
    ),
    State.SUBMITTED: Row(
        holder=Holder.EDITORS,
        due=in_working_days(2),
        part=Part.UNASSIGNED,
        author=Sentences(
            plain='Received. An editor takes it up', dated='Received. An editor takes it up by {due}'
        ),
        next='You will get a letter when an editor has taken it.',
        taken_by='take',
        needs_editor=False,
        byline_open=True,
        undecided=True,
    ),
    State.IN_REVIEW: Row(
        holder=Holder.EDITOR,
        due=in_days(7),
        part=Part.EDITORS,
        author=Sentences(
            plain='{editor} is reading',
            dated='{editor} is reading, reply expected by {due}',
            live='{print}. {editor} is reading what you changed, reply expected by {due}',
        ),
        next='The editor accepts it, asks for changes, or says why it does not fit.',
        editor_next=NextMove(label='Read and decide'),
        back_to=State.SUBMITTED,
        byline_open=True,
        asks_readers=True,
        undecided=True,
    ),
    State.CHANGES_REQUESTED: Row(
        holder=Holder.AUTHOR,
        due=in_days(14),
        part=Part.AUTHORS,
        author=Sentences(plain='Changes asked for', dated='Changes asked for, due by {due}'),
        guest='{author} is working on it',
        yours='Change the text as the editor asks, and send it back.',
        savers=Savers.AUTHORS,
        told_by=('changes_requested',),
        back_to=State.IN_REVIEW,
        byline_open=True,
    ),
    State.EDITING: Row(
        holder=Holder.EDITOR,
        due=in_days(5),
        part=Part.EDITORS,
        author=Sentences(
            plain='{editor} is preparing the final copy',
            dated='{editor} is preparing the final copy, expected by {due}',
            live='{print}. {editor} is preparing a revision',
        ),
        next='You will be asked to approve the final copy before anything goes out.',
        savers=Savers.EDITOR,
        editor_next=NextMove(label='Copy-edit', page='admin:desk_edit'),
        told_by=('accepted',),
        back_to=State.IN_REVIEW,
        byline_open=True,
    ),
    State.AUTHOR_APPROVAL: Row(
        holder=Holder.AUTHOR,
        due=in_working_days(5),
        part=Part.APPROVAL,
        author=Sentences(
            plain='Please approve the final copy', dated='Please approve the final copy by {due}'
        ),
        guest='{author} is reading the final copy',
        yours='Read the final copy and approve it, or ask for a correction.',
        told_by=('final_copy',),
        back_to=State.EDITING,
        asks_approval=True,
    ),
    State.READY: Row(
        holder=Holder.EDITOR,
        due=in_days(5),
        part=Part.READY,
        author=Sentences(
            plain='Approved, date to come',
            live='{print}. The revision is approved and goes out soon',
            silent='Your editors go on without your reply, date to come',
            silent_live='{print}. Your editors go on with the revision without your reply',
        ),
        next='The editor chooses the date, and you will get a letter with it.',
        next_live='The editor publishes the revision, and you will get a letter.',
        editor_next=NextMove(
            label='Publish or schedule',
            move='release',
            live_label='Publish the revision',
            live_move='release_revision',
        ),
        back_to=State.EDITING,
        needs_approval=True,
    ),
    State.RELEASED: Row(
        holder=Holder.CALENDAR,
        holder_live=Holder.NOBODY,
        due=never,
        part=Part.SCHEDULED,
        author=Sentences(
            plain='Published on {out_on}',
            ahead='Goes out on {out_on} at {out_at} UK time',
            archived='Published on {out_on}, archived since',
            down='Published on {out_on}, taken down on {down_on}',
        ),
        in_print=True,
        needs_approval=True,
        off_calendar=State.READY,
    ),
    State.DECLINED: Row(
        holder=Holder.NOBODY,
        due=never,
        part=None,
        author=Sentences(plain='Not taken up'),
        closed=True,
        needs_date=False,
        needs_editor=False,
    ),
    State.WITHDRAWN: Row(
        holder=Holder.NOBODY,
        due=never,
        part=None,
        author=Sentences(plain='Withdrawn'),
        closed=True,
        needs_date=False,
        needs_editor=False,
        author_reopens=True,
    ),
}

BEGINNING = State.DRAFTING
PITCHED = State.PITCH
UNDECIDED = [state for state, row in STATES.items() if row.undecided]
GIVEN_UP = State.WITHDRAWN  # what was promised and came to nothing
CLOSED = [state for state, row in STATES.items() if row.closed]
IN_PROCESS = [state for state, row in STATES.items() if not row.closed and not row.in_print]
NOT_CLOSED = [*IN_PROCESS, *(state for state, row in STATES.items() if row.in_print)]


def row_of(state: str) -> Row:
    return STATES[State(state)]


def where(fits: Callable[[Row], bool]) -> list[State]:
    return [state for state, row in STATES.items() if fits(row)]


def held_as_the_rows_say() -> Q:
    """Of a submission's columns."""
    held = (Q(state=state, holder__in=row.holders) for state, row in STATES.items())
    return Q(*held, _connector=Q.OR)
