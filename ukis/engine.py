"""The one way in which a row with states moves: lock, check, write, tell, at one instant.

A noun (a submission; later a commission, an application) brings a `Process`: its table of moves, and what
locking, roles, writing and telling mean for it. Which move leads where stands in the table and nowhere else.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import models
from django.utils import timezone

from ukis import search
from ukis.refusals import NotAllowed, NotNow


def locked[Row: models.Model](row: Row, *joins: str) -> Row:
    """The row as it stands, held against everybody else until the transaction ends, with what hangs on it.

    Two statements: PostgreSQL reads anew, after it has waited for a lock, the locked row itself and none of its
    joins, which would be those of before the wait. `joins` are names for `select_related`.
    """
    rows = type(row)._base_manager
    rows.select_for_update().values_list('pk').get(pk=row.pk)
    return (rows.select_related(*joins) if joins else rows).get(pk=row.pk)


def hold(rows: Any, keys: Iterable[int | None]) -> None:
    """Several rows, in the order of their keys: whoever needs more than one of a table comes to them in this order, so
    that no two wait for one another."""
    for some in batched(sorted(key for key in keys if key is not None), 1000):
        held = rows.filter(pk__in=some).order_by('pk').select_for_update(no_key=True)
        list(held.values_list('pk'))


@dataclass(frozen=True)
class Situation[Row: models.Model, Role]:
    """A row at one instant, and what somebody is to it: all that a guard may judge by."""

    row: Row
    roles: frozenset[Role]
    at: datetime


def no_guard(situation: Any) -> str:
    return ''


@dataclass(frozen=True, kw_only=True)
class Move[Row: models.Model, Role]:
    """One row of a table of moves.

    `to` is a state, or None where the row says it. `guard` returns why not, in a sentence for the person, or
    nothing. `asks` names the questions that its form puts; 'note' and 'reason' must be answered.
    """

    name: str
    label: str
    frm: tuple[str, ...]
    to: str | None
    who: frozenset[Role]
    guard: Callable[[Situation[Row, Role]], str] = no_guard
    asks: tuple[str, ...] = ()

    @property
    def needs_words(self) -> bool:
        return bool({'note', 'reason'} & set(self.asks))

    @property
    def takes_words(self) -> bool:
        return self.needs_words or 'optional_note' in self.asks


class Process[Row: models.Model, Role, M: Move, Made](ABC):
    """What the engine must know of a noun."""

    moves: Mapping[str, M]

    @abstractmethod
    def lock(self, row: Row) -> Row:
        """The row as it stands, held until the transaction ends."""

    @abstractmethod
    def roles_of(self, row: Row, by: Any, at: datetime) -> frozenset[Role]:
        """Everything that somebody is to the row; of None, the clock."""

    @abstractmethod
    def why_not(self, move: M, situation: Situation[Row, Role]) -> str:
        """Why the move cannot be made just now, or nothing."""

    @abstractmethod
    def begin(self, move: M, situation: Situation[Row, Role], by: Any, note: str) -> Made:
        """What the verb works on: it may still change the row, where it goes, and what is told."""

    @abstractmethod
    def write(self, made: Made) -> None:
        """State and history."""

    @abstractmethod
    def tell(self, made: Made) -> None:
        """Queues the letters, in this transaction."""


@contextmanager
def moving[Row: models.Model, Role, M: Move, Made](
    process: Process[Row, Role, M, Made], name: str, row: Row, *, by: Any, note: str = ''
) -> Iterator[Made]:
    """Makes the move: refuses the wrong person (NotAllowed) or the wrong moment (NotNow), then writes and
    tells, all in one transaction and as of the one instant at which the row was had.

    The body of the `with` runs between check and write.
    """
    move = process.moves[name]
    with search.gathered():
        situation = standing(process, row, by)
        if not move.who & situation.roles:
            raise NotAllowed(f'“{move.label}” is not yours to do here.')
        if why_not := process.why_not(move, situation):
            raise NotNow(why_not)
        if move.needs_words and not note.strip():
            raise NotNow('Write a line that says why: it goes to the people concerned.')
        made = process.begin(move, situation, by, note.strip())
        yield made
        process.write(made)
        process.tell(made)


def standing[Row: models.Model, Role](
    process: Process[Row, Role, Any, Any], row: Row, by: Any
) -> Situation[Row, Role]:
    """The locked row, the instant at which it was had, and what `by` is to it then."""
    held = process.lock(row)
    at = timezone.now()
    return Situation(held, process.roles_of(held, by, at), at)
