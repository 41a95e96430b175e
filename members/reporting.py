"""What staff report of the membership: each a table, and a plot that says the same. Computed when it is asked for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import ExtractYear

from members import status
from members.models import Membership, Seat, Term
from members.models.people import Nation
from members.money import books
from members.places import seats
from ukis import days

MONTHS, YEARS = 13, 6
NEXT_WITHIN = timedelta(days=366)


@dataclass
class Figures:
    head: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    # What is drawn: by default the last column of each row.
    drawn: int = -1

    @property
    def bars(self) -> list[tuple[str, Decimal]]:
        return [(str(row[0]), Decimal(row[self.drawn])) for row in self.rows]


@dataclass(frozen=True)
class StaffReport:
    name: str
    words: str
    says: str
    make: Callable[[date], Figures]
    unit: str = ''


def _members(on: date) -> Any:
    """The memberships that count on a day: due, active or in grace."""
    return Membership.objects.with_status(on).filter(status__in=status.LISTED).order_by()  # type: ignore[misc]


def by_category(on: date) -> Figures:
    found = Counter(_members(on).values_list('category__name', flat=True))
    return Figures(['Category', 'Members'], [[name, count] for name, count in sorted(found.items())])


def by_nation(on: date) -> Figures:
    """Organisations in each nation in which they work, people in their own."""
    bodies: Counter[str] = Counter()
    people: Counter[str] = Counter()
    rows = _members(on).values_list('organisation', 'organisation__nations', 'person__nation')
    for body, nations, nation in rows:
        if body is None:
            people[nation or ''] += 1
        else:
            bodies.update(nations or [''])
    named = [*Nation.choices, ('', 'Not said')]
    table = [[label, bodies[value], people[value], bodies[value] + people[value]] for value, label in named]
    return Figures(['Nation', 'Organisations', 'People', 'Total'], table)


def by_month(on: date) -> Figures:
    """Who was covered on the last day of each month; on the day itself in the month that runs."""
    ends = _month_ends(on)
    asked: dict[str, Any] = {}
    for place, day in enumerate(ends):
        covers = Q(start__lte=day, cover_end__gte=day) & (
            Q(membership__ended_on=None) | Q(membership__ended_on__gte=day)
        )
        for kind in ('organisation', 'person'):
            held = covers & Q(**{f'membership__{kind}__isnull': False})
            asked[f'{kind}{place}'] = Count('membership', distinct=True, filter=held)
    found = Term.objects.filter(cover_end__gte=ends[0], start__lte=on).order_by().aggregate(**asked)
    rows = []
    for place, day in enumerate(ends):
        bodies, people = found[f'organisation{place}'], found[f'person{place}']
        rows.append([f'{day:%b %Y}', bodies, people, bodies + people])
    return Figures(['Month', 'Organisations', 'People', 'Total'], rows)


def _month_ends(on: date) -> list[date]:
    first = status.months_before(on.replace(day=1), MONTHS - 1)
    begun = [month for month in books.months_of(first, on) if month > first]
    return [*(days.day_before(month) for month in begun), on]


def income(on: date) -> Figures:
    first = status.months_before(on.replace(day=1), MONTHS - 1)
    rows = [
        [f'{month:%b %Y}', sums['received'], sums['taken_back'], sums['refunded'], sums.income]
        for month, sums in books.of(first, on).by_month()
    ]
    return Figures(['Month', 'Received (£)', 'Taken back (£)', 'Sent back (£)', 'Income (£)'], rows)


def retention(on: date) -> Figures:
    """Of the covered terms that ended in a year, those after which another covered one began within a year."""
    following = Term.objects.filter(
        membership=OuterRef('membership'),
        cover_end__isnull=False,
        start__gt=OuterRef('end'),
        start__lte=OuterRef('end') + NEXT_WITHIN,
    )
    ended = Term.objects.filter(cover_end__isnull=False, end__lt=on, end__year__gt=on.year - YEARS)
    goes_on = Term.objects.filter(
        membership=OuterRef('membership'), cover_end__isnull=False, start__lte=OuterRef('end')
    ).filter(end__gt=OuterRef('end'))
    rows = ended.exclude(Exists(goes_on)).annotate(year=ExtractYear('end'), renewed=Exists(following))
    counted = rows.order_by('year').values('year')
    found = counted.annotate(due=Count('pk'), kept=Count('pk', filter=Q(renewed=True)))
    return Figures(
        ['Year', 'Ended', 'Renewed', 'Renewed (%)'],
        [[row['year'], row['due'], row['kept'], round(100 * row['kept'] / row['due'])] for row in found],
    )


def seats_used(on: date) -> Figures:
    """Of the memberships of organisations that count: what they may give, and how many are taken."""
    keys = list(_members(on).filter(organisation__isnull=False).values_list('pk', flat=True))
    rows: dict[str, list[int]] = {}
    of_each = seats.with_cap(Membership.objects.order_by(), on).values_list('pk', 'category__name', 'cap')
    used = dict(Seat.objects.taken(on).order_by().values_list('membership').annotate(count=Count('pk')))
    counting = set(keys)
    for key, name, cap in of_each.filter(organisation__isnull=False):
        if key in counting:
            row = rows.setdefault(name, [0, 0, 0])
            row[0] += 1
            row[1] += cap
            row[2] += used.get(key, 0)
    return Figures(
        ['Category', 'Members', 'Places', 'Used', 'Used (%)'],
        [[name, *row, round(100 * row[2] / row[1]) if row[1] else 0] for name, row in sorted(rows.items())],
    )


REPORTS = {
    one.name: one
    for one in (
        StaffReport('category', 'Members by category', 'Due, active and in grace today.', by_category),
        StaffReport(
            'nation',
            'Members by nation',
            'Due, active and in grace today. An organisation counts in each nation in which it works.',
            by_nation,
        ),
        StaffReport(
            'month',
            'Members by month',
            'Covered on the last day of each month; days of grace do not count here.',
            by_month,
        ),
        StaffReport(
            'income',
            'Income by month',
            'By the bank’s value date, less what was taken back or sent back.',
            income,
            unit='£',
        ),
        StaffReport(
            'retention',
            'Retention by year',
            'Of the covered terms that ended in a year, those that another one followed within a year.',
            retention,
        ),
        StaffReport(
            'seats', 'Places used', 'Of members’ organisations today, open invitations included.', seats_used
        ),
    )
}


def make(name: str, on: date | None = None) -> tuple[StaffReport, Figures]:
    report = REPORTS[name]
    return report, report.make(on or days.today())
