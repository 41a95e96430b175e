"""What the database sent, made into rows of Django's only where somebody looks at them.

Of a page whose parts were drawn before (`ukis/remembered.py`) nobody does: what was sent is compared with what they
were drawn from, and that is all. `later()` does the same for what is made out of such rows.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, overload

from django.utils.functional import SimpleLazyObject

type Sent = tuple[tuple[Any, ...], ...]

# Who hears of the rows as they come: their table and their keys.
HEARING: list[Callable[[str, set[Any]], None]] = []


class Rows[Row](Sequence[Row]):
    """`sql` is the statement, `places` where its columns stand."""

    def __init__(
        self, sql: str, sent: Sent, places: dict[str, int], make: Callable[[Sent], list[Row]]
    ) -> None:
        self.told: Hashable = (sql, sent)
        self._sql, self._sent, self._places, self._make = sql, sent, places, make
        self._made: list[Row] | None = None

    def sent(self, name: str) -> tuple[Any, ...]:
        """What the database has in this column, of each row: a number or a word as it is, all else as it is stored."""
        if not self._sent:
            return ()
        place = self._places[name]
        return tuple([row[place] for row in self._sent])

    def first(self, count: int) -> 'Rows[Row]':
        return Rows(self._sql, self._sent[:count], self._places, self._make)

    def along(self, hang: Callable[..., None], *others: 'Rows[Any]') -> 'Rows[Row]':
        """The same rows; once they are made, `hang(rows, *others)` hangs on them what belongs to them."""
        _check_given(hang)

        def make(sent: Sent) -> list[Row]:
            rows = self._make(sent)
            hang(rows, *others)
            return rows

        found = Rows('', self._sent, self._places, make)
        found.told = (self.told, id(hang.__code__), *[other.told for other in others])
        return found

    def __len__(self) -> int:
        return len(self._sent)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows())

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        return self._rows()[place]

    def __eq__(self, other: object) -> bool:
        return list(self) == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._rows())

    def _rows(self) -> list[Row]:
        if self._made is None:
            with _made_of_what_came():
                self._made = self._make(self._sent)
        return self._made


class _BeingMade(threading.local):
    now = False


_being_made = _BeingMade()


@contextmanager
def _made_of_what_came() -> Iterator[None]:
    before, _being_made.now = _being_made.now, True
    try:
        yield
    finally:
        _being_made.now = before


def is_new(row: Any) -> bool:
    """Of a row that is being made: whether it comes from the database only now."""
    return not _being_made.now and row.pk is not None


def _check_given(make: Callable[..., Any]) -> None:
    if getattr(make, '__closure__', True) is not None:
        raise TypeError('What is made later is made of what is given here, and of nothing else.')


class Later(SimpleLazyObject):
    """What `later` gives. `told` is by what it is made and of what: as a tuple once that is known."""

    def __init__(self, make: Callable[..., Any], given: tuple[Any, ...]) -> None:
        super().__init__(lambda: _made(make, given))
        self.__dict__['told'] = [id(make.__code__), *given]


# A template takes these for 'there is none', and would show an empty place for ever.
_TAKEN_FOR_NOTHING = (AttributeError, LookupError, TypeError, ValueError)


def _made(make: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    try:
        return make(*given)
    except _TAKEN_FOR_NOTHING as error:
        raise RuntimeError(f'{make.__qualname__} failed: {error!r}') from error


def later[Made](make: Callable[..., Made], *given: Any) -> Made:
    """What `make(*given)` gives, made when it is first looked at. Nothing else may go into it than what is given, and
    it asks the database for nothing."""
    _check_given(make)
    return Later(make, given)  # type: ignore[return-value]
