"""Atom, RSS and JSON feeds of the newest posts, whole, with the lines that stand under a post on its page.

Nothing in them depends on when they are asked for, so an unchanged feed answers 304 to its ETag and to its date.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import http_date

from blog import given_out, post_page
from blog.given_out.feed_formats import Atom, Rss, printable
from blog.given_out.feed_ids import identity
from blog.models import Byline, Post, Shelf
from blog.shelves import in_series, listing
from members.models import Organisation, Person
from ukis.pagecache import only_now
from ukis.pictures.models import Picture
from ukis.prepared import prepared
from ukis.public import for_people, public_page, site_url
from ukis.remembered import PARTS, values_of
from ukis.society.models import Society

NEWEST = 20
ALWAYS = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A feed before it has a format. `names`: the views of its three formats; `page`: what it is of."""

    title: str
    description: str
    page: str
    names: tuple[str, str, str]
    args: Sequence[str]
    posts: Sequence[Any]
    pictures: Sequence[Picture]
    society: Society
    site_url: str

    def address(self, name: str) -> str:
        return self.site_url + reverse(name, args=self.args)

    @property
    def changed_at(self) -> datetime | None:
        """When anything in it may have changed last: of its posts or of those that left it, of the Society. Of one with
        no posts left nobody knows."""
        times = [
            (post.published_at, post.any_touched_at, self.society.changed_at or ALWAYS)
            for post in self.posts[:1]
        ]
        return max(times[0]) if times else None

    @property
    def updated(self) -> datetime:
        return max((post.changed_at for post in self.posts), default=ALWAYS)


def of_blog(request: HttpRequest) -> Feed:
    society = Society.shown()
    return _feed(
        request,
        society,
        Shelf.ALL,
        0,
        title=society.blog_name,
        description=society.strapline or f'Posts of the {society.name} and its members.',
        page=reverse('blog'),
        names=('feed', 'feed_rss', 'feed_json'),
    )


class Merged(Exception):
    """What it is of stands at another address."""

    def __init__(self, slug: str) -> None:
        self.slug = slug


def of_tag(request: HttpRequest, slug: str) -> Feed:
    """Raises Merged."""
    tag = listing.tag_at(slug)
    if tag.merged_into:
        raise Merged(tag.merged_into.slug)
    society = Society.shown()
    return _feed(
        request,
        society,
        Shelf.TAG,
        tag.pk,
        title=f'{tag.name} – {society.blog_name}',
        description=tag.description or f'Posts tagged “{tag.name}”.',
        page=reverse('tag', args=[tag.slug]),
        names=('tag_feed', 'tag_feed_rss', 'tag_feed_json'),
        args=[tag.slug],
    )


def of_series(request: HttpRequest, slug: str) -> Feed:
    series = in_series.series_at(slug)
    society = Society.shown()
    return _feed(
        request,
        society,
        Shelf.SERIES,
        series.pk,
        title=f'{series.title} – {society.name} blog',
        description=series.description or f'Posts of the series “{series.title}”.',
        page=series.get_absolute_url(),
        names=('series_feed', 'series_feed_rss', 'series_feed_json'),
        args=[series.slug],
    )


def of_author(request: HttpRequest, slug: str) -> Feed:
    person = get_object_or_404(Person, slug=slug)
    if not Byline.objects.filter(person=person).in_print().exists():
        raise Http404('Nobody of this name has written for the blog.')
    society = Society.shown()
    return _feed(
        request,
        society,
        Shelf.PERSON,
        person.pk,
        title=f'{person.printed_name} – {society.blog_name}',
        description=f'Posts by {person.printed_name}.',
        page=reverse('author', args=[person.slug]),
        names=('author_feed', 'author_feed_rss', 'author_feed_json'),
        args=[person.slug],
    )


def of_organisation(request: HttpRequest, slug: str) -> Feed:
    """Of one that a post in print names, whether it is a member or not."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not Byline.objects.filter(organisation=organisation).in_print().exists():
        raise Http404('Nobody has written for the blog from here.')
    society = Society.shown()
    return _feed(
        request,
        society,
        Shelf.ORGANISATION,
        organisation.pk,
        title=f'{organisation.name} – {society.blog_name}',
        description=f'Posts from {organisation.name}.',
        page=organisation.get_absolute_url(),
        names=('organisation_feed', 'organisation_feed_rss', 'organisation_feed_json'),
        args=[organisation.slug],
    )


def _feed(
    request: HttpRequest, society: Society, shelf: Shelf, key: int, *, args: Sequence[str] = (), **facts: Any
) -> Feed:
    posts, pictures = post_page.with_all(_newest(shelf=shelf, key=key, at=timezone.now(), count=NEWEST))
    return Feed(
        posts=posts, pictures=pictures, society=society, site_url=site_url(request), args=args, **facts
    )


@prepared('count')
def _newest(*, shelf: Shelf, key: int, at: datetime, count: int) -> QuerySet[Any]:
    touched = Post.objects.filter(published_at__lte=at).order_by('-touched_at').values('touched_at')
    newest = listing.OnShelf(shelf, key, at=at).newest(count).for_reading()
    return newest.annotate(any_touched_at=Subquery(touched[:1]))


def _as_xml(kind: type[Atom] | type[Rss], feed: Feed) -> HttpResponse:
    return _answer(feed, kind.content_type, partial(_write_xml, kind))


def _write_xml(kind: type[Atom] | type[Rss], feed: Feed) -> str:
    own = feed.address(feed.names[0 if kind is Atom else 1])
    made = kind(
        title=printable(feed.title),
        link=feed.site_url + feed.page,
        description=escape(printable(feed.description)) if kind is Rss else printable(feed.description),
        subtitle=printable(feed.description) if kind is Atom else None,
        language='en-GB',
        feed_url=own,
        feed_guid=identity(own.removeprefix(feed.site_url)),
        feed_copyright=printable(f'© {feed.society.name}'),
        updated=feed.updated,
    )
    for post in feed.posts:
        item = given_out.item(post, feed.society, feed.pictures, feed.site_url)
        made.add_item(
            title=item['title'],
            link=item['url'],
            description=None,  # type: ignore[arg-type]  # ours writes it
            summary=item['summary'],
            unique_id=item['id'],
            unique_id_is_permalink=False if kind is Rss else None,
            pubdate=item['published'],
            updateddate=item['changed'],
            categories=item['tags'],
            item_copyright=printable(f'© {feed.society.name}, {post.copyright_year}'),
            authors=item['authors'],
            content=item['content'],
            language=item['language'],
        )
    return made.writeString('utf-8')


def _as_json(feed: Feed) -> HttpResponse:
    return _answer(feed, 'application/feed+json', _write_json)


def _write_json(feed: Feed) -> str:
    data = {
        'version': 'https://jsonfeed.org/version/1.1',
        'title': feed.title,
        'description': feed.description,
        'home_page_url': feed.site_url + feed.page,
        'feed_url': feed.address(feed.names[2]),
        'language': 'en-GB',
        'items': [
            given_out.as_json(given_out.item(post, feed.society, feed.pictures, feed.site_url))
            for post in feed.posts
        ],
    }
    return json.dumps(data, ensure_ascii=False)


class Written(NamedTuple):
    document: bytes
    changed_at: datetime | None


def _answer(feed: Feed, content_type: str, write: Callable[[Feed], str]) -> HttpResponse:
    """Written once, as long as it holds the same. With the day and second of its last change, unless it may change
    again within that second."""
    written = PARTS.drawn(
        (content_type, values_of(feed)), lambda: Written(write(feed).encode(), feed.changed_at)
    )
    response = HttpResponse(written.document, content_type=content_type)
    if written.changed_at and written.changed_at < timezone.now() - timedelta(seconds=2):
        response['Last-Modified'] = http_date(written.changed_at.timestamp())
    else:
        only_now()
    return response


def _in_three_formats(of: Callable[..., Feed], name: str) -> tuple[Callable[..., HttpResponse], ...]:
    """`name` is that of Atom's view; what explains the feed to a person ends in `_about`."""

    def in_format(write: Callable[[Feed], HttpResponse], ending: str) -> Callable[..., HttpResponse]:
        def written(request: HttpRequest, **named: str) -> HttpResponse:
            try:
                return write(of(request, **named))
            except Merged as merged:
                return redirect(f'{name}{ending}', merged.slug, permanent=True)

        return for_people(f'{name}_about')(public_page(written))

    formats = ((partial(_as_xml, Atom), ''), (partial(_as_xml, Rss), '_rss'), (_as_json, '_json'))
    return tuple(in_format(write, ending) for write, ending in formats)


atom, rss, json_feed = _in_three_formats(of_blog, 'feed')
tag_atom, tag_rss, tag_json = _in_three_formats(of_tag, 'tag_feed')
author_atom, author_rss, author_json = _in_three_formats(of_author, 'author_feed')
series_atom, series_rss, series_json = _in_three_formats(of_series, 'series_feed')
organisation_atom, organisation_rss, organisation_json = _in_three_formats(
    of_organisation, 'organisation_feed'
)
