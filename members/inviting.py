"""Seats by invitation, and by asking. An open invitation is a seat already: taking it takes no second one, and its
last day frees it by itself. Each verb holds the membership first, so that nobody meets anybody at its cap."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from members import contacts, letters, recipients, seats
from members.models import Membership, Organisation, Person, Seat
from ukis import days, history
from ukis import letters as outbox
from ukis.letters.models import PrivateLink, SuppressedAddress
from ukis.refusals import NotAllowed, NotNow

State = Seat.State
HOLDS = timedelta(days=21)
# How long a link still answers with a sentence after its invitation is over.
ANSWERS = timedelta(days=90)
PURPOSE, REPLACED = 'seat', 'seat_replaced'
# To an address that does not answer no more than so many letters go in so long a time.
MOST_LETTERS, IN = 2, timedelta(days=60)


@transaction.atomic
def invite(membership: Membership, *, by: Person | None, address: str) -> Seat:
    """A letter with a private link to an address that has no place here. One row for each address: what became of
    an earlier invitation gives way."""
    row = _held(membership, by)
    address = _written(address)
    seat = row.seats.filter(address=address).first()
    if seat and seat.is_open_invitation:
        until = days.in_words(seat.holds_until) if seat.holds_until else ''
        raise NotNow(f'{address} has been invited already, and can answer until {until}.')
    owner = _owner(address)
    if owner and row.seats.active().filter(person=owner).exists():
        raise NotNow(f'Whoever has the address {address} has a place here already.')
    if seat and seat.person_id:  # of a place that came by this address and has ended: it stays as it was
        Seat.objects.filter(pk=seat.pk).update(address='')
        seat = None
    return _send(seat or Seat(membership=row, address=address), row, by)


@transaction.atomic
def invite_again(seat: Seat, *, by: Person | None) -> Seat:
    """The same row with a new last day and a new letter; the link of the earlier letter works no more."""
    row = _held(seat.membership, by)
    seat = _again(seat)
    if seat.person_id:
        raise NotNow(f'{seat.who} has taken the place meanwhile.')
    return _send(seat, row, by)


@transaction.atomic
def withdraw(seat: Seat, *, by: Person | None) -> Seat:
    """The seat is free at once. A letter that has not left does not; who has one reads that it was withdrawn."""
    row = _held(seat.membership, by, running=False)
    seat = _again(seat)
    if seat.state != State.INVITED:
        raise NotNow(_already(seat))
    seat.state = State.WITHDRAWN
    seat.save(update_fields=['state'])
    outbox.cancel(row, ['seat_invitation'], seat.address)
    history.note(row, by=by, lines=[f'Invitation withdrawn: {hinted(seat.address)}'])
    return seat


@transaction.atomic
def accept(seat: Seat, *, by: Person) -> Seat:
    """The place goes to whoever has proved the invited address: `by` has it among their verified ones."""
    row = Membership.objects.locked(seat.membership_id)
    seat = _again(seat)
    if seat.state == State.ACTIVE and seat.person_id == by.pk:
        return seat  # a second tab
    _refuse_over(row)
    if not seat.is_open_invitation:
        raise NotNow(_already(seat))
    if not proves(by, seat.address):
        raise NotAllowed('This invitation is for another address than those that you have confirmed here.')
    if row.seats.active().filter(person=by).exists():
        seat.state = State.WITHDRAWN
        seat.save(update_fields=['state'])
        return seat
    _take(seat, by, row)
    _tell_inviter('seat_taken', seat, row)
    return seat


@transaction.atomic
def come(seat: Seat, *, name: str) -> Person:
    """A yes of somebody without an account: one is made for exactly the invited address. Nobody is signed in by it:
    the password is set by a letter to that address, so that a link passed on lets nobody else in."""
    row = Membership.objects.locked(seat.membership_id)
    seat = _again(seat)
    _refuse_over(row)
    if not seat.is_open_invitation:
        raise NotNow(_already(seat))
    if has_account(seat.address):
        raise NotNow('There is an account under this address. Sign in with it to answer.')
    person = Person.objects.create_user(seat.address, None, name=name)
    EmailAddress.objects.create(user=person, email=seat.address, verified=True, primary=True)
    accept(seat, by=person)
    return person


def has_account(address: str) -> bool:
    return _owner(address) is not None or Person.objects.filter(email=address.lower()).exists()


@transaction.atomic
def refuse(seat: Seat, *, by: Person | None = None) -> Seat:
    """By whoever has the link. The inviter is told, and may ask again another time."""
    row = Membership.objects.locked(seat.membership_id)
    seat = _again(seat)
    if seat.state == State.REFUSED and seat.address:
        return seat
    if seat.state != State.INVITED:
        raise NotNow(_already(seat))
    seat.state = State.REFUSED
    seat.save(update_fields=['state'])
    outbox.cancel(row, ['seat_invitation'], seat.address)
    history.note(row, by=by, lines=[f'Invitation refused: {hinted(seat.address)}'])
    _tell_inviter('seat_refused', seat, row)
    return seat


@transaction.atomic
def join(membership: Membership, *, by: Person, automatic: bool) -> Seat:
    """By an address in the organisation's domain: at once where the organisation chose so and has a seat left, else
    a main contact is asked. An invitation that waits for one of their addresses is the place they take."""
    row = Membership.objects.locked(membership.pk)
    _refuse_over(row)
    if row.seats.active().filter(person=by).exists():
        raise NotNow('You have a place here already.')
    addresses = EmailAddress.objects.filter(user=by, verified=True).values_list('email', flat=True)
    invited = row.seats.taken().filter(state=State.INVITED, address__in=[one.lower() for one in addresses])
    if waiting := invited.first():
        _take(waiting, by, row)
        _tell_inviter('seat_taken', waiting, row)
        return waiting
    if row.seats.asked_for().filter(person=by).exists():
        raise NotNow('You have asked for a place here already. The main contact will answer.')
    seat = Seat(membership=row, person=by, came=Seat.Way.DOMAIN)
    if automatic and seats.use(row).left:
        _take(seat, by, row)
        kind = 'seat_joined'
    else:
        seat.state = State.ASKED
        seat.save()
        kind = 'seat_wanted'
    key = f'seat {seat.pk} {timezone.now().isoformat()}'
    letters.tell(kind, recipients.of_membership(row), row, key=key, seat=seat, page=_page(row))
    return seat


@transaction.atomic
def approve(seat: Seat, *, by: Person | None) -> Seat:
    """A main contact says yes to whoever asked."""
    row = _held(seat.membership, by)
    seat = _again(seat)
    if seat.state != State.ASKED or seat.person is None:
        raise NotNow(_already(seat))
    if row.seats.active().filter(person=seat.person).exists():
        raise NotNow(f'{seat.who} has a place here already.')
    _refuse_full(row)
    _take(seat, seat.person, row, noted_by=by)
    letters.tell(
        'seat_approved', recipients.of_person(seat.person), row, key=_occasion(seat), by=by, seat=seat
    )
    return seat


@transaction.atomic
def decline(seat: Seat, *, by: Person | None) -> Seat:
    """A main contact says no to whoever asked."""
    row = _held(seat.membership, by, running=False)
    seat = _again(seat)
    if seat.state != State.ASKED:
        raise NotNow(_already(seat))
    seat.state = State.REFUSED
    seat.save(update_fields=['state'])
    history.note(row, by=by, lines=[f'Place not given: {seat.who}'])
    letters.tell(
        'seat_declined', recipients.of_person(seat.person), row, key=_occasion(seat), by=by, seat=seat
    )
    return seat


def proves(person: Person, address: str) -> bool:
    """Whether this is one of the addresses that somebody has confirmed."""
    return EmailAddress.objects.filter(user=person, verified=True, email__iexact=address).exists()


def hinted(address: str) -> str:
    """Of an address what a history may keep: it outlives the invitation."""
    return f'somebody at {address.rpartition("@")[2]}'


def _send(seat: Seat, row: Membership, by: Person | None) -> Seat:
    if not seat.is_open_invitation or seat.pk is None:
        _refuse_full(row)
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
    letters.tell('seat_invitation', to, row, key=_occasion(seat), by=by, link=link, seat=seat)
    return seat


def _take(seat: Seat, person: Person, row: Membership, noted_by: Person | None = None) -> None:
    seat.person, seat.state, seat.since, seat.until = person, State.ACTIVE, days.today(), None
    seat.save()
    row.seats.asked_for().filter(person=person).exclude(pk=seat.pk).update(state=State.WITHDRAWN)
    way = seat.get_came_display()
    history.note(row, by=noted_by or person, lines=[f'Seat taken: {person}, {way}'])


def _tell_inviter(kind: str, seat: Seat, row: Membership) -> None:
    """Whoever invited, if they can be reached; else the organisation's contacts."""
    to = recipients.of_person(seat.invited_by) or recipients.of_membership(row)
    letters.tell(kind, to, row, key=_occasion(seat), seat=seat, page=_page(row))


def _page(row: Membership) -> str:
    return letters.address_of('contacts', row.organisation_id)


def _occasion(seat: Seat) -> str:
    return f'seat {seat.pk} {timezone.now().isoformat()}'


def _held(membership: Membership, by: Person | None, *, running: bool = True) -> Membership:
    row = Membership.objects.locked(membership.pk)
    if row.organisation is None:
        raise NotNow('Only an organisation’s membership has seats.')
    contacts.check(by, row.organisation, 'keeps_people')
    if running:
        _refuse_over(row)
    return row


def _again(seat: Seat) -> Seat:
    """As it stands now that the membership is held."""
    return Seat.objects.select_related('person', 'invited_by').get(pk=seat.pk)


def _refuse_over(row: Membership, on: date | None = None) -> None:
    if row.ended_on and row.ended_on < (on or days.today()):
        raise NotNow(f'The membership of {row.holder} ended on {days.in_words(row.ended_on)}.')


def _refuse_full(row: Membership) -> None:
    use = seats.use(row)
    if not use.left:
        raise NotNow(
            f'No place is left: {use}. End a seat or withdraw an invitation, or write to the office for more.'
        )


def _already(seat: Seat) -> str:
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


def _written(address: str) -> str:
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotNow('Write an email address, as in name@example.org.') from wrong
    if SuppressedAddress.objects.filter(address=address).exists():
        raise NotNow(f'Letters to {address} come back. Check it, or use another address of theirs.')
    return address


def _owner(address: str) -> Person | None:
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related('user').first()
    return found.user if found else None


def forget_addresses(now: datetime) -> None:
    """By the clock: of invitations that came to nothing the address goes, and the row with it."""
    before = days.london_day(now) - IN
    Seat.objects.unanswered().filter(holds_until__lt=before).delete()


def open_places(organisation: Organisation) -> Membership | None:
    """The membership in which places are given today."""
    return organisation.memberships.running_between(days.today(), days.today()).first()


def waiting_for(person: Person) -> list[Seat]:
    """Open invitations of the addresses that somebody has confirmed."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list('email', flat=True)
    waiting = Seat.objects.taken().filter(
        state=State.INVITED, person=None, address__in=[a.lower() for a in found]
    )
    return list(waiting.select_related('membership__organisation', 'invited_by').order_by('pk')[:20])
