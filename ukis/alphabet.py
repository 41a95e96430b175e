"""Long lists by name, cut at a name instead of a number: `?from=` says where a page begins.

Nothing before the page is walked through and nothing after it is counted, so it costs the same wherever it is cut
and however long the list. A letter is as good a place to begin as a name.
"""

from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict

LONGEST = 300
# As both databases fold at least: what they hand out as a place to begin must come back unchanged.
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True)
class Cut:
    """One page: its `rows`; where it `begins`, '' at the beginning; where the page after it and the one before it
    begin, None where there is none; `query`, the rest of the address, ending in & if there is any."""

    rows: list[Any]
    begins: str
    further: str | None
    back: str | None
    query: str
    letters: str = ascii_lowercase

    @property
    def is_long(self) -> bool:
        """Whether there is anything to leaf through."""
        return bool(self.begins) or self.further is not None


def page_of(rows: QuerySet[Any], asked: QueryDict, *, size: int, by: Any = None) -> Cut:
    """`by` is what they are sorted by, in small letters and with an index: the name, where nothing else is said."""
    begins = asked.get('from', '')[:LONGEST].translate(SMALL)
    named = rows.annotate(sorted_by=by or Lower('name'))
    onwards = named.filter(sorted_by__gte=begins) if begins else named
    found = list(onwards.order_by('sorted_by', 'pk')[: size + 1])
    rest = asked.copy()
    rest.pop('from', None)
    return Cut(
        rows=found[:size],
        begins=begins,
        further=found[size].sorted_by if len(found) > size else None,
        back=_back(named, begins, size) if begins else None,
        query=f'{rest.urlencode()}&' if rest else '',
    )


def _back(named: QuerySet[Any], begins: str, size: int) -> str | None:
    before = named.filter(sorted_by__lt=begins).order_by(F('sorted_by').desc(), '-pk')
    names = list(before.values_list('sorted_by', flat=True)[: size + 1])
    if not names:
        return None
    return names[size - 1] if len(names) > size else ''
