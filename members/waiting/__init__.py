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
    it. What is shown of the first of all is one more. Whose days of grace run out within a week come first of those
    in grace."""
    found = {status: _of_status(status, on, day) for status, (day, _) in STATUSES.items()}
    shown = _in_words([key for rows in found.values() for key, _ in rows[:named]], on)

    def waiting(status: Status, words: str, rows: list[tuple[int, date]]) -> Waiting:
        first = [_membership(shown[key]) for key, _ in rows[:named] if key in shown]
        many = leafing.how_many(len(rows))
        return Waiting(words, len(rows), many, first, list_of('membership', status=status.value))

    due, grace, awaiting = (waiting(status, words, found[status]) for status, (_, words) in STATUSES.items())
    soon = [(key, until) for key, until in found[Status.GRACE] if until < on + LEAVING_WITHIN]
    return [due, grace, waiting(Status.GRACE, 'leave the public page within a week', soon), awaiting]


def _of_status(status: Status, on: date, day: str) -> list[tuple[int, date]]:
    rows: Any = Membership.objects.in_status(status, on).order_by(day, 'number')
    return list(rows.values_list('pk', day)[: leafing.REACH + 1])


def _in_words(keys: list[int], on: date) -> dict[int, Any]:
    rows: Any = Membership.objects.with_status(on).select_related('person', 'organisation')
    return rows.in_bulk(keys)


def _membership(row: Any) -> WaitingRow:
    return WaitingRow(str(row.holder), page_of('membership', row.pk), row.sentence)
