"""Lists of posts, cut into pages, and the tags by which they are looked for.

No page counts through what it does not show: how many posts there are is kept by month (`models/shelves.py`), so
the twentieth page and the two-hundredth are found by a few sums and one walk within one month.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, QueryDict
from django.utils import timezone

from blog.models import Byline, Post, Shelf, ShelfCount, Shelved
from blog.models.posts import PostQuerySet
from blog.models.shelves import EVER, LivePosts, ShelvedQuerySet
from members.models import Organisation
from ukis import days, tags
from ukis.fetched import Rows, later
from ukis.pagecache import kept
from ukis.prepared import asked, hang, prepared
from ukis.tags.models import Tag

A_PAGE, LATEST = 20, 5
LOOKED_AT, BESIDE = 20, 8  # of a tag's newest posts, and of the tags that they carry besides


class Listed(Protocol):
    def page(self, number: int, size: int = A_PAGE) -> tuple[Sequence[Post], int]:
        """The posts of a page, 1 the first, and how many there are in all."""


@dataclass(frozen=True)
class OnShelf:
    """The posts of one shelf, newest first: all, or those of London's months from `first` up to `end`, as (2027, 4)."""

    shelf: Shelf
    key: int = 0
    first: tuple[int, int] | None = None
    end: tuple[int, int] | None = None
    at: datetime = field(default_factory=timezone.now)

    def page(self, number: int, size: int = A_PAGE) -> tuple[Sequence[Post], int]:
        if number == 1:
            posts = _first_page(**self._place, **self._months, size=size)
            return with_bylines(posts), posts.sent('whole')[0] if posts else 0
        until, skip, whole = self._reached((number - 1) * size)
        if until is None:
            return (), whole
        posts = _further_page(**self._place | {'until': until}, skip=skip, size=size)
        return with_bylines(posts), whole

    def newest(self, count: int) -> PostQuerySet:
        return _newest(**self._place, count=count)

    def cut(self, skip: int, count: int) -> tuple[ShelvedQuerySet, int]:
        """The rows that follow after so many, newest first, and how many there are in all."""
        until, skip, whole = self._reached(skip)
        if until is None:
            return Shelved.objects.none(), whole
        rows = _rows(self.shelf, self.key, self._place['since'], until)
        return rows.newest_first()[skip : skip + count], whole

    def _reached(self, skip: int) -> tuple[datetime | None, int, int]:
        """The end of the month in which the row stands that comes after so many, None where there is none; how many
        before that end come first; how many there are in all."""
        counted = self._counted
        posts, ahead = counted.sent('posts'), counted.sent('ahead')[0] if counted else 0
        whole = sum(posts) - ahead
        if skip >= whole:
            return None, 0, whole
        skip += ahead
        for month, here in zip(counted.sent('month'), posts, strict=True):
            if skip < here:
                return _start(*_following(month)), skip, whole
            skip -= here
        raise IndexError(skip)

    @cached_property
    def _counted(self) -> Rows[ShelfCount]:
        return _months_counted(**self._place, **self._months)

    @property
    def _place(self) -> dict[str, Any]:
        since, until = (_start(*one) if one else None for one in (self.first, self.end))
        return {'shelf': self.shelf, 'key': self.key, 'since': since, 'until': until, 'at': self.at}

    @property
    def _months(self) -> dict[str, int | None]:
        return {
            'first': _number_of(*self.first) if self.first else None,
            'end': _number_of(*self.end) if self.end else None,
        }


def _newest(
    shelf: Shelf, key: int, at: datetime, since: datetime | None, until: datetime | None, *, count: int
) -> PostQuerySet:
    """What is taken down is gone, whatever else is said of it: the dates are looked at once more."""
    rows = _rows(shelf, key, since, until).out(at).newest_first()[:count]
    return Post.objects.live(at).filter(pk__in=rows.values('post')).newest_first()


@prepared('size')
def _first_page(*, size: int, first: int | None, end: int | None, **place: Any) -> PostQuerySet:
    """Each with `whole`, how many there are in all."""
    whole: Any = LivePosts(place['shelf'], Value(place['key']), place['at'])
    if first or end:
        months = _months(place['shelf'], place['key'], first, end)
        whole = _sum(months, Sum('posts')) - _ahead(**place)
    return _newest(**place, count=size).for_listing().annotate(whole=whole)


@prepared('size')
def _further_page(*, skip: int, size: int, at: datetime, **place: Any) -> PostQuerySet:
    rows = _rows(**place).newest_first()[skip : skip + size]
    return Post.objects.live(at).filter(pk__in=rows.values('post')).for_listing()


@prepared()
def _months_counted(*, first: int | None, end: int | None, **place: Any) -> QuerySet[ShelfCount]:
    """How many posts in each month, newest first; `ahead`, how many of them all are still to come."""
    months = _months(place['shelf'], place['key'], first, end)
    return months.only('month', 'posts').annotate(ahead=_ahead(**place))


def _rows(shelf: Shelf, key: int, since: datetime | None, until: datetime | None) -> ShelvedQuerySet:
    rows = Shelved.objects.on(shelf, key)
    if since:
        rows = rows.filter(published_at__gte=since)
    return rows.filter(published_at__lt=until) if until else rows


def _months(shelf: Shelf, key: int, first: int | None, end: int | None) -> QuerySet[ShelfCount]:
    """The counts by month, newest first."""
    months = ShelfCount.objects.filter(shelf=shelf, key=key, month__gt=EVER).order_by('-month')
    if first:
        months = months.filter(month__gte=first)
    return months.filter(month__lt=end) if end else months


def _ahead(at: datetime, **place: Any) -> Coalesce:
    """How many of them are still to come."""
    return _sum(_rows(**place).to_come(at), Count('pk'))


def with_bylines(posts: Rows[Post]) -> Rows[Post]:
    """What came through `for_listing()`, each with the names in its byline."""
    return posts.along(_hang_bylines, _bylines_of(posts=posts.sent('id')))


def _hang_bylines(posts: list[Post], bylines: Rows[Byline]) -> None:
    hang(posts, 'bylines', bylines, of=Byline, by='post_id')


@prepared()
def _bylines_of(*, posts: tuple[int, ...]) -> QuerySet[Byline]:
    return Byline.objects.for_listing().filter(post__in=posts)


def _sum(rows: QuerySet[Any], value: Any) -> Coalesce:
    summed = rows.order_by().values('shelf').annotate(found=value).values('found')
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)


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

    def page(self, number: int, size: int = A_PAGE) -> tuple[Sequence[Post], int]:
        shown, whole = self.cut((number - 1) * size, size)
        posts = Post.objects.live(self.at).filter(pk__in=shown.values('post'))
        return with_bylines(asked(posts.for_listing())), whole

    def cut(self, skip: int, count: int) -> tuple[ShelvedQuerySet, int]:
        """As of a shelf."""
        rarest, *others = sorted(self.tags, key=lambda tag: (tag.count, tag.pk))
        carried = _sum(
            Shelved.objects.filter(
                post=OuterRef('post'), shelf=Shelf.TAG, key__in=[tag.pk for tag in others]
            ),
            Count('pk'),
        )
        along = Shelved.objects.on(Shelf.TAG, rarest.pk).out(self.at).newest_first()
        rows = along.alias(carried=carried).filter(carried=len(others))
        return rows[skip : skip + count], rows.count()


def page_of(listed: Listed | None, asked: QueryDict, size: int = A_PAGE) -> dict[str, Any]:
    """For `_pagination.html` and the list: `page`, its `number`, `pages`, `posts`; `query`, the rest of the address.

    `None` is a list with nothing in it. A page that is not there is a 404.
    """
    number = number_of(asked)
    posts, whole = listed.page(number, size) if listed else ((), 0)
    if number > 1 and not posts:
        raise Http404('There is no such page of this list.')
    rest = asked.copy()
    rest.pop('page', None)
    return {
        'number': number,
        'page': later(_page, whole, size, number),
        'posts': posts,
        'pages': later(_pages, whole, size, number),
        'query': f'{rest.urlencode()}&' if rest else '',
    }


def _page(whole: int, size: int, number: int) -> Page:
    return Paginator(range(whole), size).page(number)


def _pages(whole: int, size: int, number: int) -> list[int | str]:
    return list(Paginator(range(whole), size).get_elided_page_range(number, on_each_side=1, on_ends=1))


def number_of(given: QueryDict) -> int:
    """A page's number as an address has it: digits, and not more than any list has."""
    typed = given.get('page', '1')
    if not re.fullmatch('[1-9][0-9]{0,6}', typed):
        raise Http404('There is no such page of this list.')
    return int(typed)


def tag_at(slug: str) -> Tag:
    """The tag that has a page at this address, be it one that was merged."""
    found = tag_or_none(slug)
    if found is None:
        raise Http404('There is no such tag.')
    return found


def tag_or_none(slug: str) -> Tag | None:
    """One that was made for something that is not out yet has no page before that is out."""
    found = next(iter(_tag_at(slug=slug)), None)
    return None if found is not None and found.waiting and not _is_out(found) else found


@prepared()
def _tag_at(*, slug: str) -> QuerySet[Tag]:
    return Tag.objects.select_related('merged_into').filter(slug=slug).order_by()


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


def tags_beside(tag: Tag) -> Rows[Tag]:
    """The tags that its newest posts carry most often besides, by name."""
    return _tags_beside(tag=tag.pk, at=timezone.now())


@prepared()
def _tags_beside(*, tag: int, at: datetime) -> QuerySet[Tag]:
    newest = Shelved.objects.on(Shelf.TAG, tag).out(at).newest_first()[:LOOKED_AT]
    # Found by the few posts: SQLite would else walk along all that stands on any tag's shelf.
    others = Shelved.objects.filter(post__in=newest.values('post')).alias(of=F('shelf') + 0)
    others = others.filter(of=Shelf.TAG).exclude(key=tag)
    often = others.values('key').annotate(posts=Count('pk')).order_by('-posts', 'key')[:BESIDE]
    return Tag.objects.filter(pk__in=often.values('key')).only('name', 'slug').order_by(Lower('name'), 'pk')


def tags_most_used(count: int, *, beside: Collection[str] = ()) -> Sequence[Any]:
    """Of the tags in use those with most posts, by name, and those that `beside` names by their addresses."""
    at = timezone.now()
    found = kept(('tags most used', count), lambda: _most_used(at=at, count=count))
    rarer = set(beside).difference(found.sent('slug'))
    return later(_by_name, found, asked(_named_tags(at).filter(slug__in=rarer)) if rarer else ())


def _by_name(*found: Sequence[Any]) -> list[Any]:
    return sorted((tag for some in found for tag in some if tag.count > 0), key=lambda tag: tag.name.lower())


@prepared('count')
def _most_used(*, at: datetime, count: int) -> QuerySet[Tag]:
    most = ShelfCount.objects.filter(shelf=Shelf.TAG, month=EVER).order_by('-posts', 'key')[:count]
    return _named_tags(at).filter(pk__in=most.values('key'))


def _named_tags(at: datetime) -> QuerySet[Any]:
    return _counted_tags(at).only('name', 'slug').order_by()


def latest_naming(organisation: Organisation) -> Sequence[Post]:
    return asked(OnShelf(Shelf.ORGANISATION, organisation.pk).newest(LATEST).for_listing())
