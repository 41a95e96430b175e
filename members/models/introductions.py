"""Somebody asks to be introduced to somebody else; only if both say yes does either learn the other's address."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.people import Person

# A note stands so long; after that it is as if it had not been written.
STANDS = timedelta(days=42)
# And for so long after that the same person is not asked again.
REST = timedelta(days=184)  # six months, the longest there are
SHORTEST, LONGEST = 40, 1200


class IntroductionQuerySet(models.QuerySet['Introduction']):
    def of(self, person: Person) -> 'IntroductionQuerySet':
        return self.filter(Q(asker=person) | Q(asked=person))

    def standing(self, at: datetime | None = None) -> 'IntroductionQuerySet':
        """As their askers count them: without an answer that they know of. A no, which they do not hear of, does
        not end it for them."""
        known = [Introduction.State.ACCEPTED, Introduction.State.ENDED]
        return self.exclude(state__in=known).filter(asked_at__gt=(at or timezone.now()) - STANDS)

    def to_answer(self, at: datetime | None = None) -> 'IntroductionQuerySet':
        """Those that still wait for whoever was asked."""
        state = Introduction.State.ASKED
        return self.filter(state=state, asked_at__gt=(at or timezone.now()) - STANDS)

    def reported(self) -> 'IntroductionQuerySet':
        """Notes at which staff have still to look: the only ones that they read."""
        return self.filter(reported_at__isnull=False, settled_at=None)


class Introduction(models.Model):
    """The note of one person to another, and what came of it."""

    class State(models.TextChoices):
        ASKED = 'asked', 'asked'
        ACCEPTED = 'accepted', 'accepted'
        DECLINED = 'declined', 'declined'
        EXPIRED = 'expired', 'not answered'
        ENDED = 'ended', 'ended'

    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='introductions_asked')
    asked = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='introductions_received')
    topic = models.CharField(max_length=100)
    note = models.TextField(max_length=LONGEST)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    report = models.TextField(blank=True, max_length=LONGEST)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name='+')
    upheld = models.BooleanField(default=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ['-asked_at', '-pk']
        constraints = [
            models.CheckConstraint(
                condition=~Q(asker=F('asked')),
                name='introduced_to_somebody_else',
                violation_error_message='Choose somebody else: nobody is introduced to themselves.',
            ),
            models.UniqueConstraint(
                fields=['asker', 'asked'],
                condition=Q(state__in=['asked', 'accepted']),
                name='one_open_introduction_a_pair',
                violation_error_message='The two are introduced already, or one has asked the other.',
            ),
        ]
        indexes = [
            models.Index(fields=['asker', '-asked_at'], name='introduction_by_asker'),
            models.Index(fields=['asked', '-asked_at'], name='introduction_by_asked'),
            models.Index(fields=['asked_at'], name='introduction_waiting', condition=Q(state='asked')),
            models.Index(fields=['reported_at'], name='introduction_reported', condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        """Staff come across it, by what letters are about: it names nobody."""
        return f'Introduction {self.pk}'

    @property
    def stands_until(self) -> datetime:
        return self.asked_at + STANDS

    @property
    def rests_until(self) -> datetime:
        """Before that the same person is not asked again, whatever came of it: reckoned from the day of asking,
        which is all that the asker knows, and long enough for the latest no."""
        return (self.ended_at or self.stands_until) + REST

    def other(self, person: Person) -> Person:
        return self.asked if person.pk == self.asker_id else self.asker

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ENDED

    @property
    def is_declined(self) -> bool:
        return self.state == self.State.DECLINED

    @property
    def waits(self) -> bool:
        """Whether whoever was asked can still answer."""
        return self.state == self.State.ASKED and timezone.now() < self.stands_until

    @property
    def stands(self) -> bool:
        """As its asker counts: nothing came of it that they know of, and its time is not over."""
        return not (self.is_accepted or self.is_ended) and timezone.now() < self.stands_until
