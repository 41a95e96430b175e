"""A place that somebody asks for: by an address in the organisation's domain, or because they wanted to join with it.
Nobody is enrolled by their address, and a main contact says yes unless the organisation chose otherwise."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from members import letters, places
from members.letters import recipients
from members.models import Membership, Person, Seat
from members.places import placing, seats
from members.places.inviting import tell_inviter
from ukis import days, history
from ukis.engine import hold
from ukis.refusals import NotNow

State = Seat.State
AT_ONCE = 200


@transaction.atomic
def join(membership: Membership, *, by: Person, automatic: bool) -> Seat:
    """By an address in the organisation's domain: at once where the organisation chose so and has a seat left, else
    a main contact is asked. An invitation that waits for one of their addresses is the place they take."""
    row = Membership.objects.locked(membership.pk)
    placing.refuse_over(row, giving=True)
    placing.refuse_second(row, by)
    addresses = EmailAddress.objects.filter(user=by, verified=True).values_list('email', flat=True)
    invited = row.seats.taken().filter(state=State.INVITED, address__in=[one.lower() for one in addresses])
    if waiting := invited.first():
        placing.take(waiting, by, row)
        tell_inviter('seat_taken', waiting, row)
        return waiting
    if row.seats.asked_for().filter(person=by).exists():
        raise NotNow('You have asked for a place here already. The main contact will answer.')
    seat = Seat(membership=row, person=by, came=Seat.Way.DOMAIN)
    if automatic and seats.use(row).left:
        placing.take(seat, by, row)
        kind, who = 'seat_joined', recipients.of_membership(row)
    else:
        seat.state = State.ASKED
        seat.save()
        kind, who = 'seat_wanted', recipients.of_main(row)
    key = f'seat {seat.pk} {timezone.now().isoformat()}'
    letters.tell(kind, who, row, key=key, seat=seat, page=placing.page(row))
    return seat


@transaction.atomic
def ask(membership: Membership, *, by: Person) -> Seat:
    """Somebody wanted to join with an organisation that is a member already: its main contact decides. Whoever calls
    this tells them."""
    row = Membership.objects.locked(membership.pk)
    placing.refuse_over(row, giving=True)
    placing.refuse_second(row, by)
    asked = row.seats.asked_for().filter(person=by).first()
    if asked is None:
        asked = Seat.objects.create(membership=row, person=by, came=Seat.Way.ASKED, state=State.ASKED)
    return asked


@transaction.atomic
def approve(seat: Seat, *, by: Person | None) -> Seat:
    """A main contact says yes to whoever asked."""
    row = placing.held(seat.membership, by)
    seat = placing.again(seat)
    if seat.state != State.ASKED or seat.person is None:
        raise NotNow(placing.already(seat))
    placing.refuse_second(row, seat.person, f'{seat.who} has')
    placing.refuse_full(row)
    placing.take(seat, seat.person, row, noted_by=by)
    letters.tell(
        'seat_approved',
        recipients.of_person(seat.person),
        row,
        key=placing.occasion(seat),
        by=by,
        gives=places.gives(row),
    )
    return seat


@transaction.atomic
def decline(seat: Seat, *, by: Person | None) -> Seat:
    """A main contact says no to whoever asked."""
    row = placing.held(seat.membership, by, running=False)
    seat = placing.again(seat)
    if seat.state != State.ASKED:
        raise NotNow(placing.already(seat))
    seat.state = State.REFUSED
    seat.save(update_fields=['state'])
    history.note(row, by=by, lines=[f'Place not given: {seat.who}'])
    letters.tell(
        'seat_declined', recipients.of_person(seat.person), row, key=placing.occasion(seat), by=by, seat=seat
    )
    return seat


def end_unanswered(now: datetime) -> None:
    """By the clock: a question that nobody answered goes along into the organisation's next membership, or ends with
    the one in which it was asked. It does not come back with that: whoever asked was told, and asks again if they
    still wish to."""
    over = Seat.objects.asked_for().filter(membership__ended_on__lt=days.london_day(now))
    for seat in over.select_related('membership__organisation').order_by('pk')[:AT_ONCE]:
        _outlive(seat)


@transaction.atomic
def _outlive(seat: Seat) -> None:
    organisation = seat.membership.organisation
    assert organisation is not None
    place = placing.open_places(organisation)
    hold(Membership.objects, {seat.membership_id, place.pk if place else None})
    seat = Seat.objects.select_related('person', 'membership__organisation').get(pk=seat.pk)
    row = seat.membership
    if seat.state != State.ASKED or row.ended_on is None or row.ended_on >= days.today():
        return  # answered, or running again, meanwhile
    if place is not None:
        has = place.seats.taken() | place.seats.asked_for()
        if not has.filter(person=seat.person).exists():
            seat.membership = place
            seat.save(update_fields=['membership'])
            history.note(place, by=None, lines=[f'A place is asked for: {seat.who}'])
            return
    seat.state = State.WITHDRAWN
    seat.save(update_fields=['state'])
    history.note(row, by=None, lines=[f'Not answered before the end: {seat.who} asked for a place'])
    if place is None:
        who, followed = (
            recipients.of_person(seat.person),
            organisation.successions.select_related('successor'),
        )
        letters.tell('seat_unanswered', who, row, key=placing.occasion(seat), followed=followed)
