"""Who stays where the next term has fewer places than people: the main contact says; in the end those who have had
their place longest. Nobody loses one unheard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from members import contacts, letters
from members.letters import recipients
from members.models import ExtraSeats, Membership, Office, Person, Seat, Term
from members.places import placing, seats
from ukis import days, history
from ukis.letters.models import Letter
from ukis.refusals import NotNow

AHEAD = timedelta(days=60)
# The main contact has at least so long to choose.
TO_CHOOSE = timedelta(days=14)


@dataclass(frozen=True)
class FewerPlaces:
    """A term with fewer places than the one before it and than people who have one; `people`, those who stay where
    nobody chooses first."""

    term: Term
    cap: int
    people: list[Seat]
    # Whoever stays is there on this day: the term's first, or today where it has begun.
    day: date

    @property
    def staying(self) -> set[int]:
        """Whoever was chosen; of more than there are places, those whom time chooses."""
        chosen = [seat.pk for seat in self.people if not self.goes(seat)]
        return set(chosen[: self.cap])

    @property
    def is_chosen(self) -> bool:
        return sum(not self.goes(seat) for seat in self.people) <= self.cap

    def goes(self, seat: Seat) -> bool:
        return seat.until is not None and seat.until < self.day


def fewer_places(membership: Membership, on: date | None = None) -> FewerPlaces | None:
    """Of a membership's next term, or of one that has begun with too many people; None where all have room."""
    on = on or days.today()
    if membership.organisation_id is None:
        return None
    term = _smaller_terms(on).filter(membership=membership).first()
    return _fewer(term, on) if term else None


def _smaller_terms(on: date) -> QuerySet[Term]:
    """Terms near their beginning, each with fewer places than the one before."""
    before = Term.objects.exclude(payment=Term.Payment.VOID).filter(
        membership=OuterRef('membership'), end__lt=OuterRef('start')
    )
    near = Term.objects.filter(start__range=(on - AHEAD, on + AHEAD), membership__organisation__isnull=False)
    rows = near.exclude(payment=Term.Payment.VOID).order_by('-start')
    more = ExtraSeats.objects.filter(term__membership=OuterRef('membership'))
    had = rows.annotate(had=Subquery(before.order_by('-end').values('seats')[:1]))
    return had.filter(Q(had__gt=F('seats')) | Q(Exists(more), had__isnull=False), membership__ended_on=None)


def _fewer(term: Term, on: date) -> FewerPlaces | None:
    cap = seats.given_by(term, on)
    before = term.membership.terms.filter(end__lt=term.start).exclude(payment=Term.Payment.VOID)
    last = before.order_by('-end').first()
    if last is None or seats.given_by(last, last.end) <= cap:
        return None
    day = max(term.start, on)
    people = _by_time(term, day)
    return FewerPlaces(term, cap, people, day) if len(people) > cap else None


def _by_time(term: Term, day: date) -> list[Seat]:
    """Everybody with a place on the day before: the main contacts first, then by how long."""
    active = Seat.objects.filter(membership=term.membership_id, state=Seat.State.ACTIVE)
    there = active.not_over(day - timedelta(days=1)).select_related('person')
    main = set(
        Office.objects.current()
        .of_role(Office.Role.MAIN)
        .filter(organisation=term.membership.organisation_id)
        .values_list('person', flat=True)
    )
    return sorted(there, key=lambda seat: (seat.person_id not in main, seat.since, seat.pk))


@transaction.atomic
def choose(membership: Membership, *, by: Person | None, stay: Collection[int]) -> FewerPlaces:
    """These seats stay, all others end with the day before the term. Can be chosen anew until then. Whoever is to go,
    or is to stay after all, is told. NotNow where more are to stay than there are places."""
    row = Membership.objects.locked(membership.pk)
    if row.organisation is None:
        raise NotNow('Only an organisation’s membership has places for people.')
    contacts.check(by, row.organisation, 'keeps_people')
    found = fewer_places(row)
    if found is None:
        raise NotNow('Everybody has room: nobody need go.')
    kept = [seat for seat in found.people if seat.pk in set(stay)]
    if len(kept) > found.cap:
        raise NotNow(f'Choose {found.cap} at most: there are no more places from {_day(found.term.start)}.')
    _carry_out(row, found, {seat.pk for seat in kept}, by)
    return found


@transaction.atomic
def let_stay(seat: Seat, *, by: Person | None) -> Seat:
    """Whose place was to end on a day to come keeps it, where there came to be room after all."""
    row = placing.held(seat.membership, by)
    seat = placing.again(seat)
    if seat.is_over or seat.until is None:
        raise NotNow(f'The place of {seat.who} {"has ended already" if seat.is_over else "goes on already"}.')
    if found := fewer_places(row):
        there = 'is 1 place' if found.cap == 1 else f'are {found.cap} places'
        raise NotNow(f'Choose who stays: there {there} from {_day(found.term.start)}.')
    seat.until = None
    seats.keep_seats(row, by=by, seats=[seat])
    return seat


def _carry_out(row: Membership, found: FewerPlaces, stay: set[int], by: Person | None) -> None:
    last = found.day - timedelta(days=1)
    for seat in found.people:
        goes = found.goes(seat)
        if seat.pk in stay and goes:
            _set(row, seat, None, by, found, 'seat_stays')
        elif seat.pk not in stay and not goes:
            _set(row, seat, max(last, seat.since), by, found, 'seat_goes')


def _set(
    row: Membership, seat: Seat, until: date | None, by: Person | None, found: FewerPlaces, kind: str
) -> None:
    seat.until = until
    seat.save(update_fields=['until'])
    words = f'ends on {_day(until)}' if until else 'goes on after all'
    history.note(
        row, by=by, lines=[f'Place of {seat.who} {words}: fewer places from {_day(found.term.start)}']
    )
    letters.tell(
        kind,
        recipients.of_person(seat.person),
        row,
        key=f'seat {seat.pk} {kind} {found.term.pk} {until}',
        by=by,
        seat=seat,
        term=found.term,
        cap=found.cap,
    )


def see_to(now: datetime) -> None:
    """Main contacts are asked in time; where they do not choose, time does once the term has begun."""
    on = days.london_day(now)
    for term in list(_smaller_terms(on).select_related('membership')):
        with transaction.atomic():
            row = Membership.objects.locked(term.membership_id)
            found = fewer_places(row, on)
            if found is None or found.is_chosen:
                continue
            asked = _asked(row, found)
            if asked is None:
                _ask(row, found)
            elif found.term.start <= on and days.london_day(asked.queued_at) + TO_CHOOSE <= on:
                _carry_out(row, found, found.staying, None)


def _key(found: FewerPlaces) -> str:
    return f'fewer places {found.term.pk}'


def _asked(row: Membership, found: FewerPlaces) -> Letter | None:
    asked = Letter.objects.about(row).filter(kind='seats_too_many', key__startswith=f'{_key(found)} ')
    return asked.order_by('queued_at').first()


def _ask(row: Membership, found: FewerPlaces) -> None:
    letters.tell(
        'seats_too_many',
        recipients.of_membership(row),
        row,
        key=_key(found),
        term=found.term,
        cap=found.cap,
        people=len(found.people),
        chosen_by=max(found.term.start, days.today() + TO_CHOOSE),
        page=letters.address_of('seats_staying', row.organisation_id),
    )


def _day(day: date) -> str:
    return days.in_words(day)
