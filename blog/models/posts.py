"""What the public reads. Public code touches Post, its Version and its Bylines, and nothing of the process."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from blog.models import shelves
from blog.models.submissions import Submission
from blog.models.versions import Version
from blog.models.words import Printed
from members import seeing
from ukis import addresses, days, search
from ukis.tags import Tags

# What the clock looks at again once a post changed.
UNSEEN_SINCE = {'related_at': None, 'carded_at': None}


class Views(models.TextChoices):
    OWN = 'own', 'my own'
    ORGANISATION = 'organisation', 'my organisation’s'
    SOCIETY = 'society', 'the Society’s'


# The place on the home page of what nobody has put in order there.
UNPLACED = 32_000


def _at_its_address(at: datetime | None = None, of: str = '') -> Q:
    return Q(**{f'{of}published_at__lte': at or timezone.now(), f'{of}taken_down_at': None})


def _shown_of(picture: str) -> list[str]:
    return [f'{picture}__{name}' for name in ('file', 'width', 'height', 'sizes', 'focal_x', 'focal_y')]


class PostQuerySet(models.QuerySet['Post']):
    def live(self, at: datetime | None = None) -> 'PostQuerySet':
        """What is public and listed at a moment. With `at_its_address` the only reader of the three dates."""
        return self.at_its_address(at).filter(archived_at=None)

    def at_its_address(self, at: datetime | None = None) -> 'PostQuerySet':
        """What answers at its own address: live and archived posts, not those taken down."""
        return self.filter(_at_its_address(at))

    def featured_on(self, day: date) -> 'PostQuerySet':
        """What leads the home page on a day, in its order."""
        until = Q(featured_until=None) | Q(featured_until__gte=day)
        return self.filter(until, featured=True).order_by('featured_place', '-published_at', '-pk')

    def taken_down(self) -> 'PostQuerySet':
        return self.filter(published_at__lte=timezone.now(), taken_down_at__isnull=False)

    def newest_first(self) -> 'PostQuerySet':
        return self.order_by('-published_at', '-pk')

    def for_listing(self) -> 'PostQuerySet':
        """With what a list item shows but for the bylines (`blog.shelves.listing.with_bylines`), and nothing else."""
        words = [f'version__{name}' for name in ('title', 'standfirst', 'language')]
        return (
            self.newest_first()
            .select_related('version__lead_picture')
            .only('slug', 'published_at', *words, *_shown_of('version__lead_picture'))
        )

    def with_title(self) -> 'PostQuerySet':
        """With what it is called by, and none of its words."""
        return self.select_related('version').only('slug', 'version__title', 'version__language')

    def for_reading(self) -> 'PostQuerySet':
        """With all that a post's own page or a feed entry shows but for what hangs on it: `post_page.with_all`."""
        return self.select_related('version__lead_picture')

    def due_to_be_related(self) -> 'PostQuerySet':
        """Of which, since they last changed, nobody has looked for related posts."""
        return self.filter(related_at=None, published_at__isnull=False)

    def update(self, **columns: Any) -> int:
        """A date that changes changes where a post stands, also where it changes in bulk."""
        columns = {'touched_at': timezone.now(), **UNSEEN_SINCE, **columns}
        with transaction.atomic():
            keys = list(self.values_list('pk', flat=True))
            changed = super().update(**columns)
            if not shelves.DATES.isdisjoint(columns):
                shelves.keep(self.model.objects.filter(pk__in=keys))
            search.changed('blog.post', keys)
        return changed

    def shelve(self) -> None:
        """To be called after bylines or tags were written, in that transaction."""
        with transaction.atomic():
            keys = list(self.values_list('pk', flat=True))
            super().update(touched_at=timezone.now(), **UNSEEN_SINCE)
            shelves.keep(self.model.objects.filter(pk__in=keys))
            search.changed('blog.post', keys)


class Post(models.Model):
    """Made when a submission is accepted, with an address; out when `published_at` is past."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name='post')
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )
    slug = addresses.AddressField('address', views=('post',))
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_down_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_down_why = models.CharField(max_length=300, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When anything of it last changed that anybody reads; moved by whatever is saved here.
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    # When its related posts were last looked for; empty again as soon as it changes.
    related_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When its card was last looked at, likewise.
    carded_at = models.DateTimeField(null=True, blank=True, editable=False)
    views = models.CharField('whose views', max_length=12, choices=Views, default=Views.OWN)
    interests = models.TextField('interests declared', blank=True, help_text='Printed unless it is empty.')
    licence = models.CharField(max_length=300, blank=True)
    featured = models.BooleanField(default=False)
    # On the home page: those that staff put in order first, then the newest; until the end of a day, if there is one.
    featured_place = models.PositiveSmallIntegerField(
        'place on the home page', default=UNPLACED, editable=False
    )
    featured_until = models.DateField('featured until', null=True, blank=True, editable=False)
    elsewhere_url = models.URLField('first published at', blank=True)
    elsewhere_on = models.DateField('first published on', null=True, blank=True)
    # By which readers' apps know it from where it stood before; empty of what is known by its key here.
    feed_id = models.CharField(max_length=500, blank=True, editable=False)

    tags = Tags(blank=True)
    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ['-published_at', '-pk']
        constraints = [
            addresses.well_formed('post_address_well_formed'),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(version__isnull=False), name='published_post_has_words'
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | ~Q(taken_down_why=''), name='taken_down_with_a_reason'
            ),
        ]
        indexes = [
            models.Index(fields=['-published_at', '-id'], name='post_newest'),
            models.Index(
                fields=['-published_at', '-id'],
                name='post_live',
                condition=Q(archived_at=None, taken_down_at=None),
            ),
            models.Index(
                fields=['-touched_at'], name='post_touched', condition=Q(published_at__isnull=False)
            ),
            models.Index(
                fields=['-published_at', '-id'],
                name='post_to_be_related',
                condition=Q(related_at=None, published_at__isnull=False),
            ),
            models.Index(
                fields=['-published_at', '-id'],
                name='post_without_card',
                condition=Q(carded_at=None, published_at__isnull=False),
            ),
            models.Index(
                # No condition but a column: SQLite is not told what `featured` is asked to be when it plans.
                fields=['featured', 'featured_place', '-published_at', '-id'],
                name='post_featured',
                condition=Q(archived_at=None, taken_down_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.version.title if self.version else self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get('update_fields')
        self.touched_at, self.related_at, self.carded_at = timezone.now(), None, None
        if fields is not None:
            kwargs['update_fields'] = {*fields, 'touched_at', *UNSEEN_SINCE}
        with transaction.atomic():
            super().save(*args, **kwargs)
            if fields is None or not shelves.DATES.isdisjoint(fields):
                shelves.keep(Post.objects.filter(pk=self.pk))
            search.saved(self, fields)

    def shelve(self) -> None:
        Post.objects.filter(pk=self.pk).shelve()

    def get_absolute_url(self) -> str:
        return addresses.path_of('post', self.slug)

    def is_out_at(self, moment: datetime) -> bool:
        """Whether its time has come by then, whatever became of it since."""
        return self.published_at is not None and self.published_at <= moment

    def is_scheduled_at(self, moment: datetime) -> bool:
        return self.published_at is not None and self.published_at > moment

    @property
    def is_out(self) -> bool:
        return self.is_out_at(timezone.now())

    @property
    def is_at_its_address(self) -> bool:
        """Out, and not taken down: what the queryset of that name finds."""
        return self.is_out and self.taken_down_at is None

    @property
    def is_scheduled(self) -> bool:
        return self.is_scheduled_at(timezone.now())

    @property
    def published_on(self) -> date:
        """The day in London."""
        return days.london_day(self.published_at or timezone.now())

    @property
    def published_in_words(self) -> str:
        return days.in_words(self.published_on)

    @property
    def copyright_year(self) -> int:
        """The year of publication, in London."""
        return timezone.localtime(self.published_at or timezone.now(), days.LONDON).year

    @property
    def changed_at(self) -> datetime:
        changed = self.revised_at or self.published_at
        assert changed is not None, 'asked of a post that is out'
        return changed


class BylineQuerySet(models.QuerySet['Byline']):
    def in_print(self, at: datetime | None = None) -> 'BylineQuerySet':
        """Those of posts that answer at their own address."""
        return self.filter(_at_its_address(at, of='post__'))

    def for_listing(self) -> 'BylineQuerySet':
        linked = ('person__slug', *(f'organisation__{name}' for name in ('slug', 'name', 'short_name')))
        return self.select_related('person', 'organisation').only(
            'post', 'order', 'name', 'role', 'affiliation', *linked
        )

    def for_reading(self) -> 'BylineQuerySet':
        linked = (
            *(f'person__{name}' for name in ('slug', 'orcid', 'links_for')),
            *(f'organisation__{name}' for name in ('slug', 'name', 'short_name')),
            *_shown_of('picture'),
        )
        own = ('post', 'order', 'name', 'citation_name', 'role', 'affiliation', 'biography')
        return self.select_related('person', 'organisation', 'picture').only(*own, *linked)


class Byline(Printed):
    """A name in print, frozen at release from what the author approved."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name='bylines')
    order = models.PositiveSmallIntegerField()

    objects = BylineQuerySet.as_manager()

    class Meta:
        ordering = ['order', 'pk']
        constraints = [models.UniqueConstraint(fields=['post', 'order'], name='byline_order_once')]

    @property
    def orcid(self) -> str:
        """Its person's, where everybody may see it."""
        return self.person.as_seen(seeing.PUBLIC).orcid if self.person else ''


class Correction(models.Model):
    """A dated note under a post that was changed after it came out; a typo's is for the author, not for print."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name='corrections')
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField()
    printed = models.BooleanField(default=True)

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return self.note
