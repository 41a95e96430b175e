"""Several blogs that belong together, and the guest editors who look after one series and nothing else."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.models import Person
from members.roles import GUEST_EDITOR
from ukis import addresses, days
from ukis.lines import one_line


class SeriesQuerySet(models.QuerySet['Series']):
    def running(self, on: date | None = None) -> 'SeriesQuerySet':
        """Those that have not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on or days.today()))

    def that_take_ideas(self) -> 'SeriesQuerySet':
        return self.running().filter(takes_ideas=True)


class Series(addresses.Addressed):
    title = models.CharField(max_length=200, unique=True)
    slug = addresses.AddressField(
        'address',
        blank=True,
        views=('series',),
        made_from='title',
        help_text='Left empty, it is made from the title. The page is public once a post of it is out.',
    )
    description = models.TextField('what it is about', blank=True, max_length=2000)
    takes_ideas = models.BooleanField(
        'members may suggest blogs for it',
        default=False,
        help_text='Its title then stands in the form where members suggest a blog, though no post of it is out yet.',
    )
    starts_on = models.DateField('from', null=True, blank=True)
    ends_on = models.DateField(
        'to',
        null=True,
        blank=True,
        help_text='The day after it, its guest editors see nothing of it any more.',
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = 'series'
        ordering = ['title']
        constraints = [
            addresses.well_formed('series_address_well_formed'),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F('starts_on')),
                name='series_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        self.title = one_line(self.title)

    def get_absolute_url(self) -> str:
        return addresses.path_of('series', self.slug)

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < days.today()


class SeriesEditorQuerySet(models.QuerySet['SeriesEditor']):
    def current(self) -> 'SeriesEditorQuerySet':
        """Of series that have not ended."""
        return self.filter(series__in=Series.objects.running())


class SeriesEditor(models.Model):
    """Somebody who looks after what is submitted to one series, as an editor does; the role opens the staff's site to
    them, and this says of what."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name='guests')
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='edited_series'
    )
    named = models.BooleanField(
        'named on its page',
        default=False,
        help_text='Tick it where they said that everybody may read that they look after it.',
    )

    objects = SeriesEditorQuerySet.as_manager()

    class Meta:
        verbose_name = 'guest editor'
        constraints = [
            models.UniqueConstraint(
                fields=['series', 'person'],
                name='guest_of_a_series_once',
                violation_error_message='They are a guest editor of it already.',
            )
        ]

    def __str__(self) -> str:
        return f'{self.person}, guest editor of {self.series}'


def looked_after_by(person: Any) -> models.QuerySet:
    """The series of which this person is a guest editor today."""
    return SeriesEditor.objects.current().filter(person=person).values('series')


def looks_after(person: Any, submission: Any) -> bool:
    """Whether a guest editor sees to it, a submission or a commission: it belongs to a series of theirs."""
    return submission.series_id is not None and looks_after_series(person, submission.series_id)


def looks_after_series(person: Any, series: Any) -> bool:
    return person.is_guest_editor and looked_after_by(person).filter(series=series).exists()


def guests_of(submission: Any) -> models.QuerySet[Person]:
    """The guest editors of its series who have no part in writing it."""
    of_series = SeriesEditor.objects.current().filter(series=submission.series_id)
    authors = submission.authorships.filter(person__isnull=False).values('person')
    guests = Person.objects.in_group(GUEST_EDITOR).filter(pk__in=of_series.values('person'))
    return guests.exclude(pk__in=authors)
