"""Lists of posts, cut into pages, and the tags by which they are looked for.

No page counts through what it does not show: how many posts there are is kept by month (`models/shelves.py`), so
the twentieth page and the two-hundredth are found by a few sums and one walk within one month.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.utils import timezone

from blog.models import Byline, Post, Shelf, ShelfCount, Shelved
from blog.models.posts import PostQuerySet
from blog.models.shelves import EVER, LivePosts, ShelvedQuerySet
from ukis import days, tags
from ukis.pagecache import kept
from ukis.prepared import hang, prepared
from ukis.tags.models import Tag

A_PAGE = 20


class Listed(Protocol):
    def page(self, number: int, size: int = A_PAGE) -> tuple[list[Post], int]:
        """The posts of a page, 1 the first, and how many there are in all."""


@dataclass(frozen=True)
class OnShelf:
    """The posts of one shelf, newest first: all, or those of London's months from `first` up to `end`, as (2027, 4)."""

    shelf: Shelf
    key: int = 0
    first: tuple[int, int] | None = None
    end: tuple[int, int] | None = None
    at: datetime = field(default_factory=timezone.now)

    def page(self, number: int, size: int = A_PAGE) -> tuple[list[Post], int]:
        if number > 1:
            rows, whole = self.cut((number - 1) * size, size)
            return with_bylines(self._found(rows).for_listing()), whole
        if self.first or self.end:
            posts: list[Any] = list(self.first_page(size))
        else:
            posts = list(_first_page(shelf=self.shelf, key=self.key, at=self.at, size=size))
        return with_bylines(posts), posts[0].whole if posts else 0

    def first_page(self, size: int) -> PostQuerySet:
        """Each with `whole`, how many there are in all."""
        return self.newest(size).for_listing().annotate(whole=self._whole())

    def newest(self, count: int) -> PostQuerySet:
        return self._found(self._rows().out(self.at).newest_first()[:count]).newest_first()

    def cut(self, skip: int, count: int) -> tuple[ShelvedQuerySet, int]:
        """The rows that follow after so many, newest first, and how many there are in all."""
        months, ahead = self._counted
        whole = sum(posts for _, posts in months) - ahead
        if skip >= whole:
            return Shelved.objects.none(), whole
        month, skip = _reached(months, skip + ahead)
        rows = self._rows().filter(published_at__lt=_start(*_following(month))).newest_first()
        return rows[skip : skip + count], whole

    @cached_property
    def _counted(self) -> tuple[list[tuple[int, int]], int]:
        """How many posts in each month, newest first, and how many of them are still to come."""
        rows = list(self._months().annotate(ahead=self._ahead()).values_list('month', 'posts', 'ahead'))
        return [(month, posts) for month, posts, _ in rows], rows[0][2] if rows else 0

    def _found(self, rows: ShelvedQuerySet) -> PostQuerySet:
        """What is taken down is gone, whatever else is said of it: the dates are looked at once more."""
        return Post.objects.live(self.at).filter(pk__in=rows.values('post'))

    def _rows(self) -> ShelvedQuerySet:
        rows = Shelved.objects.on(self.shelf, self.key)
        if self.first:
            rows = rows.filter(published_at__gte=_start(*self.first))
        if self.end:
            rows = rows.filter(published_at__lt=_start(*self.end))
        return rows

    def _months(self) -> QuerySet[ShelfCount]:
        """The counts by month, newest first."""
        months = ShelfCount.objects.filter(shelf=self.shelf, key=self.key, month__gt=EVER).order_by('-month')
        if self.first:
            months = months.filter(month__gte=_number_of(*self.first))
        if self.end:
            months = months.filter(month__lt=_number_of(*self.end))
        return months

    def _ahead(self) -> Coalesce:
        """How many of them are still to come."""
        return _sum(self._rows().to_come(self.at), Count('pk'))

    def _whole(self) -> Any:
        if self.first or self.end:
            return _sum(self._months(), Sum('posts')) - self._ahead()
        return LivePosts(self.shelf, Value(self.key), self.at)


@prepared('size')
def _first_page(*, shelf: Shelf, key: int, at: datetime, size: int) -> PostQuerySet:
    return OnShelf(shelf, key, at=at).first_page(size)


def with_bylines(posts: Iterable[Post]) -> list[Post]:
    """What came through `for_listing()`, each with the names in its byline."""
    found = list(posts)
    hang(found, 'bylines', _bylines_of(posts=tuple(post.pk for post in found)), of=Byline, by='post_id')
    return found


@prepared()
def _bylines_of(*, posts: tuple[int, ...]) -> QuerySet[Byline]:
    return Byline.objects.for_listing().filter(post__in=posts)


def _sum(rows: QuerySet[Any], value: Any) -> Coalesce:
    summed = rows.order_by().values('shelf').annotate(found=value).values('found')
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)


def _reached(months: list[tuple[int, int]], skip: int) -> tuple[int, int]:
    """The month in which the row stands that comes after so many, and how many of that month come before it."""
    for month, posts in months:
        if skip < posts:
            return month, skip
        skip -= posts
    raise IndexError(skip)


def _number_of(year: int, month: int) -> int:
    return year * 100 + month


def _following(month: int) -> tuple[int, int]:
    year, number = divmod(month, 100)
    return (year, number + 1) if number < 12 else (year + 1, 1)


def _start(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=days.LONDON)


@dataclass(frozen=True)
class CarryingAll:
    """The posts that carry all of several tags. Walks along the rarest of them, newest first."""

    tags: list[Tag]
    at: datetime = field(default_factory=timezone.now)

    def page(self, number: int, size: int = A_PAGE) -> tuple[list[Post], int]:
        rarest, *others = sorted(self.tags, key=lambda tag: (tag.count, tag.pk))
        carried = _sum(
            Shelved.objects.filter(
                post=OuterRef('post'), shelf=Shelf.TAG, key__in=[tag.pk for tag in others]
            ),
            Count('pk'),
        )
        along = Shelved.objects.on(Shelf.TAG, rarest.pk).out(self.at).newest_first()
        rows = along.alias(carried=carried).filter(carried=len(others))
        shown = rows[(number - 1) * size : number * size]
        posts = Post.objects.live(self.at).filter(pk__in=shown.values('post'))
        return with_bylines(posts.for_listing()), rows.count()


def page_of(listed: Listed | None, asked: QueryDict, size: int = A_PAGE) -> dict[str, Any]:
    """For `_pagination.html` and the list: `page`, `pages`, `posts`; `query`, the rest of the address.

    `None` is a list with nothing in it. A page that is not there is a 404.
    """
    number = _number(asked.get('page', '1'))
    posts, whole = listed.page(number, size) if listed else ([], 0)
    if number > 1 and not posts:
        raise Http404('There is no such page of this list.')
    paginator = Paginator(range(whole), size)
    rest = asked.copy()
    rest.pop('page', None)
    return {
        'page': paginator.page(number),
        'posts': posts,
        'pages': paginator.get_elided_page_range(number, on_each_side=1, on_ends=1),
        'query': f'{rest.urlencode()}&' if rest else '',
    }


def _number(typed: str) -> int:
    """A page's number as an address has it: digits, and not more than any list has."""
    if not re.fullmatch('[1-9][0-9]{0,6}', typed):
        raise Http404('There is no such page of this list.')
    return int(typed)


def tag_at(slug: str) -> Tag:
    """The tag that has a page at this address, be it one that was merged. One that was made for something that
    is not out yet has none before that is out."""
    found = Tag.objects.select_related('merged_into').filter(slug=slug).first()
    if found is None or (found.waiting and not _is_out(found)):
        raise Http404('There is no such tag.')
    return found


def _is_out(tag: Tag) -> bool:
    return Shelved.objects.on(Shelf.TAG, tag.pk).out(timezone.now()).exists()


def tags_as_they_stand(slugs: Collection[str], unknown: Collection[str]) -> list[str]:
    """The addresses of tags, where some were renamed or merged: as those stand today that are in use."""
    today = tags.standing_at(unknown)
    in_use = set(tags_in_use().filter(slug__in=today.values()).values_list('slug', flat=True))
    return list(dict.fromkeys(today[slug] if today.get(slug) in in_use else slug for slug in slugs))


def tags_in_use(at: datetime | None = None) -> QuerySet[Any]:
    """The tags of live posts, each with `count`, how many of those carry it. In no order yet."""
    return _counted_tags(at).filter(count__gt=0)


def _counted_tags(at: datetime | None = None) -> QuerySet[Any]:
    """A merged tag has no posts left, so that it need not be asked for."""
    return Tag.objects.annotate(count=LivePosts(Shelf.TAG, 'pk', at or timezone.now()))


def tags_most_used(count: int, *, beside: Collection[str] = ()) -> list[Any]:
    """Of the tags in use those with most posts, by name, and those that `beside` names by their addresses."""
    at = timezone.now()
    found: list[Any] = list(kept(('tags most used', count), lambda: _most_used(at=at, count=count)))
    if rarer := set(beside).difference(tag.slug for tag in found):
        found += _named_tags(at).filter(slug__in=rarer)
    return sorted((tag for tag in found if tag.count > 0), key=lambda tag: tag.name.lower())


@prepared('count')
def _most_used(*, at: datetime, count: int) -> QuerySet[Tag]:
    most = ShelfCount.objects.filter(shelf=Shelf.TAG, month=EVER).order_by('-posts', 'key')[:count]
    return _named_tags(at).filter(pk__in=most.values('key'))


def _named_tags(at: datetime) -> QuerySet[Any]:
    return _counted_tags(at).only('name', 'slug').order_by()
