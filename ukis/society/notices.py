"""What the Society gives notice of on its home page: each has a last day, so none stands for ever."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from ukis import days
from ukis.markup import links
from ukis.markup.languages import LANGUAGES
from ukis.pagecache import kept
from ukis.prepared import prepared

SHOWN = 3


def check_link(address: str) -> None:
    if not links.safe_href(address) or address.startswith('#'):
        raise ValidationError(
            'This is no address that a link can have. Write it as in https://example.org/ or /join/.'
        )


class NoticeQuerySet(models.QuerySet['Notice']):
    def on(self, day: date) -> 'NoticeQuerySet':
        return self.filter(first_day__lte=day, last_day__gte=day)

    def soonest_over_first(self) -> 'NoticeQuerySet':
        return self.order_by('last_day', 'pk')


class Notice(models.Model):
    """A sentence or two on the home page, from one day to another, both included."""

    words = models.CharField(max_length=300, help_text='One or two sentences.')
    language = models.CharField(max_length=10, choices=LANGUAGES, default='en-GB')
    link = models.CharField(
        max_length=500,
        blank=True,
        validators=[check_link],
        help_text='Where it leads, if anywhere: an address, or a path of this site such as /join/.',
    )
    link_words = models.CharField(
        max_length=80, blank=True, help_text='What the link says, so that it is understood by itself.'
    )
    first_day = models.DateField('first day', default=days.today)
    last_day = models.DateField('last day', help_text='It goes at midnight after this day.')

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ['-last_day', '-pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F('first_day')),
                name='notice_ends_after_it_begins',
                violation_error_message='The last day is before the first. Change one of them.',
            ),
            models.CheckConstraint(
                condition=Q(link='', link_words='') | (~Q(link='') & ~Q(link_words='')),
                name='notice_link_with_its_words',
                violation_error_message='A link has an address and words. Give both, or neither.',
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.link = links.safe_href(self.link)
        super().save(*args, **kwargs)

    def stands_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def standing() -> Sequence[Notice]:
    """Those of today; the one that is over soonest comes first."""
    return kept('notices', lambda: _of(day=days.today()))


@prepared()
def _of(*, day: date) -> models.QuerySet[Notice]:
    return Notice.objects.on(day).soonest_over_first()[:SHOWN]
