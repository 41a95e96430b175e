from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.urls import reverse

from blog.given_out.feed_ids import identity
from blog.models import Shelf
from blog.shelves import listing
from ukis import addresses
from ukis.public import site_url
from ukis.site.api import schemas
from ukis.site.api.answering import answer, cut, filled, instead, listed
from ukis.site.api.asking import AFTER, SIZE, api_page
from ukis.tags.models import Tag

PARAMETERS = (SIZE, AFTER)


@api_page(*PARAMETERS)
def tags(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    """Those that posts carry."""
    rows, further = cut(listing.tags_in_use(), asked)
    here = site_url(request)
    items = [as_data(tag, tag.count, here) for tag in rows]
    return listed(items, further, 'api_tags', here, parameters=PARAMETERS, **asked)


@api_page()
def tag(request: HttpRequest, asked: dict[str, Any], slug: str) -> HttpResponse:
    found = listing.tag_or_none(slug)
    if found is None:
        return instead('api_tag', slug, 'tag', lambda today: listing.tag_or_none(today) is not None)
    if found.merged_into:
        return HttpResponsePermanentRedirect(addresses.path_of('api_tag', found.merged_into.slug))
    count = listing.OnShelf(Shelf.TAG, found.pk).cut(0, 0)[1]
    return answer(as_data(found, count, site_url(request)))


def as_data(tag: Tag, count: int, site_url: str) -> dict[str, Any]:
    return {
        'id': identity(f'tag/{tag.pk}'),
        'name': tag.name,
        'url': site_url + tag.get_absolute_url(),
        'api_url': site_url + addresses.path_of('api_tag', tag.slug),
        'feed_url': site_url + reverse('tag_feed_json', args=[tag.slug]),
        'posts': count,
        'posts_url': f'{site_url}{reverse("api_posts")}?tag={tag.slug}',
        **filled({'description': tag.description}),
    }


SCHEMA = schemas.thing(
    needed={
        'id': schemas.text('Stays the same when the tag is renamed.'),
        'name': schemas.text(),
        'url': schemas.ADDRESS,
        'api_url': schemas.ADDRESS,
        'feed_url': schemas.ADDRESS,
        'posts': schemas.COUNT,
        'posts_url': schemas.ADDRESS,
    },
    else_={'description': schemas.text()},
)
