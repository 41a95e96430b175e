"""Two memberships that go on, where two holders are one: staff choose, and the other ends that day, as it stands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from members import leaving
from members.models import Membership, Seat
from ukis import days
from ukis.merging import MergeChoice, MergePair


def running(pair: MergePair) -> list[Any]:
    """Those that go on today, if both have one; the kept one's first."""
    holder = holder_of(pair)
    rows: Any = Membership.objects.with_status().select_related('category')
    held = {f'{holder}__in': [pair.kept.pk, pair.gone.pk]}
    found = list(rows.filter(**held).running_between(days.today(), None))
    found.sort(key=lambda row: (getattr(row, f'{holder}_id') != pair.kept.pk, row.number))
    return found if len({getattr(row, f'{holder}_id') for row in found}) > 1 else []


def choose(pair: MergePair) -> Iterator[MergeChoice]:
    rows = running(pair)
    if rows:
        options = [
            (
                str(row.pk),
                f'Number {row.number}, {row.category}, since {days.in_words(row.joined_on)}. {row.sentence}',
            )
            for row in rows
        ]
        question = 'Each has a membership that is open. Which one goes on?'
        help_text = (
            'The other ends today. Its terms, invoices and payments stay as they are; its people come along.'
        )
        yield MergeChoice('membership', question, options, '', help_text)


def end_others(pair: MergePair) -> None:
    rows = running(pair)
    goes_on = next((row for row in rows if str(row.pk) == pair.answers.get('membership')), None)
    for row in rows:
        if goes_on is not None and row.pk != goes_on.pk:
            on = max(days.today(), row.joined_on)
            leaving.end(row, by=pair.by, on=on, why=f'Here twice: membership {goes_on.number} goes on')
            _bring_people(row, goes_on)
    _let_stand_beside(pair, goes_on.pk if goes_on else 0)


def _let_stand_beside(pair: MergePair, goes_on: int) -> None:
    """What ran at one time under two entries did so, and stays in the books."""
    both = [
        Membership.objects.filter(**{holder_of(pair): row.pk}, beside=False) for row in (pair.kept, pair.gone)
    ]
    mine, others = (list(rows) for rows in both)
    for other in others:
        for row in mine:
            if _meet(row, other) and (row.ended_on or other.ended_on):
                second = row if other.pk == goes_on or other.ended_on is None else other
                Membership.objects.filter(pk=second.pk).update(beside=True)


def _meet(one: Membership, other: Membership) -> bool:
    return one.joined_on <= (other.ended_on or date.max) and other.joined_on <= (one.ended_on or date.max)


def holder_of(pair: MergePair) -> str:
    return str(pair.kept._meta.model_name)


def _bring_people(row: Membership, goes_on: Membership) -> None:
    """Nobody loses their place by it: each has one in the other now, beyond its cap if need be."""
    there = goes_on.seats.taken()
    people = set(there.values_list('person', flat=True))
    addresses = set(goes_on.seats.exclude(address='').values_list('address', flat=True))
    asked = set(goes_on.seats.asked_for().values_list('person', flat=True))
    for seat in [*row.seats.taken(), *row.seats.asked_for()]:
        held = people | asked if seat.state == Seat.State.ASKED else people
        if seat.person_id in held or (seat.person_id is None and seat.address in addresses):
            continue  # it ends with its membership
        seat.membership = goes_on
        if seat.address in addresses:  # of another row there, of which something else came
            seat.address = ''
        seat.save(update_fields=['membership', 'address'])
