"""How a commission moves: what locking, roles, writing and telling mean for it. The order is `ukis.engine`'s."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from blog.commissioning import edited, unreached
from blog.commissioning.edited import Edited
from blog.commissioning.moves import EDITORS, MOVES, CommissionMove, CommissionParty
from blog.letters import commission_letters
from blog.models import Commission, CommissionStep
from blog.models.series import looks_after
from blog.states.commission_states import CommissionState
from members.models import Person
from members.roles import COMMISSIONING_EDITOR
from ukis import engine
from ukis.engine import Situation
from ukis.private import ByLink

JOINS = ('invitee', 'editor', 'follows', 'series')
# In which an answer can be changed, and an editor can still recall what they wrote.
HOLD = timedelta(minutes=5)


@dataclass
class MovingCommission:
    """A move under way: the locked commission, and what the verb may still say before it is written."""

    commission: Commission
    move: CommissionMove
    by: Person | None
    note: str
    was: CommissionState
    to: CommissionState
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    history: str = ''  # what stands in the history in place of a note
    step: CommissionStep | None = None
    waited: Edited | None = None  # an invitation that waits, with words of the editor's in it


def locked(commission: Commission) -> Commission:
    return engine.locked(commission, *JOINS)


type Actor = Person | ByLink | None


def roles_of(commission: Commission, by: Actor) -> frozenset[CommissionParty]:
    """None is the clock. Who is asked themselves is the invitee and no editor."""
    if by is None:
        return frozenset({CommissionParty.CLOCK})
    if isinstance(by, ByLink) or by.pk == commission.invitee_id:
        return frozenset({CommissionParty.INVITEE})
    roles = set()
    if commission.editor_id == by.pk and (by.is_editor or looks_after(by, commission)):
        roles.add(CommissionParty.EDITOR)
    if by.is_in(COMMISSIONING_EDITOR):
        roles.add(CommissionParty.CHIEF)
    return frozenset(roles)


class CommissionProcess(engine.Process[Commission, CommissionParty, CommissionMove, MovingCommission]):
    """What the engine must know of commissions."""

    moves = MOVES

    def lock(self, row: Commission) -> Commission:
        return locked(row)

    def roles_of(self, row: Commission, by: Actor, at: datetime) -> frozenset[CommissionParty]:
        return roles_of(row, by)

    def why_not(self, move: CommissionMove, situation: Situation[Commission, CommissionParty]) -> str:
        row = situation.row
        if row.state not in move.frm:
            sentence = (
                row.invitee_sentence if CommissionParty.INVITEE in situation.roles else row.editor_sentence
            )
            return f'“{move.label}” is not possible now. {sentence}'
        return move.guard(situation)

    def begin(
        self, move: CommissionMove, situation: Situation[Commission, CommissionParty], by: Actor, note: str
    ) -> MovingCommission:
        was = CommissionState(situation.row.state)
        to = CommissionState(move.to) if move.to else was
        person = by if isinstance(by, Person) else None
        made = MovingCommission(situation.row, move, person, note, was, to, situation.at)
        made.waited = edited.invitation(situation.row)
        return made

    def write(self, made: MovingCommission) -> None:
        row = made.commission
        if made.to != made.was:
            row.state, row.held_since = made.to, made.at
        row.save()
        made.step = record(
            row,
            made.move.name,
            made.was,
            by=made.by,
            by_name=row.name if CommissionParty.INVITEE in made.move.who else '',
            note=made.history or made.note,
            at=made.at,
        )

    def tell(self, made: MovingCommission) -> None:
        """What was said of it before and has not left is not true any more. Who has never heard of it hears of no
        change: they get the invitation as it now stands, or nothing."""
        assert made.step is not None
        another = made.move.who == EDITORS and made.by != made.commission.editor
        stays = another and made.to == made.was
        overtaken = commission_letters.overtaken(made.commission, but_answers=stays)
        unheard = commission_letters.nobody_heard(made.commission, overtaken) and not self._has_answered(made)
        made.facts |= commission_letters.untold(overtaken, made.was) | {'unheard': unheard}
        kind = made.move.to_invitee
        if unheard and made.to == CommissionState.SENT:
            kind = kind and 'commission_invited'
        elif unheard and made.to != CommissionState.ACCEPTED:
            kind = ''
        if kind:
            self._tell(made, kind, commission_letters.invitee(made.commission))
        if made.move.to_editor:
            for editor in commission_letters.editors_of(made.commission):
                self._tell(made, made.move.to_editor, editor)

    def _has_answered(self, made: MovingCommission) -> bool:
        """Who answered knows of it, though no letter left."""
        answers = [name for name, move in MOVES.items() if CommissionParty.INVITEE in move.who]
        return made.commission.steps.filter(move__in=answers, at__gte=made.commission.sent_at).exists()

    def _tell(self, made: MovingCommission, kind: str, recipient: Any) -> None:
        assert made.step is not None
        if made.by is not None and recipient.person == made.by and kind == made.move.to_editor:
            return
        letter = commission_letters.tell(
            kind,
            recipient,
            made.commission,
            key=f'commission step {made.step.pk}',
            by=made.by,
            hold=timedelta(0) if CommissionParty.CLOCK in made.move.who else HOLD,
            note=made.note,
            anew=made.move.asks_anew,
            **made.facts,
        )
        if letter and made.waited and kind == edited.KIND:
            edited.keep(made.waited, letter, made.commission)
        if letter and letter.state == letter.State.SUPPRESSED:
            unreached.given_up(letter)


PROCESS = CommissionProcess()


@contextmanager
def moving(name: str, commission: Commission, *, by: Actor, note: str = '') -> Iterator[MovingCommission]:
    """Makes a move of the table; the body of the `with` runs between check and write. See `ukis.engine`."""
    with engine.moving(PROCESS, name, commission, by=by, note=note) as made:
        yield made
    commission.refresh_from_db()


def record(
    row: Commission,
    move: str,
    was: str,
    *,
    by: Person | None,
    at: datetime,
    by_name: str = '',
    note: str = '',
) -> CommissionStep:
    return CommissionStep.objects.create(
        commission=row,
        move=move,
        from_state=was,
        to_state=row.state,
        by=by,
        by_name=by_name or (by.printed_name if by else 'system'),
        note=note,
        at=at,
    )
