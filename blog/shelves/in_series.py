"""The posts of a series in their order, the oldest first, and where one post stands among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from blog.models import Byline, Post, Series, SeriesEditor, Shelf, Shelved
from blog.models.shelves import LivePosts
from blog.shelves import listing
from ukis.fetched import Rows
from ukis.pagecache import kept
from ukis.prepared import prepared


def in_use(at: datetime | None = None) -> QuerySet[Any]:
    """Series with a post that is out, each with `count`, how many. In no order yet."""
    return _counted(at or timezone.now()).filter(count__gt=0).order_by()


def _counted(at: datetime) -> QuerySet[Any]:
    return Series.objects.annotate(count=LivePosts(Shelf.SERIES, 'pk', at))


def series_at(slug: str) -> Any:
    """The series with a page at this address: one of which a post is out. With `count`, how many are."""
    found: Any = next(iter(_at(slug=slug, at=timezone.now())), None)
    if found is None or found.count < 1:
        raise Http404('There is no such series.')
    return found


@prepared()
def _at(*, slug: str, at: datetime) -> QuerySet[Series]:
    return _counted(at).filter(slug=slug).order_by()


@prepared()
def named_guests(*, series: int, at: datetime) -> QuerySet[SeriesEditor]:
    """Whoever looks after it and may be named; `has_page` where a post in print names them."""
    written = Byline.objects.filter(person=OuterRef('person')).in_print(at)
    rows = SeriesEditor.objects.filter(series=series, named=True).select_related('person')
    shown = rows.only('series', 'person__title', 'person__name', 'person__slug')
    return shown.annotate(has_page=Exists(written)).order_by('person__family_name', 'person__name', 'pk')


@dataclass(frozen=True)
class InOrder:
    """The posts of a series, the oldest first, cut into pages."""

    series: int
    at: datetime = field(default_factory=timezone.now)

    def page(self, number: int, size: int = listing.A_PAGE) -> tuple[Sequence[Post], int]:
        posts = _page(series=self.series, at=self.at, skip=(number - 1) * size, size=size)
        return listing.with_bylines(posts), posts.sent('whole')[0] if posts else 0


@prepared('size')
def _page(*, series: int, at: datetime, skip: int, size: int) -> QuerySet[Any]:
    rows = Shelved.objects.on(Shelf.SERIES, series).out(at).newest_first().reverse()[skip : skip + size]
    posts = Post.objects.live(at).filter(pk__in=rows.values('post')).for_listing()
    return posts.order_by('published_at', 'pk').annotate(
        whole=LivePosts(Shelf.SERIES, Value(series, IntegerField()), at)
    )


@dataclass(frozen=True)
class PlaceInSeries:
    """Where a post stands in its series, and what comes before and after it."""

    title: str
    address: str
    number: int
    whole: int
    before: Post | None
    after: Post | None


def beside(series: int, post: int, at: datetime) -> Rows[Any]:
    """The post with its neighbours, in their order."""
    return kept(('beside in a series', series, post), lambda: _beside(series=series, post=post, at=at))


@prepared()
def _beside(*, series: int, post: int, at: datetime) -> QuerySet[Any]:
    shelf = Shelved.objects.on(Shelf.SERIES, series)
    own: Any = Subquery(shelf.filter(post=post).values('published_at')[:1])
    out = shelf.out(at)
    earlier = out.filter(Q(published_at__lt=own) | Q(published_at=own, post__lt=post))
    following = out.filter(Q(published_at__gt=own) | Q(published_at=own, post__gt=post))
    near: list[Any] = [
        Subquery(rows.values('post')[:1])
        for rows in (earlier.newest_first(), following.newest_first().reverse())
    ]
    of_series = Series.objects.filter(pk=series).order_by()
    count = earlier.order_by().values('shelf').annotate(found=Count('pk')).values('found')
    return (
        Post.objects.live(at)
        .filter(Q(pk=post) | Q(pk=near[0]) | Q(pk=near[1]))
        .with_title()
        .annotate(
            series_title=Subquery(of_series.values('title')[:1]),
            series_slug=Subquery(of_series.values('slug')[:1]),
            earlier=Coalesce(Subquery(count, output_field=IntegerField()), 0),
            whole=LivePosts(Shelf.SERIES, Value(series, IntegerField()), at),
        )
        .order_by('published_at', 'pk')
    )


def place_of(post: int, near: Sequence[Any]) -> PlaceInSeries | None:
    """What `beside` gave, told from the post."""
    own = next((index for index, one in enumerate(near) if one.pk == post), None)
    if own is None:
        return None  # it went off the shelf between two questions
    one = near[own]
    return PlaceInSeries(
        title=one.series_title,
        address=Series(slug=one.series_slug).get_absolute_url(),
        number=one.earlier + 1,
        whole=one.whole,
        before=near[own - 1] if own else None,
        after=near[own + 1] if own + 1 < len(near) else None,
    )
