"""How an application moves: what locking, roles, writing and telling mean for it. The order is `ukis.engine`'s."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from members import letters
from members.application_states import ApplicationState, row_of
from members.applying.moves import MOVES, ApplicationMove, Party
from members.letters import recipients
from members.letters.recipients import Addressee
from members.models import Application, ApplicationStep, Person
from members.roles import ADMINISTRATOR, SECRETARY
from ukis import days, engine
from ukis import letters as outbox
from ukis.engine import Situation

JOINS = ('category', 'person', 'organisation', 'membership')
LINK_DAYS = 90  # of a private link: longer than a draft is kept
# Minutes in which staff can still recall what they decided.
HOLD = timedelta(minutes=5)


@dataclass
class MovingApplication:
    """A move under way: the locked application, and what the verb may still say before it is written."""

    application: Application
    move: ApplicationMove
    by: Person | None
    note: str
    was: ApplicationState
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    step: ApplicationStep | None = None


def locked(application: Application) -> Application:
    return engine.locked(application, *JOINS)


def roles_of(application: Application, by: Person | None) -> frozenset[Party]:
    """None is whoever holds the private link, which a view has found. Nobody decides on their own application."""
    if by is None or application.person_id == by.pk:
        return frozenset({Party.APPLICANT})
    if application.person_id is None and by.email == application.email:
        return frozenset({Party.APPLICANT})
    if by.is_staff and (by.is_superuser or by.is_in(SECRETARY) or by.is_in(ADMINISTRATOR)):
        return frozenset({Party.STAFF})
    return frozenset()


class ApplicationProcess(engine.Process[Application, Party, ApplicationMove, MovingApplication]):
    """What the engine must know of applications."""

    moves = MOVES

    def lock(self, row: Application) -> Application:
        return locked(row)

    def roles_of(self, row: Application, by: Person | None, at: datetime) -> frozenset[Party]:
        return roles_of(row, by)

    def why_not(self, move: ApplicationMove, situation: Situation[Application, Party]) -> str:
        row = situation.row
        if row.state not in move.frm:
            return f'“{move.label}” is not possible now. {_stands(row, situation.roles)}'
        return move.guard(situation)

    def begin(
        self,
        move: ApplicationMove,
        situation: Situation[Application, Party],
        by: Person | None,
        note: str,
    ) -> MovingApplication:
        row = situation.row
        return MovingApplication(row, move, by, note, ApplicationState(row.state), situation.at)

    def write(self, made: MovingApplication) -> None:
        row, move = made.application, made.move
        assert move.to is not None
        place(row, ApplicationState(move.to), at=made.at)
        if move.decides:
            row.decided_by, row.decided_at, row.decided_why = made.by, made.at, made.note
        row.save()
        made.step = record(row, move.name, made.was, by=made.by, note=made.note, at=made.at)

    def tell(self, made: MovingApplication) -> None:
        """What was said of it before and has not left is not true any more."""
        letters_overtaken(made.application)
        if made.move.letter:
            tell_applicant(made, made.move.letter)
        if made.move.to_staff and made.step is not None:
            letters.tell(
                made.move.to_staff,
                recipients.staff(),
                made.application,
                key=f'application step {made.step.pk}',
                by=made.by,
                page=letters.address_of('admin:members_application_change', made.application.pk),
            )


def _stands(row: Application, roles: frozenset[Party]) -> str:
    if Party.APPLICANT in roles:
        return row.sentence
    by = f' {row.decided_by} decided.' if row.row.closed and row.decided_by else ''
    return f'{row.staff_sentence}{by}'


PROCESS = ApplicationProcess()


@contextmanager
def moving(
    name: str, application: Application, *, by: Person | None, note: str = ''
) -> Iterator[MovingApplication]:
    """Makes a move of the table; the body of the `with` runs between check and write. See `ukis.engine`."""
    with engine.moving(PROCESS, name, application, by=by, note=note) as made:
        yield made
    application.refresh_from_db()


def place(row: Application, to: ApplicationState, *, at: datetime) -> None:
    """Puts the locked application into a state: since when, until when, where in the list. The caller saves it."""
    state = row_of(to)
    row.state, row.place, row.held_since = to, state.place, at
    row.due_on = state.due(days.london_day(at))


def record(
    row: Application, move: str, was: str, *, by: Person | None, at: datetime, note: str = ''
) -> ApplicationStep:
    return ApplicationStep.objects.create(
        application=row, move=move, from_state=was, to_state=row.state, by=by, note=note, at=at
    )


def applicant(row: Application) -> Addressee:
    """Under the address that they confirmed; before that, under the one that they gave."""
    return Addressee(row.name, (row.person.email if row.person else None) or row.email, row.person)


def link_to(row: Application) -> dict[str, Any]:
    """A private link to the applicant's page, as the outbox has it."""
    kind = ContentType.objects.get_for_model(row).pk
    return {'view': 'application', 'purpose': 'application', 'days': LINK_DAYS, 'about': [kind, row.pk]}


def tell_applicant(made: MovingApplication, kind: str, **facts: Any) -> None:
    assert made.step is not None
    by_staff = made.by is not None and made.by.pk != made.application.person_id
    letters.tell(
        kind,
        [applicant(made.application)],
        made.application,
        key=f'application step {made.step.pk}',
        by=made.by,
        hold=HOLD if by_staff else timedelta(0),
        link=link_to(made.application),
        note=made.note if made.move.needs_words else '',
        **{**made.facts, **facts},
    )


def letters_overtaken(row: Application) -> None:
    outbox.cancel(row, letters.KINDS['members.application'])
