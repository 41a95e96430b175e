"""What search engines may know: everything public and listed, each once, with the day it last changed.

Django's own framework, in sections of at most a thousand a page. No page counts through the others: posts are cut
as lists are, and of what else there is a page holds what has the first thousand keys, the next one the next.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from blog.models import Series, Shelf, Shelved
from blog.shelves import listing
from members import standing
from members.models import Organisation, Person
from ukis import addresses
from ukis.public import public_page, reading_query
from ukis.society.models import Page
from ukis.tags.models import Tag

# What stands in the address, or the whole of it, and when it last changed.
type Item = tuple[str, datetime | None]


class Section(Sitemap):
    """`view` is whose address the items have; without one they are addresses themselves."""

    limit = 1000
    view = ''

    def __init__(self, newest: datetime | None = None) -> None:
        self.newest = newest

    def location(self, item: Item) -> str:
        return addresses.path_of(self.view, item[0]) if self.view else item[0]

    def lastmod(self, item: Item) -> datetime | None:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        """Of the newest change of any post: what else is listed changes with its posts."""
        return self.newest or newest_change()

    @cached_property
    def paginator(self) -> Paginator:
        rows: Any = self.items()
        return Paginator(rows, self.limit)


def newest_change() -> datetime | None:
    return _changed(Shelf.ALL, 0).first()


def _changed(shelf: Shelf, key: Any) -> QuerySet[Any, datetime]:
    rows = Shelved.objects.filter(shelf=shelf, key=key, changed_at__lte=timezone.now())
    return rows.order_by('-changed_at').values_list('changed_at', flat=True)


class Posts(Section):
    view = 'post'

    def items(self) -> Any:
        """The section is the list that Django's paginator cuts."""
        self.posts = listing.OnShelf(Shelf.ALL)
        return self

    def count(self) -> int:
        return self.posts.cut(0, 0)[1]

    def __getitem__(self, cut: slice) -> list[Item]:
        """But for those that say themselves that they stood elsewhere first."""
        rows, _ = self.posts.cut(cut.start, cut.stop - cut.start)
        found = rows.values_list('post__slug', 'changed_at', 'post__elsewhere_url')
        return [(slug, changed) for slug, changed, elsewhere in found if not elsewhere]


class ByKey(Section):
    """Rows with a shelf of posts; `also` says which others are listed."""

    model: type[Model]
    shelf: Shelf

    def items(self) -> Any:
        return self

    def also(self) -> Q:
        return Q(pk__in=[])

    def count(self) -> int:
        return self.keys[1] - self.keys[0] + 1 if self.keys else 0

    def __getitem__(self, cut: slice) -> Iterable[Item]:
        before = self.keys[0] - 1 if self.keys else 0
        rows = self.model._default_manager.filter(pk__gt=before + cut.start, pk__lte=before + cut.stop)
        changed = Subquery(_changed(self.shelf, OuterRef('pk'))[:1])
        listed = rows.annotate(changed=changed).filter(Q(changed__isnull=False) | self.also()).order_by('pk')
        return listed.values_list('slug', 'changed')

    @cached_property
    def keys(self) -> tuple[int, int] | None:
        """The first and the last."""
        rows = self.model._default_manager.order_by('pk').values_list('pk', flat=True)
        first = rows.first()
        return (first, rows.reverse()[0]) if first is not None else None


class TagPages(ByKey):
    view, model, shelf = 'tag', Tag, Shelf.TAG


class SeriesPages(ByKey):
    view, model, shelf = 'series', Series, Shelf.SERIES


class Authors(ByKey):
    view, model, shelf = 'author', Person, Shelf.PERSON


class Organisations(ByKey):
    view, model, shelf = 'organisation', Organisation, Shelf.ORGANISATION

    def also(self) -> Q:
        return Q(standing.is_listed(None), public=True)


class Pages(Section):
    def items(self) -> list[Item]:
        newest = self.get_latest_lastmod()
        changing = [(reverse(name), newest) for name in ('home', 'blog', 'tags', 'all_series', 'archive')]
        ours = [(reverse(name), None) for name in ('contribute', 'organisations', 'about', 'join', 'api')]
        staffs = Page.objects.published().exclude(address='about').only('address', 'changed_at')
        return [*changing, *ours, *((page.get_absolute_url(), page.changed_at) for page in staffs)]


SECTIONS: dict[str, Any] = {
    'pages': Pages,
    'posts': Posts,
    'tags': TagPages,
    'series': SeriesPages,
    'authors': Authors,
    'organisations': Organisations,
}


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The sections in which there is something."""
    newest = newest_change()
    made: dict[str, Any] = {name: section(newest) for name, section in SECTIONS.items()}
    filled = {name: section for name, section in made.items() if section.paginator.count}
    return _asked_anew(views.index(request, filled, sitemap_url_name='sitemap_section'))


@reading_query('p')
@public_page
def section(request: HttpRequest, section: str) -> HttpResponse:
    return _asked_anew(views.sitemap(request, SECTIONS, section))


def _asked_anew(response: HttpResponse) -> HttpResponse:
    """Whether it changed is told by its ETag alone: what was taken away leaves no date behind."""
    response.headers.pop('Last-Modified', None)
    return response
