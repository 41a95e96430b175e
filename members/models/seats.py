from datetime import date

from django.db import models
from django.db.models import F, Q

from members.models.memberships import Membership
from members.models.people import Person
from ukis import days


class SeatQuerySet(models.QuerySet['Seat']):
    def active(self, on: date | None = None) -> 'SeatQuerySet':
        on = on or days.today()
        return self.filter(state=Seat.State.ACTIVE, since__lte=on).filter(Q(until=None) | Q(until__gte=on))


class Seat(models.Model):
    """A person's place in an organisation's membership. What it gives is derived from that membership."""

    class State(models.TextChoices):
        INVITED = 'invited', 'invited'
        ACTIVE = 'active', 'active'
        ENDED = 'ended', 'ended'
        REFUSED = 'refused', 'refused'

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
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F('since')), name='seat_ends_after_it_starts'
            ),
        ]

    def __str__(self) -> str:
        return f'{self.person} in {self.membership}'

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        if self.membership_id and self.membership.organisation_id is None:
            raise ValidationError({'membership': 'Only an organisation’s membership has seats.'})
