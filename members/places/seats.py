"""Seats: people's places in an organisation's membership. What a place gives is derived from the membership."""

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from members import judging, letters, places
from members.judging import Problem
from members.letters import recipients
from members.models import Domain, ExtraSeats, Membership, Person, Seat, Term
from ukis import days, history
from ukis import letters as outbox
from ukis.letters.models import SuppressedAddress
from ukis.refusals import NotNow

NOTED = ('person', 'state', 'since', 'until')
MOVED = 'This place came along into another membership just now, when two entries were merged. Open the page once more.'


@dataclass(frozen=True)
class Use:
    used: int
    cap: int

    @property
    def beyond(self) -> bool:
        return self.used > self.cap

    @property
    def left(self) -> int:
        return max(0, self.cap - self.used)

    def __str__(self) -> str:
        return f'{self.used} of {self.cap} used'


def use(membership: Membership, on: date | None = None) -> Use:
    """How many of a membership's seats are taken: active and invited, not those that ended."""
    on = on or days.today()
    return Use(used=membership.seats.taken(on).count(), cap=_cap(membership, on))


def _cap(membership: Membership, on: date) -> int:
    return with_cap(Membership.objects.filter(pk=membership.pk), on).get().cap


def with_cap(memberships: QuerySet[Membership], on: date) -> Any:
    """Each with its `cap`: what the term of the day gives, and what was taken beside it; between terms the last one's,
    and before any the category's."""
    begun = Term.objects.filter(membership=OuterRef('pk'), start__lte=on).exclude(payment=Term.Payment.VOID)
    more = ExtraSeats.objects.counting(on).filter(term=OuterRef('pk')).order_by().values('term')
    beside = Coalesce(Subquery(more.annotate(sum=Sum('number')).values('sum')), 0)
    given = begun.annotate(given=F('seats') + beside).order_by('-start').values('given')[:1]
    return memberships.annotate(
        cap=Coalesce(Subquery(given), F('category__seats'), output_field=IntegerField())
    )


def given_by(term: Term, on: date | None = None) -> int:
    """With what was taken beside its own in the middle of it."""
    return term.seats + term.extra_seats.counting(on).in_all()


def give(
    membership: Membership,
    *,
    by: Person | None,
    person: Person,
    since: date | None = None,
    until: date | None = None,
) -> Seat:
    seat = Seat(person=person, since=since or days.today(), until=until)
    keep_seats(membership, by=by, seats=[seat])
    return seat


def end(seat: Seat, *, by: Person | None, on: date | None = None) -> Seat:
    """From the day after `on` it gives nothing more; by default that is today already."""
    last = on or max(seat.since, days.today() - timedelta(days=1))
    seat.state, seat.until = Seat.State.ENDED, last
    keep_seats(seat.membership, by=by, seats=[seat])
    return seat


def tell_of_its_end(before: Seat | None, seat: Seat, by: Person | None) -> None:
    """Who has it is told when it ends, also on a day to come, when that day moves, and when it goes on after all."""
    if before is None or before.state != Seat.State.ACTIVE:
        return
    if seat.until == before.until and seat.state == before.state:
        return
    _tell_of_end(seat, by)


def _tell_of_end(seat: Seat, by: Person | None) -> None:
    kind = 'seat_stays' if seat.until is None else 'seat_ended'
    who = recipients.of_person(seat.person)
    letters.tell(kind, who, seat.membership, key=f'seat {seat.pk} {seat.until}', by=by, seat=seat)


def tell_whose_it_is(before: Seat | None, seat: Seat, by: Person | None) -> None:
    """The same, and who is given one by hand: what it gives, and how to be rid of it."""
    is_theirs = before is not None and before.person_id == seat.person_id
    if before and is_theirs and before.state == Seat.State.ENDED and seat.state == Seat.State.ACTIVE:
        _tell_of_end(seat, by)  # and not over, after all
    elif is_theirs and before and before.state == Seat.State.ACTIVE:
        tell_of_its_end(before, seat, by)
    else:
        if before and before.state == Seat.State.ACTIVE and not before.is_over:
            gone = copy.copy(before)
            gone.state, gone.until = Seat.State.ENDED, max(gone.since, days.day_before(days.today()))
            _tell_of_end(gone, by)
        _tell_of_its_start(seat, by)


def _tell_of_its_start(seat: Seat, by: Person | None) -> None:
    row = seat.membership
    if seat.state != Seat.State.ACTIVE or seat.is_over or row.ends_before(max(seat.since, days.today())):
        return
    who, key = recipients.of_person(seat.person), f'seat {seat.pk} from {seat.since}'
    ahead = seat.since > days.today()
    letters.tell('seat_given', who, row, key=key, by=by, seat=seat, ahead=ahead, gives=places.gives(row))


@transaction.atomic
def keep_seats(
    membership: Membership,
    *,
    by: Person | None,
    seats: Iterable[Seat],
    tells: Callable[[Seat | None, Seat, Person | None], None] = tell_of_its_end,
) -> None:
    """Takes new and changed seats together, judged with those that stay. More than the cap is staff's to decide.
    `tells` whoever has one how it was, if it was, and how it is."""
    row = Membership.objects.locked(membership.pk)
    given = list(seats)
    for seat in given:
        seat.membership = row
        if seat.state == Seat.State.ENDED and seat.until is None:
            seat.until = max(seat.since, days.today())
        judging.check(seat, judged_together=['person'])
    stored = {seat.pk: seat for seat in row.seats.select_related('person')}
    kept = {seat.pk for seat in given if seat.pk}
    if not kept <= stored.keys():
        raise NotNow(MOVED)
    judging.refuse(problems(row, [*given, *(seat for pk, seat in stored.items() if pk not in kept)]))
    lines = []
    # Those that end make room first: the database allows one open seat a person.
    for seat in sorted(given, key=lambda seat: seat.is_taken and seat.until is None):
        before = stored.get(seat.pk)
        lines += _lines(before, seat)
        seat.save()
        if seat.state == Seat.State.ACTIVE and not seat.is_over:
            settle(Seat.objects.filter(person=seat.person))
        tells(before, seat, by)
        if before and before.state == Seat.State.ACTIVE and seat.state == Seat.State.ENDED:
            _disown(seat, by)
    history.note(row, by=by, lines=lines)


def settle(theirs: QuerySet[Seat]) -> None:
    """Somebody for whom nothing followed has a place, or wants none: staff need not look any more."""
    theirs.filter(left_over=True).update(left_over=False)


def _disown(seat: Seat, by: Person | None) -> None:
    """A contact ended somebody else's place: addresses in the organisation's domains may be another's soon."""
    if by is None or by.is_staff or by.pk == seat.person_id:
        return
    names = set(
        Domain.objects.filter(
            organisation=seat.membership.organisation_id, confirmed_at__isnull=False
        ).values_list('name', flat=True)
    )
    theirs = EmailAddress.objects.filter(user=seat.person, verified=True).values_list('email', flat=True)
    for address in theirs:
        if address.rpartition('@')[2].lower() in names:
            why = f'{seat.membership.organisation} ended this place, and the address is in its domain.'
            outbox.suppress(address, SuppressedAddress.Cause.DISOWNED, why)


def problems(membership: Membership, seats: Iterable[Seat]) -> Iterator[Problem]:
    """What forbids these, all the seats of one membership as they are to be."""
    seen: dict[int, list[Seat]] = {}
    for seat in seats:
        if membership.person_id:
            yield Problem('person', 'Only an organisation’s membership has places.', (seat,))
        if seat.person_id is None:
            if not seat.address or seat.state in (Seat.State.ACTIVE, Seat.State.ENDED):
                yield Problem('person', 'Say whose place it is.', (seat,))
            continue
        if not seat.is_taken:
            continue
        if not seat.pk and (ended := membership.ended_on) and seat.since >= ended <= days.today():
            yield Problem(
                'person', f'The membership ended on {days.in_words(ended)}: no place is given in it.', (seat,)
            )
        others = seen.setdefault(seat.person_id, [])
        if met := next(filter(seat.meets, others), None):
            sentence = (
                f'{seat.person} has a place here at that time already. End that one, or leave this one out.'
            )
            yield Problem('person', sentence, (seat, met))
        others.append(seat)


def _lines(before: Seat | None, seat: Seat) -> list[str]:
    if before is None:
        until = f' until {days.in_words(seat.until)}' if seat.until else ''
        return [f'Place added: {seat.who}, {seat.state} from {days.in_words(seat.since)}{until}']
    return [f'Place of {before.who}: {change}' for change in history.changes(before, seat, NOTED)]
