"""How a submission moves: what locking, roles, writing and telling mean for it. The order is `ukis.engine`'s."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from blog import letters, told
from blog.checklist import fairness
from blog.letters import Facts, reading_letters
from blog.messages import notes
from blog.models import Holder, State, Step, Submission, Version
from blog.states import row_of
from blog.workflow import rights, timing, topics
from blog.workflow.moves import EVENTS, MOVES, overtaken_by
from blog.workflow.moves.row import Move
from blog.workflow.rights import roles_of
from blog.workflow.roles import AUTHORS, EDITORS, Role
from members.models import Person
from ukis import days, engine
from ukis.engine import Situation
from ukis.refusals import NotNow

JOINS = ('current', 'editor', 'post__version', 'approved_version')


@dataclass
class Moving:
    """A move under way: the locked submission, and what the verb may still decide before it is written."""

    submission: Submission
    move: Move
    by: Person | None
    roles: frozenset[Role]
    note: str
    was: State
    to: State
    at: datetime
    was_live: bool
    unheard: bool  # nobody it was written to knows of the last decision
    due_on: date | None = None
    step: Step | None = None
    silent: bool = False
    fair: str = ''
    # Keys of recipients who hear of it by another letter.
    told_apart: frozenset[str] = frozenset()
    # What the letters say beside the note: who else is concerned, and the verb's own facts.
    facts: Facts = field(default_factory=Facts)


def locked(submission: Submission) -> Submission:
    """The submission as it stands, held against everybody else until the transaction ends."""
    return engine.locked(submission, *JOINS)


class Process(engine.Process[Submission, Role, Move, Moving]):
    """What the engine must know of submissions."""

    moves = MOVES

    def lock(self, row: Submission) -> Submission:
        return locked(row)

    def roles_of(self, row: Submission, by: Person | None, at: datetime) -> frozenset[Role]:
        return roles_of(row, by)

    def why_not(self, move: Move, situation: Situation[Submission, Role]) -> str:
        return rights.moment(move, situation)

    def begin(
        self, move: Move, situation: Situation[Submission, Role], by: Person | None, note: str
    ) -> Moving:
        submission, was = situation.row, State(situation.row.state)
        return Moving(
            submission=submission,
            move=move,
            by=by,
            roles=situation.roles,
            note=note,
            was=was,
            to=State(move.to) if move.to else was,
            at=situation.at,
            was_live=submission.is_live_at(situation.at),
            unheard=bool(submission.told_state),
        )

    def write(self, made: Moving) -> None:
        out = row_of(made.to).in_print and made.submission.is_live_at(made.at)
        untold = made.move.decision and not out
        if made.unheard:
            timing.unanswered_again(made.submission, made.move)
        place(made.submission, made.to, was=made.was, at=made.at, due_on=made.due_on, untold=untold)
        said = made.note and made.move.takes_words and not made.move.among_editors
        if made.roles & EDITORS and (made.move.decision or said):
            timing.answered(made.submission, made.at)
        made.submission.save()
        made.step = record(
            made.submission,
            made.move.name,
            made.was,
            by=made.by,
            note=made.note,
            at=made.at,
            fair=made.fair,
        )

    def tell(self, made: Moving) -> None:
        """Recalls what this move makes untrue and queues its own letters, in this transaction."""
        assert made.step is not None
        recalled = letters.recall(made.submission, overtaken_by(made.move.name, made.was))
        made.facts.recalled = bool(recalled)
        rules, hold = made.move.letters, made.move.decision
        unheard = made.move.unheard
        waited = unheard and (made.unheard or unheard.of in recalled)
        if (
            unheard
            and waited
            and not _somebody_heard(made, unheard.of)
            and not (made.move.takes_words and made.note)
        ):
            rules, hold, made.silent = unheard.letters, True, not unheard.letters
        count = 0
        if not made.silent:
            count = letters.tell_of_step(
                rules,
                made.submission,
                step=made.step,
                by=made.by,
                hold=hold,
                facts=made.facts,
                told=made.told_apart,
            )
        if made.move.decision and not count:
            told.forget(made.submission)  # nobody is written to: their page is where it is read
            made.submission.save(update_fields=told.FIELDS)
        if row_of(made.was).undecided and not row_of(made.to).undecided:
            reading_letters.tell_decided(
                made.submission,
                key=notes.key_of(made.step),
                by=made.by,
                hold=letters.DECISION_HOLD if made.move.decision else timedelta(0),
                taken_back=bool(made.roles & AUTHORS),
            )
        if made.note and made.by and made.move.takes_words:
            among_editors = made.move.among_editors
            notes.write(
                made.step,
                made.note,
                by=made.by,
                among_editors=among_editors,
                waits=hold and count > 0,
                at=made.at,
            )


def _somebody_heard(made: Moving, kind: str) -> bool:
    """Whether of several letters that told how it stood until now, one has left."""
    led = made.submission.steps.filter(to_state=made.was).exclude(from_state=made.was).order_by('-at', '-pk')
    came = led.first()
    return came is not None and letters.has_left(made.submission, kind, since=came.at)


PROCESS = Process()


@contextmanager
def moving(
    name: str, submission: Submission, *, by: Person | None, note: str = '', fair: str = ''
) -> Iterator[Moving]:
    """Makes a move of the table; the body of the `with` runs between check and write. See `ukis.engine`.

    `fair`: why it was fair that `by` decided, where the submission comes from their own organisation.
    """
    with engine.moving(PROCESS, name, submission, by=by, note=note) as made:
        made.fair = fair.strip()
        if made.move.decides and by and not made.fair and (found := fairness.shared(made.submission, by)):
            raise NotNow(fairness.asked(found))
        yield made
    submission.refresh_from_db()


PLACED = (
    'state',
    'holder',
    'held_since',
    'due_on',
    'extended_by_author',
    'seconds_with_author',
    *told.FIELDS,
)


def place(
    submission: Submission,
    to: State,
    *,
    was: State,
    at: datetime,
    due_on: date | None = None,
    untold: bool = False,
) -> None:
    """Puts the locked submission into a state: holder, since when, until when; `untold`: its author does not know
    before a letter has left. The caller saves it, of its columns `PLACED` at least."""
    state = row_of(to)
    if to != was and untold:
        told.keep(submission)
    elif to != was:
        told.forget(submission)
    holder = (state.holder_live if submission.is_live_at(at) else None) or state.holder
    if to != was or holder != submission.holder:
        timing.leaves_hand(submission, at)
        submission.held_since = at
    if to != was or due_on is not None:
        due = (state.due_if_promised if submission.promised_at else None) or state.due
        submission.due_on = due_on or due(days.london_day(at))
    if holder == Holder.NOBODY:
        submission.due_on = None
    if to != was:
        submission.extended_by_author = False
        if state.closed:
            submission.closed_at = at
            submission.reopens_to = row_of(was).off_calendar or was
        elif row_of(was).closed:
            submission.closed_at, submission.reopens_to = None, ''
    submission.state, submission.holder = to, holder
    topics.follow(submission, was)


def off_the_calendar(submission: Submission, at: datetime) -> None:
    """A scheduled post that is declined or withdrawn is not scheduled any more."""
    post = submission.post_or_none
    if post is not None and post.is_scheduled_at(at):
        post.published_at = None
        post.save(update_fields=['published_at'])


def wait_for_another_date(submission: Submission, event: str, *, at: datetime) -> bool:
    """What is scheduled would come out with a name that is not to be in it: it comes off the calendar, and the
    letters that the event overtakes are recalled. Whether it was scheduled."""
    was = State(submission.state)
    to = row_of(was).off_calendar
    if to is None:
        return False
    letters.recall(submission, EVENTS[event].overtakes)
    off_the_calendar(submission, at)
    place(submission, to, was=was, at=at)
    submission.save(update_fields=PLACED)
    return True


def record(
    submission: Submission,
    name: str,
    was: State | str,
    *,
    by: Person | None,
    at: datetime,
    note: str = '',
    version: Version | None = None,
    fair: str = '',
) -> Step:
    """Writes one Step of the history."""
    assert name in MOVES or name in EVENTS, name
    return Step.objects.create(
        submission=submission,
        from_state=was,
        to_state=submission.state,
        move=name,
        by=by,
        by_name=by.printed_name if by else 'system',
        at=at,
        note=note,
        fair=fair,
        version=version or submission.current,
    )
