"""Where posts stand in the lists that people look through, and how many stand there.

A post stands on the shelf of all posts, on those of its tags, of its series and of the people and organisations
that its byline names, as long as it is published or scheduled and neither archived nor taken down. A scheduled one
stands there already, with its time: readers look at what is not later than now, so nothing needs to happen for
it to come out. The counts count the scheduled ones too; whoever reads them takes away the few still to come.

Rows follow from posts, bylines and tagged items and are kept in the transaction that changes those: `Post` does
it itself where its dates change, tags tell (`ukis.changes`), a verb that writes bylines or chooses a series says
`shelve()` afterwards.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ukis import days
from ukis.tags.models import TaggedItem

# The columns of a post that say where it stands.
_DATES = ('published_at', 'revised_at', 'archived_at', 'taken_down_at')
DATES = frozenset(_DATES)
# In the place of a month: the count of them all.
EVER = 0


class Shelf(models.IntegerChoices):
    ALL = 0, 'all posts'
    TAG = 1, 'a tag’s posts'
    PERSON = 2, 'a person’s posts'
    ORGANISATION = 3, 'an organisation’s posts'
    SERIES = 4, 'a series’ posts'


class ShelvedQuerySet(models.QuerySet['Shelved']):
    def on(self, shelf: Shelf, key: int = 0) -> 'ShelvedQuerySet':
        return self.filter(shelf=shelf, key=key)

    def out(self, at: datetime) -> 'ShelvedQuerySet':
        return self.filter(published_at__lte=at)

    def to_come(self, at: datetime) -> 'ShelvedQuerySet':
        return self.filter(published_at__gt=at)

    def newest_first(self) -> 'ShelvedQuerySet':
        return self.order_by('-published_at', '-post')


class Shelved(models.Model):
    """One post on one shelf; `key` is the tag, person, organisation or series, 0 for all posts."""

    shelf = models.PositiveSmallIntegerField(choices=Shelf)
    key = models.PositiveBigIntegerField()
    post = models.ForeignKey('blog.Post', on_delete=models.PROTECT, related_name='shelved')
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ShelvedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['shelf', 'key', 'post'], name='shelved_once'),
        ]
        indexes = [
            models.Index(fields=['shelf', 'key', '-published_at', '-post'], name='shelved_newest'),
            models.Index(fields=['shelf', 'key', '-changed_at'], name='shelved_changed'),
        ]

    def __str__(self) -> str:
        return f'post {self.post_id} on {self.get_shelf_display()} {self.key}'


class ShelfCount(models.Model):
    """How many posts stand on a shelf: those of one month of London's, as 202704, or of `EVER`."""

    shelf = models.PositiveSmallIntegerField(choices=Shelf)
    key = models.PositiveBigIntegerField()
    month = models.PositiveIntegerField()
    posts = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=['shelf', 'key', 'month'], name='shelf_counted_once')]
        indexes = [
            models.Index(
                fields=['shelf', '-posts', 'key'], name='shelf_most_used', condition=models.Q(month=EVER)
            ),
        ]

    def __str__(self) -> str:
        return f'{self.posts} posts on {self.get_shelf_display()} {self.key} in {self.month or "all"}'


class LivePosts(models.Func):
    """How many posts on the shelf of a key are out at a moment: those counted but for those still to come.

    Written out because it is asked with every list: Django takes longer to write it than a database to answer it.
    """

    output_field = models.IntegerField()

    def __init__(self, shelf: Shelf, key: Any, at: datetime, **extra: Any) -> None:
        super().__init__(key, **extra)
        self.shelf, self.at = int(shelf), at

    def as_sql(self, compiler: Any, connection: Any, *rest: Any, **context: Any) -> tuple[str, Any]:
        key, params = compiler.compile(self.get_source_expressions()[0])
        sql = f"""(COALESCE((
            SELECT posts FROM blog_shelfcount
            WHERE blog_shelfcount.shelf = {self.shelf} AND blog_shelfcount.key = {key} AND month = {EVER}
        ), 0) - (
            SELECT COUNT(*) FROM blog_shelved
            WHERE blog_shelved.shelf = {self.shelf} AND blog_shelved.key = {key}
            AND blog_shelved.published_at > %s
        ))"""  # noqa: S608  # the numbers are ours
        at = connection.ops.adapt_datetimefield_value(self.at)
        return sql, (*params, *params, at)


type Place = tuple[int, Shelf, int]  # post, shelf, key
type Dates = tuple[datetime, datetime]  # published, changed


def month_of(at: datetime) -> int:
    local = timezone.localtime(at, days.LONDON)
    return local.year * 100 + local.month


def keep(posts: QuerySet[Any]) -> None:
    """Puts these posts where they belong, and counts. Call it after the change and in its transaction.

    Posts are locked first and what hangs on them is read afterwards, so that of two changes the later one sees
    both. Whoever counts does it alone: the count of all posts is locked from then to the end.
    """
    with transaction.atomic():
        dates = dates_of(posts.order_by('pk').select_for_update())
        wanted = places_of(posts.model._base_manager.filter(pk__in=dates), dates)
        rows = Shelved.objects.filter(post__in=list(dates))
        stand = {(row.post_id, Shelf(row.shelf), row.key): row for row in rows}
        gone = [row for place, row in stand.items() if place not in wanted]
        new = [
            Shelved(post_id=post, shelf=shelf, key=key, published_at=published, changed_at=changed)
            for (post, shelf, key), (published, changed) in wanted.items()
            if (post, shelf, key) not in stand
        ]
        moved = [
            row
            for place, row in stand.items()
            if place in wanted and wanted[place] != (row.published_at, row.changed_at)
        ]
        changes: Counter[tuple[int, int, int]] = Counter()
        changes.subtract(counted(gone + moved))
        for row in moved:
            row.published_at, row.changed_at = wanted[row.post_id, Shelf(row.shelf), row.key]
        changes.update(counted(new + moved))
        if gone or moved or new:
            Shelved.objects.filter(pk__in=[row.pk for row in gone]).delete()
            Shelved.objects.bulk_update(moved, ['published_at', 'changed_at'], batch_size=300)
            Shelved.objects.bulk_create(new, batch_size=500)
            _count(changes)


def dates_of(posts: QuerySet[Any]) -> dict[int, list[Any]]:
    return {pk: dates for pk, *dates in posts.values_list('pk', *_DATES)}


def places_of(posts: QuerySet[Any], dates: dict[int, list[Any]]) -> dict[Place, Dates]:
    """Where each of the posts belongs."""
    standing = {
        pk: (published, max(published, revised or published))
        for pk, (published, revised, archived, down) in dates.items()
        if published and not archived and not down
    }
    tagged = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(posts.model), object_id__in=standing
    )
    named = posts.filter(pk__in=standing)
    places: list[Place] = [
        *((pk, Shelf.ALL, 0) for pk in standing),
        *((pk, Shelf.TAG, key) for pk, key in tagged.values_list('object_id', 'tag')),
        *((pk, Shelf.PERSON, key) for pk, key in named.values_list('pk', 'bylines__person') if key),
        *(
            (pk, Shelf.ORGANISATION, key)
            for pk, key in named.values_list('pk', 'bylines__organisation')
            if key
        ),
        *((pk, Shelf.SERIES, key) for pk, key in named.values_list('pk', 'submission__series') if key),
    ]
    return {place: standing[place[0]] for place in places}


def counted(rows: Iterable[Shelved]) -> Counter[tuple[int, int, int]]:
    """By shelf, key and month; each row in its month and in `EVER`."""
    return Counter(
        (row.shelf, row.key, month) for row in rows for month in (EVER, month_of(row.published_at))
    )


def _count(changes: Counter[tuple[int, int, int]]) -> None:
    ever = {'shelf': Shelf.ALL, 'key': 0, 'month': EVER}
    ShelfCount.objects.select_for_update().get_or_create(**ever, defaults={'posts': 0})
    changes = Counter({place: change for place, change in changes.items() if change})
    known: dict[tuple[int, int, int], int] = {}
    for shelf in {shelf for shelf, _, _ in changes}:
        keys = {key for one, key, _ in changes if one == shelf}
        for row in ShelfCount.objects.filter(shelf=shelf, key__in=keys):
            known[row.shelf, row.key, row.month] = row.posts
    rows = [
        ShelfCount(shelf=place[0], key=place[1], month=place[2], posts=max(0, known.get(place, 0) + change))
        for place, change in changes.items()
    ]
    ShelfCount.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=['shelf', 'key', 'month'],
        update_fields=['posts'],
    )
