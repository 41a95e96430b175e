"""The shelves as a whole: following what happens elsewhere, made anew, and looked over."""

from collections.abc import Collection
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from blog.models import Post, Shelf, ShelfCount, Shelved
from blog.models.shelves import counted, dates_of, places_of


def follow_tags(rows: Collection[tuple[int, int]]) -> None:
    """Tags were merged: posts that carried them stand on other shelves. `rows` as `ukis.changes` tells them."""
    kind = ContentType.objects.get_for_model(Post).pk
    Post.objects.filter(pk__in=[key for one, key in rows if one == kind]).shelve()


def put_right(**of_signal: Any) -> None:
    """After every migrate: where there are fewer or more posts than stand on the shelf of all, or of series than on
    theirs, everything anew.
    So are rows put up that were brought in by other means than ours."""
    standing = Post.objects.filter(published_at__isnull=False, archived_at=None, taken_down_at=None)
    of_series = standing.filter(submission__series__isnull=False)
    shelved = [Shelved.objects.filter(shelf=shelf).count() for shelf in (Shelf.ALL, Shelf.SERIES)]
    if [standing.count(), of_series.count()] != shelved:
        rebuild()


def rebuild() -> None:
    """Everything anew, after rows were written in bulk. Nobody publishes meanwhile."""
    with transaction.atomic():
        Shelved.objects.all().delete()
        ShelfCount.objects.all().delete()
        for keys in batched(Post.objects.values_list('pk', flat=True).order_by('pk'), 1000):
            Post.objects.filter(pk__in=keys).shelve()


def slips() -> list[str]:
    """Where the shelves are not as posts, bylines and tags have them: nothing, always."""
    wanted = places_of(Post.objects.all(), dates_of(Post.objects.all()))
    stand = {
        (row.post_id, Shelf(row.shelf), row.key): (row.published_at, row.changed_at)
        for row in Shelved.objects.all()
    }
    count = counted(
        Shelved(shelf=shelf, key=key, published_at=published)
        for (_, shelf, key), (published, _) in wanted.items()
    )
    counts = {(row.shelf, row.key, row.month): row.posts for row in ShelfCount.objects.all()}
    return [
        *(
            f'{place}: {wanted.get(place)}, and stands as {stand.get(place)}'
            for place in sorted(wanted.keys() | stand.keys())
            if wanted.get(place) != stand.get(place)
        ),
        *(
            f'{place}: {count[place]}, and counted as {counts.get(place, 0)}'
            for place in sorted(count.keys() | counts.keys())
            if count[place] != counts.get(place, 0)
        ),
    ]
