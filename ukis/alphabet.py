"""Long lists by name, cut at a name instead of a number: `?from=` says where a page begins.

Nothing before the page is walked through and nothing after it is counted, so it costs the same wherever it is cut
and however long the list. A letter is as good a place to begin as a name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict

from ukis.fetched import Rows
from ukis.prepared import asked as asked_now

LONGEST = 300
# As both databases fold at least: what they hand out as a place to begin must come back unchanged.
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True)
class Cut:
    """One page: its `rows`; where it `begins`, '' at the beginning; where the page after it and the one before it
    begin, None where there is none; `query`, the rest of the address, ending in & if there is any."""

    rows: Sequence[Any]
    begins: str
    further: str | None
    back: str | None
    query: str
    letters: str = ascii_lowercase

    @property
    def is_long(self) -> bool:
        """Whether there is anything to leaf through."""
        return bool(self.begins) or self.further is not None


def page_of(
    rows: Callable[[], QuerySet[Any]],
    asked: QueryDict,
    *,
    size: int,
    by: Any = None,
    first: Callable[[], Rows[Any]] | None = None,
) -> Cut:
    """`by` is what they are sorted by, in small letters and with an index: the name, where nothing else is said.
    `first` finds the rows of the first page by a prepared question, that of `beginning`."""
    begins = asked.get('from', '')[:LONGEST].translate(SMALL)
    back = None
    if begins:
        named = _named(rows(), by)
        found = asked_now(named.filter(sorted_by__gte=begins).order_by('sorted_by', 'pk')[: size + 1])
        back = _back(named, begins, size)
    else:
        found = first() if first else asked_now(beginning(rows(), size, by))
    rest = asked.copy()
    rest.pop('from', None)
    return Cut(
        rows=found.first(size),
        begins=begins,
        further=found.sent('sorted_by')[size] if len(found) > size else None,
        back=back,
        query=f'{rest.urlencode()}&' if rest else '',
    )


def beginning(rows: QuerySet[Any], size: int, by: Any = None) -> QuerySet[Any]:
    """The rows of the first page, and one more."""
    return _named(rows, by).order_by('sorted_by', 'pk')[: size + 1]


def _named(rows: QuerySet[Any], by: Any) -> QuerySet[Any]:
    return rows.annotate(sorted_by=by or Lower('name'))


def _back(named: QuerySet[Any], begins: str, size: int) -> str | None:
    before = named.filter(sorted_by__lt=begins).order_by(F('sorted_by').desc(), '-pk')
    names = list(before.values_list('sorted_by', flat=True)[: size + 1])
    if not names:
        return None
    return names[size - 1] if len(names) > size else ''
