"""Long lists, leafed through: what a page costs does not grow with the table.

The database is asked for keys first, in the order of the list and without anything that stands beside them; what the
page shows is fetched for those few rows alone. One question says so how many there are and which come where. Of a list
that is very long only so much can be leafed through: who wants more narrows it, searches, or turns it round.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

REACH = 5_000


def how_many(found: int) -> str:
    """In words, of keys that were asked for up to one more than that."""
    return f'more than {intcomma(REACH)}' if found > REACH else intcomma(found)


def first_of(found: QuerySet[Any], count: int, *, shown: QuerySet[Any]) -> list[Any]:
    """The first rows of what may be many: joined to what they show when they are known."""
    return in_order(shown, list(found.values_list('pk', flat=True)[:count]))


def in_order(shown: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    rows = shown.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


class Leafing(Paginator):
    """Of rows of one table. Asks its question once, and once more for the rows of a page: those of `shown`, which is
    without what narrowed the list, for that need not be looked at twice."""

    object_list: Any

    def __init__(self, object_list: Any, *args: Any, shown: QuerySet[Any] | None = None, **kw: Any) -> None:
        super().__init__(object_list, *args, **kw)
        self.shown = object_list if shown is None else shown

    @cached_property
    def keys(self) -> list[Any]:
        """Of all that can be leafed through, in their order; one more where that is not all."""
        return list(self.object_list.values_list('pk', flat=True)[: REACH + 1])

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        """How many can be leafed through."""
        return min(len(self.keys), REACH)

    @property
    def goes_on(self) -> bool:
        """Whether there are more than that."""
        return len(self.keys) > REACH

    @property
    def how_many(self) -> str:
        return how_many(len(self.keys))

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.keys[start : min(start + self.per_page, REACH)]
        return Page(in_order(self.shown, keys), number, self)
