"""How a membership ends, and how it is suspended for a while. A suspension is ended, never deleted."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from members import contacts, joining, judging, letters
from members.letters import recipients
from members.models import Membership, Override, Person
from ukis import days, history
from ukis.refusals import NotAllowed

NOTED = ('reason', 'start', 'until')


def end(membership: Membership, *, by: Person | None, on: date | None = None, why: str = '') -> Membership:
    """Its last day; one that is to come leaves it running until then, as due."""
    return joining.correct(membership, by=by, ended_on=on or days.today(), ended_why=why)


@transaction.atomic
def resign(membership: Membership, *, by: Person, at_the_end: bool, why: str = '') -> Membership:
    """Somebody ends the membership of their own, or as main contact that of an organisation: today, or, `at_the_end`,
    with the last day that is covered. They have it in writing, with all who hold an office there, and the Society's
    office hears of it. Pressed twice it is once."""
    rows: Any = Membership.objects.with_status().select_related('organisation')
    row = rows.get(pk=Membership.objects.locked(membership.pk).pk)
    if row.organisation is not None:
        contacts.check(by, row.organisation, 'keeps_people')
    elif row.person_id != by.pk:
        raise NotAllowed('Somebody ends the membership of their own alone.')
    on = row.cover_until if at_the_end and row.cover_until else days.today()
    on = max(on, row.joined_on)  # one that has not begun ends with its first day
    if row.ended_on is not None and row.ended_on <= on:
        return row
    ended = end(membership, by=by, on=on, why=why.strip()[:200] or 'Resigned')
    page = letters.address_of('admin:members_membership_change', row.pk)
    theirs = recipients.of_offices(ended) if row.organisation else recipients.of_person(by)
    to = {one.key: one for one in [*theirs, *recipients.staff()]}
    letters.tell(
        'resigned', to.values(), ended, key=f'resigned {row.pk} {on}', by=by, page=page, why=why.strip()
    )
    return ended


def go_on(membership: Membership, *, by: Person | None) -> Membership:
    """Takes back an end that is to come."""
    return joining.correct(membership, by=by, ended_on=None, ended_why='')


def suspend(
    membership: Membership,
    *,
    by: Person | None,
    reason: str,
    start: date | None = None,
    until: date | None = None,
) -> Override:
    suspension = Override(reason=reason, start=start or days.today(), until=until)
    keep_suspensions(membership, by=by, suspensions=[suspension])
    return suspension


def lift(suspension: Override, *, by: Person | None) -> Override:
    """Ends it with yesterday; one that began today, with today."""
    suspension.until = max(suspension.start, days.today() - timedelta(days=1))
    keep_suspensions(suspension.membership, by=by, suspensions=[suspension])
    return suspension


@transaction.atomic
def keep_suspensions(membership: Membership, *, by: Person | None, suspensions: Iterable[Override]) -> None:
    """Takes new and changed suspensions together; who put one in stands in it."""
    row = Membership.objects.locked(membership.pk)
    stored = {suspension.pk: suspension for suspension in row.overrides.all()}
    lines = []
    for suspension in suspensions:
        suspension.membership = row
        before = stored.get(suspension.pk)
        if before is None:
            suspension.by = by
        judging.check(suspension)
        lines += _lines(before, suspension)
        suspension.save()
    history.note(row, by=by, lines=lines)


def _lines(before: Override | None, suspension: Override) -> list[str]:
    if before is None:
        until = f' until {days.in_words(suspension.until)}' if suspension.until else ''
        start = days.in_words(suspension.start)
        return [f'Suspended from {start}{until}: {suspension.reason}']
    span = f'Suspension from {days.in_words(before.start)}'
    return [f'{span}: {change}' for change in history.changes(before, suspension, NOTED)]
