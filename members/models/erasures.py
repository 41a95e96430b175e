"""Somebody asks to be forgotten: when, what becomes of their name in print, and, once it is done, what was done."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.people import Person
from ukis import days

WAITS = timedelta(days=7)


class ErasureQuerySet(models.QuerySet['Erasure']):
    def waiting(self) -> 'ErasureQuerySet':
        """Asked for, not taken back, and not begun."""
        return self.filter(taken_back_at=None, closed_at=None)

    def due(self, at: datetime) -> 'ErasureQuerySet':
        """Those whose days are over; also such as were begun by a worker that died."""
        return self.filter(taken_back_at=None, done_at=None, due_at__lte=at)

    def to_settle(self) -> 'ErasureQuerySet':
        """Carried out, and posts are named of which staff have still to decide."""
        return self.filter(done_at__isnull=False, settled_at=None).exclude(posts=[])


class Erasure(models.Model):
    """From the asking to the receipt. What was done stands in it without anything of the person but the key."""

    class Bylines(models.TextChoices):
        KEEP = 'keep', 'Keep my name under it'
        CONTRIBUTOR = 'contributor', 'Print “A contributor” in its place'
        REMOVAL = 'removal', 'Ask for my posts to be taken down'

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='erasures')
    bylines = models.CharField('what is published under the name', max_length=11, choices=Bylines)
    arrived_on = models.DateField('the request arrived on', default=days.today)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    due_at = models.DateTimeField(editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    # Nobody acts as this person from then on; the rest follows in a transaction of its own.
    closed_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    of_staff = models.BooleanField(default=False, editable=False)  # when it was done
    # Once more a day later: what was under way in that moment.
    swept_at = models.DateTimeField(null=True, editable=False)
    # In the file outside of the database, from which a restored one is erased again.
    written_at = models.DateTimeField(null=True, editable=False)
    # [[kind of row, what was done, how many], …]
    receipt = models.JSONField(default=list, editable=False)
    # By which a file that still names them is known: keyed digests (`members.erasing.known_again`).
    marks = models.JSONField(default=list, editable=False)
    # Of pictures that are to go, where they lie; and where posts stand of which they ask that they be taken down.
    files = models.JSONField(default=list, editable=False)
    posts = models.JSONField(default=list, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ['due_at', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['person'],
                condition=Q(taken_back_at=None),
                name='one_erasure_a_person',
                violation_error_message='This has been asked for already.',
            ),
        ]
        indexes = [
            models.Index(
                fields=['due_at'], name='erasure_open', condition=Q(taken_back_at=None, done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f'Erasure {self.pk}'

    @property
    def answer_by(self) -> date:
        """One month after it arrived: so long the law gives to answer."""
        arrived = self.arrived_on
        year, month = arrived.year + arrived.month // 12, arrived.month % 12 + 1
        return date(year, month, min(arrived.day, monthrange(year, month)[1]))

    @property
    def by_the_clock(self) -> bool:
        """Nobody asked: they are long no member any more."""
        return self.asked_by_id is None

    @property
    def asks_removal(self) -> bool:
        return self.bylines == self.Bylines.REMOVAL

    @property
    def can_be_taken_back(self) -> bool:
        return self.taken_back_at is None and self.closed_at is None
