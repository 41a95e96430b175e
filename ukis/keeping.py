"""How long each kind of row is kept, and why: one table, to which every app adds its own rows.

Staff read it in the admin, with what goes next; the clock carries it out, a bounded step at a time. A test fails where
a model stands in no row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from ukis import clock, counting, days

DAY = timedelta(days=1)
AT_ONCE = 500  # in one run of the clock; the rest in the next
COUNTED = 200  # as many are counted for the page
NAMED, NAMED_OF_EACH = 3, 5  # of so many kinds it names the first rows, so many of each
FOR_EVER = 'For as long as the Society keeps this site'
YEARS_OF_BOOKS = 6

type Due = Callable[[datetime], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class Period:
    """One row of the table: these models, how long and why. `due` says what goes up to a moment; by default it is
    deleted. Where something else becomes of it, or another room does it, `clear` does."""

    models: tuple[str, ...]
    words: str
    kept: str = FOR_EVER
    why: str
    due: Due | None = None
    clear: Callable[[datetime], object] | None = None
    job: str = ''  # its name among those of the clock
    lane: str = clock.CLOCK
    every: timedelta = DAY
    named: bool = True  # whether staff may read on a page which rows go next
    beside: tuple[str, ...] = ()  # rows that its name needs

    @property
    def name(self) -> str:
        return slugify(self.words)

    def run(self, now: datetime) -> None:
        if self.clear is not None:
            self.clear(now)
        elif self.due is not None:
            delete(self.due(now))


@dataclass(frozen=True)
class GoesNext:
    """What goes next of one kind, as the page shows it."""

    count: int
    first: list[str]

    @property
    def how_many(self) -> str:
        return f'more than {COUNTED}' if self.count > COUNTED else str(self.count)


@dataclass(frozen=True)
class PeriodShown:
    """A row of the table, with what goes next of it: None where nothing goes by itself."""

    period: Period
    next: GoesNext | None = None

    @property
    def may_be_named(self) -> bool:
        """Whether there is something of it that the page does not name yet."""
        return bool(self.period.named and self.next and self.next.count and not self.next.first)


_periods: list[Period] = []


def register(*periods: Period) -> None:
    """Called from `AppConfig.ready()`."""
    for period in periods:
        _periods.append(period)
        if period.job:
            clock.register(period.job, period.every, period.run, lane=period.lane)


def periods() -> list[Period]:
    return list(_periods)


def without_a_row() -> set[str]:
    """Models of which nobody said how long their rows are kept."""
    said = {model for period in _periods for model in period.models}
    return {model._meta.label_lower for model in apps.get_models()} - said


def shown(now: datetime, first: str = '') -> list[PeriodShown]:
    """The whole table. All of it is counted in one question. Which rows go next is a question for each kind: so many
    kinds are named, beginning with `first`, and the others when they are asked for."""
    going = {period: period.due(now) for period in _periods if period.due is not None}
    counted = dict(zip(going, counting.counts(list(going.values()), COUNTED + 1), strict=True))
    waiting = [period for period in going if period.named and counted[period]]
    waiting.sort(key=lambda period: period.name != first)
    named = {period: _first_of(period, going[period]) for period in waiting[:NAMED]}
    return [
        PeriodShown(period, GoesNext(counted[period], named.get(period, [])) if period in going else None)
        for period in _periods
    ]


def _first_of(period: Period, rows: QuerySet[Any]) -> list[str]:
    along = rows.select_related(*period.beside) if period.beside else rows
    return list(map(str, along.order_by('pk')[:NAMED_OF_EACH]))


def delete(rows: QuerySet[Any], most: int = AT_ONCE) -> None:
    keys = step(rows, most)
    with transaction.atomic():
        # Held, and asked again: what changed at this moment stays.
        held = rows.model._base_manager.filter(pk__in=keys).order_by('pk').select_for_update()
        if keys and list(held.values_list('pk')):
            rows.filter(pk__in=keys).delete()


def empty(rows: QuerySet[Any], most: int = AT_ONCE, **became: Any) -> None:
    """The words go, the row stays."""
    keys = step(rows, most)
    if keys:
        rows.filter(pk__in=keys).update(**became)


def step(rows: QuerySet[Any], most: int = AT_ONCE) -> list[Any]:
    return list(rows.order_by('pk').values_list('pk', flat=True)[:most])


def for_ever(why: str, words: str, *models: str) -> Period:
    return Period(models=models, words=words, why=why)


def books_closed_before(now: datetime, first_month: int) -> date:
    """What happened before that day was in a financial year that ended six years ago, or earlier."""
    today = days.london_day(now)
    year = today.year - YEARS_OF_BOOKS - (today.month < first_month)
    return date(year, first_month, 1)
