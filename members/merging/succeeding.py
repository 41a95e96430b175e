"""A real merger, or a split: both records stay. What was paid runs to its end, then its people are offered a place in
what followed, or placed by staff where that is more than one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from members import judging, leaving, letters
from members.letters import recipients
from members.merging import pointing
from members.models import Membership, Organisation, Person, Seat, Succession
from members.places import inviting, placing, seats
from ukis import days, history
from ukis.engine import hold
from ukis.refusals import NotNow

# For so long after the last day people are still looked for, however long the clock stood.
LOOKED_FOR = timedelta(days=60)


@transaction.atomic
def succeed(
    organisation: Organisation, *, by: Person, successors: Sequence[Organisation], since: date
) -> list[Succession]:
    """From the day `since` the organisation is part of another, or its work goes on in several."""
    pointing.lock_memberships(Q(organisation=organisation))
    rows = pointing.lock_both(Organisation, organisation, *successors)
    row, others = rows[organisation.pk], [rows[one.pk] for one in successors]
    for other in others:
        _refuse(row, other)
    if not others:
        raise NotNow('Say what followed.')
    made = [
        Succession.objects.update_or_create(organisation=row, successor=other, defaults={'since': since})[0]
        for other in others
    ]
    membership = row.memberships.running_between(days.today(), None).first()
    if membership and membership.ended_on is None:
        named = ' and '.join(other.name for other in others)
        why = judging.reason(f'From {days.in_words(since)} part of {named}'[:300])
        leaving.end(membership, by=by, on=last_day(membership, since), why=why)
    history.note(row, by=by, lines=[str(one) for one in made])
    return made


def last_day(membership: Membership, since: date) -> date:
    """What was paid runs to its end, and no day of the organisation's own is lost."""
    covered = membership.terms.aggregate(last=Max('cover_end'))['last']
    own = max(since - timedelta(days=1), membership.joined_on, days.today())
    return max(covered, own) if covered else own


def look_after_people(now: datetime) -> None:
    """Where such a membership has ended its people are told. Where one followed they are invited there, within its
    cap; for whom nothing follows so waits for staff."""
    today = days.london_day(now)
    ended = Membership.objects.filter(
        organisation__successions__isnull=False,
        ended_on__lt=today,
        ended_on__gt=today - LOOKED_FOR,
        seats__state=Seat.State.ACTIVE,
    )
    for key in list(ended.distinct().values_list('pk', flat=True)):
        _let_go(Membership.objects.get(pk=key))


@transaction.atomic
def _let_go(membership: Membership) -> None:
    followed = list(
        Succession.objects.filter(organisation=membership.organisation_id).select_related('successor')
    )
    place = placing.open_places(followed[0].successor) if len(followed) == 1 else None
    hold(Membership.objects, {membership.pk, place.pk if place else None})
    row = Membership.objects.locked(membership.pk)
    assert row.ended_on is not None
    held = list(row.seats.filter(state=Seat.State.ACTIVE).select_related('person').order_by('since', 'pk'))
    for seat in held:
        if place is not None:
            _offer(place, seat.person)
    nowhere = set(row.seats.placeless().values_list('pk', flat=True))
    # Whoever is invited waits for staff once the invitation has come to nothing.
    waiting = set(row.seats.placeless(though_invited=True).values_list('pk', flat=True))
    for seat in held:
        seat.state, seat.until = (
            Seat.State.ENDED,
            max(seat.since, min(seat.until or row.ended_on, row.ended_on)),
        )
        seat.left_over = seat.pk in waiting
    seats.keep_seats(row, by=None, seats=held, tells=partial(_tell, followed, place, nowhere))


def _offer(place: Membership, person: Any) -> None:
    """The longest-standing first; who finds no room hears so, and staff do."""
    if person.email and not place.seats.taken().filter(person=person).exists() and seats.use(place).left:
        try:
            inviting.invite(place, by=None, address=person.email)
        except NotNow:
            return


def _tell(
    followed: Sequence[Succession],
    place: Membership | None,
    nowhere: set[int],
    before: Seat | None,
    seat: Seat,
    by: Person | None,
) -> None:
    if seat.pk not in nowhere:
        seats.tell_of_its_end(before, seat, by)
        return
    who, key = recipients.of_person(seat.person), f'seat {seat.pk} {seat.until}'
    letters.tell('seat_left_over', who, seat.membership, key=key, seat=seat, followed=followed, place=place)


@transaction.atomic
def let_be(seat: Seat, *, by: Person) -> None:
    """Staff have seen to it: nothing more follows this place."""
    row = Membership.objects.locked(seat.membership_id)
    if row.seats.filter(pk=seat.pk, left_over=True).update(left_over=False):
        history.note(row, by=by, lines=[f'Nothing more follows the place of {seat.who}'])


def _refuse(row: Organisation, other: Organisation) -> None:
    if other.pk == row.pk:
        raise NotNow('Nothing is followed by itself. Choose another organisation.')
    if row.merged_into_id or other.merged_into_id:
        raise NotNow('One of these entries was merged into another. Choose that one.')
    seen, after = set(), {other.pk}
    while after:
        if row.pk in after:
            raise NotNow(f'{other} was itself followed by {row}. Take that away first, if it is wrong.')
        seen |= after
        after = (
            set(Succession.objects.filter(organisation__in=after).values_list('successor', flat=True)) - seen
        )
