"""Something changed that others follow from: said once, heard by many.

What public pages show is registered here by whose it is, from its `AppConfig.ready()`: the tables whose changes the
database itself tells of (`ukis/pagecache/triggers.py`), whoever makes them, and when pages turn by themselves.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

# A row of any kind: its content type's key and its own.
type Key = tuple[int, int]

_of_tags: list[Callable[[Collection[Key]], None]] = []
_of_names: list[Callable[[str, str], None]] = []


def hear_of_tags(hearer: Callable[[Collection[Key]], None]) -> None:
    """It is called after rows were given other tags by a change of the tags themselves."""
    _of_tags.append(hearer)


def hear_of_names(hearer: Callable[[str, str], None]) -> None:
    """It is called after a tag was given another name, with both as they are folded."""
    _of_names.append(hearer)


def tell_of_names(was: str, now: str) -> None:
    for hearer in _of_names:
        hearer(was, now)


def tell_of_tags(rows: Collection[Key]) -> None:
    for hearer in _of_tags:
        hearer(rows)


@dataclass(frozen=True)
class Shown:
    """A table that public pages show.

    `unseen`: columns that no such page reads. `reached`: pages come to its rows only from rows of other tables that
    lead to them, so that a new one shows nowhere by itself, unless a page asks for all there are. `of`: the column
    that leads to the row to which it belongs; what changes in it is then a change of that row, for whoever asks by it.
    """

    model: type[Model]
    unseen: frozenset[str]
    reached: bool
    of: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def columns(self) -> list[str]:
        """Those whose changes show."""
        columns = [str(field.column) for field in self.model._meta.concrete_fields if not field.primary_key]
        return [column for column in columns if column not in self.unseen]


SHOWN: dict[str, Shown] = {}
_turns: list[Callable[[datetime], datetime | None]] = []


def shows(model: type[Model], *, unseen: Collection[str] = (), reached: bool = False, of: str = '') -> None:
    """Public pages show this table. A page that reads one of which nobody said so is not kept."""
    SHOWN[model._meta.db_table] = Shown(model, frozenset(unseen), reached, of)


def turn_by_themselves(when: Callable[[datetime], datetime | None]) -> None:
    """`when(now)` is when public pages next change although nothing is written; None if never."""
    _turns.append(when)


def next_turn(now: datetime) -> datetime | None:
    return min((turn for when in _turns if (turn := when(now)) is not None), default=None)
