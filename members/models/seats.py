from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from members.models.memberships import Membership
from members.models.people import Person
from ukis import days


class SeatQuerySet(models.QuerySet['Seat']):
    def active(self, on: date | None = None) -> 'SeatQuerySet':
        return self.given(on).filter(since__lte=on or days.today())

    def given(self, on: date | None = None) -> 'SeatQuerySet':
        """Those that are somebody's, also from a day that is to come."""
        return self.filter(state=Seat.State.ACTIVE).not_over(on or days.today())

    def taken(self, on: date | None = None) -> 'SeatQuerySet':
        """Those that count against the cap: active and invited, also from a day that is to come. An invitation that
        is over frees its seat by its date alone."""
        on = on or days.today()
        expired = Q(state=Seat.State.INVITED, holds_until__isnull=False, holds_until__lt=on)
        return self.filter(state__in=Seat.TAKEN).not_over(on).exclude(expired)

    def not_over(self, on: date) -> 'SeatQuerySet':
        return self.filter(Q(until=None) | Q(until__gte=on))

    def in_membership(self, on: date | None = None) -> 'SeatQuerySet':
        """Those whose membership is not over: in an ended one they stand as they stood on its last day."""
        return self.filter(Q(membership__ended_on=None) | Q(membership__ended_on__gte=on or days.today()))

    def unanswered(self) -> 'SeatQuerySet':
        """Invitations of which nothing came, or nothing yet: open, expired, refused and withdrawn ones."""
        states = (Seat.State.INVITED, Seat.State.REFUSED, Seat.State.WITHDRAWN)
        return self.filter(state__in=states, person=None)

    def placeless(self, on: date | None = None, *, though_invited: bool = False) -> 'SeatQuerySet':
        """Of people who may sign in and have no place anywhere, nor a membership of their own, nor an invitation, or
        no more than that."""
        on, theirs = on or days.today(), Q(person=OuterRef('person'))
        if not though_invited:
            theirs |= Q(state=Seat.State.INVITED, address=OuterRef('person__email'))
        taken = Seat.objects.taken(on).in_membership(on).filter(theirs)
        own = Membership.objects.running_between(on, on).filter(person=OuterRef('person'))
        return self.filter(~Exists(taken), ~Exists(own), person__is_active=True, person__erased_at=None)

    def left_over(self, on: date | None = None) -> 'SeatQuerySet':
        """Of people for whom nothing followed when their organisation became part of another or was split."""
        return self.filter(left_over=True).placeless(on)

    def asked_for(self) -> 'SeatQuerySet':
        return self.filter(state=Seat.State.ASKED)


class Seat(models.Model):
    """A person's place in an organisation's membership. What it gives is derived from that membership.

    An invitation is one too, of an address whose owner has not answered yet; so is what somebody asks for whose
    address is in the organisation's domain, but it counts only once a main contact has said yes."""

    class State(models.TextChoices):
        ASKED = 'asked', 'asked for'
        INVITED = 'invited', 'invited'
        ACTIVE = 'active', 'active'
        ENDED = 'ended', 'ended'
        REFUSED = 'refused', 'refused'
        WITHDRAWN = 'withdrawn', 'withdrawn'

    class Way(models.TextChoices):
        STAFF = 'staff', 'given by staff'
        INVITED = 'invited', 'by invitation'
        ASKED = 'asked', 'asked for when joining'
        DOMAIN = 'domain', 'by an address in the organisation’s domain'

    TAKEN = (State.INVITED, State.ACTIVE)

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name='seats')
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name='seats')
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    since = models.DateField('from', default=days.today)
    until = models.DateField('to', null=True, blank=True)
    came = models.CharField('how it came', max_length=10, choices=Way, default=Way.STAFF, editable=False)
    # Of an invitation: whose address it is for, small letters throughout.
    address = models.EmailField('invited address', blank=True, editable=False)
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    invited_on = models.DateField('last invited', null=True, blank=True, editable=False)
    holds_until = models.DateField('invitation holds until', null=True, blank=True, editable=False)
    letters = models.PositiveSmallIntegerField('letters sent to the address', default=0, editable=False)
    # Their organisation became part of another or was split, and no place followed, or an invitation that may come to
    # nothing: until they have a place or say no, or staff say that it is settled.
    left_over = models.BooleanField(default=False, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = 'place'
        ordering = ['membership', 'person']
        constraints = [
            models.UniqueConstraint(
                fields=['membership', 'person'],
                condition=Q(state__in=['invited', 'active'], until=None),
                name='one_open_seat_a_person',
                violation_error_message='This person has an open place here already.',
            ),
            models.UniqueConstraint(
                fields=['membership', 'person'],
                condition=Q(state='asked'),
                name='one_open_question_a_person',
                violation_error_message='This person has asked for a place here already.',
            ),
            models.UniqueConstraint(
                fields=['membership', 'address'],
                condition=~Q(address=''),
                name='one_invitation_an_address',
                violation_error_message='This address was invited here already: invite it again.',
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F('since')),
                name='seat_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False)
                | Q(~Q(address=''), state__in=['invited', 'refused', 'withdrawn']),
                name='seat_of_a_person_or_an_address',
                violation_error_message='Say whose place it is.',
            ),
        ]
        indexes = [
            models.Index(fields=['until'], name='seat_left_over', condition=Q(left_over=True)),
        ]

    def __str__(self) -> str:
        return f'{self.who} in {self.membership}'

    @property
    def who(self) -> str:
        """The person; of an invitation that nobody has answered, its address."""
        return str(self.person) if self.person else self.address

    @property
    def stands(self) -> str:
        """What became of an invitation, in words."""
        day = days.in_words(self.holds_until) if self.holds_until else ''
        if self.is_open_invitation:
            return f'Invited on {days.in_words(self.invited_on or self.since)}; holds until {day}'
        if self.is_expired:
            return f'Not answered by {day}: the place is free again'
        return {'refused': 'Refused', 'withdrawn': 'Withdrawn'}.get(self.state, self.get_state_display())

    @property
    def is_taken(self) -> bool:
        return self.state in self.TAKEN and not self.is_expired

    @property
    def is_over(self) -> bool:
        """It was ended, or its last day has passed."""
        return self.state == Seat.State.ENDED or (self.until is not None and self.until < days.today())

    @property
    def is_expired(self) -> bool:
        """An invitation whose time is over."""
        invited = self.state == Seat.State.INVITED
        return invited and self.holds_until is not None and self.holds_until < days.today()

    @property
    def is_open_invitation(self) -> bool:
        return self.state == Seat.State.INVITED and not self.is_expired

    def meets(self, other: 'Seat') -> bool:
        """Whether the two share a day."""
        return not (self._is_over_before(other) or other._is_over_before(self))

    def _is_over_before(self, other: 'Seat') -> bool:
        return self.until is not None and self.until < other.since
