"""Seats by invitation, and by asking. An open invitation is a seat already: taking it takes no second one, and its
last day frees it by itself. Each verb holds the membership first, so that nobody meets anybody at its cap."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from members import letters, places
from members.letters import recipients
from members.models import Membership, Person, Seat
from members.places import placing, seats
from ukis import days, history
from ukis import letters as outbox
from ukis.letters import unreachable
from ukis.letters.models import PrivateLink
from ukis.refusals import NotAllowed, NotNow

State = Seat.State
HOLDS = timedelta(days=21)
# How long a link still answers with a sentence after its invitation is over.
ANSWERS = timedelta(days=90)
PURPOSE, REPLACED = 'seat', 'seat_replaced'
# To an address that does not answer no more than so many letters go in so long a time.
MOST_LETTERS, IN = 2, timedelta(days=60)
HAS_ACCOUNT = 'There is an account under this address. Sign in with it to answer.'


@transaction.atomic
def invite(membership: Membership, *, by: Person | None, address: str) -> Seat:
    """A letter with a private link to an address that has no place here. One row for each address: what became of
    an earlier invitation gives way."""
    row = placing.held(membership, by)
    address = _written(address)
    seat = row.seats.filter(address=address).first()
    if seat and seat.is_open_invitation:
        until = days.in_words(seat.holds_until) if seat.holds_until else ''
        raise NotNow(f'{address} has been invited already, and can answer until {until}.')
    owner = _owner(address)
    if owner:
        placing.refuse_second(row, owner, f'Whoever has the address {address} has')
    if seat and seat.person_id:  # of a place that came by this address and has ended: it stays as it was
        Seat.objects.filter(pk=seat.pk).update(address='')
        seat = None
    return _send(seat or Seat(membership=row, address=address), row, by)


@transaction.atomic
def invite_again(seat: Seat, *, by: Person | None) -> Seat:
    """The same row with a new last day and a new letter; the link of the earlier letter works no more."""
    row = placing.held(seat.membership, by)
    seat = placing.again(seat)
    if seat.person_id:
        raise NotNow(f'{seat.who} has taken the place meanwhile.')
    return _send(seat, row, by)


@transaction.atomic
def withdraw(seat: Seat, *, by: Person | None) -> Seat:
    """The seat is free at once. A letter that has not left does not; who has one reads that it was withdrawn."""
    row = placing.held(seat.membership, by, running=False)
    seat = placing.again(seat)
    if seat.state != State.INVITED:
        raise NotNow(placing.already(seat))
    seat.state = State.WITHDRAWN
    seat.save(update_fields=['state'])
    outbox.cancel(row, ['seat_invitation'], seat.address)
    history.note(row, by=by, lines=[f'Invitation withdrawn: {hinted(seat.address)}'])
    return seat


@transaction.atomic
def accept(seat: Seat, *, by: Person) -> Seat:
    """The place goes to whoever has proved the invited address: `by` has it among their verified ones."""
    row = Membership.objects.locked(seat.membership_id)
    seat = placing.again(seat)
    if seat.state == State.ACTIVE and seat.person_id == by.pk:
        return seat  # a second tab
    placing.refuse_over(row)
    if not seat.is_open_invitation:
        raise NotNow(placing.already(seat))
    if not proves(by, seat.address):
        raise NotAllowed('This invitation is for another address than those that you have confirmed here.')
    if row.seats.active().filter(person=by).exists():
        seat.state = State.WITHDRAWN
        seat.save(update_fields=['state'])
        return seat
    placing.refuse_second(row, by)
    placing.take(seat, by, row)
    tell_inviter('seat_taken', seat, row)
    return seat


@transaction.atomic
def come(seat: Seat, *, name: str, wants: Mapping[str, bool] | None = None, wording: str = '') -> Person:
    """A yes of somebody without an account: one is made for exactly the invited address. Nobody is signed in by it:
    the password is set by a letter to that address, so that a link passed on lets nobody else in.

    `wants`: which letters, as a box that refuses was ticked or left empty beside the `wording`."""
    row = Membership.objects.locked(seat.membership_id)
    seat = placing.again(seat)
    placing.refuse_over(row)
    if not seat.is_open_invitation:
        raise NotNow(placing.already(seat))
    if has_account(seat.address):
        raise NotNow(HAS_ACCOUNT)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(seat.address, None, name=name)
    except IntegrityError as met:  # two invitations of one address at once
        raise NotNow(HAS_ACCOUNT) from met
    EmailAddress.objects.create(user=person, email=seat.address, verified=True, primary=True)
    source = f'invitation {seat.pk}'
    said = outbox.not_undoing(seat.address, wants or {}, person)
    outbox.choose(seat.address, said, form='invitation', source=source, person=person, wording=wording)
    accept(seat, by=person)
    return person


def has_account(address: str) -> bool:
    return _owner(address) is not None or Person.objects.filter(email=address.lower()).exists()


@transaction.atomic
def refuse(seat: Seat, *, by: Person | None = None) -> Seat:
    """By whoever has the link. The inviter is told, and may ask again another time."""
    row = Membership.objects.locked(seat.membership_id)
    seat = placing.again(seat)
    if seat.state == State.REFUSED and seat.address:
        return seat
    if seat.state != State.INVITED:
        raise NotNow(placing.already(seat))
    seat.state = State.REFUSED
    seat.save(update_fields=['state'])
    outbox.cancel(row, ['seat_invitation'], seat.address)
    came_from = Seat.objects.filter(membership__organisation__successions__successor=row.organisation)
    seats.settle(Seat.objects.filter(pk__in=came_from.filter(person__email=seat.address).values('pk')))
    history.note(row, by=by, lines=[f'Invitation refused: {hinted(seat.address)}'])
    tell_inviter('seat_refused', seat, row)
    return seat


def proves(person: Person, address: str) -> bool:
    """Whether this is one of the addresses that somebody has confirmed."""
    return EmailAddress.objects.filter(user=person, verified=True, email__iexact=address).exists()


def hinted(address: str) -> str:
    """Of an address what a history may keep: it outlives the invitation."""
    return f'somebody at {address.rpartition("@")[2]}'


def _send(seat: Seat, row: Membership, by: Person | None) -> Seat:
    if not seat.is_open_invitation or seat.pk is None:
        placing.refuse_full(row)
    today = days.today()
    if seat.invited_on and seat.invited_on + IN <= today:
        seat.letters = 0
    if seat.letters and outbox.cancel(row, ['seat_invitation'], seat.address):
        seat.letters -= 1
    if seat.letters >= MOST_LETTERS:
        again = days.in_words((seat.invited_on or today) + IN)
        raise NotNow(f'{seat.address} has had two letters about this. Another can be sent from {again}.')
    seat.state, seat.came, seat.since = State.INVITED, Seat.Way.INVITED, today
    seat.invited_by, seat.invited_on, seat.holds_until = by, today, today + HOLDS
    seat.letters += 1
    seat.save()
    links = PrivateLink.objects.filter(
        purpose=PURPOSE, content_type=ContentType.objects.get_for_model(Seat), object_id=seat.pk
    )
    links.update(purpose=REPLACED)
    history.note(row, by=by, lines=[f'Invited: {hinted(seat.address)}'])
    link = {
        'view': 'invitation',
        'purpose': PURPOSE,
        'days': (HOLDS + ANSWERS).days,
        'about': [ContentType.objects.get_for_model(Seat).pk, seat.pk],
    }
    to = [recipients.Addressee('', seat.address)]
    key, gives = placing.occasion(seat), places.gives(row)
    letters.tell('seat_invitation', to, row, key=key, by=by, link=link, seat=seat, gives=gives)
    return seat


def tell_inviter(kind: str, seat: Seat, row: Membership) -> None:
    assert row.organisation is not None
    to = recipients.of_who_began(seat.invited_by, row.organisation)
    letters.tell(kind, to, row, key=placing.occasion(seat), seat=seat, page=placing.page(row))


def _written(address: str) -> str:
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotNow('Write an email address, as in name@example.org.') from wrong
    if unreachable([address]):
        raise NotNow(f'Letters to {address} come back. Check it, or use another address of theirs.')
    return address


def _owner(address: str) -> Person | None:
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related('user').first()
    return found.user if found else None


def past_their_days(now: datetime) -> QuerySet[Seat]:
    """Invitations that came to nothing: their addresses are not kept, nor are they."""
    before = days.london_day(now) - IN
    return Seat.objects.unanswered().filter(holds_until__lt=before)


def waiting_for(person: Person) -> list[Seat]:
    """Open invitations of the addresses that somebody has confirmed."""
    theirs = EmailAddress.objects.filter(user=person, verified=True).annotate(small=Lower('email'))
    waiting = Seat.objects.taken().filter(
        state=State.INVITED, person=None, address__in=theirs.values('small')
    )
    return list(waiting.select_related('membership__organisation', 'invited_by').order_by('pk')[:20])
