"""What runs by the clock."""

from collections.abc import Collection
from datetime import date

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ukis import days


class ClockRun(models.Model):
    """One job of the clock: when it last began, and what went wrong if anything did."""

    name = models.CharField(max_length=100, unique=True, editable=False)
    # Also the claim: whoever moves it forward in one conditional UPDATE is the one that runs the job.
    last_run_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ['name']

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """That a worker is alive, and when each of its loops last came round. Written by the worker every few seconds."""

    worker = models.CharField(max_length=120, editable=False)
    loop = models.CharField(max_length=40, editable=False)
    beat_at = models.DateTimeField(editable=False)
    # Earlier than the beat by much: the loop is stuck in what it is doing.
    turned_at = models.DateTimeField(editable=False)
    doing = models.CharField(max_length=120, blank=True, editable=False)
    trouble = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['worker', 'loop'], name='one_heartbeat_for_each_loop_of_a_worker')
        ]
        ordering = ['loop', 'worker']

    def __str__(self) -> str:
        return f'{self.loop} of {self.worker}'


class DayOffQuerySet(models.QuerySet['DayOff']):
    def of(self, day: date, nation: str) -> 'DayOffQuerySet':
        return self.filter(Q(nation='') | Q(nation=nation), day=day)

    def between(self, first: date, last: date, nation: str) -> dict[date, bool]:
        """Whether these days are off, where staff said so; what they said of the nation goes before what they said of
        all."""
        said = self.filter(Q(nation='') | Q(nation=nation), day__range=(first, last))
        return dict(said.order_by('nation').values_list('day', 'is_off'))


class DayOff(models.Model):
    """A correction to the list of bank holidays: one that was moved, or is for once."""

    class Nation(models.TextChoices):
        ENGLAND = 'england', 'England'
        SCOTLAND = 'scotland', 'Scotland'
        WALES = 'wales', 'Wales'
        NORTHERN_IRELAND = 'northern-ireland', 'Northern Ireland'

    day = models.DateField()
    name = models.CharField(max_length=120)
    nation = models.CharField(max_length=20, choices=Nation, blank=True, help_text='Empty: all four.')
    is_off = models.BooleanField(
        'no work on that day', default=True, help_text='Untick where a holiday on the list is none.'
    )

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = 'correction of the bank holidays'
        verbose_name_plural = 'corrections of the bank holidays'
        ordering = ['-day']
        constraints = [
            models.UniqueConstraint(
                fields=['day', 'nation'],
                name='one_correction_a_day_and_nation',
                violation_error_message='There is a correction for this day already.',
            )
        ]

    def __str__(self) -> str:
        return f'{self.name}, {days.in_words(self.day)}'


class Reminded(models.Model):
    """The ledger: what became of one step of one reminder about one row. What stands here is never done again."""

    class Outcome(models.TextChoices):
        SENT = 'sent', 'written'
        SKIPPED = 'skipped', 'left out'
        UNHEARD = 'unheard', 'reached nobody'

    plan = models.CharField(max_length=40, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    about = GenericForeignKey('content_type', 'object_id')
    whom = models.CharField(max_length=200, blank=True, editable=False)
    step = models.CharField(max_length=20, editable=False)
    due_on = models.DateField(editable=False)
    outcome = models.CharField(max_length=8, choices=Outcome, editable=False)
    why = models.CharField(max_length=300, blank=True, editable=False)
    letters = models.PositiveSmallIntegerField(default=0, editable=False)
    # Whoever it reminded asked for a while: nothing more of this to them before their day, and then this step once
    # more. Each by a hash of what they are known by; the column beside it has the first of these days.
    put_off_for = models.JSONField(default=dict, editable=False)
    put_off_until = models.DateField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = 'reminder'
        ordering = ['-at', '-pk']
        constraints = [
            models.UniqueConstraint(
                fields=['plan', 'content_type', 'object_id', 'step'],
                name='one_of_a_step',
                violation_error_message='This step stands in the ledger already.',
            )
        ]
        indexes = [
            models.Index(fields=['-at', '-id'], name='reminded_newest'),
            models.Index(
                fields=['plan', 'object_id'], name='reminded_unheard', condition=Q(outcome='unheard')
            ),
            models.Index(
                fields=['plan', 'put_off_until'],
                name='reminded_put_off',
                condition=Q(put_off_until__isnull=False),
            ),
        ]

    @property
    def reached_nobody(self) -> bool:
        return self.outcome == self.Outcome.UNHEARD

    def put_off(self, keys: Collection[str], until: date) -> None:
        self._write({**self.put_off_for, **dict.fromkeys(keys, until.isoformat())})

    def end_put_off(self, keys: Collection[str]) -> None:
        self._write({key: day for key, day in self.put_off_for.items() if key not in keys})

    def _write(self, put_off: dict[str, str]) -> None:
        self.put_off_for = put_off
        self.put_off_until = min(map(date.fromisoformat, put_off.values()), default=None)
        self.save(update_fields=['put_off_for', 'put_off_until'])

    def __str__(self) -> str:
        return f'{self.plan}, {self.step}: {self.get_outcome_display()}'
