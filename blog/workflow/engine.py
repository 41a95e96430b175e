"""The one function that changes a state: lock, check, write; people are told after commit by the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from blog import letters
from blog.models import Holder, State, Step, Submission, Version
from blog.models.submissions import CLOSED, HOLDERS
from blog.workflow.moves import MOVES, Move, Role, default_due
from blog.workflow.rights import moment, roles_of
from members.models import Person
from ukis.refusals import NotAllowed, NotNow


@dataclass
class Moving:
    """A move under way: the locked row, and what the verb may still decide before it is written."""

    row: Submission
    move: Move
    by: Person | None
    roles: frozenset[Role]
    note: str
    was: State
    to: State
    at: datetime
    due_on: date | None = None
    step: Step | None = None
    silent: bool = False
    # What the letters say beside the note: who else is concerned, and the verb's own facts.
    facts: dict = field(default_factory=dict)

    @property
    def was_live(self) -> bool:
        return self.row.has_live_post

    def tell(self) -> None:
        """Recalls what this move makes untrue and queues its own letters, in this transaction."""
        recalled = letters.recall_overtaken(self.move.name, self.row, was=self.was)
        self.facts['recalled'] = bool(recalled)
        if self.move.name == 'reschedule' and 'scheduled' in recalled:
            # The first letter, with the final copy and the words to share, goes out with the new date.
            letters.tell_of_move(
                'release', self.row, step=self.step, by=self.by, decision=True, facts=self.facts
            )
        elif self.move.name == 'unschedule' and recalled and not self.note:
            pass  # whoever heard of no date need not hear that it fell
        elif self.step is not None and not self.silent:
            letters.tell_of_move(
                self.move.name,
                self.row,
                step=self.step,
                by=self.by,
                decision=self.move.decision,
                facts=self.facts,
            )


def locked(submission: Submission) -> Submission:
    """The row as it stands, held against everybody else until the transaction ends."""
    return (
        Submission.objects.select_for_update(of=('self',))
        .select_related('current', 'editor', 'post__version', 'approved_version')
        .get(pk=submission.pk)
    )


@contextmanager
def moving(name: str, submission: Submission, *, by: Person | None, note: str = '') -> Iterator[Moving]:
    """Makes the move: refuses the wrong person (NotAllowed) or the wrong moment (NotNow), then writes
    state, holder, due date and Step, and queues the letters, all in one transaction.

    The body of the `with` may change `row`, `to`, `due_on` and `note`; it runs between check and write.
    """
    move = MOVES[name]
    with transaction.atomic():
        row = locked(submission)
        roles = roles_of(row, by)
        if not move.who & roles:
            raise NotAllowed(f'“{move.label}” is not yours to do on this submission.')
        why_not = moment(move, row, roles)
        if why_not:
            raise NotNow(why_not)
        if ('note' in move.asks and not note.strip()) or ('reason' in move.asks and not note.strip()):
            raise NotNow('Write a line that says why: it goes to the people concerned.')
        was = State(row.state)
        under_way = Moving(
            row=row,
            move=move,
            by=by,
            roles=roles,
            note=note.strip(),
            was=was,
            to=move.to or was,
            at=timezone.now(),
        )
        yield under_way
        _write(under_way)
        under_way.tell()
        submission.refresh_from_db()


def _write(made: Moving) -> None:
    row, to = made.row, made.to
    holder = HOLDERS[to][0]
    if to == State.RELEASED and row.has_live_post:
        holder = Holder.NOBODY
    if to != made.was or holder != row.holder:
        row.held_since = made.at
    if to != made.was or made.due_on is not None:
        row.due_on = made.due_on or default_due(to)
    if holder == Holder.NOBODY:
        row.due_on = None
    if to != made.was:
        row.extended_by_author = False
        if to in CLOSED:
            row.closed_at = made.at
            row.reopens_to = State.READY if made.was == State.RELEASED else made.was
        elif made.was in CLOSED:
            row.closed_at, row.reopens_to = None, ''
    row.state, row.holder = to, holder
    row.save()
    made.step = record(row, made.move.name, made.was, by=made.by, note=made.note, at=made.at)


def record(
    row: Submission,
    name: str,
    was: State | str,
    *,
    by: Person | None,
    note: str = '',
    at: datetime | None = None,
    version: Version | None = None,
) -> Step:
    """Writes one Step of the history."""
    return Step.objects.create(
        submission=row,
        from_state=was,
        to_state=row.state,
        move=name,
        by=by,
        by_name=by.printed_name if by else 'system',
        at=at or timezone.now(),
        note=note,
        version=version or row.current,
    )
