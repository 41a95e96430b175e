"""How a membership begins, and how staff put right what it says of itself."""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models, transaction

from members import judging
from members.judging import Problem
from members.models import Category, Membership, Organisation, Person
from members.money import extra_seats, numbering, payments, up_front
from ukis import days, history

Holder = Person | Organisation
FACTS = ('category', 'number', 'joined_on', 'ended_on', 'ended_why')
FIRST_NUMBER = 1001


@transaction.atomic
def admit(
    holder: Holder,
    *,
    by: Person | None,
    category: Category,
    joined_on: date | None = None,
    number: int | None = None,
) -> Membership:
    """A membership without a term as yet. NotNow where the holder has one that runs beside it."""
    membership = Membership(
        category=category, joined_on=joined_on or days.today(), number=number or 0, **_held_by(holder)
    )
    return begin(membership, by=by)


@transaction.atomic
def begin(membership: Membership, *, by: Person | None) -> Membership:
    """The same for a membership that was put together already, by a form."""
    lock_holder(membership)
    judging.refuse(problems(membership))
    _wait_for_numbers()
    membership.number = membership.number or _next_number()
    judging.check(membership)
    membership.save(force_insert=True)
    lines = [f'Admitted as {membership.category}, number {membership.number}']
    if membership.ended_on:
        lines.append(f'Ends on {days.in_words(membership.ended_on)}')
    history.note(membership, by=by, lines=lines, added=True)
    return membership


@transaction.atomic
def correct(membership: Membership, *, by: Person | None, **facts: Any) -> Membership:
    """Puts facts right that are none of terms, seats or suspensions: those named in FACTS."""
    unknown = set(facts) - set(FACTS)
    assert not unknown, unknown
    row = Membership.objects.locked(membership.pk)
    before = copy.copy(row)
    for name, value in facts.items():
        setattr(row, name, value)
    lock_holder(row)
    if 'number' in facts:
        _wait_for_numbers()
    judging.refuse(problems(row))
    judging.check(row)
    row.save(update_fields=list(facts))
    history.note(row, by=by, lines=history.changes(before, row, facts))
    if row.category_id != before.category_id:
        extra_seats.offer_anew(row, by=by)
    if 'ended_on' in facts:
        up_front.credit_beyond(row)
        payments.follow_waiting(row)
    return row


def lock_holder(membership: Membership) -> None:
    """Whoever holds it, held themselves: two memberships of one holder are begun or moved one after the other."""
    rows: Any = Organisation.objects if membership.organisation_id else Person.objects
    key = membership.organisation_id or membership.person_id
    list(rows.filter(pk=key).order_by().select_for_update(no_key=True).values_list('pk'))


def problems(membership: Membership) -> Iterator[Problem]:
    """What forbids this membership as it stands in memory, among the others of its holder."""
    category = membership.category
    if category.is_for_people != (membership.person_id is not None):
        wanted = 'a person' if membership.person_id else 'an organisation'
        yield Problem(
            'category', f'“{category}” is for {category.get_holders_display()}. Choose one for {wanted}.'
        )
    end = membership.ended_on
    if end and end < membership.joined_on:
        joined = days.in_words(membership.joined_on)
        yield Problem('ended_on', f'The end stands before the day of joining, {joined}.')
        return
    beside = Membership.objects.of_holder_of(membership).running_between(membership.joined_on, end).first()
    if beside and not membership.beside:
        follows = beside.joined_on > membership.joined_on
        yield Problem('ended_on' if follows else 'joined_on', _beside(beside, membership))


def _beside(other: Membership, membership: Membership) -> str:
    if other.ended_on and other.joined_on <= membership.joined_on:
        last = days.in_words(other.ended_on)
        return f'{other.holder} has membership {other.number} until {last}. Another can start the day after.'
    if other.joined_on > membership.joined_on:
        first = days.in_words(other.joined_on)
        return (
            f'{other.holder} has membership {other.number} from {first}. This one has to end before that day.'
        )
    return f'{other.holder} has membership {other.number}, which is open. End that one first.'


def _held_by(holder: Holder) -> dict[str, Any]:
    return {'person': holder} if isinstance(holder, Person) else {'organisation': holder}


def _wait_for_numbers() -> None:
    """Numbers have no twins: whoever draws or sets one waits until the one before them is done."""
    list(Category.objects.order_by('pk').select_for_update(no_key=True).values_list('pk'))


def _next_number() -> int:
    highest = Membership.objects.aggregate(highest=models.Max('number'))['highest']
    return numbering.telling_from((highest or FIRST_NUMBER - 1) + 1)
