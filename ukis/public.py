"""What every page for visitors has in common: read only, the same for everybody, asked for each time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ukis.pagecache.asking import NAMES


def reading_query[View: Callable[..., HttpResponse]](*names: str) -> Callable[[View], View]:
    """Above `public_page`: the parameters that the page reads, in the order in which its own links give them. With
    others, or in another order, it is made anew each time."""

    def named(view: View) -> View:
        setattr(view, NAMES, names)
        return view

    return named


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD only, others 405 before any look at a token. May be kept while its ETag holds.

    For visitors without a cookie it is kept whole until something changes that it shows (`ukis/pagecache/`). The ETag
    itself is written by ConditionalGetMiddleware. A view that sets its own Cache-Control keeps it.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        response = view(request, *args, **keys)
        if not response.has_header('Cache-Control'):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return reading_query()(shown)


def site_url(request: HttpRequest) -> str:
    """The scheme and host that absolute addresses begin with, without a slash at the end."""
    return settings.SITE_URL or f'{request.scheme}://{request.get_host()}'
