"""What every way to a place shares: the membership is held first, and read again is what hangs on it."""

from django.db.models import F
from django.utils import timezone

from members import contacts, letters
from members.models import Membership, Organisation, Person, Seat
from members.places import seats
from ukis import days, history
from ukis.refusals import NotNow

State = Seat.State


def held(membership: Membership, by: Person | None, *, running: bool = True) -> Membership:
    row = Membership.objects.locked(membership.pk)
    if row.organisation is None:
        raise NotNow('Only an organisation’s membership has places.')
    contacts.check(by, row.organisation, 'keeps_people')
    if running:
        refuse_over(row, giving=True)
    return row


def again(seat: Seat) -> Seat:
    """As it stands now that the membership is held. NotNow where it came along into another, which is not."""
    now = Seat.objects.select_related('person', 'invited_by').get(pk=seat.pk)
    if now.membership_id != seat.membership_id:
        raise NotNow(seats.MOVED)
    return now


def take(seat: Seat, person: Person, row: Membership, noted_by: Person | None = None) -> None:
    refuse_gone(person)
    seat.person, seat.state, seat.since, seat.until = person, State.ACTIVE, days.today(), None
    seat.save()
    seats.settle(Seat.objects.filter(person=person))
    row.seats.asked_for().filter(person=person).exclude(pk=seat.pk).update(state=State.WITHDRAWN)
    way = seat.get_came_display()
    history.note(row, by=noted_by or person, lines=[f'Place taken: {person}, {way}'])


def refuse_gone(person: Person) -> None:
    """Held to the end, and asked again: their account may have been made one with another, or closed, just now."""
    row = Person.objects.filter(pk=person.pk).order_by().select_for_update(no_key=True)
    merged, active = row.values_list('merged_into', 'is_active').get()
    if merged is not None:
        raise NotNow('This account was made one with another of yours. Sign in again, and answer there.')
    if not active:
        raise NotNow('This account is closed. Nothing was changed.')


def refuse_second(row: Membership, person: Person, who_has: str = 'You have') -> None:
    """Also where the place that they have begins on a day to come."""
    has = row.seats.taken().filter(person=person).order_by('since').first()
    if has is not None:
        begins = f', from {days.in_words(has.since)}' if has.since > days.today() else ''
        raise NotNow(f'{who_has} a place here already{begins}.')


def refuse_over(row: Membership, *, giving: bool = False) -> None:
    """On its last day what was offered can still be taken, and nothing new be given."""
    today = days.today()
    if row.ended_on and row.ended_on < today:
        raise NotNow(f'The membership of {row.holder} ended on {days.in_words(row.ended_on)}.')
    if giving and row.ended_on == today:
        raise NotNow(f'The membership of {row.holder} ends today: no more places are given in it.')


def refuse_full(row: Membership) -> None:
    use = seats.use(row)
    if not use.left:
        raise NotNow(
            f'No place is left: {use}. End a place or withdraw an invitation, or write to the office for more.'
        )


def already(seat: Seat) -> str:
    said = {
        State.ACTIVE: f'{seat.who} has taken the place.',
        State.ENDED: 'The place has been ended.',
        State.REFUSED: 'The answer was no.',
        State.WITHDRAWN: 'The invitation was withdrawn.',
        State.ASKED: 'This place was asked for, and waits for the main contact.',
    }
    if seat.is_expired and seat.holds_until:
        return f'The invitation held until {days.in_words(seat.holds_until)}.'
    return said.get(State(seat.state), 'The invitation waits for an answer.')


def page(row: Membership) -> str:
    return letters.address_of('contacts', row.organisation_id)


def occasion(seat: Seat) -> str:
    return f'seat {seat.pk} {timezone.now().isoformat()}'


def open_places(organisation: Organisation) -> Membership | None:
    """The membership in which places are given today; not one that ends where another goes on."""
    running = organisation.memberships.running_between(days.today(), days.today())
    return running.order_by(F('ended_on').desc(nulls_first=True), 'number').first()
