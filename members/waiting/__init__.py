"""What waits for the membership secretary, oldest first: the admin's front page and Monday's letter say the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import DateField, Min, OuterRef, Q, QuerySet, Subquery, Value

from members import status
from members.models import Category, Membership, Override
from members.money import bank
from members.status import LISTED, Status
from members.waiting import kinds
from members.waiting.shown import NAMED, Waiting, WaitingRow, list_of, page_of
from ukis import days, leafing
from ukis.daily import daily
from ukis.prepared import prepared

# A weekend: a file of the bank's that reaches less far may not have what was paid meanwhile.
BANK_IS_OLD = timedelta(days=3)
UNPAID = ('awaiting payment', 'in grace', 'invoices', 'leave', 'promises')
LEAVING_WITHIN = timedelta(days=7)
LEAVING, LEAVE = 'leaving', 'leave the public page within a week'
ROOM = 4 * NAMED
FACTS = ('cover_until', 'grace_until', 'held_until', 'ended_on', 'category__grace_days')


def all_of_it(on: date | None = None, named: int = NAMED) -> list[Waiting]:
    """Every kind there is, also those of which nothing waits."""
    on = on or days.today()
    known = _kinds(on, days.today())
    applications, *others = kinds.told(known, _first_of_each_kind(on=on, named=named), named)
    return [applications, *_memberships(on, named), *others]


@lru_cache(maxsize=2)
def _kinds(on: date, today: date) -> tuple[kinds.WaitingKind, ...]:
    """Put together once a day, as the question about them is. Some go by the day it is."""
    return tuple(kinds.all_of_them(on))


@daily
def _first_of_each_kind(*, on: date, named: int) -> QuerySet[Any, Any]:
    return kinds.together(kinds.all_of_them(on), named)


def of_the_week(on: date, named: int, *, unpaid_for: Sequence[int]) -> list[Waiting]:
    """What the letter of the week says besides: what is unpaid for so many days, and whom no letter reaches."""
    late = [*(kinds.overdue(on, by=by) for by in unpaid_for), kinds.unagreed(on)]
    return [*all_of_it(on, named), *kinds.waiting_of([*late, kinds.bounced(), kinds.unwanted(on)], named)]


def with_the_bank(found: list[Waiting], on: date | None = None) -> tuple[list[Waiting], str]:
    """The same, said beside what is unpaid where the bank's file is old: perhaps they have paid. And what waits for
    a newer one, as a warning before all of it."""
    unpaid = [one for one in found if one.count and one.words.startswith(UNPAID)]
    is_asked = unpaid or any(one.count and one.words == Status.DUE for one in found)
    known = bank.known_until() if is_asked else None
    if known is None or known >= (on or days.today()) - BANK_IS_OLD:
        return found, ''
    until = f'The bank’s file reaches to {days.in_words(known)} only'
    warning = f'{until}. No reminder that fell due after that day leaves until a newer file is imported.'
    beside = f'{until}: look at the account first.'
    return [replace(one, beside=beside) if one in unpaid else one for one in found], warning


# Each with the day by which its rows are put in order: what comes first is named first.
STATUSES = {
    Status.DUE: ('cover_until', 'due'),
    Status.GRACE: ('grace_until', 'in grace'),
    Status.AWAITING_PAYMENT: ('joined_on', 'awaiting payment'),
}


def _memberships(on: date, named: int) -> list[Waiting]:
    """How many and which come first is one question for each: Django takes long to write it, and a database to answer
    it. What is shown of the first of all is one more."""
    found = {of: _of_status(of, on) for of in STATUSES}
    keys = {of.value: [row['pk'] for row in rows if row['status'] == of] for of, rows in found.items()}
    keys[LEAVING] = _leaving([*found[Status.DUE], *found[Status.GRACE]], on)
    shown = _in_words([key for some in keys.values() for key in some[:named]], on)
    suspended = {row['pk']: row['suspended_from'] for row in found[Status.DUE] if row['suspended_from']}

    def waiting(kind: str, words: str) -> Waiting:
        because = suspended if kind == LEAVING else {}
        first = [_membership(shown[key], because.get(key)) for key in keys[kind][:named] if key in shown]
        count = len(keys[kind])
        return Waiting(words, count, leafing.how_many(count), first, list_of('membership', status=kind))

    due, grace, awaiting = (waiting(of.value, words) for of, (_, words) in STATUSES.items())
    return [due, grace, waiting(LEAVING, LEAVE), awaiting]


def leaving(on: date | None = None) -> list[int]:
    """Who is listed on that day, and will not be within a week, unless something happens; the first to go first."""
    on = on or days.today()
    return _leaving([row for of in (Status.DUE, Status.GRACE) for row in _of_status(of, on)], on)


def _leaving(rows: list[dict[str, Any]], on: date) -> list[int]:
    last: dict[int, date] = {}
    for row in rows:  # one in grace that is suspended soon stands among them twice
        last[row['pk']] = min(_last_day(row), last.get(row['pk'], date.max))
    soon = [key for key, day in last.items() if day < on + LEAVING_WITHIN]
    return sorted(soon, key=lambda key: last[key])


def _last_day(row: dict[str, Any]) -> date:
    """On which it is listed still: the day before it is suspended, or of one that is due with its days of grace, if any
    are to come."""
    suspended = row.get('suspended_from')
    listed_until = days.day_before(suspended) if suspended else date.max
    if row['status'] == Status.GRACE:
        return min(row['grace_until'], listed_until)
    if row['status'] == Status.DUE:
        until = row['cover_until']
        in_grace = max(until + timedelta(days=row['category__grace_days']), row['held_until'] or until)
        return min(row['ended_on'] or in_grace, in_grace, listed_until)
    return listed_until


def _of_status(of: Status, on: date) -> list[dict[str, Any]]:
    """With those that are due come whatever is listed and suspended soon, by one question.

    Which of those that are near have it is looked at here: the database would work out each status twice for that,
    once to choose by and once to tell. Only where there are too many to leaf through it chooses.
    """
    grace = Category.longest_grace() if of == Status.GRACE else 0
    near = _near(of=of, on=on, grace=grace, chosen=False)
    if len(near) > leafing.REACH:
        return _near(of=of, on=on, grace=grace, chosen=True)
    return [row for row in near if row['status'] == of or (row['status'] in LISTED and row['suspended_from'])]


@daily
def _near(*, of: Status, on: date, grace: int, chosen: bool) -> QuerySet[Any, Any]:
    day, _ = STATUSES[of]
    near: Any = status.narrow(Membership.objects.all(), of, on, timedelta(days=grace))
    soon = Q()
    suspended_from: Any = Value(None, DateField())
    if of == Status.DUE:
        ahead = Override.objects.filter(start__gt=on, start__lte=on + LEAVING_WITHIN)
        soon = Q(pk__in=ahead.order_by().values('membership'))
        starts = ahead.filter(membership=OuterRef('pk')).order_by().values('membership')
        suspended_from = Subquery(starts.annotate(first=Min('start')).values('first'))
        near = Membership.objects.filter(Q(pk__in=near.values('pk')) | soon)
    rows = near.with_status(on).annotate(suspended_from=suspended_from)
    if chosen:
        rows = rows.filter(Q(status=of) | (soon & Q(status__in=LISTED)) if soon else Q(status=of))
    return rows.order_by(day, 'number').values('pk', 'status', *FACTS, 'suspended_from')[: leafing.REACH + 1]


def _in_words(keys: list[int], on: date) -> dict[int, Any]:
    """As many are asked for each time, the last of them again: so it is one statement."""
    room = -(-len(keys) // ROOM) * ROOM
    wanted = (*keys, *[keys[-1]] * (room - len(keys))) if keys else ()
    return {row.pk: row for row in _shown(on=on, keys=wanted)}


@prepared('on')
def _shown(*, on: date, keys: tuple[int, ...]) -> QuerySet[Any]:
    rows: Any = Membership.objects.with_status(on).select_related('person', 'organisation')
    return rows.filter(pk__in=keys).order_by()


def _membership(row: Any, suspended_from: date | None) -> WaitingRow:
    ahead = f'Suspended from {days.in_words(suspended_from)}. ' if suspended_from else ''
    return WaitingRow(str(row.holder), page_of('membership', row.pk), ahead + row.sentence)
