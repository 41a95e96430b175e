"""How a second reading moves: what locking, roles, writing and telling mean for it. The order is `ukis.engine`'s."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from blog.letters import reading_letters
from blog.models import Reading, ReadingStep, Submission
from blog.readings import unreached
from blog.readings.moves import EDITORS, MOVES, READER, ReadingMove, ReadingParty
from blog.states.reading_states import ReadingState
from blog.workflow import Role
from blog.workflow import roles_of as roles_on
from blog.workflow.engine import locked as locked_submission
from members.models import Person
from ukis import engine
from ukis.engine import Situation
from ukis.private import ByLink

JOINS = ('reader', 'asked_by', 'version', 'shared')
# In which an answer can be changed, and an editor can still recall what they wrote.
HOLD = timedelta(minutes=5)
_PARTIES = {Role.EDITOR: ReadingParty.EDITOR, Role.CHIEF: ReadingParty.CHIEF}

type Actor = Person | ByLink


@dataclass
class MovingReading:
    """A move under way: the locked reading, and what the verb may still say before it is written."""

    reading: Reading
    move: ReadingMove
    by: Person | None
    note: str
    was: str
    to: ReadingState
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    history: str = ''  # what stands in the history in place of a note


def locked(reading: Reading) -> Reading:
    """Its submission first, as whoever decides on that has it: what the reader does comes wholly before or after."""
    submission = locked_submission(Submission(pk=reading.submission_id))
    held = engine.locked(reading, *JOINS)
    held.submission = submission
    return held


def is_named(submission: Submission, person: Person | None, email: str) -> bool:
    """Whether a reader is one of those whose names are to be under it."""
    return any(
        (person is not None and name.person_id == person.pk) or (email and name.email == email)
        for name in submission.authorships.all()
    )


def parties_on(
    submission: Submission, by: Person, roles: frozenset[Role] | None = None
) -> frozenset[ReadingParty]:
    """`roles`: what they are to the submission, where that is known."""
    roles = roles_on(submission, by) if roles is None else roles
    return frozenset(party for role, party in _PARTIES.items() if role in roles)


def roles_of(reading: Reading, by: Actor) -> frozenset[ReadingParty]:
    """Who reads it is its reader and no editor; who is by now named on the submission is neither."""
    if isinstance(by, ByLink):
        return frozenset() if is_named(reading.submission, reading.reader, reading.email) else READER
    if is_named(reading.submission, by, ''):
        return frozenset()
    if by.pk == reading.reader_id:
        return READER
    return parties_on(reading.submission, by)


class ReadingProcess(engine.Process[Reading, ReadingParty, ReadingMove, MovingReading]):
    """What the engine must know of second readings."""

    moves = MOVES

    def lock(self, row: Reading) -> Reading:
        return locked(row)

    def roles_of(self, row: Reading, by: Actor, at: datetime) -> frozenset[ReadingParty]:
        return roles_of(row, by)

    def why_not(self, move: ReadingMove, situation: Situation[Reading, ReadingParty]) -> str:
        row = situation.row
        if row.state not in move.frm:
            reader = ReadingParty.READER in situation.roles
            sentence = row.reader_sentence if reader else row.editor_sentence
            return f'“{move.label}” is not possible now. {sentence}'
        return move.guard(situation)

    def begin(
        self, move: ReadingMove, situation: Situation[Reading, ReadingParty], by: Actor, note: str
    ) -> MovingReading:
        was = ReadingState(situation.row.state)
        to = ReadingState(move.to) if move.to else was
        person = by if isinstance(by, Person) else None
        return MovingReading(situation.row, move, person, note, was, to, situation.at)

    def write(self, made: MovingReading) -> None:
        row = made.reading
        if made.to != made.was or made.move.is_answer:
            row.state, row.held_since = made.to, made.at
        row.save()

    def tell(self, made: MovingReading) -> None:
        """Who has never heard of it hears of no change: they get the letter that asks, as it now stands, or nothing."""
        row, move = made.reading, made.move
        step = record(made)
        another = move.who == EDITORS and made.by != row.submission.editor
        recalled = reading_letters.overtaken(row, but_answers=another) if move.overtakes else set()
        kind = move.to_reader
        unheard = made.was == ReadingState.ASKED and move.who == EDITORS
        if unheard and reading_letters.nobody_heard(row, recalled):
            kind = 'reading_asked' if kind and made.to == ReadingState.ASKED else ''
        if kind:
            self._tell(made, step, kind, reading_letters.reader(row))
        if move.to_editor:
            for editor in reading_letters.editors_of(row):
                self._tell(made, step, move.to_editor, editor)

    def _tell(self, made: MovingReading, step: ReadingStep, kind: str, recipient: Any) -> None:
        letter = reading_letters.tell(
            kind,
            recipient,
            made.reading,
            key=f'reading step {step.pk}',
            by=made.by,
            hold=HOLD,
            note=made.note,
            anew=made.move.asks_anew,
            **made.facts,
        )
        if letter and letter.state == letter.State.SUPPRESSED:
            unreached.given_up(letter)


PROCESS = ReadingProcess()


@contextmanager
def moving(name: str, reading: Reading, *, by: Actor, note: str = '') -> Iterator[MovingReading]:
    """Makes a move of the table; the body of the `with` runs between check and write. See `ukis.engine`."""
    with engine.moving(PROCESS, name, reading, by=by, note=note) as made:
        yield made
    reading.refresh_from_db()


def record(made: MovingReading) -> ReadingStep:
    row, by = made.reading, made.by
    of_reader = row.name if made.move.who == READER else ''
    return ReadingStep.objects.create(
        reading=row,
        move=made.move.name,
        from_state=made.was,
        to_state=row.state,
        by=by,
        by_name=of_reader or (by.printed_name if by else 'system'),
        note=made.history or made.note,
        at=made.at,
    )
