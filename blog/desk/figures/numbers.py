"""How much came in and went out, and how long it took. How long is without the time in which its author had it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from blog.desk.figures.placed import (
    COUNTS,
    DAY,
    IN,
    Epoch,
    Month,
    counted,
    earlier,
    months,
    rows,
    still_open,
    within,
)
from blog.models import Holder, Submission
from blog.states import CLOSED
from members.models import Person


class Case(NamedTuple):
    """One submission, in seconds."""

    handed_in: int
    to_answer: int | None
    with_author: int
    holder: str
    held_since: int
    out: int | None
    state: str

    def waits(self, now: int) -> int:
        theirs = now - max(self.held_since, self.handed_in) if self.holder == Holder.AUTHOR else 0
        return max(0, now - self.handed_in - self.with_author - theirs)


@dataclass
class Waited:
    """How long some took, in days, and how long those wait that are still open."""

    took: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)

    middle = property(lambda self: median(self.took) if self.took else None)
    worst = property(lambda self: max(self.took, default=None))
    oldest = property(lambda self: max(self.waiting, default=None))


@dataclass
class MonthOfCases:
    month: Month
    handed_in: int = 0
    published: int = 0
    closed: int = 0
    open: int = 0
    answer: Waited = field(default_factory=Waited)
    publication: Waited = field(default_factory=Waited)


def by_month(person: Person) -> list[MonthOfCases]:
    """By the month in which they were handed in; what was handed in earlier where it is still open."""
    table, now = [MonthOfCases(month) for month in (earlier(), *months())], int(timezone.now().timestamp())
    known = counted(person)
    before = known.filter(still_open(), within(IN, table[0].month), holder__in=_HELD)
    for line, cases in zip(
        table, (_cases(before), *_in_months(_cases(known.filter(within(IN, None))))), strict=True
    ):
        for case in cases:
            _count(line, case, now)
    return table


_HELD = [holder for holder in Holder if holder != Holder.NOBODY]


def _cases(found: QuerySet[Submission]) -> list[Case]:
    shown = found.values_list(
        Epoch('first_submitted_at'),
        'seconds_to_answer',
        'seconds_with_author',
        'holder',
        Epoch('held_since'),
        Epoch('post__published_at'),
        'state',
    )
    return list(map(Case._make, shown))


def _in_months(cases: Iterable[Case]) -> list[list[Case]]:
    ends = [month.ends.timestamp() for month in months()]
    parted: list[list[Case]] = [[] for _ in ends]
    for case in cases:
        parted[next(number for number, end in enumerate(ends) if case.handed_in < end)].append(case)
    return parted


def _count(line: MonthOfCases, case: Case, now: int) -> None:
    line.handed_in += 1
    if case.to_answer is not None:
        line.answer.took.append(case.to_answer / DAY)
    if case.out is not None and case.out <= now:
        line.published += 1
        line.publication.took.append(max(0, case.out - case.handed_in - case.with_author) / DAY)
    elif case.state in CLOSED:
        line.closed += 1
    else:
        line.open += 1
        waits = case.waits(now) / DAY
        line.publication.waiting.append(waits)
        if case.to_answer is None:
            line.answer.waiting.append(waits)


def published(person: Person) -> dict[int, int]:
    """The posts of the twelve months, each with the moment, in seconds, when it came out."""
    return dict(rows('published', person).values_list('post', Epoch('post__published_at')))


def out_by_month(person: Person, posts: dict[int, int]) -> list[tuple[Month, dict[str, int]]]:
    """By the month in which they went out of the process: published, as `posts` say, declined or withdrawn."""
    table: list[tuple[Month, dict[str, int]]] = [(month, {}) for month in months()]
    ends = [month.ends.timestamp() for month in months()]
    moments: dict[str, Iterable[int]] = {'published': posts.values()}
    for what in ('declined', 'withdrawn'):
        moments[what] = rows(what, person).values_list(Epoch(COUNTS[what].placed_by), flat=True)
    for what, those in moments.items():
        found = Counter(next(n for n, end in enumerate(ends) if moment < end) for moment in those)
        for number, (_, counts) in enumerate(table):
            counts[what] = found[number]
    return table
