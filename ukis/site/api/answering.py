"""How an answer of the API is written, and what stands where nothing is."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse

from blog.given_out.feed_formats import printable
from ukis import addresses
from ukis.pagecache import only_now
from ukis.pictures.models import Picture
from ukis.remembered import PARTS
from ukis.site.api.asking import Parameter
from ukis.site.api.refusing import NotAnswered, as_written

JSON = 'application/json'


def answer(data: dict[str, Any]) -> HttpResponse:
    return as_json(as_written(printable(data)))


def drawn(key: Any, write: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Written once, as long as the key holds the same."""
    return as_json(PARTS.drawn(key, lambda: as_written(printable(write()))))


def as_json(document: bytes) -> HttpResponse:
    # Search engines are to list the page, not what it is made of.
    return HttpResponse(document, content_type=JSON, headers={'X-Robots-Tag': 'noindex'})


def link(base: str, asked: dict[str, Any], parameters: tuple[Parameter, ...], **changes: Any) -> str:
    """The same question with something else in it, as the pages that are kept have it."""
    values = asked | changes
    pairs = [(one.name, values[one.name]) for one in parameters if values[one.name] != one.default]
    return base + (f'?{urlencode(pairs, doseq=True)}' if pairs else '')


def cut(rows: Any, asked: dict[str, Any]) -> tuple[list[Any], int | None]:
    """Those of one page, as they came to stand here, and after which of them the next page begins."""
    found = list(rows.filter(pk__gt=asked['after'] or 0).order_by('pk')[: asked['size'] + 1])
    if not found:
        only_now()  # there are as many such pages as anybody types
    shown = found[: asked['size']]
    return shown, shown[-1].pk if len(found) > len(shown) else None


def listed(
    items: Sequence[dict[str, Any]], further: int | None, view: str, site_url: str, **asked: Any
) -> HttpResponse:
    parameters = asked.pop('parameters')
    base = site_url + reverse(view)
    return answer({'items': items, 'next': link(base, asked, parameters, after=further) if further else None})


def instead(view: str, slug: str, of: str, is_there: Callable[[str], bool]) -> HttpResponse:
    """Where nothing is at an address of today: the way to what was there once, or the refusal. `of` is the page of the
    site, `view` that of the API."""
    path = addresses.path_of(of, slug)
    if (today := addresses.now_at(path)) is not None:
        match = resolve(today)
        if match.view_name == of and is_there(match.kwargs['slug']):
            return HttpResponsePermanentRedirect(
                addresses.path_of(view, match.kwargs['slug']),
                headers={'Cache-Control': 'public, max-age=3600'},
            )
    if addresses.is_closed(path):
        raise NotAnswered(410, 'What was at this address has been taken away for good.')
    raise NotAnswered(404, 'There is nothing at this address.')


def picture(shown: Picture, site_url: str) -> dict[str, Any]:
    url = shown.url if '://' in shown.url else site_url + shown.url
    return {'url': url, 'width': shown.width, 'height': shown.height}


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Without what there is nothing of."""
    return {name: value for name, value in data.items() if value not in ('', None)}
