from datetime import date

from django.db import models
from django.db.models import F, Q

from members.models.memberships import Membership
from members.models.people import Person
from ukis import days


class SeatQuerySet(models.QuerySet['Seat']):
    def active(self, on: date | None = None) -> 'SeatQuerySet':
        on = on or days.today()
        return self.filter(state=Seat.State.ACTIVE, since__lte=on).not_over(on)

    def taken(self, on: date | None = None) -> 'SeatQuerySet':
        """Those that count against the cap: active and invited, also from a day that is to come."""
        return self.filter(state__in=Seat.TAKEN).not_over(on or days.today())

    def not_over(self, on: date) -> 'SeatQuerySet':
        return self.filter(Q(until=None) | Q(until__gte=on))


class Seat(models.Model):
    """A person's place in an organisation's membership. What it gives is derived from that membership."""

    class State(models.TextChoices):
        INVITED = 'invited', 'invited'
        ACTIVE = 'active', 'active'
        ENDED = 'ended', 'ended'
        REFUSED = 'refused', 'refused'

    TAKEN = (State.INVITED, State.ACTIVE)

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name='seats')
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='seats')
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    since = models.DateField('from', default=days.today)
    until = models.DateField('to', null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ['membership', 'person']
        constraints = [
            models.UniqueConstraint(
                fields=['membership', 'person'],
                condition=Q(state__in=['invited', 'active'], until=None),
                name='one_open_seat_a_person',
                violation_error_message='This person has an open seat here already.',
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F('since')),
                name='seat_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.person} in {self.membership}'

    @property
    def is_taken(self) -> bool:
        return self.state in self.TAKEN

    def meets(self, other: 'Seat') -> bool:
        """Whether the two share a day."""
        return not (self._is_over_before(other) or other._is_over_before(self))

    def _is_over_before(self, other: 'Seat') -> bool:
        return self.until is not None and self.until < other.since
