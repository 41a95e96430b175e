"""What waits for the membership secretary, oldest first: the admin's front page and Monday's letter say the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from members import bank
from members.models import Membership
from members.status import Status
from members.waiting import kinds
from members.waiting.shown import NAMED, Waiting, WaitingRow, list_of, page_of
from ukis import days, leafing

# A weekend: a file of the bank's that reaches less far may not have what was paid meanwhile.
BANK_IS_OLD = timedelta(days=3)
UNPAID = ('awaiting payment', 'in grace', 'invoices', 'leave', 'promises')
LEAVING_WITHIN = timedelta(days=7)
LEAVING, LEAVE = 'leaving', 'leave the public page within a week'
FACTS = ('cover_until', 'grace_until', 'held_until', 'ended_on', 'category__grace_days')


def all_of_it(on: date | None = None, named: int = NAMED) -> list[Waiting]:
    """Every kind there is, also those of which nothing waits."""
    on = on or days.today()
    applications, *others = kinds.waiting_of(kinds.all_of_them(on), named)
    return [applications, *_memberships(on, named), *others]


def of_the_week(on: date, named: int, *, unpaid_for: Sequence[int]) -> list[Waiting]:
    """What the letter of the week says besides: what is unpaid for so many days, and whom no letter reaches."""
    late = [*(kinds.overdue(on, by=by) for by in unpaid_for), kinds.unagreed(on)]
    return [*all_of_it(on, named), *kinds.waiting_of([*late, kinds.bounced()], named)]


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
    found = {status: _of_status(status, on) for status in STATUSES}
    keys = {status.value: [row['pk'] for row in rows] for status, rows in found.items()}
    keys[LEAVING] = _leaving([*found[Status.DUE], *found[Status.GRACE]], on)
    shown = _in_words([key for some in keys.values() for key in some[:named]], on)

    def waiting(status: str, words: str) -> Waiting:
        first = [_membership(shown[key]) for key in keys[status][:named] if key in shown]
        count = len(keys[status])
        return Waiting(words, count, leafing.how_many(count), first, list_of('membership', status=status))

    due, grace, awaiting = (waiting(status.value, words) for status, (_, words) in STATUSES.items())
    return [due, grace, waiting(LEAVING, LEAVE), awaiting]


def leaving(on: date | None = None) -> list[int]:
    """Who is listed on that day, and will not be within a week, unless something happens; the first to go first."""
    on = on or days.today()
    return _leaving([row for status in (Status.DUE, Status.GRACE) for row in _of_status(status, on)], on)


def _leaving(rows: list[dict[str, Any]], on: date) -> list[int]:
    last = {row['pk']: _last_day(row) for row in rows}
    soon = [key for key, day in last.items() if day < on + LEAVING_WITHIN]
    return sorted(soon, key=lambda key: last[key])


def _last_day(row: dict[str, Any]) -> date:
    """On which it is listed still: of one that is due with its days of grace, if any are to come."""
    last: date = row['grace_until']
    if row['status'] == Status.DUE:
        until = row['cover_until']
        in_grace = max(until + timedelta(days=row['category__grace_days']), row['held_until'] or until)
        last = min(in_grace, row['ended_on'] or in_grace)
    return last


def _of_status(status: Status, on: date) -> list[dict[str, Any]]:
    day, _ = STATUSES[status]
    rows: Any = Membership.objects.in_status(status, on).order_by(day, 'number')
    return list(rows.values('pk', 'status', *FACTS)[: leafing.REACH + 1])


def _in_words(keys: list[int], on: date) -> dict[int, Any]:
    rows: Any = Membership.objects.with_status(on).select_related('person', 'organisation')
    return rows.in_bulk(keys)


def _membership(row: Any) -> WaitingRow:
    return WaitingRow(str(row.holder), page_of('membership', row.pk), row.sentence)
