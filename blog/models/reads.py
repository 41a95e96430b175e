"""How often posts were read. Of whoever read them nothing is kept: no address, no cookie, no name of a program."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q

from blog.models.posts import Post
from ukis import days

# By day so long, then by month; and then no more.
DAYS, MONTHS = timedelta(days=100), timedelta(days=3 * 366)
LONGEST_SITE = 100
# In the place of a site's name, which has a dot in it: reads that nobody sent, that came from a page of ours, from more
# sites than are kept apart, and those of programs that fetch a page for somebody who asks them.
NOT_SAID, HERE, OTHERS, FOR_A_CHAT = '', 'here', 'others', 'chat'


class ReadCountQuerySet(models.QuerySet['ReadCount']):
    def of_days(self) -> 'ReadCountQuerySet':
        return self.filter(of_month=False)

    def to_be_gathered(self, now: datetime) -> 'ReadCountQuerySet':
        """Days that are to be put into their months."""
        return self.of_days().filter(day__lt=days.london_day(now) - DAYS).order_by('day', 'post', 'site')

    def long_ago(self, now: datetime) -> 'ReadCountQuerySet':
        return self.filter(of_month=True, day__lt=days.london_day(now) - MONTHS)

    def since(self, day: date) -> 'ReadCountQuerySet':
        return self.filter(day__gte=day)


class ReadCount(models.Model):
    """At least so many reads of one post on one day, in London, that came from one site; or in one month, by its first
    day."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name='reads', editable=False)
    day = models.DateField(editable=False)
    of_month = models.BooleanField(default=False, editable=False)
    site = models.CharField(max_length=LONGEST_SITE, blank=True, editable=False)
    number = models.PositiveBigIntegerField(editable=False)

    objects = ReadCountQuerySet.as_manager()

    class Meta:
        verbose_name = 'count of reads'
        verbose_name_plural = 'counts of reads'
        constraints = [
            models.UniqueConstraint(fields=['post', 'of_month', 'day', 'site'], name='read_count_once'),
            models.CheckConstraint(
                condition=Q(of_month=False) | Q(day__day=1),
                name='read_count_of_a_month',
                violation_error_message='A month is named by its first day.',
            ),
        ]
        # With all that is added up over a span of days, so that no row is read for it.
        indexes = [
            models.Index(fields=['of_month', 'day', 'site', 'post', 'number'], name='read_count_added_up')
        ]

    def __str__(self) -> str:
        return f'{self.number} of post {self.post_id} on {self.day}'
