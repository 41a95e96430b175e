"""What search engines may know: everything public and listed, each once, with the day it last changed."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from blog import listing
from blog.models import Byline, Post
from members.models import Organisation
from ukis.public import public_page, site_url
from ukis.society.models import Page

A_PART = 40_000  # the format allows 50,000
NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

Entry = tuple[str, datetime | None]


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """One list; where it is too long for one, a list of its parts, which are `?part=1` and so on."""
    entries = list(_entries())
    base = site_url(request)
    parts = -(-len(entries) // A_PART)
    asked = request.GET.get('part')
    if asked is None and parts > 1:
        own = reverse('sitemap')
        return _written(
            'sitemapindex', 'sitemap', base, [(f'{own}?part={number + 1}', None) for number in range(parts)]
        )
    number = int(asked) if asked and asked.isdecimal() and len(asked) < 5 else 1
    if (asked is not None and asked != str(number)) or not 1 <= number <= parts:
        raise Http404('There is no such part.')
    return _written('urlset', 'url', base, entries[(number - 1) * A_PART : number * A_PART])


def _entries() -> Iterator[Entry]:
    posts = Post.objects.live()
    newest = posts.aggregate(at=Max(Coalesce('revised_at', 'published_at')))['at']
    yield reverse('home'), newest
    yield reverse('blog'), newest
    for name in ('tags', 'archive', 'contribute', 'organisations', 'about'):
        yield reverse(name), None
    for slug, published, revised in posts.newest_first().values_list('slug', 'published_at', 'revised_at'):
        yield reverse('post', args=[slug]), revised or published
    for tag in listing.tags_in_use():
        yield tag.get_absolute_url(), None
    in_print = Byline.objects.filter(post__in=posts)
    changed = Max(Coalesce('post__revised_at', 'post__published_at'))
    for slug, at in _grouped(in_print.filter(person__isnull=False), 'person__slug', changed):
        yield reverse('author', args=[slug]), at
    named = dict(_grouped(in_print.filter(organisation__isnull=False), 'organisation__slug', changed))
    listed = Organisation.objects.listed().values_list('slug', flat=True)
    for slug in sorted({*named, *listed}):
        yield reverse('organisation', args=[slug]), named.get(slug)
    for page in Page.objects.published().exclude(address='about').only('address', 'changed_at'):
        yield page.get_absolute_url(), page.changed_at


def _grouped(rows, column: str, value: Max) -> Iterator[tuple[str, datetime]]:
    return rows.order_by(column).values_list(column).annotate(at=value)


def _written(root: str, element: str, base: str, entries: list[Entry]) -> HttpResponse:
    response = HttpResponse(content_type='application/xml')
    xml = SimplerXMLGenerator(response, 'utf-8')
    xml.startDocument()
    xml.startElement(root, AttributesImpl({'xmlns': NAMESPACE}))
    for path, changed in entries:
        xml.startElement(element, AttributesImpl({}))
        xml.addQuickElement('loc', base + path)
        if changed:
            xml.addQuickElement('lastmod', changed.isoformat(timespec='seconds'))
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return response
